"""What is written in a letter: a small, clean HTML.

The schema: p, h2, h3, ul, ol (with a start), li, blockquote, strong, em, a (http, https, mailto), br and footnotes.
A footnote stands at its call, `<sup data-footnote="">the note</sup>`, and is numbered only when shown. An li begins
with a p. `clean` and `from_text` are the two ways in; everything else reads what they return.
"""

from letters.body.markdown import from_text, to_text
from letters.body.reading import clean
from letters.body.rendering import for_page, for_print
from letters.body.words import excerpt, paragraphs, word_count

__all__ = ["clean", "excerpt", "for_page", "for_print", "from_text", "paragraphs", "to_text", "word_count"]
