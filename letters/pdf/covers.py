"""What goes with a letter on paper: a cover letter for a window envelope, and an address label or a form of receipt."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from letters.document import A4, Addressee
from letters.pdf import engine, typesetting, writing

SECONDS = 30  # of a busy machine, while somebody waits; it takes one
LABEL, RECEIPT = "label", "receipt"
ROOMY = 6  # lines of an address at full size in the window; of smaller ones there is room for half as many again


@dataclass(frozen=True)
class Cover:
    """`language` is that of the letter, `words` that of our own words beside it (BCP 47). `date` and `edition` are in
    words; `note` is set as it stands, blank lines as well. `with_it` is LABEL or RECEIPT; `paper` one of
    letters.document.PAPERS.
    """

    language: str
    words: str
    sender: str
    contact: str
    place: str
    date: str
    to: Addressee
    subject: str
    note: str
    title: str
    signed_by: str
    edition: str
    sha256: str
    is_confidential: bool
    with_it: str
    paper: str = A4


def render(cover: Cover) -> bytes:
    """Return the PDF, of two pages unless the note is long. Raises RenderingFailed."""
    return engine.run(typeset(cover), seconds=SECONDS, megabytes=settings.RENDER_MEGABYTES).complete_pdf()


def typeset(cover: Cover) -> str:
    """Return the page that the engine sets."""
    script = writing.of(cover.language)
    lines = typesetting.lines_of(cover.to)
    context = {
        "cover": cover,
        "writing": script,
        "words": {"language": cover.words, "direction": writing.of(cover.words).direction},
        "other_serifs": writing.OTHER_SERIFS,
        "other_sans": writing.OTHER_SANS,
        "sheet": typesetting.SHEETS.get(cover.paper, cover.paper),
        "lines": typesetting.directed(lines),
        "is_long": len(lines) > ROOMY,
        "return_line": script.comma.join(filter(None, (cover.sender, cover.place))),
        "dateline": script.comma.join(filter(None, (cover.place, cover.date))),
        "paragraphs": cover.note.split("\n"),
    }
    with translation.override(cover.words):
        return render_to_string("letters/pdf/cover.html", context)
