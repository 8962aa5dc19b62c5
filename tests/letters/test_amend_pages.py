"""Amending an open letter at the desk, and what the public reads of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from letters import services
from letters.models import Amendment, Letter
from letters.services import working
from tests.factories import LetterFactory, OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.desk import fields, team_member, words
from tests.letters.test_amending import amended, rewritten

pytestmark = pytest.mark.django_db


def url(letter, page, *more):
    return reverse(f"letters:{page}", args=[letter.slug, *more])


@pytest.fixture
def letter(client):
    """An open one, run by whoever the client is."""
    letter = OpenLetterFactory()
    letter.coordinator = team_member(client, letter)
    return letter


def made(client, letter, **changes):
    """Send the page as it is shown, but for these."""
    sent = fields(client.get(url(letter, "amend"))) | changes
    return client.post(url(letter, "amend"), {name: value for name, value in sent.items() if value is not None})


def test_overview_leads_to_an_amendment_and_back_to_it(client, letter):
    assert "Amend the text" in words(client.get(url(letter, "overview")))
    assert client.post(url(letter, "prepare_amendment")).url == url(letter, "write")
    assert "Go on with the amendment" in words(client.get(url(letter, "overview")))


def test_amend_says_so_when_nothing_differs_yet(client, letter):
    client.post(url(letter, "prepare_amendment"))
    page = words(client.get(url(letter, "amend")))
    assert "Nothing differs yet." in page
    assert 'name="weight"' not in page


def test_amend_without_one_being_prepared_goes_to_the_overview(client, letter):
    assert client.get(url(letter, "amend")).url == url(letter, "overview")


def test_amend_shows_the_redline_and_proposes_the_class(client, letter):
    SignatoryFactory(letter=letter, listed=True)
    rewritten(letter, letter.coordinator, body="<p>We ask for two bridges.</p>")
    page = words(client.get(url(letter, "amend")))
    assert "We take it for a change of substance:" in page
    assert "<ins" in page
    assert "1 organization is listed now." in page


def test_amend_makes_what_was_on_the_screen(client, letter):
    rewritten(letter, letter.coordinator, body="<p>We ask for two bridges.</p>")
    assert made(client, letter, weight="substance").url == url(letter, "overview")
    amendment = Amendment.objects.get()
    assert (amendment.weight, amendment.revision.number) == ("substance", 2)
    left = amendment.agree_by - timezone.now()
    assert timedelta(days=6) < left < timedelta(days=8)


def test_amend_refuses_what_was_changed_after_it_was_shown(client, letter):
    rewritten(letter, letter.coordinator, title="For two bridges")
    sent = fields(client.get(url(letter, "amend"))) | {"weight": "substance"}
    rewritten(letter, letter.coordinator, title="For three bridges")
    assert client.post(url(letter, "amend"), sent).url == url(letter, "amend")
    assert not Amendment.objects.exists()


def test_amend_wants_a_reason_for_a_lighter_class_and_keeps_what_was_typed(client, letter):
    rewritten(letter, letter.coordinator, body="<p>We ask for two bridges.</p>")
    page = words(made(client, letter, weight="correction", until="2031-05-06T10:00"))
    assert "Say why this is no more than that" in page
    assert 'value="2031-05-06T10:00"' in page
    made(client, letter, weight="correction", reason="A slip of the pen.")
    assert Amendment.objects.get().reason == "A slip of the pen."


def test_amend_offers_substance_alone_when_recipients_change(client, letter):
    services.prepare_amendment(letter, by=letter.coordinator)
    prepared = working.read(letter)
    prepared.recipients[0]["office"] = "Commissioner for Roads"
    working.write(letter, prepared, by=letter.coordinator)
    page = words(client.get(url(letter, "amend")))
    assert 'value="correction"' not in page
    assert "always one of substance" in page
    answer = made(client, letter, weight="typographic", reason="Moved.")
    assert (answer.status_code, Amendment.objects.count()) == (200, 0)


@pytest.mark.parametrize(
    ("until", "said"),
    [("", "Say until when."), ("2001-01-01T10:00", "This lies in the past."), ("2031-05-06T10:00", "takes no answers")],
)
def test_amend_says_what_is_wrong_with_a_deadline(client, letter, until, said):
    rewritten(letter, letter.coordinator, body="<p>We ask for two bridges.</p>")
    assert said in words(made(client, letter, weight="substance", until=until))
    assert not Amendment.objects.exists()


def test_discard_amendment_asks_first(client, letter):
    rewritten(letter, letter.coordinator, title="For two bridges")
    assert client.get(url(letter, "discard_amendment")).status_code == 200
    assert Letter.objects.get().is_written
    client.post(url(letter, "discard_amendment"))
    assert not Letter.objects.get().is_written


@pytest.mark.parametrize("role", ["viewer", "translator"])
def test_amending_is_for_those_who_run_the_letter(client, role):
    letter = OpenLetterFactory()
    rewritten(letter, title="For two bridges")
    team_member(client, letter, role)
    assert client.get(url(letter, "amend")).status_code == 404
    for page in ("amend", "prepare_amendment", "discard_amendment"):
        assert client.post(url(letter, page)).status_code == 404
    assert Letter.objects.get(pk=letter.pk).is_written


def test_closed_letter_is_not_amended(client, letter):
    rewritten(letter, letter.coordinator, title="For two bridges")
    services.close(letter, by=letter.coordinator)
    assert client.get(url(letter, "amend")).url == url(letter, "overview")
    assert client.post(url(letter, "prepare_amendment")).url == url(letter, "overview")


# --- What the public reads ---


def test_letter_page_says_what_was_amended_and_when(client):
    letter = OpenLetterFactory()
    assert "Amended on" not in words(client.get(letter.get_absolute_url()))
    amendment = amended(letter)
    page = words(client.get(letter.get_absolute_url()))
    assert f"Amended on {amendment.made_at:%-d %B %Y}" in page
    assert url(letter, "amended", 2) in page


def test_letter_page_folds_away_what_was_only_typeset(client):
    letter = OpenLetterFactory(text={"title": 'For the "old" bridge'})
    amended(letter, "typographic", title="For the “old” bridge")
    page = words(client.get(letter.get_absolute_url()))
    assert "<summary>Typeset anew once</summary>" in page
    amended(letter, "correction", title="For the “old” bridges")
    page = words(client.get(letter.get_absolute_url()))
    assert page.index("what was corrected") < page.index("Typeset anew once") < page.index("what was set otherwise")


def test_amended_page_shows_typesetting_where_nothing_else_changed(client):
    letter = OpenLetterFactory(text={"title": 'For the "old" bridge'})
    amended(letter, "typographic", title="For the “old” bridge")
    page = words(client.get(url(letter, "amended", 2)))
    assert "Only typesetting differs" in page
    assert "<ins" in page


def test_amended_page_shows_redline_reason_and_both_digests(client):
    letter = OpenLetterFactory()
    amendment = amended(letter)
    page = words(client.get(url(letter, "amended", 2)))
    for expected in ("<ins", "<del", "Agreed in the coalition.", amendment.previous.digest, amendment.revision.digest):
        assert expected in page
    for number in (1, 2):
        assert url(letter, "revision_file", number) in page


def test_amended_page_is_there_for_amendments_of_public_letters_alone(client):
    letter = OpenLetterFactory()
    assert client.get(url(letter, "amended", 1)).status_code == 404
    draft = LetterFactory()
    services.keep(draft, by=UserFactory())
    assert client.get(url(draft, "amended", 1)).status_code == 404


def test_what_is_being_prepared_is_seen_by_nobody_outside(client):
    letter = OpenLetterFactory()
    rewritten(letter, title="For a secret bridge", body="<p>We ask for a secret bridge.</p>")
    for page in (letter.get_absolute_url(), reverse("letters:home"), reverse("signatories:sign", args=[letter.slug])):
        assert "secret" not in words(client.get(page))
    services.amend(
        letter, weight="substance", until=timezone.now() + timedelta(days=2), by=UserFactory()
    )  # and then it is
    assert "secret" in words(client.get(letter.get_absolute_url()))


def test_amend_of_substance_wants_a_tick_for_those_who_leave_the_roll(client, letter):
    SignatoryFactory.create_batch(2, letter=letter, listed=True)
    rewritten(letter, letter.coordinator, body="<p>We ask for two bridges.</p>")
    assert "2 organizations leave the roll" in words(client.get(url(letter, "amend")))
    assert "Tick this if it is what you want" in words(made(client, letter, weight="substance"))
    assert not Amendment.objects.exists()
    made(client, letter, weight="substance", sure="on")
    assert Amendment.objects.get().is_substance


def test_letter_page_says_that_organizations_are_asked_again(client):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    page = words(client.get(letter.get_absolute_url()))
    assert "being asked whether they agree" in page
    assert "No organization is listed yet" not in page


def test_amend_says_on_whose_clocks_the_time_is(client, letter):
    Letter.objects.update(zone="Asia/Kathmandu")
    rewritten(letter, letter.coordinator, body="<p>We ask for two bridges.</p>")
    assert "Enter it in Kathmandu time." in words(client.get(url(letter, "amend")))
