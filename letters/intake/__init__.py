"""From what people have, a pasted letter or a .docx, to the parts of a letter. Knows no database.

`read` takes plain text or HTML apart into pieces with a role each, and lists what it mended; `assemble` makes the parts
of a letter of them, with whatever roles they have by then. Reading the same source again gives the same pieces, so that
a page needs to keep no more than the source and the roles that were changed.
"""

from letters.intake.assembling import Found, assemble
from letters.intake.docx import NotReadable, from_docx
from letters.intake.pieces import ROLES, Piece, Reading, Repair, in_words
from letters.intake.reading import read

__all__ = [
    "ROLES",
    "Found",
    "NotReadable",
    "Piece",
    "Reading",
    "Repair",
    "assemble",
    "from_docx",
    "in_words",
    "read",
]
