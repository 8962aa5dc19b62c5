"""Print the packages of the lists given as arguments whose probe fails, one a line.

Probes look for the thing and not for Debian's record of it, so a program or font that came some other way will do.
"""

import ctypes
import ctypes.util
import glob
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path


def has_command(names: str) -> bool:
    """One of `a|b`, on PATH or where Debian keeps PostgreSQL's."""
    return any(shutil.which(name) or glob.glob(f"/usr/lib/postgresql/*/bin/{name}") for name in names.split("|"))


def has_library(name: str) -> bool:
    """By its Linux file name, or, elsewhere, by its bare name."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return ctypes.util.find_library(name.partition(".so")[0].removeprefix("lib")) is not None
    return True


def has_font(family: str) -> bool:
    return family in _families()


@cache
def _families() -> set[str]:
    if not shutil.which("fc-list"):
        return set()
    listed = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True).stdout
    return {name.strip() for line in listed.splitlines() for name in line.split(",")}


PROBES: dict[str, Callable[[str], bool]] = {"command": has_command, "library": has_library, "font": has_font}


def missing(lists: list[Path]) -> Iterator[str]:
    for path in lists:
        for line in path.read_text().splitlines():
            if line and not line.startswith("#"):
                package, probe = line.split(maxsplit=1)
                kind, _, names = probe.partition(":")
                if not all(PROBES[kind](name) for name in names.split(",")):
                    yield package


if __name__ == "__main__":
    print("\n".join(missing([Path(argument) for argument in sys.argv[1:]])))
