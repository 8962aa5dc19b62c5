"""Who is let through: by a vetter, by the clock, or by sending the form again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns import pausing
from campaigns.models import JournalEntry, Mail, Suppression
from campaigns.outbox import mailbox_hash
from letters.models import Letter
from signatories import services
from signatories.admin import sheet
from signatories.models import Signatory
from signatories.services import holding, releasing
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory
from tests.signatories.holding.sending import HeldBecause, rush, send

pytestmark = pytest.mark.django_db


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
