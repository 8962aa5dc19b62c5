"""Characters that may stand in XML 1.0 (production 2, Char)."""

from __future__ import annotations

import re

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """Return the text with U+FFFD for each character that no XML document may hold."""
    return ILLEGAL.sub("\ufffd", text)
