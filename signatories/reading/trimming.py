"""What stands around a name and is none of it: addresses, footnote marks, quotes. A legal form belongs to it."""

from __future__ import annotations

import re
from functools import cache

from signatories.matching import words
from signatories.reading.known import Code, Row

EMAIL = re.compile(r"[<(\[]?\s*(?:mailto:)?([\w.+'-]+@[\w-]+(?:\.[\w-]+)+)\s*[>)\]]?", re.IGNORECASE)
LINK = re.compile(r"[<(\[]?\s*((?:https?://|www\.)[^\s<>()\[\]]+)\s*[>)\]]?", re.IGNORECASE)
FOOTNOTE = re.compile(r"\s*(?:[*†‡§⁑]+|\[(?:\d{1,3}|[*†‡a-z])\]|[(（][*†‡]+[)）]|[¹²³⁰-⁹]+)(?=\s|$|[,;)])")
ENDS = ",;،؛、，；:|·•"
QUOTES = (('"', '"'), ("“", "”"), ("«", "»"), ("„", "“"), ("'", "'"), ("‘", "’"))
DASHES = "-–—―−‐‑‒﹣－"


@cache
def _legal_forms() -> frozenset[str]:
    return frozenset(_tight(spelling) for line in words.lines("legal_forms") for spelling in line.split("|"))


def _tight(text: str) -> str:
    return re.sub(r"[\s.,’'()]", "", text).casefold()


def is_legal_form(text: str) -> bool:
    return bool(text) and _tight(text) in _legal_forms()


def without_addresses(row: Row, text: str) -> str:
    if "@" in text and (found := EMAIL.search(text)):
        row.email = row.email or found[1]
        text = _cut_out(text, found)
    if (":" in text or "www" in text.lower()) and (found := LINK.search(text)):
        row.website = row.website or found[1].rstrip(".,;")
        text = _cut_out(text, found)
    return text


def _cut_out(text: str, found: re.Match[str]) -> str:
    before = text[: found.start()].rstrip(f" {ENDS}{DASHES}")
    return f"{before} {text[found.end() :].strip()}".strip()


def without_marks(row: Row, text: str) -> str:
    text = text.strip().rstrip(ENDS + " ").strip()
    if (found := FOOTNOTE.search(text)) and text[: found.start()].strip():
        row.because(Code.MARK, found[0].strip())
        text = f"{text[: found.start()]}{text[found.end() :]}".strip()
    if text.endswith(".") and not _ends_in_abbreviation(text):
        text = text[:-1].rstrip()
    for opens, closes in QUOTES:  # around the whole of it
        if len(text) > 2 and text[0] == opens and text[-1] == closes and closes not in text[1:-1]:
            text = text[1:-1].strip()
    return text.lstrip(ENDS + " ").rstrip(ENDS + DASHES + " ")


def _ends_in_abbreviation(text: str) -> bool:
    word = text.rsplit(None, 1)[-1]
    return "." in word[:-1] or (" " in text and len(word) <= (6 if word[0].isupper() else 4)) or is_legal_form(word)
