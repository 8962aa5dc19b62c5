"""What a vetter reads about one signatory, and what a decision does to an open question."""

import re

import pytest

from campaigns import outbox
from signatories import services
from signatories.models import Contact, Line, Question, Signatory
from tests.factories import SignatoryFactory, UserFactory
from tests.signatories.own_page import corrected, fresh, mine, shown, token_of
from tests.signatories.vetting_desk import decide, in_bulk, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def vetter(client, settings):
    settings.DEBUG = True  # lets demonstration logins in without a second step
    user = UserFactory(is_staff=True, is_superuser=True, is_demonstration=True)
    client.force_login(user)
    return user


def facts(client, signatory):
    """Label and words of what stands under "As it was submitted"."""
    said = shown(client.get(page(signatory))).partition("As it was submitted")[2]
    found = re.findall(r"<div><dt>(.*?)</dt><dd>(.*?)</dd>", said)
    return {label: re.sub(r"<[^>]+>", "", words).strip() for label, words in found}


# --- What was submitted ---


@pytest.mark.parametrize("visibility", ["public", "counted"])
def test_sheet_shows_what_was_submitted_against_what_will_be_printed(client, vetter, visibility):
    line = Line("River Wach", "", "KE", "riverwach.example")
    signatory = SignatoryFactory(confirmed=True, line=line, visibility=visibility, language="ar")
    before = facts(client, signatory)
    assert (before["Name"], before["Acronym"]) == ("River Wach", "none given")
    corrected(signatory, name="River Watch", acronym="RW")
    corrected(signatory, name="River Watch Kenya", acronym="RW")
    after = facts(client, fresh(signatory))
    assert after["Name"] == "River WachCorrected since: River Watch Kenya"
    assert after["Acronym"] == "none givenCorrected since: RW"
    assert after["Country"] == "Kenya"
    assert after["Language of the mails"] == "Arabic"
    assert "It was submitted in other words" in client.get(page(signatory)).content.decode()


def test_what_was_submitted_is_stored_encrypted():
    signatory = SignatoryFactory(line=Line("River Canary", "", "KE"))
    corrected(signatory, name="River Watch")
    (stored,) = Signatory.objects.extra(select={"raw": "submitted"}).values_list("raw", flat=True)
    assert (bool(stored), "Canary" in str(stored)) == (True, False)
    assert fresh(signatory).submitted_line == Line("River Canary", "", "KE")


def test_what_was_submitted_goes_with_the_rest(client):
    signatory = SignatoryFactory(listed=True, line=Line("River Canary", "", "KE"))
    services.decide(_asked(signatory), accept=True, by=UserFactory())
    assert "River Canary" in shown(client.get(mine(signatory, "holdings")))
    services.erase(token_of(signatory), keeps_line=False)
    assert fresh(signatory).submitted == {}


def _asked(signatory):
    corrected(signatory, name="River Watch")
    return signatory.corrections.get()


def test_a_form_sent_again_is_what_was_submitted():
    signatory = SignatoryFactory(line=Line("River Canary", "", "KE"))
    corrected(signatory, name="River Watch")
    again = {"scope": "national", "visibility": "public", "language": "en"}
    contact = Contact(signatory.contact_name, signatory.contact_role, signatory.contact_email)
    services.sign_on(signatory.letter, line=Line("River Union", "", "KE"), contact=contact, **again)
    assert fresh(signatory).submitted_line == Line("River Union", "", "KE")


# --- A question that is open ---


@pytest.fixture
def asked(client, vetter):
    signatory = SignatoryFactory(confirmed=True)
    services.ask(signatory, by=vetter, words="Who may sign for you?")
    outbox.send_due()
    return signatory


def test_approving_without_the_answer_is_said_before_and_closes_the_question(client, vetter, asked):
    assert "Approving or declining closes the question." in shown(client.get(page(asked)))
    refused = decide(client, asked, "approve")
    assert "A question is open. Tick the box" in shown(refused)
    assert fresh(asked).status == "confirmed"
    decide(client, asked, "approve", **{"approve-without_answer": "on"})
    assert fresh(asked).status == "listed"
    assert list(Question.objects.open()) == []
    assert "Closed without an answer, when it was decided" in shown(client.get(page(fresh(asked))))
    assert "We have a question" not in shown(client.get(mine(asked)))


def test_declining_closes_the_question(client, vetter, asked):
    decide(client, asked, "decline", **{"decline-reason": "not_reached"})
    assert fresh(asked).status == "declined"
    assert list(Question.objects.open()) == []


def test_approving_without_a_question_asks_nothing_more(client, vetter):
    signatory = SignatoryFactory(confirmed=True)
    decide(client, signatory, "approve")
    assert fresh(signatory).status == "listed"


def test_an_answer_that_came_meanwhile_is_read_first(client, vetter, asked):
    shown_at = re.search(r'name="shown_at" value="([^"]+)"', client.get(page(asked)).content.decode()).group(1)
    services.answer(token_of(asked), words="I am the director.")
    decide(client, asked, "approve", shown_at=shown_at, **{"approve-without_answer": "on"})
    assert fresh(asked).status == "confirmed"


def test_many_at_once_leave_out_who_was_asked(client, vetter, asked):
    other = SignatoryFactory(letter=asked.letter, confirmed=True)
    said = shown(in_bulk(client, "approve", [asked, other]))
    assert said.count("a question is open: decide on its own page") == 1
    in_bulk(client, "approve", [asked, other], sure="yes")
    assert [fresh(one).status for one in (asked, other)] == ["confirmed", "listed"]
    assert [one.signatory for one in Question.objects.open()] == [asked]


def test_a_question_can_be_asked_again_after_one_was_closed(client, vetter, asked):
    services.decline(Signatory.objects.all(), by=vetter, reason="other")
    services.reconsider(Signatory.objects.all(), by=vetter)
    assert services.ask(asked, by=vetter, words="And now?") is True


# --- Why it was declined, as its contact is told ---


def test_a_double_is_told_what_another_reason_would_tell(client, mailoutbox, vetter):
    told = {}
    for reason in ("duplicate", "other"):
        signatory = SignatoryFactory(confirmed=True, line=Line("River Watch", "", "KE"), contact_name="Ana")
        services.decline(Signatory.objects.filter(pk=signatory.pk), by=vetter, reason=reason)
        outbox.send_due()
        held = client.get(mine(signatory, "holdings_file")).json()
        on_page = re.search(r"<p>(We cannot put it on this letter\.)", shown(client.get(mine(signatory))))
        told[reason] = (held["decline_reason"], on_page.group(1), "We cannot put it" in mailoutbox[-1].body)
        assert "lready on the list" not in mailoutbox[-1].body + shown(client.get(mine(signatory, "holdings")))
    assert told["duplicate"] == told["other"] == ("other", "We cannot put it on this letter.", True)


def test_vetters_see_what_the_contact_reads_instead(client, vetter):
    choice = "Already on the list (the contact reads: “We cannot put it on this letter”)"
    assert choice in client.get(page(SignatoryFactory(confirmed=True))).content.decode()
