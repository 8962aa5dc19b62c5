"""Trying the sign-on of a draft: the whole way, and nothing is left of it."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from campaigns import outbox
from letters import services as letters
from letters.models import Letter
from signatories import services
from signatories.models import Line, Signatory
from tests.factories import LetterFactory, SignatoryFactory, UserFactory
from tests.letters.desk import team_member
from tests.signatories.test_views import ANSWERS

pytestmark = pytest.mark.django_db


def test_try_out_goes_the_whole_way_and_leaves_nothing_once_the_letter_opens(client, mailoutbox):
    draft = LetterFactory()
    team_member(client, draft)
    url = reverse("signatories:try_out", args=[draft.slug])
    assert "This is a test." in client.get(url).content.decode()
    assert client.post(url, {**ANSWERS, "send": "1"}).url == reverse("letters:overview", args=[draft.slug])
    outbox.send_due()
    assert mailoutbox[0].subject.startswith("[Test] Please confirm")
    link = next(word for word in mailoutbox[0].body.split() if "/confirm/" in word)
    client.logout()
    assert "This was a test." in client.post(link, {"choice": "confirm"}, follow=True).content.decode()
    assert (draft.signatories.get().status, draft.signatories.awaiting_vetting().count()) == ("confirmed", 0)
    assert Letter.objects.with_counts().values_list("to_vet_count", "pending_count").get() == (0, 0)
    letters.open_for_signing(draft, by=UserFactory())
    assert not Signatory.objects.exists()
    assert client.get(link).status_code == 404


def test_try_out_is_for_those_who_run_the_letter_and_for_drafts(client):
    draft = LetterFactory()
    url = reverse("signatories:try_out", args=[draft.slug])
    for role in ("viewer", "translator"):
        team_member(client, draft, role)
        assert client.get(url).status_code == 404
    team_member(client, draft)
    letters.open_for_signing(draft, by=UserFactory())
    assert client.post(url, {**ANSWERS, "send": "1"}).url == reverse("letters:overview", args=[draft.slug])
    assert not Signatory.objects.exists()


def test_a_draft_takes_no_sign_on_without_a_trial():
    draft = LetterFactory()
    with pytest.raises(services.NotAccepting):
        services.sign_on(
            draft,
            line=Line("Group"),
            visibility="public",
            scope="local",
            contact=services.Contact("Ana", "Chair", "ana@group.example"),
            language="en",
        )


def test_database_lists_no_test_sign_on():
    draft = LetterFactory()
    trial = letters.begin_trial(draft, by=UserFactory())
    signatory = SignatoryFactory(letter=draft, trial=trial, confirmed=True)
    with pytest.raises(IntegrityError, match="test_sign_on_is_never_listed"), transaction.atomic():
        signatory.move_to(
            Signatory.Status.LISTED, decided_by=UserFactory(), decided_at=timezone.now(), by=UserFactory()
        )
    assert services.approve(Signatory.objects.filter(pk=signatory.pk), by=UserFactory()) == 0
