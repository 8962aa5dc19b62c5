"""What becomes of PDFs, and whose they are."""

import pytest

from letters import services, tasks
from letters.models import Rendering
from letters.services import renderings
from tests.factories import LetterFactory, OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.desk import fields, team_member, words
from tests.letters.filed import file_documents
from tests.letters.following.pages import main_button, url
from tests.letters.test_amending import amended

pytestmark = pytest.mark.django_db


def test_freeze_leads_to_the_document(client, closed):
    SignatoryFactory(letter=closed, listed=True)
    page = client.get(url(closed, "freeze"))
    assert "Letter and roll, with 1 organization," in words(page)
    shown = client.post(url(closed, "freeze"), fields(page), follow=True)
    assert "The PDF waits to be set." in words(shown)
    assert "js/rendering.js" in words(shown)
    document = url(closed, "document", number=1, language="en")
    assert client.get(document).status_code == 404
    renderings.render_due()
    shown = client.get(url(closed))
    assert main_button(shown) == "Deliver"
    assert "Download the PDF" in words(shown)
    assert "js/rendering.js" not in words(shown)
    response = client.get(document)
    content = b"".join(response.streaming_content)
    assert content.startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{closed.slug}-edition-1-en.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    assert response["ETag"] == f'"{Rendering.objects.get().sha256}"'


def test_overview_shows_why_a_document_failed_and_tries_again(client, closed):
    services.freeze(closed, by=UserFactory())
    Rendering.objects.update(state="failed", error="no glyph for U+E000")
    again = url(closed, "render_again", pk=Rendering.objects.get().pk)
    shown = words(client.get(url(closed)))
    assert "no glyph for U+E000" in shown
    assert again in shown
    assert client.get(again).status_code == 405
    assert Rendering.objects.get().state == "failed"
    assert "The PDF waits to be set." in words(client.post(again, follow=True))


def test_overview_shows_why_the_pdf_of_the_text_failed_and_tries_again(client):
    letter = OpenLetterFactory(text={"title": "A sign nobody has: \ue000"})
    team_member(client, letter)
    tasks.render_due()
    failed = Rendering.objects.of_text().get()
    again = url(letter, "render_again", pk=failed.pk)
    shown = words(client.get(url(letter)))
    assert "The PDF of the text could not be set." in shown
    assert "U+E000" in shown
    assert again in shown
    assert shown.index('<div class="notice notice-danger">') > shown.rindex("</ol>")  # not in the steps
    assert "It is being set again." in words(client.post(again, follow=True))
    failed.refresh_from_db()
    assert (failed.state, failed.attempts, failed.error) == ("queued", 0, "")
    assert "could not be set" not in words(client.get(url(letter)))


def test_overview_shows_failures_of_the_text_in_force_alone(client):
    letter = OpenLetterFactory(text={"title": "A sign nobody has: \ue000"})
    team_member(client, letter)
    tasks.render_due()
    assert "could not be set" in words(client.get(url(letter)))
    amended(letter, title="For the bridge")
    tasks.render_due()
    assert "could not be set" not in words(client.get(url(letter)))


def test_trying_again_is_for_those_who_run_the_letter(client):
    letter = OpenLetterFactory(text={"title": "A sign nobody has: \ue000"})
    tasks.render_due()
    again = url(letter, "render_again", pk=Rendering.objects.get().pk)
    team_member(client, letter, "viewer")
    shown = words(client.get(url(letter)))
    assert ("could not be set" in shown, again in shown) == (True, False)
    other = OpenLetterFactory()
    team_member(client, other)
    assert client.post(again).status_code == 404
    assert (
        client.post(url(other, "render_again", pk=Rendering.objects.filter(state="failed").get().pk)).status_code == 404
    )
    assert Rendering.objects.filter(state="failed").count() == 1


def test_document_is_not_there_for_strangers(client, closed):
    file_documents(services.freeze(closed, by=UserFactory()))
    document = url(closed, "document", number=1, language="en")
    assert client.get(document).status_code == 200
    client.force_login(UserFactory())
    assert client.get(document).status_code == 404


def test_preview_is_marked_as_a_draft(client):
    letter = LetterFactory()
    team_member(client, letter, "viewer")
    response = client.get(url(letter, "preview"))
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Disposition"] == f'inline; filename="{letter.slug}-draft.pdf"'


def test_date_with_a_slip_in_its_year_is_not_frozen(client, closed):
    said = fields(client.get(url(closed, "freeze"))) | {"date": "0001-01-01"}
    shown = client.post(url(closed, "freeze"), said)
    assert "Check the year" in words(shown)
    assert not closed.editions.exists()
