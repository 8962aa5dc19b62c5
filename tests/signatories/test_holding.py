"""Who waits for a mail, who does not, and that nobody can tell from outside."""

import time
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns import outbox, pausing
from campaigns.models import JournalEntry, Mail, Suppression
from campaigns.outbox import mailbox_hash
from letters.models import Letter
from signatories import guarding, services
from signatories.admin import sheet
from signatories.models import Signatory, Token
from signatories.services import holding, releasing
from tests.factories import LetterFactory, OpenLetterFactory, SignatoryFactory, UserFactory
from tests.signatories.test_forms import ORGANIZATION

pytestmark = pytest.mark.django_db

HeldBecause = Signatory.HeldBecause
SLOW = 60


@pytest.fixture(autouse=True)
def _reachable_limits(settings, monkeypatch):
    """Small numbers, so that few rows reach them; what they are in earnest is a constant each."""
    settings.SIGN_ON_RUSH = 12
    settings.TRUSTED_PROXY_COUNT = 1
    monkeypatch.setattr(holding, "ROOM", 6)
    monkeypatch.setattr(holding, "CENTER", 8)
    monkeypatch.setattr(holding, "ALL_DAY", 10)


def send(client, letter, number=0, place="192.0.2.1", taking=SLOW, **more):
    """Sign on over HTTP, as one organization of many; the row, and the answer that was given."""
    answers = ORGANIZATION | {"name": f"Water {number}", "contact_email": f"water{number}@water{number}.example"}
    answers |= {"began": guarding.stamp(time.time() - taking), "send": "1"} | more
    answer = client.post(reverse("signatories:sign", args=[letter.slug]), answers, headers={"x-forwarded-for": place})
    return letter.signatories.order_by("signed_at").last(), answer


def rush(letter, number=12, **facts):
    """A flood that stands in the database already."""
    for _ in range(number):
        SignatoryFactory(letter=letter, **facts)
    holding.forget()


def solved(letter):
    given = guarding.challenge(str(letter.pk), bits=4)
    return {"challenge": given, "proof": guarding.solve(given)}


def test_sign_on_of_a_person_is_not_held(client):
    row, _ = send(client, OpenLetterFactory())
    assert (row.is_held, Mail.objects.count(), Token.objects.count()) == (False, 1, 1)
    assert len(row.source) == 32


@pytest.mark.parametrize(
    ("more", "because"),
    [
        ({"remarks": "Buy now"}, HeldBecause.TRAP),
        ({"taking": 2.5}, HeldBecause.HASTE),
        ({"began": ""}, HeldBecause.HASTE),
        ({"began": "1234.5678"}, HeldBecause.HASTE),
        ({"remarks": "x", "taking": 0}, HeldBecause.TRAP),
    ],
)
def test_program_is_held_and_cannot_tell(client, more, because):
    letter = OpenLetterFactory()
    person = send(client, letter, 1)[1]
    row, answer = send(client, letter, 2, **more)
    assert (row.held_because, row.is_held, row.status) == (because, True, "pending")
    assert (Mail.objects.count(), Token.objects.count()) == (1, 1)
    assert (answer.status_code, answer.url, answer.cookies) == (person.status_code, person.url, person.cookies)
    assert client.get(answer.url).content == client.get(person.url).content
    assert JournalEntry.objects.about(row).get().data == {"letter": letter.pk, "held": because}


def test_room_full_of_people_is_not_held_and_what_is_over_waits(client):
    letter = OpenLetterFactory()
    held = [send(client, letter, number)[0].held_because for number in range(8)]
    assert held == [""] * 6 + [HeldBecause.SOURCE] * 2
    assert send(client, letter, 8, place="192.0.2.2")[0].held_because == ""


def test_one_place_is_counted_over_all_letters_and_all_day(client):
    letters = [OpenLetterFactory() for _ in range(4)]
    held = [send(client, letters[number % 4], number)[0].held_because for number in range(9)]
    assert held == [""] * 8 + [HeldBecause.SOURCE]
    Signatory.objects.update(signed_at=timezone.now() - timedelta(hours=1))
    assert send(client, letters[0], 9)[0].held_because == ""
    assert send(client, letters[0], 10)[0].held_because == HeldBecause.SOURCE


def test_rush_lets_the_first_few_of_each_place_pass(client):
    letter = OpenLetterFactory()
    rush(letter)
    held = [send(client, letter, number)[0].held_because for number in range(5)]
    assert held == [""] * 2 + [HeldBecause.PRESSURE] * 3
    assert send(client, letter, 5, place="192.0.2.2")[0].held_because == ""


def test_rush_on_other_letters_is_one_of_the_site(client):
    letter = OpenLetterFactory()
    rush(OpenLetterFactory(), 36)
    assert holding.is_rush(letter.pk)
    Signatory.objects.update(signed_at=timezone.now() - holding.WINDOW)
    holding.forget()
    assert not holding.is_rush(letter.pk)


def test_rush_lets_pass_who_has_done_the_sum_once(client, monkeypatch):
    monkeypatch.setattr(holding, "ROOM", 60)
    letter, other = OpenLetterFactory(), OpenLetterFactory()
    rush(letter)
    for number in range(3):
        send(client, letter, number)
    done = solved(letter)
    assert send(client, letter, 4, **done)[0].held_because == ""
    assert send(client, letter, 5, **done)[0].held_because == HeldBecause.PRESSURE  # used
    assert send(client, letter, 6, **done | {"proof": "0"})[0].held_because == HeldBecause.PRESSURE
    assert send(client, letter, 7, **solved(other))[0].held_because == HeldBecause.PRESSURE


def test_sum_opens_no_place_that_sends_too_much(client):
    letter = OpenLetterFactory()
    rush(letter)
    held = [send(client, letter, number, **solved(letter))[0].held_because for number in range(7)]
    assert held == [""] * 6 + [HeldBecause.SOURCE]


def test_unreadable_place_is_held_in_a_rush_alone(client):
    letter = OpenLetterFactory()
    assert send(client, letter, 0, place="unknown")[0].held_because == ""
    rush(letter)
    assert send(client, letter, 1, place="unknown")[0].held_because == HeldBecause.PRESSURE


def test_form_asks_for_a_sum_in_a_rush_alone(client):
    letter = OpenLetterFactory()
    page = reverse("signatories:sign", args=[letter.slug])
    calm = client.get(page).content.decode()
    assert ('name="began"' in calm, 'name="remarks"' in calm, "challenge" in calm) == (True, True, False)
    rush(letter)
    asked = client.get(page).content.decode()
    assert ('name="challenge"' in asked, "proof.js" in asked) == (True, True)


def test_marks_survive_errors_changes_and_the_page_of_answers(client):
    letter = OpenLetterFactory()
    rush(letter)
    page = reverse("signatories:sign", args=[letter.slug])
    began, done = guarding.stamp(time.time() - SLOW), solved(letter)
    for more in ({"name": ""}, {"change": "1"}, {}):
        shown = client.post(page, ORGANIZATION | {"began": began} | done | more).content.decode()
        for name, value in {"began": began, **done}.items():
            assert shown.count(f'name="{name}" value="{value}"') == 1, (more, name)


def test_ordinary_sign_on_asks_the_database_nothing_more(client, django_assert_num_queries):
    letter, marks = OpenLetterFactory(), guarding.Marks(began=guarding.stamp(time.time() - SLOW))
    holding.is_rush(letter.pk)  # asked once a second, by whoever comes first
    with django_assert_num_queries(0):
        assert holding.why_held(letter, guarding.Sending(timezone.now(), "a place", marks)) == ""
    with django_assert_num_queries(1):
        assert holding.why_held(letter, guarding.Sending(timezone.now(), "a place", marks)) == ""


def test_who_sends_again_with_time_is_let_through(client):
    letter = OpenLetterFactory()
    row, _ = send(client, letter, 1, taking=0)
    send(client, letter, 1, taking=0, name="Water first")
    assert (letter.signatories.get().is_held, letter.signatories.get().name) == (True, "Water first")
    send(client, letter, 1, name="Water at last")
    row.refresh_from_db()
    assert (row.is_held, row.name, row.held_because) == (False, "Water at last", HeldBecause.HASTE)
    assert Mail.objects.get().kind == "signatories.confirm"


def test_journal_says_what_a_form_sent_again_did(client):
    """No link stops working where none had been sent."""
    letter = OpenLetterFactory()
    row, _ = send(client, letter, 1, taking=0)
    send(client, letter, 1, taking=0)
    send(client, letter, 1, taking=0, name="Water first")
    send(client, letter, 1, name="Water first")
    send(client, letter, 1, name="Water at last")
    verbs = [entry.verb for entry in JournalEntry.objects.about(row).order_by("pk")]
    assert verbs == ["signed", "sent again", "answers replaced", "sent again", "signed anew"]
    assert [verb for verb in verbs if verb not in sheet.VERBS] == []


def test_page_after_the_form_promises_no_mail_that_is_not_written(client):
    """One page for all, so it has to be true of who is held, too."""
    said = client.get(send(client, OpenLetterFactory(), 1, taking=0)[1].url).content.decode()
    assert Mail.objects.count() == 0
    assert "We write to the address you gave: usually within minutes, in a rush it may take an hour or longer." in said
    assert "We have sent" not in said


def test_who_is_held_and_asks_for_a_link_is_not_told_that_it_sent_nothing(client, mailoutbox):
    letter = OpenLetterFactory()
    row, _ = send(client, letter, 1, taking=0)
    services.send_link(letter, email=row.contact_email, language="en")
    services.send_link(letter, email="nobody@elsewhere.example", language="en")
    outbox.send_due()
    held, stranger = mailoutbox
    assert (held.subject, held.body) == (stranger.subject, stranger.body)
    assert "Have you just sent the form? Then our mail is still to come" in " ".join(held.body.split())


def test_test_sign_on_of_a_draft_is_never_held():
    draft = LetterFactory()
    assert draft.is_draft
    trapped = guarding.Sending(timezone.now(), "", guarding.Marks(trap="x"))
    assert holding.why_held(OpenLetterFactory(), trapped) == HeldBecause.TRAP


# --- Letting through ---


def held(letter, because=HeldBecause.PRESSURE, **facts):
    return SignatoryFactory(letter=letter, held_because=because, **facts)


def test_release_writes_the_mail_once_and_says_who():
    letter, by = OpenLetterFactory(), UserFactory()
    row = held(letter)
    SignatoryFactory(letter=letter)
    assert services.release(letter.signatories.all(), by=by) == 1
    assert services.release(letter.signatories.all(), by=by) == 0
    row.refresh_from_db()
    assert (row.is_held, row.tokens.count(), Mail.objects.get().about_id) == (False, 1, str(row.pk))
    assert JournalEntry.objects.get(verb="released").actor_id == by.pk


def test_release_writes_to_nobody_who_never_asked():
    row = held(OpenLetterFactory())
    Suppression.objects.create(address_hash=mailbox_hash(row.contact_email))
    assert services.release(Signatory.objects.all()) == 0
    row.refresh_from_db()
    assert (row.is_held, Mail.objects.count()) == (False, 0)


def test_clock_lets_calm_places_through_first_once_the_rush_is_over():
    letter = OpenLetterFactory()
    noisy = [held(letter, source="noisy") for _ in range(11)]
    calm = held(letter, source="calm")
    rush(letter, 0)
    assert services.let_through() == 0  # twelve within ten minutes are a rush here
    Signatory.objects.update(signed_at=timezone.now() - holding.WINDOW)
    holding.forget()
    assert services.let_through() == 1
    calm.refresh_from_db()
    assert not calm.is_held
    assert services.let_through() == releasing.OTHERS_AT_ONCE
    assert Signatory.objects.held().count() == len(noisy) - releasing.OTHERS_AT_ONCE


def test_clock_leaves_traps_to_vetters_and_haste_an_hour():
    letter = OpenLetterFactory()
    held(letter, HeldBecause.TRAP)
    haste = held(letter, HeldBecause.HASTE)
    assert services.let_through() == 0
    Signatory.objects.filter(pk=haste.pk).update(signed_at=timezone.now() - releasing.HASTE_WAITS)
    assert services.let_through() == 1


@pytest.mark.parametrize("pause", ["letter", "site"])
def test_clock_lets_nobody_through_in_a_pause(pause):
    from campaigns import pausing

    letter = OpenLetterFactory(is_paused=pause == "letter")
    held(letter)
    if pause == "site":
        pausing.start(reason="A flood", by=UserFactory())
    assert services.let_through() == 0


def test_closing_lets_everything_through_with_all_its_hours():
    letter = OpenLetterFactory()
    for because in HeldBecause:
        held(letter, because, source="noisy")
    for _ in range(12):
        held(letter, source="noisy")
    assert services.let_through() == 0
    Letter.objects.filter(pk=letter.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    assert services.let_through() == 16
    letter.refresh_from_db()
    assert letter.confirmable_until - timezone.now() > timedelta(hours=23, minutes=59)


def test_clock_lets_nobody_through_while_the_site_is_paused():
    letter = OpenLetterFactory()
    held(letter, HeldBecause.PRESSURE)
    Letter.objects.filter(pk=letter.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    pausing.start(reason="A flood", by=UserFactory())
    assert services.let_through() == 0
    pausing.end(by=UserFactory())
    assert services.let_through() == 1


def test_clock_lets_nobody_through_who_could_not_confirm():
    long_ago = timezone.now() - timedelta(hours=25)
    letter = OpenLetterFactory(opens_at=long_ago - timedelta(days=1), closes_at=long_ago)
    held(letter)
    assert (services.let_through(), services.release(letter.signatories.all())) == (0, 0)


def test_places_are_forgotten_after_two_days():
    letter = OpenLetterFactory()
    old = SignatoryFactory(letter=letter, source="old", signed_at=timezone.now() - timedelta(hours=73))
    new = SignatoryFactory(letter=letter, source="new")
    assert services.forget_sources() == 1
    assert [Signatory.objects.get(pk=one.pk).source for one in (old, new)] == ["", "new"]
