"""A Word file that we wrote and that comes back."""

from dataclasses import replace
from io import BytesIO

import mammoth
import pytest

from bench import invented
from letters import body, canonical, docx, intake
from tests.letters.documents import ARABIC, document, roll
from tests.letters.docx_files import LISTS


@pytest.mark.parametrize("letter", [document(), document(**ARABIC), document(body=LISTS), document(roll=roll({}))])
def test_written_letter_read_back_says_the_same(letter):
    content = docx.write(replace(letter, authentic_language="fr", draft=True))
    html = mammoth.convert_to_html(BytesIO(content), style_map=docx.STYLE_MAP).value
    assert canonical.body_digest(body.clean(html)) == canonical.body_digest(letter.body)


def test_reading_back_a_changed_word_is_noticed():
    """The control of the test above."""
    content = docx.write(document(body=LISTS.replace("gate logs", "gate log")))
    html = mammoth.convert_to_html(BytesIO(content), style_map=docx.STYLE_MAP).value
    assert canonical.body_digest(body.clean(html)) != canonical.body_digest(LISTS)


@pytest.mark.parametrize("signatories", [0, 3, 40])
def test_written_letter_is_recognized_again_when_it_comes_back(signatories):
    """A board sends back what it was sent: the body says the same, and the parts are where they were."""
    names = {"KE": [f"Society {number} of the River" for number in range(signatories)]} if signatories else {}
    printed = document(body=invented.body(), roll=roll(names))
    found = intake.assemble(intake.read(intake.from_docx(docx.write(printed))).pieces)
    assert canonical.body_digest(found.body) == canonical.body_digest(printed.body)
    assert (found.title, found.salutation, found.closing) == (printed.title, printed.salutation, printed.closing)
