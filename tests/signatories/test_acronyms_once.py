"""An acronym that the name says already stands nowhere a second time, and editions that have it so keep it."""

import re
from dataclasses import replace

import pytest
from django.core import mail as django_mail
from django.test import Client
from django.urls import reverse

from campaigns import outbox
from letters import docx, pdf
from letters.document import RollLine
from letters.models import Edition
from letters.open_data import table
from letters.services import editions
from signatories import services
from signatories.models import Line, Signatory
from signatories.receipts import places
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.docx_files import opened
from tests.signatories.own_page import mine
from tests.signatories.receipts.frozen import a_letter, freeze, listed

pytestmark = pytest.mark.django_db
TWICE = re.compile(r"SMEX\W+SMEX")


def an_older_row(**facts):
    """As it was written while nothing looked at the acronym."""
    signatory = SignatoryFactory(line=Line("SMEX", "", "LB"), **facts)
    Signatory.objects.filter(pk=signatory.pk).update(acronym="SMEX")
    return Signatory.objects.get(pk=signatory.pk)


@pytest.mark.parametrize("page", ["letter", "roll", "signatories_csv", "signatories_json", "signatories_txt", "embed"])
def test_public_page_says_it_once(page):
    signatory = an_older_row(letter=OpenLetterFactory(), listed=True)
    assert (signatory.name, signatory.acronym) == ("SMEX", "SMEX")
    answer = Client().get(reverse(f"letters:{page}", args=[signatory.letter.slug]), {"names": "yes"})
    said = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert (b"SMEX" in said, TWICE.search(said.decode())) == (True, None)


def test_documents_say_it_once():
    letter = an_older_row(letter=a_letter(), listed=True).letter
    document = editions.printed(freeze(letter), "en")
    (group,) = document.roll.groups
    assert group.lines == (RollLine("SMEX"),)
    word = "\n".join(one.text for one in opened(docx.write(document)).paragraphs)
    for said in (pdf.typeset(document), word, table.write(document.roll).decode()):
        assert ("SMEX" in said, TWICE.search(said)) == (True, None)


def test_proof_sheet_does_not_doubt_what_is_not_printed():
    older = an_older_row(letter=OpenLetterFactory(), listed=True)
    assert older.letter.signatories.listed().doubted_names() == {}


def test_my_sign_on_and_the_mail_say_it_once():
    signatory = an_older_row(letter=OpenLetterFactory(), confirmed=True)
    services.approve(Signatory.objects.all(), by=UserFactory())
    outbox.send_due()
    (mail,) = django_mail.outbox
    page = Client().get(mine(signatory)).content.decode()
    for said in (mail.body, *(content for content, _kind in mail.alternatives), page):
        assert ("SMEX" in said, TWICE.search(said)) == (True, None)


def test_form_prints_it_once():
    letter = OpenLetterFactory()
    answers = {"name": "SMEX", "acronym": "SMEX", "country": "LB", "scope": "national", "visibility": "public"}
    answers |= {"contact_name": "Ana", "contact_role": "Director", "attested": "on", "contact_email": "a@smex.example"}
    page = Client().post(f"/letters/{letter.slug}/sign/", answers).content.decode()
    assert '<p class="printed-line" lang="en" dir="ltr"><bdi>SMEX</bdi>, Lebanon</p>' in page


def test_edition_that_prints_it_twice_keeps_it_and_its_signatory_is_told_where_it_stands():
    letter = a_letter()
    signatory, edition = listed(letter, "SMEX"), freeze(letter)
    roll = edition.printed_roll
    twice = replace(roll, groups=tuple(replace(one, lines=(RollLine("SMEX", "SMEX"),)) for one in roll.groups))
    values = {field.attname: getattr(edition, field.attname) for field in Edition._meta.fields if field.name != "id"}
    older = Edition.objects.create(**values | {"number": 2, "roll": twice.to_json(), "digest": "0" * 64})
    assert TWICE.search(pdf.typeset(editions.printed(older, "en")))
    place = places.places_in(older).place_of(signatory.line, is_individual=False)
    assert place is not None
    assert (place.line, place.place) == (RollLine("SMEX", "SMEX"), 1)
