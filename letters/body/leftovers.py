"""What word processors leave in pasted HTML: how they write styles, lists and footnotes.

Seen in the clipboard of Word (mso-… styles, #_ftn1), Google Docs (docs-internal-guid, #ftnt1), LibreOffice
(#sdfootnote1sym) and in the output of mammoth (#footnote-1).
"""

from __future__ import annotations

import re
from typing import NamedTuple

BULLETS = "·•‣▪◦●○■\uf0b7\uf0a7\uf0d8"  # the last three are Word's, in its Symbol and Wingdings fonts
TYPED_BULLET = re.compile(rf"(?:[{BULLETS}](?:\s+|$))+")
LIST_LEVEL = re.compile(r"mso-list:\s*l\d+\s+level(\d)")
LIST_MARKER = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
NUMBER = re.compile(r"\W*(?:(\d{1,6})|[a-z]{1,5})[.):]", re.IGNORECASE)
WEIGHT = re.compile(r"(?:^|;)\s*font-weight\s*:\s*(\w+)", re.IGNORECASE)
SLANT = re.compile(r"(?:^|;)\s*font-style\s*:\s*(\w+)", re.IGNORECASE)
FOOTNOTE = re.compile(r"#(_ftn|_edn|ftnt|sdfootnote|sdendnote|footnote-|endnote-)(_?ref-?)?(\d{1,4})(sym|anc)?$")


class Target(NamedTuple):
    """Where a footnote link leads: from the text to the note, or `back` from the note to the text."""

    key: str
    back: bool


def footnote_target(href: str) -> Target | None:
    match = None if href.startswith(("http:", "https:")) else FOOTNOTE.search(href)
    return Target(match[1] + match[3], bool(match[2]) or match[4] == "anc") if match else None


def list_level(style: str) -> int:
    """The level, from 1, of a Word paragraph that looks like a list item; 0 if it is none."""
    match = LIST_LEVEL.search(style)
    return int(match[1]) if match else 0


def is_list_marker(style: str) -> bool:
    return bool(LIST_MARKER.search(style))


def is_strong(style: str) -> bool | None:
    """What the style says about weight; None if nothing. Google Docs wraps everything in a b that is not bold."""
    if not (match := WEIGHT.search(style)):
        return None
    weight = match[1].lower()
    return int(weight) >= 600 if weight.isdecimal() else weight in ("bold", "bolder")


def is_em(style: str) -> bool | None:
    match = SLANT.search(style)
    return match[1].lower() in ("italic", "oblique") if match else None


def numbering(marker: str) -> int:
    """The number a list marker begins with: 3 for "3.", 1 for "a)" or "iv.", 0 for a bullet."""
    match = None if marker.strip() == "o" else NUMBER.match(marker.strip())
    return int(match[1] or 1) if match else 0
