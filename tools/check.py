"""What a commit must pass, and continuous integration asks: `make check`. Every step runs; one failure fails all."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from config import keys
from tools import env_example
from tools.run_tests import FAST, environment, memory

MODULE = [sys.executable, "-m"]
PYTEST = [*MODULE, "pytest", "-q", "-n", "2", "--dist", "worksteal"]
MANAGE = [sys.executable, "manage.py"]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"  # it has no -m form
DEPLOY = ["check", "--deploy", "--fail-level", "WARNING"]


def steps(folder: Path) -> Iterator[tuple[str, list[str], Mapping[str, str]]]:
    """Title, command and environment of each step."""
    clean = environment(folder)
    production = {**clean, **keys.make(), **env_example.production()}
    yield "style", [*MODULE, "ruff", "check"], clean
    yield "format", [*MODULE, "ruff", "format", "--check"], clean
    yield "types", [*MODULE, "mypy"], clean
    yield "import layers", [sys.executable, "-c", LINT, "--no-logo"], clean
    yield "migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], clean
    yield "deployment, as .env.example documents it", [*MANAGE, *DEPLOY], production
    yield "fast tests on SQLite", [*PYTEST, "-m", f"{FAST} and not postgres"], clean


def main() -> int:
    failed = []
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        for title, command, environ in steps(Path(folder)):
            print(f"\n##### {title}", flush=True)
            started_at = time.monotonic()
            if subprocess.run(command, env={**os.environ, **environ}).returncode:
                failed.append(title)
            print(f"({time.monotonic() - started_at:.1f} s)", flush=True)
    print(f"\nFAILED: {', '.join(failed)}" if failed else "\nAll checks passed.")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
