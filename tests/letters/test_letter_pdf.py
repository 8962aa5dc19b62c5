"""The PDF of the text in force, which anyone may have and nobody who reads can cause to be set."""

from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from letters import services, tasks
from letters.models import Rendering
from letters.services import renderings
from tests.factories import CampaignFactory, LetterFactory, OpenLetterFactory, TextFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def words(content):
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def content(response):
    return b"".join(response.streaming_content)


def test_opening_asks_for_the_pdf_of_the_text(nudges, django_capture_on_commit_callbacks):
    letter = LetterFactory()
    with django_capture_on_commit_callbacks(execute=True):
        services.open_for_signing(letter, by=UserFactory())
    assert "letters.tasks.render_due" in nudges
    assert renderings.ask_for_texts() == 1
    assert renderings.ask_for_texts() == 0
    assert Rendering.objects.of_text().get().revision == letter.revision


def test_drafts_have_no_pdf_of_their_text():
    LetterFactory()
    assert renderings.ask_for_texts() == 0


def test_pdf_of_the_text_names_its_revision_and_no_list(client):
    letter = OpenLetterFactory()
    tasks.render_due()
    response = client.get(reverse("letters:letter_pdf", args=[letter.slug]))
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    text = words(content(response))
    assert letter.revision.digest[:16] in text
    assert "signatories as of" not in text
    assert "DRAFT" not in text


def test_pdf_is_sent_once_to_who_has_it(client):
    letter = OpenLetterFactory()
    tasks.render_due()
    address = reverse("letters:letter_pdf", args=[letter.slug])
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304


def test_reading_never_sets_a_pdf(client):
    letter = OpenLetterFactory()
    response = client.get(reverse("letters:letter_pdf", args=[letter.slug]))
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert reverse("letters:board_copy", args=[letter.slug]) in response.content.decode()
    assert Rendering.objects.count() == 0


def test_waiting_for_a_pdf_is_no_fault(client, caplog):
    client.get(reverse("letters:letter_pdf", args=[OpenLetterFactory().slug]))
    assert [record for record in caplog.records if record.levelname not in {"DEBUG", "INFO"}] == []


def test_pdf_that_could_not_be_set_is_not_waited_for(client, caplog):
    letter = OpenLetterFactory(text={"title": "A sign nobody has: \ue000"})
    address = reverse("letters:letter_pdf", args=[letter.slug])
    assert 'http-equiv="refresh"' in client.get(address).content.decode()  # the control: it would look again
    tasks.render_due()
    assert Rendering.objects.get().state == "failed"
    caplog.clear()
    response = client.get(address)
    page = response.content.decode()
    assert (response.status_code, "Retry-After" in response) == (503, False)
    assert "The PDF could not be set" in page
    assert "refresh" not in page
    assert "U+E000" not in page  # for the team
    assert f'href="{letter.get_absolute_url()}"' in page
    assert [record for record in caplog.records if record.levelname not in {"DEBUG", "INFO"}] == []


def test_each_language_has_its_pdf(client):
    letter = LetterFactory()
    TextFactory(letter=letter, language="fr", is_authentic=False, title="Pour le pont sur la Lind")
    services.open_for_signing(letter, by=UserFactory())
    tasks.render_due()
    text = words(content(client.get(reverse("letters:letter_pdf", args=[letter.slug, "fr"]))))
    assert "Pour le pont" in text
    assert "Traduction de courtoisie" in text
    assert client.get(reverse("letters:letter_pdf", args=[letter.slug, "en"])).status_code == 404
    assert client.get(reverse("letters:letter_pdf", args=[letter.slug, "es"])).status_code == 404


def test_drafts_have_no_public_pdf(client):
    assert client.get(reverse("letters:letter_pdf", args=[LetterFactory().slug])).status_code == 404


def test_rendering_is_of_an_edition_or_of_a_text():
    with pytest.raises(IntegrityError), transaction.atomic():
        Rendering.objects.create(language="en")


def test_board_page_has_what_a_board_needs(client):
    letter = OpenLetterFactory(campaign=CampaignFactory(name="Rivers Together"))
    page = client.get(reverse("letters:board", args=[letter.slug])).content.decode()
    for needed in (
        "Rivers Together",
        letter.campaign.contact_email,
        "Commissioner for Bridges",
        letter.revision.digest,
        reverse("letters:letter_pdf", args=[letter.slug]),
        reverse("letters:board_copy", args=[letter.slug]),
        "resolves that the organization signs",
        reverse("signatories:sign", args=[letter.slug]),
    ):
        assert needed in page
    assert client.get(reverse("letters:board", args=[LetterFactory().slug])).status_code == 404
