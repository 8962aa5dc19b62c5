"""What changed between two versions of a letter, how much that weighs, and how two versions become one.

Pure: bodies are clean HTML (see letters.body); a *snapshot* is {"texts": […], "recipients": […]} as a Revision holds
them. `alignment` cuts a body into units and finds where each went; `redline` shows the changes; `weight` proposes the
class of an amendment; `merging` joins two edits of one body; `staleness` tells which translated units are out of date.
"""

from letters.changes.alignment import Unit, align, carried, joined, moved, units
from letters.changes.merging import merged, merged_by_digests, unit_digests
from letters.changes.redline import Comparison, compare, redline, redline_line
from letters.changes.staleness import Pair, paired
from letters.changes.weight import CLASSES, Proposal, proposed

__all__ = [
    "CLASSES",
    "Comparison",
    "Pair",
    "Proposal",
    "Unit",
    "align",
    "carried",
    "compare",
    "joined",
    "merged",
    "merged_by_digests",
    "moved",
    "paired",
    "proposed",
    "redline",
    "redline_line",
    "unit_digests",
    "units",
]
