import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from letters import services, tasks
from letters.models import Edition, Letter, Rendering
from letters.services import renderings
from tests.factories import LetterFactory, OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.desk import fields, team_member, words
from tests.letters.test_amending import amended

pytestmark = pytest.mark.django_db


def url(letter, page="overview", **more):
    return reverse(f"letters:{page}", kwargs={"slug": letter.slug, **more})


def main_button(response):
    """The one next step of the page."""
    buttons = [part.split("</")[0] for part in words(response).split('class="button"')[1:]]
    assert len(buttons) == 1
    return buttons[0].rsplit(">", 1)[1]


@pytest.fixture
def closed(client):
    letter = OpenLetterFactory()
    team_member(client, letter)
    services.close(letter, by=UserFactory())
    return letter


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ({"text": {"title": "T", "body": ""}}, "Write"),
        ({"closes_at": None}, "Timetable and address"),
        ({}, "Open for sign-on"),
    ],
)
def test_overview_of_a_draft_leads_to_what_is_missing(client, state, step):
    letter = LetterFactory(**state)
    team_member(client, letter)
    assert main_button(client.get(url(letter))) == step


@pytest.mark.parametrize(
    ("state", "step", "said"),
    [
        ({}, "See the public page", "Send this address to the organizations:"),
        ({"is_paused": True}, "Resume sign-on", "Sign-on is paused"),
        ({"is_paused": True}, "Resume sign-on", "Whoever has our mail from before can still confirm."),
        ({}, "See the public page", "whoever has our mail from before can still confirm."),  # before it is paused
        ({"opens_at": timezone.now() + timedelta(hours=2)}, "See the public page", "signing begins at the time above"),
        ({"closes_at": timezone.now() - timedelta(minutes=1)}, "See the public page", "The closing time has come"),
    ],
)
def test_overview_of_an_open_letter_says_what_to_do(client, state, step, said):
    letter = OpenLetterFactory(**state)
    team_member(client, letter)
    response = client.get(url(letter))
    assert main_button(response) == step
    assert said in words(response)


def test_overview_says_of_how_many_no_mail_is_written_yet(client):
    letter = OpenLetterFactory()
    team_member(client, letter)
    SignatoryFactory(letter=letter)
    SignatoryFactory(letter=letter, held_because="source", released_at=timezone.now())
    assert "2 not confirmed yet asked by mail" in plain(client.get(url(letter)))
    SignatoryFactory(letter=letter, held_because="source")
    assert "3 not confirmed yet 1 of them held, without a mail yet" in plain(client.get(url(letter)))


def plain(response):
    return " ".join(re.sub(r"<[^>]*>", "", words(response)).split())


def test_overview_of_a_closed_letter_says_what_is_undecided(client, closed):
    SignatoryFactory(letter=closed, confirmed=True)
    SignatoryFactory(letter=closed)
    response = client.get(url(closed))
    assert main_button(response) == "Freeze an edition"
    assert "1 sign-on waits for the vetters." in words(response)
    assert "1 organization may still confirm until" in words(response)


def test_overview_of_an_archived_letter_offers_no_acts(client, closed):
    Letter.objects.get().move_to(Letter.Status.ARCHIVED)
    shown = words(client.get(url(closed)))
    assert url(closed, "freeze") not in shown
    assert url(closed, "reopen") not in shown


@pytest.mark.parametrize("factory", [LetterFactory, OpenLetterFactory])
@pytest.mark.parametrize(("role", "runs"), [("coordinator", True), ("viewer", False)])
def test_overview_shows_acts_to_those_who_run_the_letter(client, factory, role, runs):
    letter = factory()
    team_member(client, letter, role)
    shown = words(client.get(url(letter)))
    acts = ("write", "timetable", "open_for_signing", "pause", "resume", "close", "freeze", "reopen")
    assert any(url(letter, act) in shown for act in acts) == runs
    assert url(letter, "preview") in shown


@pytest.mark.parametrize("page", ["overview", "signatories", "preview"])
def test_desk_pages_are_not_there_for_strangers(client, page):
    letter = OpenLetterFactory()
    client.force_login(UserFactory())
    assert client.get(url(letter, page)).status_code == 404


@pytest.mark.parametrize("page", ["overview", "signatories", "write", "open_for_signing"])
def test_desk_pages_ask_to_sign_in(client, page):
    assert client.get(url(OpenLetterFactory(), page)).status_code == 302


def test_open_for_signing_opens(client):
    letter = LetterFactory()
    team_member(client, letter)
    assert letter.get_absolute_url() in words(client.get(url(letter, "open_for_signing")))
    response = client.post(url(letter, "open_for_signing"), follow=True)
    assert "Open. Sign on with an organization of your own first." in words(response)
    assert Letter.objects.get().accepts_signatures


def test_open_for_signing_says_what_is_missing(client):
    letter = LetterFactory(closes_at=None)
    team_member(client, letter)
    missing = "Closing time: Say until when organizations can sign."
    page = client.get(url(letter, "open_for_signing"))
    assert missing in words(page)
    assert main_button(page) == "See what is missing"
    assert missing in words(client.post(url(letter, "open_for_signing"), follow=True))
    assert Letter.objects.get().is_draft


def test_pause_and_resume(client):
    letter = OpenLetterFactory()
    team_member(client, letter)
    client.post(url(letter, "pause"))
    assert not Letter.objects.get().accepts_signatures
    client.post(url(letter, "resume"))
    assert Letter.objects.get().accepts_signatures


def test_acts_by_get_do_nothing(client):
    letter = OpenLetterFactory()
    team_member(client, letter)
    before = Letter.objects.values().get()
    for act in ("open_for_signing", "pause", "resume", "close", "reopen", "freeze", "timetable", "write"):
        client.get(url(letter, act))
        client.head(url(letter, act))
    assert Letter.objects.values().get() == before
    assert not Edition.objects.exists()


def test_close_says_who_has_not_confirmed_and_closes(client):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter)
    team_member(client, letter)
    assert "1 organization has not confirmed yet." in words(client.get(url(letter, "close")))
    assert "Sign-on is closed." in words(client.post(url(letter, "close"), follow=True))
    assert Letter.objects.get().status == "closed"


def test_close_says_whose_time_to_answer_an_amendment_ends(client):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True)
    team_member(client, letter)
    assert "amended text" not in words(client.get(url(letter, "close")))
    amended(letter)
    shown = words(client.get(url(letter, "close")))
    assert "1 organization has not agreed to the amended text yet, and was told that it can do so" in shown


@pytest.mark.parametrize("act", ["open_for_signing", "close"])
def test_acts_that_came_too_late_say_so(client, closed, act):
    for response in (client.get(url(closed, act), follow=True), client.post(url(closed, act), follow=True)):
        assert "somebody else was faster" in words(response)
    assert Letter.objects.get().status == "closed"


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
    assert main_button(shown) == "Download the PDF"
    assert "js/rendering.js" not in words(shown)
    response = client.get(document)
    content = b"".join(response.streaming_content)
    assert content.startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{closed.slug}-edition-1-en.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    assert response["ETag"] == f'"{Rendering.objects.get().sha256}"'


def test_freeze_warns_of_an_empty_roll(client, closed):
    assert "Nobody is listed yet." in words(client.get(url(closed, "freeze")))


def test_freeze_pressed_twice_makes_one_edition(client, closed):
    sent = fields(client.get(url(closed, "freeze")))
    client.post(url(closed, "freeze"), sent)
    assert "is frozen already" in words(client.post(url(closed, "freeze"), sent, follow=True))
    assert Edition.objects.count() == 1
    client.post(url(closed, "freeze"), fields(client.get(url(closed, "freeze"))))
    assert Edition.objects.count() == 2


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
    services.freeze(closed, by=UserFactory())
    renderings.render_due()
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


def test_signatories_show_lines_and_states_but_no_contact(client):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True, contact_name="Canary Contact", contact_email="canary@secret.example")
    SignatoryFactory(letter=letter)
    team_member(client, letter, "viewer")
    shown = words(client.get(url(letter, "signatories")))
    assert shown.count("<bdi>Organization ") == 2
    assert "canary" not in shown.lower()
    assert words(client.get(url(letter, "signatories") + "?state=listed")).count("<bdi>Organization ") == 1


def test_signatories_name_the_withheld_to_those_who_run_the_letter(client):
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True, visibility="counted")
    team_member(client, letter)
    assert signatory.line.name in words(client.get(url(letter, "signatories")))
    team_member(client, letter, "viewer")
    shown = words(client.get(url(letter, "signatories")))
    assert signatory.line.name not in shown
    assert "Kenya" not in shown
