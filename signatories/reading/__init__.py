"""Lists of signatories as people have them (a paste, a spreadsheet, a Word file), read into rows. Knows no database.

    read_text("1. Wells for All (WFA), Kenya\\n…") -> Reading
    read_file("list.xlsx", stream) -> Reading, or Unreadable with a code and, as `text`, what to do

A Reading has `rows` in the order of the list, `lines_in` and `lines_shown` (equal: no line is lost), for tables
`columns` as (heading, field) pairs, and `notices` about the whole. Whoever knows better than the reading gives
`chosen`, a field of FIELDS (or "") for each column, and reads again.

A Row has the numbers of its raw lines (`lines`, `sheet`) and the lines themselves (`raw`), what was found in them
(`organization acronym second_name country place role note website email contact contact_role`, "" for what is not
there), its `kind` (organization, individual, or skipped: headings, greetings, what is empty) and `certainty` with
`reasons`. `in_words`, `certainty_in_words` and `column_in_words` say these in the current language. What was cut out
of a line by guess, or put together from several lines, is DOUBTFUL, always.

Reading only proposes. It changes no letter of a name, and takes nothing off one but what it can name: a country, an
acronym, a mark, a role. What it read is for a human to look over before anything is made of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from signatories.reading import lines, pasted, text
from signatories.reading.columns import FIELDS
from signatories.reading.files import read as read_file
from signatories.reading.known import MOST_ROWS, Certainty, Code, Kind, Reading, Reason, Row
from signatories.reading.reasons import certainty_in_words, column_in_words, in_words
from signatories.reading.refusals import Refusal, Unreadable
from signatories.reading.tables import rows_of

__all__ = [
    "FIELDS",
    "Certainty",
    "Code",
    "Kind",
    "Reading",
    "Reason",
    "Refusal",
    "Row",
    "Unreadable",
    "certainty_in_words",
    "column_in_words",
    "in_words",
    "read_file",
    "read_text",
]


def read_text(pasted_text: str, chosen: Sequence[str] = ()) -> Reading:
    """What was pasted: a table, answers to a form, a sentence, or one entry a line. Raises Unreadable for too much."""
    found = lines.of(pasted_text)
    if len(found) > MOST_ROWS:
        raise Unreadable(Refusal.TOO_MANY_ROWS, MOST_ROWS)
    if table := pasted.table_of(found, chosen):
        return Reading(rows_of(table), len(found), table.titles, [Reason(Code.COLUMN)] if table.is_guessed else [])
    return Reading(pasted.answers_of(found) or text.rows_of(found), len(found))
