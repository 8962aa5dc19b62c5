"""What is printed beside a letter: read back from the PDF, and where it stands on the sheet."""

import re
import subprocess
from dataclasses import replace

import pytest

from letters.document import Addressee
from letters.pdf import covers, pictures
from tests.letters.conformance import failures
from tests.letters.documents import text_of

MILLIMETRES = 25.4 / 72
WINDOW = (20, 45, 110, 90)  # of an envelope as DIN 5008 has it, form B: left, top, right, bottom
COVER = covers.Cover(
    language="en",
    words="en",
    sender="Campaign for Bridges",
    contact="team@bridges.example",
    place="Marrow",
    date="28 November 2026",
    to=Addressee("to", "H.E.", "Ada Example", "Commissioner for Bridges", "", "12 Quay Street\n4010 Marrow"),
    subject="Joint letter: For the bridge over the Lind",
    note="Dear Commissioner,\n\nplease find <b>enclosed</b> & read.\n\nWith kind regards,\n\n\nZephyrine",
    title="For the bridge over the Lind",
    signed_by="Joint letter of 214 organizations",
    edition="Edition 1, 5 September 2026",
    sha256="ab" * 32,
    is_confidential=False,
    with_it=covers.LABEL,
)
LONG = "\n".join(["Building C, third floor, room 3.14", "Postbox 1200", "4010 Marrow", "Province", "Lindland"])
ARABIC = replace(
    COVER,
    language="ar",
    words="ar",
    sender="حملة الجسور",
    to=Addressee("to", "", "آدا", "مفوضة الجسور", "", "القاهرة"),
    subject="رسالة مشتركة",
    note="سعادة المفوضة،\n\nتجدون طيّه الرسالة.",
    title="من أجل الجسر",
    with_it=covers.RECEIPT,
)


def places(pdf):
    """Of each word of the first page: left, top, right and bottom in millimetres."""
    found = subprocess.run(["pdftotext", "-bbox", "-l", "1", "-", "-"], input=pdf, capture_output=True, check=True)
    at = r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
    return {
        word: tuple(float(one) * MILLIMETRES for one in box) for *box, word in re.findall(at, found.stdout.decode())
    }


def in_window(place):
    left, top, right, bottom = WINDOW
    return place[0] >= left and place[1] >= top and place[2] <= right and place[3] <= bottom


def test_cover_letter_says_from_whom_to_whom_and_what():
    pdf = covers.render(COVER)
    first, second = text_of(pdf, 1), text_of(pdf, 2)
    said = [COVER.sender, COVER.contact, "Marrow, 28 November 2026", "H.E. Ada Example", "4010 Marrow", COVER.subject]
    said += ["please find <b>enclosed</b> & read.", "Enclosed: For the bridge over the Lind", COVER.edition]
    assert [one for one in said if one not in " ".join(first.split())] == []
    assert "H.E. Ada Example\nCommissioner for Bridges\n12 Quay Street\n4010 Marrow" in second
    assert ("Zephyrine" in first, "Zephyrine" in second) == (True, False)
    assert "addressee alone" not in first


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("address", ["12 Quay Street\n4010 Marrow", LONG])
def test_address_stands_in_the_window_of_an_envelope(paper, address):
    cover = replace(COVER, paper=paper, to=replace(COVER.to, organization="Ministry of Rivers", address=address))
    found = places(covers.render(cover))
    address_words = ["Ada", "Commissioner", "Ministry", *address.split("\n")[-1].split()]
    assert [word for word in address_words if word not in ("Marrow",) and not in_window(found[word])] == []
    assert not in_window(found["Dear"])  # the control
    assert found["November"][1] > max(found[word][3] for word in ("Ministry", "Rivers"))


def test_address_stands_in_the_window_in_other_directions_too():
    found = places(covers.render(ARABIC))
    assert in_window(found["القاهرة"] if "القاهرة" in found else found["ةرهاقلا"])


@pytest.mark.parametrize("with_it", [covers.LABEL, covers.RECEIPT])
def test_street_of_another_script_keeps_its_order(with_it):
    to = Addressee("to", "", "آدا", "مفوضة الجسور", "", "12 Quay Street (3rd floor)\n4010 Marrow")
    found = places(covers.render(replace(ARABIC, to=to, with_it=with_it)))
    assert found["12"][2] < found["Quay"][0] < found["Street"][0] < found["(3rd"][0] < found["floor)"][0]
    assert found["4010"][2] < found["Marrow"][0]


def test_room_is_left_for_a_signature():
    found = places(covers.render(COVER))
    beside = replace(COVER, note=COVER.note.replace("\n\n\n", "\n"))
    assert found["Zephyrine"][1] - found["regards,"][3] > 15
    closer = places(covers.render(beside))
    assert closer["Zephyrine"][1] - closer["regards,"][3] < 5  # the control


def test_form_of_receipt_is_in_the_words_of_the_letter():
    receipt = text_of(covers.render(replace(COVER, with_it=covers.RECEIPT, is_confidential=True)), 2)
    for words in ("Receipt", "We have received this joint letter:", COVER.title, COVER.sha256, "Signature", "Stamp"):
        assert words in receipt
    french = covers.render(replace(COVER, with_it=covers.RECEIPT, language="fr", words="fr"))
    assert "Accusé de réception" in text_of(french, 2)
    assert "Pièce jointe" in text_of(french, 1)


def test_addressees_copy_is_said_to_be_one():
    first = " ".join(text_of(covers.render(replace(COVER, is_confidential=True)), 1).split())
    assert "This copy has an annex with names that are meant for the addressee alone." in first


def test_long_note_goes_on_overleaf_and_the_label_stays_whole():
    pdf = covers.render(replace(COVER, note="Words of ours go on and on.\n\n" * 60))
    last = pictures.page_count(pdf)
    assert "Words of ours" in text_of(pdf, last - 1)
    assert "H.E. Ada Example" in text_of(pdf, last)
    assert "Words of ours" not in text_of(pdf, last)


@pytest.mark.parametrize("cover", [COVER, ARABIC], ids=["label", "Arabic, receipt"])
def test_checker_finds_nothing(cover, tmp_path):
    file = tmp_path / "cover.pdf"
    file.write_bytes(covers.render(cover))
    assert failures(file, "ua-1") == []


def test_character_that_no_font_has_is_named():
    with pytest.raises(covers.engine.RenderingFailed, match="No installed font has this character"):
        covers.render(replace(COVER, note="Dear \ud800"))
