"""What reading a letter gives: its blocks, each with a role, and what was mended on the way."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import ngettext

ROLES = (
    "title",
    "headline",
    "dateline",
    "to",
    "cc",
    "re",
    "salutation",
    "body",
    "closing",
    "signatories",
    "dropped",
)


@dataclass(frozen=True)
class Piece:
    """One block of what was pasted. `html` is a clean body (letters.body); `text` its words, with its lines."""

    html: str
    text: str
    role: str


@dataclass(frozen=True)
class Repair:
    """`count` things of one kind that were mended, with the words around the first few."""

    kind: str
    count: int
    samples: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return in_words(self)


@dataclass(frozen=True)
class Reading:
    """The pieces in the order of the source, and the repairs in the order of `in_words`."""

    pieces: tuple[Piece, ...]
    repairs: tuple[Repair, ...]


def in_words(repair: Repair) -> str:
    """A line for the list of repairs: "joined 1 paragraph split by a page break"; `kind` must be one of ours."""
    return _sentences(repair.count)[repair.kind] % {"count": repair.count}


def _sentences(count: int) -> dict[str, str]:
    return {
        "joined_paragraphs": ngettext(
            "joined %(count)d paragraph split by a page break",
            "joined %(count)d paragraphs split by page breaks",
            count,
        ),
        "joined_lines": ngettext(
            "removed %(count)d line break inside a paragraph",
            "removed %(count)d line breaks inside paragraphs",
            count,
        ),
        "hyphens": ngettext(
            "joined %(count)d word divided at the end of a line",
            "joined %(count)d words divided at the end of a line",
            count,
        ),
        "footnotes": ngettext(
            "put %(count)d footnote where it is called", "put %(count)d footnotes where they are called", count
        ),
        "page_numbers": ngettext("left out %(count)d page number", "left out %(count)d page numbers", count),
        "running_heads": ngettext(
            "left out %(count)d line repeated at the top or bottom of a page",
            "left out %(count)d lines repeated at the top or bottom of a page",
            count,
        ),
        "ligatures": ngettext("spelled out %(count)d ligature", "spelled out %(count)d ligatures", count),
        "soft_hyphens": ngettext("removed %(count)d hidden hyphen", "removed %(count)d hidden hyphens", count),
        "spaces": ngettext("removed %(count)d surplus space", "removed %(count)d surplus spaces", count),
        "straight_quotes": ngettext("%(count)d straight quote", "%(count)d straight quotes", count),
        "images": ngettext("left out %(count)d picture", "left out %(count)d pictures", count),
        "tables": ngettext("turned %(count)d table into lines", "turned %(count)d tables into lines", count),
        "dropped_markup": ngettext(
            "removed %(count)d script or other part that acts",
            "removed %(count)d scripts or other parts that act",
            count,
        ),
    }
