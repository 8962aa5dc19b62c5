"""From pieces, with the roles a coordinator has given them, to the parts of a letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Literal

from letters import body
from letters.intake import cues, dating, recipients, tongues
from letters.intake.pieces import Piece

LONGEST_DATELINE = 200  # characters; a longer line has been called one by mistake


@dataclass(frozen=True)
class Found:
    """The parts of a letter, named as in its models. `body` is clean HTML; `signatories` are raw lines, in order."""

    title: str
    headline: str
    place: str
    date: date | None
    date_precision: Literal["day", "month", "none"]
    recipients: tuple[dict[str, str], ...]
    re_line: str
    salutation: str
    body: str
    closing: str
    signatories: tuple[str, ...]
    language: str


def assemble(pieces: Sequence[Piece]) -> Found:
    """Every piece in the part its role names; those with the role "dropped" are left out. Raises nothing.

    A second date, which no part has room for, goes before the text.
    """
    language = tongues.guess("\n".join(piece.text for piece in pieces if piece.role in ("body", "title", "salutation")))
    place, day, precision, left = _dateline(_texts(pieces, "dateline"), language)
    html = "".join(piece.html for piece in pieces if piece.role == "body")
    return Found(
        title=_line(pieces, "title"),
        headline=_line(pieces, "headline"),
        place=place,
        date=day,
        date_precision=precision,
        recipients=tuple(
            recipient
            for line in ("to", "cc")
            for text in _texts(pieces, line)
            for recipient in recipients.read(text, line)
        ),
        re_line=" ".join(cues.RE.sub("", text, count=1) for text in _lines(pieces, "re")),
        salutation=_line(pieces, "salutation"),
        body=body.clean("".join(f"<p>{escape(text)}</p>" for text in left) + html),
        closing="\n".join(_lines(pieces, "closing")),
        signatories=tuple(_lines(pieces, "signatories")),
        language=language,
    )


def _texts(pieces: Sequence[Piece], role: str) -> list[str]:
    return [piece.text for piece in pieces if piece.role == role]


def _lines(pieces: Sequence[Piece], role: str) -> list[str]:
    return [line.strip() for text in _texts(pieces, role) for line in text.split("\n") if line.strip()]


def _line(pieces: Sequence[Piece], role: str) -> str:
    return " ".join(_lines(pieces, role))


def _dateline(texts: list[str], language: str) -> tuple[str, date | None, Literal["day", "month", "none"], list[str]]:
    """Place, date, precision, and the lines that hold another date."""
    places: list[str] = []
    left: list[str] = []
    chosen: dating.Dated | None = None
    for line in (line.strip() for text in texts for line in text.split("\n") if line.strip()):
        dated = dating.find(line, language) if len(line) <= LONGEST_DATELINE else None
        if not dated:
            places.append(line)
        elif chosen:
            left += [line] if dated.day != chosen.day or dating.around(line, dated) != ("", "") else []
        else:
            chosen = dated
            places += [part for part in dating.around(line, dated) if part]
    if not chosen:
        return ", ".join(places), None, "none", left
    return ", ".join(places), chosen.day, chosen.precision, left
