"""Which characters no installed font has: they would be boxes in print, so the typesetter would refuse them."""

from __future__ import annotations

import subprocess
from functools import lru_cache

SECONDS = 20


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """Return the code points that some font of the system has, by fontconfig; empty where it cannot be asked."""
    command = ["fc-list", "--format", "%{charset}\n"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True, timeout=SECONDS).stdout.decode()
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    found: set[int] = set()
    for part in set(listed.split()):
        first, _dash, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def lacking(text: str) -> str:
    """Return the characters of the text that no font has, each once; "" where fonts cannot be asked for."""
    fonts = covered()
    return "".join(dict.fromkeys(one for one in text if fonts and ord(one) not in fonts and not one.isspace()))
