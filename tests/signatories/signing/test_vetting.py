"""What vetters decide, and what they take back."""

import pytest

from campaigns.lifecycle import StaleMove
from campaigns.models import Mail
from signatories import services
from signatories.models import Line, Signatory
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_mark_duplicate_settles_a_double_and_needs_a_live_one():
    letter, vetter = OpenLetterFactory(), UserFactory()
    one, twin = (SignatoryFactory(letter=letter, confirmed=True) for _ in range(2))
    services.mark_duplicate(one, of=twin, by=vetter)
    with pytest.raises(StaleMove):
        services.mark_duplicate(twin, of=one, by=vetter)  # else both would be aside and nobody listed
    third = SignatoryFactory(letter=letter, confirmed=True)
    third.move_to("duplicate", duplicate_of=twin)
    services.mark_duplicate(third, of=twin, by=vetter)
    third.refresh_from_db()
    assert (third.status, third.decided_by) == ("duplicate", vetter)
    assert third not in Signatory.objects.awaiting_vetting()


def test_approve_skips_the_unconfirmed():
    SignatoryFactory()
    assert services.approve(Signatory.objects.all(), by=UserFactory()) == 0


def test_approve_lists_and_tells():
    signatory = SignatoryFactory(confirmed=True)
    vetter = UserFactory()
    assert services.approve(Signatory.objects.all(), by=vetter) == 1
    signatory.refresh_from_db()
    assert (signatory.status, signatory.decided_by) == ("listed", vetter)
    assert list(Mail.objects.values_list("kind", flat=True)) == ["signatories.listed"]
    assert services.approve(Signatory.objects.all(), by=vetter) == 0


def test_decline_takes_off_the_roll_and_reconsider_takes_back():
    signatory = SignatoryFactory(listed=True)
    vetter = UserFactory()
    assert services.decline(Signatory.objects.all(), by=vetter, reason="not_reached", note="No answer.") == 1
    signatory.refresh_from_db()
    assert (signatory.status, signatory.decline_note) == ("declined", "No answer.")
    assert services.reconsider(Signatory.objects.all(), by=vetter) == 1
    signatory.refresh_from_db()
    assert (signatory.status, signatory.decided_by, signatory.decline_note) == ("confirmed", None, "")


def test_approve_after_a_decision_was_taken_back_is_told_again():
    signatory = SignatoryFactory(confirmed=True)
    row, by = Signatory.objects.filter(pk=signatory.pk), UserFactory()
    services.approve(row, by=by)
    services.decline(row, by=by, reason="other")
    services.reconsider(row, by=by)
    services.approve(row, by=by)
    kinds = sorted(Mail.objects.about(signatory).values_list("kind", flat=True))
    assert kinds == ["signatories.listed", "signatories.listed", "signatories.not_accepted"]


def test_reconsider_leaves_a_double_of_a_live_one_alone():
    letter = OpenLetterFactory()
    line = Line("River Watch", "", "GH")
    first = SignatoryFactory(letter=letter, line=line, confirmed=True)
    services.decline(Signatory.objects.filter(pk=first.pk), by=UserFactory(), reason="other")
    SignatoryFactory(letter=letter, line=line, listed=True)
    assert services.reconsider(Signatory.objects.filter(pk=first.pk), by=UserFactory()) == 0
    first.refresh_from_db()
    assert first.status == "declined"


def test_mark_duplicate_needs_another_sign_on_to_the_same_letter():
    one, stranger = SignatoryFactory(confirmed=True), SignatoryFactory(confirmed=True)
    twin = SignatoryFactory(letter=one.letter, confirmed=True)
    with pytest.raises(ValueError, match="same letter"):
        services.mark_duplicate(one, of=stranger, by=UserFactory())
    services.mark_duplicate(one, of=twin, by=UserFactory())
    one.refresh_from_db()
    assert (one.status, one.duplicate_of) == ("duplicate", twin)
