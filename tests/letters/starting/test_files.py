"""A letter from a Word file, and files that are none."""

import io
import zipfile

import pytest
from django.utils import timezone

from letters import docx, services
from letters.models import Letter
from letters.services import editions
from tests.factories import CampaignFactory, UserFactory
from tests.letters.desk import fields, words
from tests.letters.starting.in_hand import found
from tests.letters.starting.recognition import recognized

pytestmark = pytest.mark.django_db


def word_file():
    """The same letter as we write it ourselves."""
    letter = services.start_from(CampaignFactory(), found(), by=UserFactory())
    return docx.write(editions.previewed(letter, timezone.now()))


def test_recognized_reads_a_word_file(coordinator, campaign):
    response = recognized(coordinator, campaign, words="left aside", file=io.BytesIO(word_file()))
    shown = words(response)
    assert "Title</dt><dd><bdi>Joint letter on the ferry of Ostrel</bdi>" in shown
    assert "Salutation</dt><dd><bdi>Dear Minister,</bdi>" in shown
    assert "left aside" not in shown


def zip_bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w/>")
        archive.writestr("word/media/image1.png", b"\0" * 60 * 2**20)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lambda: b"%PDF-1.7", "This is not a .docx file. Save the letter as .docx"),
        (lambda: b"", "The file is empty."),
        (lambda: b"PK" + b"\0" * 5 * 2**20, "The file is larger than 5 MB."),
        (zip_bomb, "There is more in this file than a letter can hold."),
    ],
    ids=["a PDF", "nothing", "too large", "a zip bomb"],
)
def test_recognized_says_what_is_wrong_with_a_file_and_keeps_what_was_typed(coordinator, campaign, content, said):
    response = recognized(coordinator, campaign, words="What I typed", file=io.BytesIO(content()))
    shown = words(response)
    assert f'<a href="#id_file">{said}' in shown
    assert fields(response)["words"] == "What I typed"
    assert not Letter.objects.exists()
