"""The letter as a Word file, for organizations whose boards decide on paper: a Document in, bytes out.

Parts and order are those of the PDF, and our own words and lines are shared with it (`letters.pdf.typesetting`).
Styles, numbering and footnotes are Word's own, so that whoever opens the file can go on writing in it.
python-docx keeps the package together; what it has no words for (footnotes, right to left) is written here.
"""

from letters.docx.letter import write
from letters.docx.styles import STYLE_MAP

__all__ = ["STYLE_MAP", "write"]
