"""What the clock has written, each thing once."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail as django_mail
from django.utils import timezone

from campaigns import outbox, silence
from campaigns.models import Mail
from letters import services as letters
from letters.models import Letter
from signatories import emails, services
from signatories.models import Purpose, Signatory, Token
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def start():
    return timezone.now()


@pytest.fixture
def letter(start):
    return OpenLetterFactory(closes_at=start + 30 * DAY)


def asked(letter, **facts):
    """Somebody whose confirmation mail has just gone out."""
    signatory = SignatoryFactory(letter=letter, **facts)
    Token.objects.issue(signatory, Purpose.CONFIRM)
    emails.tell(emails.confirm, signatory)
    outbox.send_due()
    return signatory


def written(kind):
    return Mail.objects.filter(kind=f"signatories.{kind}").count()


def at(moment):
    return time_machine.travel(moment)


# --- After two days ---


def test_reminder_comes_once_after_two_days(letter, start):
    asked(letter)
    for hours, expected in ((47, 0), (49, 1), (50, 1), (24 * 5, 1), (24 * 20, 1)):
        with at(start + timedelta(hours=hours)):
            services.remind_unconfirmed()
            assert written("reminder") == expected
    with at(start + timedelta(hours=51)):
        outbox.send_due()
    assert "/confirm/" in django_mail.outbox[-1].body


def test_reminder_counts_from_the_mail_not_from_the_form(letter, start):
    signatory = SignatoryFactory(letter=letter)
    Token.objects.issue(signatory, Purpose.CONFIRM)
    emails.tell(emails.confirm, signatory, wait=DAY)
    with at(start + 2.5 * DAY):
        assert services.remind_unconfirmed() == 0  # it has not gone out
        outbox.send_due()
    with at(start + 4 * DAY):
        assert services.remind_unconfirmed() == 0
    with at(start + 5 * DAY):
        assert services.remind_unconfirmed() == 1


def test_reminder_spares_who_sent_the_form_again_lately(letter, start):
    signatory = asked(letter)
    with at(start + 1.5 * DAY):
        emails.tell(emails.confirm, signatory, dedupe="again")
        outbox.send_due()
    with at(start + 2.2 * DAY):
        assert services.remind_unconfirmed() == 0
    with at(start + 3.6 * DAY):
        assert services.remind_unconfirmed() == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "withdrawn"},
        {"status": "lapsed"},
        {"held_because": "haste"},
        {"reviewing_since": timezone.now()},
        {"unsubscribed_at": timezone.now()},
    ],
)
def test_reminder_is_for_those_who_have_not_answered(letter, start, facts):
    signatory = asked(letter)
    Signatory.objects.filter(pk=signatory.pk).update(**facts)
    with at(start + 3 * DAY):
        assert services.remind_unconfirmed() == 0


def test_reminder_is_not_for_those_who_said_yes(letter, start):
    signatory = asked(letter)
    services.confirm(signatory.tokens.get())
    with at(start + 3 * DAY):
        assert services.remind_unconfirmed() == 0


def test_reminder_ends_with_the_letter(start):
    asked(OpenLetterFactory(closes_at=start + 0.5 * DAY))
    with at(start + 3 * DAY):
        assert services.remind_unconfirmed() == 0


def test_reminder_does_not_reach_a_silenced_mailbox(letter, start):
    signatory = asked(letter)
    silence.keep(signatory.contact_email)
    with at(start + 3 * DAY):
        services.remind_unconfirmed()
        outbox.send_due()
    assert len(django_mail.outbox) == 1


# --- While a board decides ---


def test_boards_are_reminded_weekly_three_times(letter, start):
    asked(letter)
    Signatory.objects.update(reviewing_since=start)
    sent = []
    for day in range(29):
        with at(start + day * DAY + timedelta(hours=1)):
            sent += [day] * services.remind_boards()
            outbox.send_due()
    assert set(sent) == {*range(7, 28)}
    with at(start):
        assert written("review_reminder") == 3


def test_boards_are_not_reminded_of_weeks_that_a_standstill_skipped(letter, start):
    asked(letter)
    Signatory.objects.update(reviewing_since=start)
    with at(start + 22 * DAY):
        services.remind_boards()
    assert written("review_reminder") == 1


def test_boards_are_left_in_peace_once_they_have_decided(letter, start):
    asked(letter)
    Signatory.objects.update(reviewing_since=start, status="withdrawn")
    with at(start + 8 * DAY):
        assert services.remind_boards() == 0


# --- Before closing ---


def test_closing_is_announced_once_to_the_undecided(letter, start):
    pending, reviewing = asked(letter), asked(letter)
    Signatory.objects.filter(pk=reviewing.pk).update(reviewing_since=start)
    SignatoryFactory(letter=letter, confirmed=True)
    SignatoryFactory(letter=letter, listed=True)
    held = SignatoryFactory(letter=letter, held_because="haste")
    for days, expected in ((26.9, 0), (27.1, 2), (28, 2), (29.9, 2), (30.1, 2)):
        with at(start + days * DAY):
            services.warn_of_closing()
            assert written("closes_soon") == expected
    told = set(Mail.objects.filter(kind="signatories.closes_soon").values_list("about_id", flat=True))
    assert told == {str(pending.pk), str(reviewing.pk)}
    assert str(held.pk) not in told


def test_closing_is_not_announced_to_who_came_just_now(start):
    letter = OpenLetterFactory(closes_at=start + 2 * DAY)
    asked(letter)
    assert services.warn_of_closing() == 0
    with at(start + 1.1 * DAY):
        assert services.warn_of_closing() == 1


# --- When the closing time has moved ---


def moved(letter, to, by=None):
    letters.set_timetable(Letter.objects.get(pk=letter.pk), slug=letter.slug, by=by or UserFactory(), closes_at=to)


def test_moved_closing_is_told_once_to_all_who_are_on_it_or_may_come(letter, start):
    people = [
        asked(letter),
        SignatoryFactory(letter=letter, confirmed=True),
        SignatoryFactory(letter=letter, listed=True),
    ]
    SignatoryFactory(letter=letter, held_because="haste")
    gone = SignatoryFactory(letter=letter)
    Signatory.objects.filter(pk=gone.pk).update(status="withdrawn")
    moved(letter, start + 40 * DAY)
    assert services.tell_of_closing() == 0  # it may have been a slip
    with at(start + timedelta(minutes=11)):
        assert services.tell_of_closing() == 3
        assert services.tell_of_closing() == 0
        outbox.send_due()
    told = set(Mail.objects.filter(kind="signatories.closing_moved").values_list("about_id", flat=True))
    assert told == {str(one.pk) for one in people}
    words = django_mail.outbox[-1].body
    assert "Now: " in words
    assert "Before: " in words


def test_a_slip_that_is_mended_is_told_of_to_nobody(letter, start):
    asked(letter)
    moved(letter, start + 400 * DAY)
    moved(letter, letter.closes_at)
    with at(start + timedelta(minutes=11)):
        assert services.tell_of_closing() == 0


def test_two_changes_before_anybody_is_told_are_one(letter, start):
    asked(letter)
    was = letter.closes_at
    moved(letter, start + 400 * DAY)
    moved(letter, start + 40 * DAY)
    with at(start + timedelta(minutes=11)):
        assert services.tell_of_closing() == 1
    data = Mail.objects.get(kind="signatories.closing_moved").data
    assert data == {"was": was.isoformat(), "closes_at": (start + 40 * DAY).isoformat()}


def test_each_change_that_was_told_is_followed_by_the_next(letter, start):
    asked(letter)
    moved(letter, start + 40 * DAY)
    with at(start + timedelta(minutes=11)):
        services.tell_of_closing()
        outbox.send_due()
        moved(letter, start + 20 * DAY)
    with at(start + timedelta(minutes=22)):
        assert services.tell_of_closing() == 1


def test_a_mail_about_an_instant_that_is_outdated_is_not_sent(letter, start):
    asked(letter)
    moved(letter, start + 40 * DAY)
    with at(start + timedelta(minutes=11)):
        services.tell_of_closing()
        moved(letter, start + 20 * DAY)
        outbox.send_due()
    assert len(django_mail.outbox) == 1
    assert Mail.objects.get(kind="signatories.closing_moved").state == "dropped"


def test_a_closing_time_set_while_drafting_is_told_of_to_nobody(start):
    from tests.factories import LetterFactory

    moved(LetterFactory(), start + 9 * DAY)
    assert Letter.objects.get().closing_moved_at is None


def test_reopening_is_told_as_well(letter, start):
    asked(letter)
    letters.close(letter, by=UserFactory())
    letters.reopen(letter, closes_at=start + 50 * DAY, reason="More time.", by=UserFactory())
    with at(start + timedelta(minutes=11)):
        assert services.tell_of_closing() == 1
