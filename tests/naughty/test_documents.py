"""Naughty names into the Word file and the PDF."""

import io
import os
import re
from dataclasses import replace

import pikepdf
import pytest

from letters import docx, pdf
from tests.letters.documents import document, text_of
from tests.letters.docx_files import opened
from tests.naughty.lines import NEIGHBOURS
from tests.naughty.made import listed

pytestmark = [pytest.mark.django_db, pytest.mark.battery, pytest.mark.timeout(1800)]

ALL = bool(os.environ.get("NAUGHTY"))
NO_FONT = re.compile(r"\\uff[fF][9-bef]|\\U0001ffff")  # as repr writes it
ACTING = {"/JS", "/JavaScript", "/AA", "/Launch", "/EmbeddedFile", "/XFA"}


def test_word_file_holds_each_name(names):
    printed = listed(names, every=7)
    text = "\n".join(paragraph.text for paragraph in opened(docx.write(document(roll=printed))).paragraphs)
    kept = re.sub("[\u200e\u200f\u2066-\u2069]", "", text)
    lines = [line for group in (*printed.groups, *printed.individuals) for line in group.lines]
    assert [line.name for line in lines if _legal(line.name) not in kept] == []
    assert [line.name for line in NEIGHBOURS if line.name not in kept] == []


def test_pdf_leaves_neighbours_as_they_are(names):
    """What no font has is left out here: tests/naughty/test_names.py says that the forms should not take it."""
    printed = listed(names, every=1 if ALL else 9)
    without = [
        replace(group, lines=tuple(line for line in group.lines if not NO_FONT.search(repr(vars(line)))))
        for group in (*printed.groups, *printed.individuals)
    ]
    made = replace(printed, groups=tuple(without[:3]), individuals=tuple(without[3:]))
    content = pdf.render(document(roll=made))
    words = " ".join(text_of(content).split())
    assert [line.name for line in NEIGHBOURS if line.name not in words] == []
    with pikepdf.open(io.BytesIO(content)) as file:
        acting = [key for one in file.objects if isinstance(one, pikepdf.Dictionary) for key in one.keys() & ACTING]
    assert acting == []


def _legal(words):
    """What an XML document may hold of it, as it is read back."""
    return re.sub(
        "[\u200e\u200f\u2066-\u2069]",
        "",
        re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", words),
    )
