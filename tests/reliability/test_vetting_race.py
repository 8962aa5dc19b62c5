"""Vetters who decide at the same time, and organizations that click meanwhile: one decision, and nobody blocked."""

from functools import partial

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from campaigns.models import JournalEntry, Mail
from signatories import services
from signatories.models import InvalidatedSignatory, Purpose, Signatory, Token
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory, confirmation_token
from tests.reliability import signers

pytestmark = pytest.mark.processes

ROUNDS = 10


def test_vetters_approving_at_once_list_once(postgres):
    letter, vetters = OpenLetterFactory(), UserFactory.create_batch(6)
    for _ in range(5):
        SignatoryFactory(letter=letter, confirmed=True)
    listed = signers.at_once(partial(services.approve, letter.signatories.all(), by=by) for by in vetters)
    assert sorted(listed) == [0, 0, 0, 0, 0, 5]
    assert JournalEntry.objects.filter(verb="moved", data__now="listed").count() == 5
    assert Mail.objects.filter(kind="signatories.listed").count() == 5


def test_of_two_decisions_on_what_both_saw_one_stands(postgres):
    letter, (one, other) = OpenLetterFactory(), UserFactory.create_batch(2)
    for _ in range(ROUNDS):
        signatory = SignatoryFactory(letter=letter, confirmed=True)
        seen = Signatory.objects.filter(pk=signatory.pk, status="confirmed")
        done = signers.at_once(
            [
                partial(services.approve, seen, by=one),
                partial(services.decline, seen, by=other, reason="other"),
            ]
        )
        assert sorted(done) == [0, 1]
        (entry,) = JournalEntry.objects.about(signatory).filter(verb="moved")
        signatory.refresh_from_db()
        assert (entry.data["now"], entry.actor_id) == (signatory.status, signatory.decided_by_id)


def test_of_two_pages_sent_at_once_one_is_told(postgres, settings):
    settings.DEBUG = True  # lets demonstration logins in without a second step
    letter, people = OpenLetterFactory(), UserFactory.create_batch(2, is_staff=True, is_demonstration=True)
    for user in people:
        user.user_permissions.set(Permission.objects.filter(codename="vet_signatory"))
    clients = [Client(), Client()]
    for client, user in zip(clients, people, strict=True):
        client.force_login(user)
    for _ in range(ROUNDS):
        signatory = SignatoryFactory(letter=letter, confirmed=True)
        page = reverse("admin:signatories_signatory_change", args=[signatory.pk])
        approved, declined = {"decision": "approve"}, {"decision": "decline", "decline-reason": "other"}
        deeds = [
            partial(client.post, page, {"seen": "confirmed", **said}, follow=True)
            for client, said in zip(clients, (approved, declined), strict=True)
        ]
        told = ["somebody else decided on it" in answer.content.decode() for answer in signers.at_once(deeds)]
        assert sorted(told) == [False, True]
        signatory.refresh_from_db()
        assert signatory.status == ("declined" if told[0] else "listed")


def test_second_vetters_approval_lists_once(postgres):
    letter = OpenLetterFactory(campaign__needs_two_vetters=True)
    vetters = UserFactory.create_batch(4)
    for _ in range(ROUNDS):
        signatory = SignatoryFactory(letter=letter, confirmed=True)
        seen = Signatory.objects.filter(pk=signatory.pk)
        done = signers.at_once(partial(services.approve, seen, by=by) for by in vetters)
        assert sorted(done) == [0, 0, 0, 1]
        assert JournalEntry.objects.about(signatory).filter(verb="approved first").count() == 1


def test_many_declined_by_two_at_once_are_declined_once(postgres):
    letter, vetters = OpenLetterFactory(), UserFactory.create_batch(2)
    rows = SignatoryFactory.create_batch(30, letter=letter, confirmed=True)
    seen = {one.pk: one.status for one in rows}
    deeds = [partial(services.decline_together, seen, reason="other", by=by) for by in vetters]
    done = signers.at_once([*deeds, partial(services.approve, letter.signatories.all(), by=vetters[0])])
    assert [one for one in done if isinstance(one, Exception)] == []
    made = [cohort for some in done[:2] for cohort in some]
    assert sum(cohort.number for cohort in made) + done[2] == 30
    assert InvalidatedSignatory.objects.count() == letter.signatories.filter(status="declined").count()


def test_deciding_and_clicking_at_once_block_nobody(postgres):
    """All take the letter's lock before a signatory's; in any other order two could wait for each other."""
    letter, (one, other) = OpenLetterFactory(), UserFactory.create_batch(2)
    for _ in range(ROUNDS):
        confirmed = SignatoryFactory.create_batch(8, letter=letter, confirmed=True)
        rows = Signatory.objects.filter(pk__in=[signatory.pk for signatory in confirmed])
        tokens = [Token.objects.found(Purpose.CONFIRM, confirmation_token(signatory)) for signatory in confirmed]
        done = signers.at_once(
            [
                partial(services.approve, rows.order_by("signed_at"), by=one),
                partial(services.decline, rows.order_by("-signed_at"), by=other, reason="other"),
                *(partial(services.confirm, token) for token in tokens),
            ]
        )
        assert [outcome for outcome in done if isinstance(outcome, Exception)] == []
