"""Tables of short cells, such as lists of signatories with their countries, as a line for every row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from letters.body import markup
from letters.body.markup import End, Start

Token = Start | End | str
TABLE = re.compile(r"<table\b", re.IGNORECASE)
LONGEST_CELL = 200  # characters; longer ones hold paragraphs, and the table only sets the page
INLINE = set("a b strong i em span font sup sub u".split())
SPACES = set("p div br".split())
FRAME = set("table thead tbody tfoot tr td th colgroup col".split())


def in_rows(html: str) -> str:
    """The HTML with such tables as paragraphs, "cell, cell"; any other table as it was. Linear in its length."""
    if not TABLE.search(html):
        return html
    return "".join(_written(token) for token in _without_tables(markup.tokens(html)))


def _without_tables(tokens: Iterator[Token]) -> Iterator[Token]:
    table: list[Token] = []
    for token in tokens:
        if isinstance(token, Start) and token.name == "table":
            yield from table  # one around this one
            table = [token]
        elif table:
            table.append(token)
            if isinstance(token, End) and token.name == "table":
                yield from _rows(table) or table
                table = []
        else:
            yield token
    yield from table


def _rows(table: list[Token]) -> list[Token]:
    """The rows as paragraphs; [] if this is no table of short cells."""
    rows: list[list[list[Token]]] = []
    is_inside = False
    for token in table:
        name = "" if isinstance(token, str) else token.name
        if name in FRAME:
            is_inside = name in ("td", "th") and isinstance(token, Start)
            if name == "tr" and isinstance(token, Start):
                rows.append([])
            elif is_inside:
                rows = rows or [[]]
                rows[-1].append([])
        elif is_inside and (name in INLINE or not name):
            rows[-1][-1].append(token)
        elif is_inside and name in SPACES:
            rows[-1][-1].append(" ")
        elif name or str(token).strip():
            return []
    lengths = [sum(len(part) for part in cell if isinstance(part, str)) for row in rows for cell in row]
    if max(map(len, rows), default=0) < 2 or max(lengths) > LONGEST_CELL:
        return []
    return [token for row in rows for token in _paragraph(row)]


def _paragraph(row: list[list[Token]]) -> Iterator[Token]:
    said = [cell for cell in row if "".join(part for part in cell if isinstance(part, str)).strip()]
    yield Start("p")
    for at, cell in enumerate(said):
        yield from ([", "] if at else [])
        yield from _trimmed(cell)
    yield End("p")


def _trimmed(cell: list[Token]) -> list[Token]:
    """Without the space before the comma that will follow."""
    while isinstance(cell[-1], str) and not cell[-1].strip():
        cell = cell[:-1]
    last = cell[-1]
    return [*cell[:-1], last.rstrip()] if isinstance(last, str) else cell


def _written(token: Token) -> str:
    if isinstance(token, str):
        return escape(token, quote=False)
    if isinstance(token, End):
        return f"</{token.name}>"
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in token.attributes.items())
    return f"<{token.name}{attributes}>"
