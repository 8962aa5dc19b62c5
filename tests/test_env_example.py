"""What .env.example lists is exactly what is read."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from config import keys
from tools import env_example

ROOT = Path(__file__).parent.parent
NOT_OURS = {
    "DJANGO_SETTINGS_MODULE",  # manage.py and the server set it themselves
}


def read_by_python(source: str) -> Iterator[str]:
    """Names in `env("X")`, `env.bool("X")`, `os.environ.get("X")` and `os.environ["X"]`."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=asker, args=[ast.Constant(value=str(name)), *_]):
                if re.fullmatch(r"env|env\.\w+|os\.environ\.get", ast.unparse(asker)):
                    yield name
            case ast.Subscript(value=asker, slice=ast.Constant(value=str(name))):
                if ast.unparse(asker) == "os.environ":
                    yield name


def read_by_shell(source: str) -> set[str]:
    return set(re.findall(r"(?<!\$)\$\{([A-Z][A-Z0-9_]*)[:}]", source))


def read() -> set[str]:
    python = [*ROOT.glob("config/*.py"), *ROOT.glob("tools/*.py")]
    shell = [*ROOT.glob("tools/*.sh"), ROOT / "docker-compose.yml"]
    names = {name for path in python for name in read_by_python(path.read_text())}
    return names.union(keys.NAMES, *(read_by_shell(path.read_text()) for path in shell)) - NOT_OURS


def test_env_example_lists_exactly_what_is_read():
    assert env_example.documented() == read()


def test_reading_finds_every_way_to_ask():
    source = 'env("A"); env.bool("B", default=1); os.environ.get("C"); os.environ["D"]; env.email_url_config(X)'
    assert set(read_by_python(source)) == {"A", "B", "C", "D"}
    assert read_by_shell("${E:-1} ${F} $${G} ${small}") == {"E", "F"}


def check_deployment(**changes: str) -> subprocess.CompletedProcess[str]:
    environ = {"PATH": os.environ["PATH"], **keys.make(), **env_example.production(), **changes}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)


def test_documented_production_passes_the_deployment_check():
    done = check_deployment()
    assert done.returncode == 0, done.stderr


def test_deployment_check_bites():
    assert check_deployment(DEBUG="1").returncode != 0
