"""Which organizations are one: same (may be merged without asking), likely (a human decides), or different."""

from signatories.matching.index import Index, keys
from signatories.matching.judging import Face, compare, face, judge
from signatories.matching.known import Kind, Known, Match, Reason, Verdict
from signatories.matching.letters import ascii_of
from signatories.matching.reasons import in_words

__all__ = [
    "Face",
    "Index",
    "Kind",
    "Known",
    "Match",
    "Reason",
    "Verdict",
    "ascii_of",
    "compare",
    "face",
    "in_words",
    "judge",
    "keys",
]
