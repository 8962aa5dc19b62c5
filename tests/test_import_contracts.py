"""The import contracts of pyproject.toml bite."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("campaigns", "letters", "signatories", "config")
PURE = ["campaigns.crypto", "signatories.names", "signatories.roll"]
PURE += [f"letters.{name}" for name in ("body", "canonical", "document", "pdf")]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@pytest.fixture
def house(tmp_path):
    """A copy of the house to break walls in."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "migrations"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(house: Path) -> tuple[int, list[str]]:
    """The exit status and the names of the broken contracts."""
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache", "--no-logo"], cwd=house, capture_output=True, text=True
    )
    return done.returncode, re.findall(r"^(.+) BROKEN", done.stdout, re.MULTILINE)


def add(house: Path, module: str, statement: str) -> None:
    file = house / module.replace(".", "/")
    file = file / "__init__.py" if file.is_dir() else file.with_suffix(".py")
    assert file.exists()
    file.write_text(f"{file.read_text()}\n\ndef late():\n    {statement}\n")


def test_contracts_hold(house):
    assert lint(house) == (0, [])


@pytest.mark.parametrize(
    ("module", "statement", "contract"),
    [
        ("campaigns.models", "import letters.models", "Imports follow foreign keys"),
        ("letters.models", "from signatories import models", "Imports follow foreign keys"),
        ("signatories.models", "from signatories import services", "Inside an app imports run downhill"),
        ("campaigns.crypto", "import campaigns.models", "Inside an app imports run downhill"),
        ("letters.document", "import campaigns.models", "Pure modules know no database"),
        ("config.tether", "import campaigns.models", "The configuration names the apps, it does not import them"),
    ],
)
def test_an_upward_import_breaks_its_contract(house, module, statement, contract):
    add(house, module, statement)
    status, broken = lint(house)
    assert status != 0
    assert contract in broken


def test_every_contract_is_broken_by_a_test():
    """Fails when a contract is added that the test above does not break."""
    written = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    source = Path(__file__).read_text()
    assert [contract["name"] for contract in written if f'"{contract["name"]}")' not in source] == []


@pytest.mark.parametrize("module", PURE)
def test_pure_modules_load_without_a_database_layer(module):
    """In a fresh interpreter: what an import drags in is seen too, which a reader of imports misses."""
    source = f"import sys, {module}; sys.exit('django.db' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", source], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr or f"{module} imports django.db"


def test_loading_without_a_database_layer_can_fail():
    source = "import sys, campaigns.fields; sys.exit('django.db' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", source], cwd=ROOT, capture_output=True).returncode == 1
