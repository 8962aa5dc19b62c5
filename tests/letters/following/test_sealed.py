"""The desk: the addressee's copy is taken out by who runs the letter; what proves an edition may be given on."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import JournalEntry, Role
from letters import services
from letters.models import Letter
from signatories.models import Line
from tests.factories import PASSWORD, MembershipFactory, OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.filed import file_documents
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

TOLD = "Wrenfold Circle"


@pytest.fixture
def letter():
    letter = OpenLetterFactory(status=Letter.Status.CLOSED, closed_at=timezone.now())
    SignatoryFactory(letter=letter, listed=True, line=Line("Open Fields Trust", "", "KE"))
    SignatoryFactory(letter=letter, listed=True, visibility="recipient", line=Line(TOLD, "", "IS"))
    services.freeze(letter, by=MembershipFactory(campaign=letter.campaign, role=Role.OWNER).user)
    file_documents(letter.editions.get())
    return letter


def come_in(client, letter, role=Role.COORDINATOR, *, shows_password=True):
    user = MembershipFactory(campaign=letter.campaign, role=role).user
    sign_in(client, user, with_second_factor=True)
    if shows_password:
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def url(letter, page, **more):
    return reverse(f"letters:{page}", kwargs={"slug": letter.slug, "number": 1, **more})


def test_addressee_copy_is_taken_out_by_a_post_and_journaled(client, letter):
    come_in(client, letter)
    page = client.get(url(letter, "addressee_copy"))
    assert "This file can put people in danger." in page.content.decode()
    assert not JournalEntry.objects.filter(verb="took addressee's copy").exists()
    response = client.post(url(letter, "addressee_copy"), {"language": "en"})
    assert response.content.startswith(b"%PDF-")
    assert "CONFIDENTIAL" in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"
    assert JournalEntry.objects.filter(verb="took addressee's copy").count() == 1
    assert client.post(url(letter, "addressee_copy"), {"language": "fr"}).status_code == 404


def test_addressee_copy_wants_to_know_again_who_is_there(client, letter):
    come_in(client, letter, shows_password=False)
    response = client.post(url(letter, "addressee_copy"), {"language": "en"})
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/reauthenticate/")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.TRANSLATOR, Role.VETTER])
def test_others_of_the_team_do_not_even_see_that_there_is_one(client, letter, role):
    come_in(client, letter, role)
    assert client.post(url(letter, "addressee_copy"), {"language": "en"}).status_code == 404
    shown = client.get(reverse("letters:overview", args=[letter.slug])).content.decode()
    copy = letter.editions.get().renderings.get(variant="addressee")
    assert copy.sha256 not in shown
    assert "Addressee’s copy" not in shown


def test_no_other_address_gives_the_copy(client, letter):
    come_in(client, letter)
    copy = letter.editions.get().renderings.get(variant="addressee")
    document = client.get(url(letter, "document", language="en"))
    assert document["ETag"] != f'"{copy.sha256}"'
    assert document["ETag"] == f'"{letter.editions.get().renderings.get(variant="public").sha256}"'


def test_copy_that_is_not_kept_any_more_is_said_so(client, letter):
    come_in(client, letter)
    told = letter.signatories.get(visibility="recipient")
    services.forget_naming(letter, str(told.pk))
    response = client.post(url(letter, "addressee_copy"), {"language": "en"}, follow=True)
    assert "This copy is not kept any more." in response.content.decode()
    assert "a name in it is not kept any more" in response.content.decode()


def test_manifest_and_record_are_given_out(client, letter):
    come_in(client, letter, Role.VIEWER)
    manifest, record = (json.loads(client.get(url(letter, name)).content) for name in ("manifest", "record_data"))
    assert manifest["files"] == record["files"]
    assert [one["language"] for one in manifest["files"]] == ["en"]
    pdf = client.get(url(letter, "record"))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")


def test_since_is_told_on_the_desk(client, letter):
    SignatoryFactory(letter=letter, listed=True, line=Line("Latecomers", "", "FR"))
    come_in(client, letter)
    for page in ("overview", "freeze"):
        shown = client.get(reverse(f"letters:{page}", args=[letter.slug])).content.decode()
        assert "Since edition 1" in shown
        assert "Latecomers" in shown


def seen_by_all(client, letter):
    """The letter's overview, by role."""
    shown = {}
    for role in (Role.COORDINATOR, Role.VETTER, Role.VIEWER):
        come_in(client, letter, role)
        shown[role] = client.get(reverse("letters:overview", args=[letter.slug])).content.decode()
    return shown


def test_changes_among_those_for_the_addressee_are_told_to_who_runs_the_letter_alone(client, letter):
    told = letter.signatories.get(visibility="recipient")
    told.set_line(told.line, "counted")
    told.save()
    words = "Who is named to the addressee alone has changed."
    told_to = [role for role, shown in seen_by_all(client, letter).items() if words in shown]
    assert told_to == [Role.COORDINATOR]
    told_to = [role for role, shown in seen_by_all(client, letter).items() if "Since edition 1" in shown]
    assert told_to == [Role.COORDINATOR]


def test_names_that_are_not_kept_are_told_to_who_runs_the_letter_alone(client, letter):
    services.forget_naming(letter, str(letter.signatories.get(visibility="recipient").pk))
    shown = seen_by_all(client, letter)
    for words in ("names of its addressee’s copy are not kept", "a name in it is not kept any more"):
        assert [role for role in shown if words in shown[role]] == [Role.COORDINATOR]


@pytest.mark.parametrize("state", ["queued", "failed"])
def test_copy_that_cannot_be_set_any_more_offers_no_other_try(client, letter, state):
    copies = services.freeze(letter, by=UserFactory()).renderings.filter(variant="addressee")
    copies.update(state=state)
    copy = copies.get()
    come_in(client, letter)
    overview, again = (
        reverse("letters:overview", args=[letter.slug]),
        reverse("letters:render_again", args=[letter.slug, copy.pk]),
    )
    assert (again in client.get(overview).content.decode()) == (state == "failed")  # the control
    services.forget_naming(letter, str(letter.signatories.get(visibility="recipient").pk))
    shown = client.get(overview).content.decode()
    assert [words in shown for words in (again, "could not be set", "To deliver, freeze another edition.")] == [
        False,
        False,
        True,
    ]


def test_freezing_asks_for_place_and_date(client, letter):
    come_in(client, letter)
    page = reverse("letters:freeze", args=[letter.slug])
    sent = {"after": 1, "place": "Bern", "date": "2031-08-30", "date_precision": "day"}
    refused = client.post(page, {**sent, "date": "soon"})
    assert "Enter a date like 2026-09-05." in refused.content.decode()
    assert 'value="Bern"' in refused.content.decode()
    assert client.post(page, sent).status_code == 302
    assert letter.editions.get(number=2).front["place"] == "Bern"


@pytest.mark.parametrize(("role", "looks_again"), [(Role.VIEWER, False), (Role.COORDINATOR, True)])
def test_only_who_runs_the_letter_learns_that_a_copy_is_being_set(client, letter, role, looks_again):
    edition = services.freeze(letter, by=letter.editions.get().frozen_by)
    come_in(client, letter, role)
    for is_set, looks in ((False, True), (True, looks_again)):
        if is_set:
            done = {"state": "done", "done_at": timezone.now(), "file": "x.pdf", "sha256": "0" * 64}
            edition.renderings.public().update(**done)
        shown = client.get(reverse("letters:overview", args=[letter.slug])).content.decode()
        assert ("js/rendering.js" in shown, 'data-rendering="going on"' in shown) == (looks, looks)
