"""A pasted text: one entry a line, or a sentence that names them, with headings, numbers and whatever is around."""

from __future__ import annotations

from collections.abc import Sequence

from signatories.reading import cutting, entries, joining, running
from signatories.reading.habits import Habits
from signatories.reading.headings import Heading
from signatories.reading.joining import Entry
from signatories.reading.known import MOST_ROWS, Code, Kind, Row, skipped
from signatories.reading.lines import Line
from signatories.reading.refusals import Refusal, Unreadable


def rows_of(found: Sequence[Line]) -> list[Row]:
    """Every line is in at least one row."""
    told = running.unwrapped(found) or joining.entries(found)
    texts = [entry.text for entry in told if not entry.heading]
    measure = cutting.Measure.of(texts)
    return _without_footnotes(_rows(told, _cut(told, measure), Habits.of(texts)))


def _cut(told: Sequence[Entry], measure: cutting.Measure) -> list[list[cutting.Piece]]:
    """The pieces of each entry, none of a heading; there are no more than a list may have."""
    found: list[list[cutting.Piece]] = []
    left = MOST_ROWS
    for entry in told:
        found.append([] if entry.heading else cutting.pieces(entry.text, measure, entry.lines[0].count))
        left -= len(found[-1])
        if left < 0:
            raise Unreadable(Refusal.TOO_MANY_ROWS, MOST_ROWS)
    return found


def _rows(told: Sequence[Entry], cut: Sequence[Sequence[cutting.Piece]], habits: Habits) -> list[Row]:
    rows: list[Row] = []
    signed_off = _signed_off(told)
    over = Heading(Code.HEADING, kind=Kind.ORGANIZATION)
    for at, (entry, pieces) in enumerate(zip(told, cut, strict=True)):
        numbers, raw = entry.numbers, entry.raw  # shared by all rows of a sentence
        if at > signed_off:
            rows.append(skipped(numbers, raw, Code.SENDER))
        elif entry.heading:
            rows.append(skipped(numbers, raw, entry.heading.code, entry.heading.place))
            over = _under(over, entry.heading)
        here = over
        for piece in pieces if at <= signed_off else ():
            here = _under(over, piece.heading) if piece.heading else here
            start = Row(numbers, raw, over.kind or Kind.ORGANIZATION)
            rows.append(_filled(start, [*entry.codes, piece.code], piece, here, habits))
    return rows


SENDER_LINES = 6


def _signed_off(told: Sequence[Entry]) -> int:
    """Where the mail ends that the list came in: "Best regards", and few lines behind it."""
    last = [at for at, entry in enumerate(told) if entry.heading and entry.heading.code is Code.GREETING]
    return last[-1] if last and last[-1] and len(told) - last[-1] <= SENDER_LINES else len(told)


def _filled(row: Row, codes: Sequence[Code | None], piece: cutting.Piece, over: Heading, habits: Habits) -> Row:
    if piece.heading:
        return skipped(row.lines, piece.text, piece.heading.code, piece.heading.place)
    for code in codes:
        if code:
            row.because(code)
    entries.read(row, piece.text, habits)
    if row.kind is Kind.INDIVIDUAL:
        row.acronym = ""
    if not row.organization:
        return skipped(row.lines, row.raw, Code.NO_NAME)
    if not row.country and over.country:
        row.country, row.place = over.country, over.place
        row.because(Code.PLACE_ABOVE, over.place)
    return entries.wonder_where(row)


def _under(over: Heading, heading: Heading) -> Heading:
    """What holds below a heading: a country until the next one, a kind until another is said."""
    if heading.code is Code.PLACE_HEADING:
        return Heading(heading.code, heading.country, heading.place, over.kind)
    if heading.code is Code.HEADING and heading.kind:
        return Heading(heading.code, kind=heading.kind)
    return over


def _without_footnotes(rows: list[Row]) -> list[Row]:
    """The text of a note, below a list in which a name has its mark."""
    marks = {reason.piece.strip("()[] ") for row in rows for reason in row.reasons if reason.code is Code.MARK}
    for at, row in enumerate(rows):
        begins = row.raw.lstrip()
        mark = next((one for one in marks if begins.strip("()[] ").startswith(one) and begins[:1] in "([*†‡§¹²³"), "")
        if mark and not row.is_skipped and at and not any(reason.code is Code.MARK for reason in row.reasons):
            rows[at] = skipped(row.lines, row.raw, Code.FOOTNOTE)
    return rows
