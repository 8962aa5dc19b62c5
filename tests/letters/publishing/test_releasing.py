"""Releasing, the embargo, calling back, coming out and taking back."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.lifecycle import ForbiddenMove
from letters import tasks
from letters.models import Letter, Publication
from letters.services import publications
from letters.services.working import ChangedSince
from tests.factories import UserFactory
from tests.letters.publishing.published import frozen, over, prepared, published, release, soon

pytestmark = pytest.mark.django_db


def with_two(letter=None):
    letter = letter or over()
    letter.campaign.needs_two_to_release = True
    letter.campaign.save()
    return Letter.objects.get(pk=letter.pk)


# --- Who releases ---


def test_release_without_an_instant_publishes_at_once():
    publication, by = prepared(), UserFactory()
    release(publication, by=by)
    publication.refresh_from_db()
    assert (publication.status, publication.released_by) == ("public", by)
    assert publication.came_at == publication.comes_at == publication.released_at
    assert publication.letter.publication == publication


def test_where_two_are_needed_another_person_releases():
    first = UserFactory()
    publication = prepared(with_two(), by=first)
    with pytest.raises(publications.SecondPersonNeeded):
        release(publication, by=first)
    assert release(publication, by=UserFactory()).status == "public"


def test_rule_holds_for_what_was_prepared_before_it():
    first = UserFactory()
    publication = prepared(by=first)
    with_two(publication.letter)
    with pytest.raises(publications.SecondPersonNeeded):
        release(publication, by=first)
    assert release(publication, by=UserFactory()).needs_second is True


def test_who_changed_it_last_cannot_release_it():
    publication, other = prepared(with_two()), UserFactory()
    seen = publications.fingerprint(publication)
    plan = publications.Plan(publication.words, True, True, False, None)
    publications.change(publication, publication.edition, plan, by=other, seen=seen)
    publication.refresh_from_db()
    with pytest.raises(publications.SecondPersonNeeded):
        release(publication, by=other)


def test_database_refuses_one_person_for_both():
    publication = prepared(with_two())
    now = timezone.now()
    facts = {"status": "scheduled", "released_by": publication.prepared_by, "released_at": now, "comes_at": now}
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(pk=publication.pk).update(**facts)


def test_release_is_refused_to_who_saw_something_else():
    publication = prepared()
    with pytest.raises(ChangedSince):
        publications.release(publication, by=UserFactory(), seen="0" * 32)
    publication.refresh_from_db()
    assert publication.status == "prepared"


def test_nothing_is_released_twice():
    publication = published()
    with pytest.raises(ForbiddenMove):
        release(publication)


# --- The instant ---


def test_embargo_passes():
    comes_at = soon()
    publication = release(prepared(comes_at=comes_at))
    assert (publication.status, tasks.publish_due()) == ("scheduled", 0)
    assert publication.letter.publication is None
    with time_machine.travel(comes_at + timedelta(seconds=3), tick=False):
        assert tasks.publish_due() == 1
        publication.refresh_from_db()
        assert (publication.status, publication.came_at) == ("public", timezone.now())
        assert tasks.publish_due() == 0


def test_instant_that_has_passed_before_it_is_released_is_now():
    publication = prepared(comes_at=soon())
    with time_machine.travel(soon(hours=3), tick=False):
        assert release(publication).status == "public"


def test_a_fault_with_one_does_not_hold_up_the_next(monkeypatch, caplog):
    faulty, good = (release(prepared(comes_at=soon(hours=hours))) for hours in (1, 2))
    come_out = publications._come_out

    def failing(publication, now):
        come_out(publication, now)
        if publication == faulty:
            raise RuntimeError("the disk is full")

    with time_machine.travel(soon(hours=3), tick=False):
        monkeypatch.setattr(publications, "_come_out", failing)
        assert tasks.publish_due() == 1
        assert f"publication {faulty.pk} cannot come out" in caplog.text
        assert set(Publication.objects.public()) == {good}
        monkeypatch.setattr(publications, "_come_out", come_out)
        assert tasks.publish_due() == 1
    assert set(Publication.objects.public()) == {faulty, good}


def test_call_back_before_the_instant():
    publication = release(prepared(comes_at=soon()))
    publications.call_back(publication, by=UserFactory())
    publication.refresh_from_db()
    assert (publication.status, publication.released_by, publication.released_at) == ("prepared", None, None)
    with time_machine.travel(soon(hours=3), tick=False):
        assert tasks.publish_due() == 0


def test_what_did_not_come_out_at_its_instant_can_be_called_back():
    """The workers were down: nobody has seen it."""
    publication = release(prepared(comes_at=soon()))
    with time_machine.travel(soon(hours=3), tick=False):
        publications.call_back(publication, by=UserFactory())
        assert tasks.publish_due() == 0
        publication.refresh_from_db()
        assert publication.status == "prepared"


def test_nothing_is_called_back_that_has_come_out():
    publication = release(prepared(comes_at=soon()))
    with time_machine.travel(soon(hours=3), tick=False):
        tasks.publish_due()
        with pytest.raises(publications.InstantPassed):
            publications.call_back(publication, by=UserFactory())


# --- One after the other ---


def test_newer_publication_replaces_the_public_one():
    first = published()
    second = published(first.letter, edition=frozen(first.letter))
    first.refresh_from_db()
    assert (first.status, first.went_at) == ("replaced", second.came_at)
    assert Letter.objects.get(pk=first.letter_id).publication == second
    assert [one.number for one in publications.open_editions(first.letter).order_by("number")] == [1, 2]
