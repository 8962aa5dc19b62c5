"""What `make setup` installs: the lock files and the lists of packages."""

import re
import subprocess
from pathlib import Path

import pytest

from tools.missing_packages import missing

ROOT = Path(__file__).parent.parent.parent
LISTS = [ROOT / "tools/packages-run.txt", ROOT / "tools/packages-test.txt"]


def pins(name: str) -> set[str]:
    return set(re.findall(r"^[^\s#]+==[^\s]+", (ROOT / name).read_text(), re.MULTILINE))


def test_development_lock_holds_the_whole_run_lock():
    """tools/setup.sh relies on it: after `make test`, `make run` installs nothing."""
    assert pins("requirements.lock")
    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_locks_hold_what_the_requirements_pin(name):
    """Fails when requirements were changed without `make lock`."""
    asked, locked = ({plain(pin) for pin in pins(f"{name}.{kind}")} for kind in ("txt", "lock"))
    assert asked
    assert asked - locked == set()


def plain(pin: str) -> str:
    """The spelling that both files share: small letters, no extras."""
    return re.sub(r"\[.*\]", "", pin).lower()


def test_missing_packages_are_those_whose_probe_fails(tmp_path):
    (tmp_path / "list").write_text(
        "# a comment\n"
        "there-1   command:sh\n"
        "gone-1    command:sh,no-such-program\n"
        "either-1  command:no-such-program|sh\n"
        "gone-2    library:libnosuch.so.9\n"
        "gone-3    font:No Such Font\n"
    )
    assert list(missing([tmp_path / "list"])) == ["gone-1", "gone-2", "gone-3"]


def test_every_line_of_the_lists_can_be_probed():
    assert set(missing(LISTS)) <= {line.split()[0] for path in LISTS for line in path.read_text().splitlines() if line}


@pytest.mark.parametrize("language", "en fr ru el ar fa he hi am zh-cn zh-tw ja ko".split())
def test_installed_fonts_cover_the_language(language):
    listed = subprocess.run(["fc-list", f":lang={language}", "family"], capture_output=True, text=True, check=True)
    assert "Noto" in listed.stdout
