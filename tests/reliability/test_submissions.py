"""Forms that were sent: made sign-ons once each and in their order, by however many workers, whoever is killed."""

import random
from collections import Counter
from functools import partial

import pytest
from django.db import connection

from campaigns.models import JournalEntry, Mail
from letters.models import Letter
from letters.services import timetable
from signatories import services
from signatories.guarding import Marks
from signatories.models import Contact, Line, Signatory, Submission
from signatories.services import submitting
from tests.factories import OpenLetterFactory, UserFactory
from tests.reliability import signers

pytestmark = [pytest.mark.processes, pytest.mark.usefixtures("no_worker")]

WORKERS, PEOPLE, FORMS_EACH = 6, 30, 4


def send(letter, person, number):
    said = signers.answers(person)
    services.submit(
        letter.slug,
        kind="organization",
        line=Line(f"{said['name']} {number}", "", said["country"]),
        visibility=said["visibility"],
        scope=said["scope"],
        contact=Contact(said["contact_name"], said["contact_role"], said["contact_email"]),
        second_email="",
        language="en",
        source="",
        marks=Marks(began=said["began"]),
    )


def in_any_order(letter):
    """Everybody sends one form after the other; people come as they like."""
    forms = [person for person in range(PEOPLE) for _ in range(FORMS_EACH)]
    random.shuffle(forms)
    sent = Counter()
    for person in forms:
        sent[person] += 1
        send(letter, person, sent[person])


def wrong_ends(letter):
    """Those for whom not the last form counts."""
    names = Signatory.objects.filter(letter=letter).values_list("name", flat=True)
    return [name for name in names if not name.endswith(f" {FORMS_EACH}")]


def test_many_workers_make_each_form_one_sign_on_and_the_last_one_counts(postgres):
    letter = OpenLetterFactory()
    in_any_order(letter)
    taken = signers.at_once([partial(services.take_in, PEOPLE * FORMS_EACH)] * WORKERS)
    assert (sum(taken), Submission.objects.count()) == (PEOPLE * FORMS_EACH, 0)
    assert (Signatory.objects.count(), wrong_ends(letter)) == (PEOPLE, [])
    assert JournalEntry.objects.filter(verb="signed").count() == PEOPLE


def test_without_the_hold_forms_overtake_each_other_or_count_twice(postgres, monkeypatch):
    """The control: workers that do not mind who else is at a letter's forms."""
    monkeypatch.setattr(submitting.turns, "take", lambda turn, key: True)
    letter = OpenLetterFactory()
    in_any_order(letter)
    taken = signers.at_once([partial(services.take_in, PEOPLE * FORMS_EACH)] * WORKERS)
    assert sum(taken) != PEOPLE * FORMS_EACH or wrong_ends(letter)


def test_closing_leaves_nobody_between(postgres):
    """What was sent before closing is a sign-on, what was sent after it is refused, and nothing is neither."""
    user, rounds = UserFactory(), [OpenLetterFactory() for _ in range(20)]
    for letter in rounds:

        def sends(person, letter=letter):
            for number in range(5):
                try:
                    send(letter, f"{letter.pk}-{person}-{number}", 1)
                except services.NotAccepting:
                    return number
            return 5

        *sent, _ = signers.at_once(
            [partial(sends, person) for person in range(8)] + [partial(timetable.close, letter, by=user)]
        )
        closed_at = Letter.objects.get(pk=letter.pk).closed_at
        late = Submission.objects.filter(letter=letter, sent_at__gt=closed_at).count()
        assert (Submission.objects.filter(letter=letter).count(), late) == (sum(sent), 0)
        assert services.take_in() == sum(sent)
        assert Signatory.objects.filter(letter=letter, status="pending").count() == sum(sent)


def test_worker_that_dies_half_way_leaves_the_form_whole(postgres, monkeypatch):
    """Its connection is cut after the sign-on was written and before the form was taken away."""
    letter, sign_on = OpenLetterFactory(), submitting.sign_on
    for person in range(3):
        send(letter, person, 1)

    def dying(*parts, **facts):
        sign_on(*parts, **facts)
        connection.connection.close()

    monkeypatch.setattr(submitting, "sign_on", dying)
    signers.at_once([services.take_in])
    assert (Submission.objects.count(), Signatory.objects.count(), Mail.objects.count()) == (3, 0, 0)
    monkeypatch.setattr(submitting, "sign_on", sign_on)
    Submission.objects.update(run_after=letter.opens_at)
    assert (services.take_in(), Signatory.objects.count(), Mail.objects.count()) == (3, 3, 3)
