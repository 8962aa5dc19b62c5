"""A courtesy text beside the authentic one: from which words each paragraph was translated, and which to look at again.

Pure: texts are mappings with the keys of letters.services.working.ON_TEXT. Of a courtesy text `sources` holds, for each
line, the authentic words it was translated from, and as `units` one mapping for each paragraph: {source: the authentic
paragraph's HTML, html: its own, place, opens: as letters.changes has them, doubt: not checked against this source}; its
`body` is a mark of the body they make, by which one tells that they are of this body.
"""

from letters.courtesy.passages import LINES, Passage, Progress, beside, mark, progress, written
from letters.courtesy.plain import from_typed, shared_out, typed
from letters.courtesy.turning import turned

__all__ = [
    "LINES",
    "Passage",
    "Progress",
    "beside",
    "from_typed",
    "mark",
    "progress",
    "shared_out",
    "turned",
    "typed",
    "written",
]
