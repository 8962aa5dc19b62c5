"""docker-compose.yml and the Dockerfile, as far as a machine without a container engine can tell."""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from tests.test_env_example import read
from tools import env_example

ROOT = Path(__file__).parent.parent
COMPOSE = (ROOT / "docker-compose.yml").read_text()
SERVICES = yaml.safe_load(COMPOSE)["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "undersigned"}
OF_IMAGES = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def test_compose_has_the_services_we_promise():
    assert set(SERVICES) == set("db redis migrate web worker-mail worker-documents beat mail".split())


@pytest.mark.parametrize("name", SERVICES)
def test_service_restarts_and_is_watched(name):
    service = SERVICES[name]
    assert service["restart"] == ("no" if name == "migrate" else "unless-stopped")
    assert service["healthcheck"].get("test") or name == "migrate"


@pytest.mark.parametrize("name", SERVICES)
def test_service_depends_on_services_that_can_meet_the_condition(name):
    for other, need in SERVICES[name].get("depends_on", {}).items():
        assert other in SERVICES
        if need["condition"] == "service_healthy":
            assert SERVICES[other]["healthcheck"]["test"]
        else:
            assert (other, need["condition"]) == ("migrate", "service_completed_successfully")


@pytest.mark.parametrize("name", SERVICES)
def test_ports_are_bound_to_loopback(name):
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name].get("ports", []))


@pytest.mark.parametrize("name", SERVICES)
def test_named_volumes_are_declared(name):
    mounted = {volume.split(":")[0] for volume in SERVICES[name].get("volumes", [])}
    assert mounted <= set(yaml.safe_load(COMPOSE)["volumes"])


def test_variables_are_documented():
    assert set(re.findall(r"(?<!\$)\$\{(\w+)", COMPOSE)) <= env_example.documented()


@pytest.mark.parametrize("name", SERVICES)
def test_environment_names_variables_somebody_reads(name):
    assert set(SERVICES[name].get("environment", {})) <= (read() if name in OURS else OF_IMAGES)


@pytest.mark.parametrize("name", OURS)
def test_command_exists(name):
    command = OURS[name]["command"]
    if command[:2] == ["python", "manage.py"]:
        assert command[2] in get_commands()
    else:
        assert shutil.which(command[0], path=Path(sys.executable).parent)
        assert all((ROOT / word).exists() for word in command if "/" in word and not word.startswith("/tmp/"))
        assert all(find_spec(word) for word in command if word.startswith("config") and "/" not in word)


def test_workers_drain_every_queue(settings):
    drained = {command[command.index("-Q") + 1] for command in (s["command"] for s in OURS.values()) if "-Q" in command}
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    assert drained == routed | {settings.CELERY_TASK_DEFAULT_QUEUE}


def test_database_keeps_rows_out_of_its_log():
    flags = "log_min_error_statement=panic log_error_verbosity=terse log_parameter_max_length_on_error=0"
    assert set(flags.split()) <= set(SERVICES["db"]["command"])


def test_redis_never_evicts():
    command = SERVICES["redis"]["command"]
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"
    assert command[command.index("--appendonly") + 1] == "yes"


# --- Dockerfile ---


def copied() -> list[str]:
    """What the Dockerfile copies from the build context."""
    return [source for line in re.findall(r"^COPY (.+)$", DOCKERFILE, re.MULTILINE) for source in line.split()[:-1]]


def tree() -> list[str]:
    """The files of a clean clone: what git tracks or would."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    return subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """The image's /app before its last step: what COPY brings of a clean clone, as far as .dockerignore lets it."""
    app = tmp_path_factory.mktemp("image") / "app"
    let_in = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    for file in tree():
        if within(file, copied()) and within(file, let_in) and (ROOT / file).exists():
            (app / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / file, app / file)
    return app


def within(file: str, places: list[str]) -> bool:
    return any(file == place or file.startswith(f"{place}/") for place in places)


def run(image: Path, *command: str, **environ: str) -> None:
    paths = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHON": sys.executable}
    done = subprocess.run(command, cwd=image, env={**paths, **environ}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("source", copied())
def test_what_the_image_copies_is_there(image, source):
    assert (image / source).exists()


def test_image_holds_the_folders_that_the_settings_name(settings):
    named = [*settings.LOCALE_PATHS, *settings.STATICFILES_DIRS, *settings.TEMPLATES[0]["DIRS"]]
    filled = {file.partition("/")[0] for file in tree()}
    assert {path.name for path in named} & filled <= set(copied())


def test_image_holds_no_secret_and_no_test(image):
    assert not {".env", "var", "tests", ".git", "bench"} & {path.name for path in image.iterdir()}


def test_image_steps_exist():
    steps = re.findall(r"^RUN tools/image_steps.sh (\w+)$", DOCKERFILE, re.MULTILINE)
    script = (ROOT / "tools/image_steps.sh").read_text()
    assert steps == re.findall(r"^(\w+)\)", script, re.MULTILINE)


@pytest.mark.processes
def test_image_collects_its_static_files_and_its_commands_load(image, tmp_path):
    run(image, "tools/image_steps.sh", "static")
    assert (image / "staticfiles/staticfiles.json").exists()
    assert not (image / "var").exists()  # the made-up secrets are gone
    run(image, "gunicorn", "-c", "config/gunicorn.py", "--check-config", "config.wsgi", VAR_DIR=str(tmp_path))
    run(image, "celery", "-A", "config", "report", VAR_DIR=str(tmp_path))
    run(image, "python", "manage.py", "check", VAR_DIR=str(tmp_path))
