"""Reading, step by step: blocks, lines, repairs, roles, pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from letters import body
from letters.body import model
from letters.body.model import Block
from letters.intake import framing, joining, lines, mending, notes, roles, source, tongues
from letters.intake.lines import Line
from letters.intake.pieces import Piece, Reading, Repair

SURPLUS_SPACE = re.compile(r"(?<=\S)  +(?=\S)")
MOST_LINES = 4000  # that are looked at; no letter has more, and what follows goes where the last of them goes
SHORT = 100  # columns; two such lines below one another were set so on purpose
ONE_PIECE = {"title", "to", "cc", "re", "salutation", "closing"}  # if they are lines of one paragraph


def read(pasted: str) -> Reading:
    """What a letter consists of, from plain text or HTML: Word's, Google Docs', ours. Deterministic; raises nothing.

    Plain text may use the marks of letters.body.from_text. The pieces together hold every visible word; those with
    the role "dropped" are page numbers and the like.
    """
    everything = lines.apart(source.blocks(pasted))
    found, mended = mending.spelled_out(everything[:MOST_LINES])
    found = joining.regrouped(found)
    language = tongues.guess("\n".join(line.text for line in found))
    found = roles.parted(found, language)
    found, left_out = mending.without_furniture(found, framing.frame(found).closing_end)
    frame = framing.frame(found)
    found, joined = joining.joined(found, frame.head, frame.tail)
    found, noted = notes.attached([mending.without_soft_hyphens(line) for line in found])
    found = roles.assigned(found, language)
    quotes = mending.straight_quotes([line for line in found if line.role != "signatories"])
    repairs = [*joined, *noted, *left_out, *mended, *_spaces(pasted), *quotes, *source.left_behind(pasted)]
    rest = [replace(line, role=found[-1].role) for line in everything[MOST_LINES:]]
    return Reading((*_pieces(found), *([_piece(rest, found[-1].role)] if rest else [])), tuple(repairs))


def _spaces(pasted: str) -> list[Repair]:
    count = 0 if source.is_html(pasted) else len(SURPLUS_SPACE.findall(pasted))
    return [Repair("spaces", count)] if count else []


def _pieces(found: Sequence[Line]) -> Iterator[Piece]:
    for role, same in groupby(found, key=lambda line: line.role):
        together: list[Line] = []
        for line in same:
            if together and not _is_one(together[-1], line, role):
                yield _piece(together, role)
                together = []
            together.append(line)
        yield _piece(together, role)


def _is_one(before: Line, line: Line, role: str) -> bool:
    if role == "signatories":
        return True
    if before.group != line.group or not (before.is_words and line.is_words):
        return False
    return role in ONE_PIECE or (role == "body" and before.columns <= SHORT and line.columns <= SHORT)


def _piece(together: Sequence[Line], role: str) -> Piece:
    html = body.clean(model.write(_blocks(together)))
    return Piece(html, "\n".join(line.text for line in together), role)


def _blocks(together: Sequence[Line]) -> Iterator[Block]:
    for (_, is_words), same in groupby(together, key=lambda line: (line.group, line.is_words)):
        if is_words:
            yield lines.together(same)
        else:
            yield from (line.block for line in same)
