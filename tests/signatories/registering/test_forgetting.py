"""Whoever leaves the public roll leaves no trace in the register, and is remembered again when it comes back."""

import pytest
from django.db import connection

from signatories import services
from signatories.models import Appearance, Line, NameKey, Organization, Purpose, Signatory, Token, triggers
from signatories.services import filing, registering
from signatories.services.cohorts import Rule
from tests.factories import OpenLetterFactory, UserFactory
from tests.signatories.registering.entries import BOATS, WITHHELD, approved, entry_of, names

pytestmark = pytest.mark.django_db


def own_link(signatory):
    return Token.objects.issue(signatory, Purpose.MINE)


def withhold(signatory):
    services.show_as(own_link(signatory), WITHHELD)


def withdraw(signatory):
    services.withdraw(own_link(signatory))


def erase(signatory):
    services.erase(own_link(signatory), keeps_line=False)


def invalidate(signatory):
    rule = Rule(letter=signatory.letter_id, states=(Signatory.Status.LISTED,))
    return services.invalidate(rule, seen=1, reason="forged", by=UserFactory())


def decline(signatory):
    services.decline(Signatory.objects.filter(pk=signatory.pk), by=UserFactory(), reason="unknown")


def reconsider(signatory):
    services.reconsider(Signatory.objects.filter(pk=signatory.pk), by=UserFactory())


LEAVING = [withhold, withdraw, erase, invalidate, decline, reconsider]


@pytest.mark.parametrize("leave", LEAVING)
def test_last_public_sign_on_takes_its_entry_along(leave):
    one = approved()
    leave(one)
    assert (Appearance.objects.count(), Organization.objects.count(), names()) == (0, 0, [])


@pytest.mark.parametrize("leave", LEAVING)
def test_what_is_public_elsewhere_stays(leave):
    one, other = approved(), approved()
    leave(one)
    assert list(Appearance.objects.values_list("pk", flat=True)) == [other.pk]


def test_nothing_is_left_of_a_merger_either():
    one, other = approved(), approved(Line("Lind Ferry Crews", "", "KE"))
    registering.merge(entry_of(other), entry_of(one), by=UserFactory())
    withdraw(other)
    withdraw(one)
    assert Organization.objects.count() == 0


def test_withheld_line_leaves_no_key():
    one = approved()
    withhold(one)
    assert not NameKey.objects.filter(signatory=one).exists()


def test_undone_invalidation_is_remembered_again():
    one = approved()
    services.undo(invalidate(one), by=UserFactory())
    filing.file_names()
    assert names() == [BOATS.name]


@pytest.mark.parametrize("is_alone", [True, False])
def test_undone_invalidation_keeps_what_was_merged_by_hand(is_alone):
    """Also where the entry has gone with its last appearance; split again since, it stays split."""
    one, other = approved(), approved(Line("Lind Ferry Crews", "", "KE"))
    if not is_alone:
        approved(Line("Lind Ferry Crews", "", "KE"))
    first, second = entry_of(one), entry_of(other)
    registering.merge(second, first, by=UserFactory())
    services.undo(invalidate(other), by=UserFactory())
    assert entry_of(other) == first
    if not is_alone:
        cohort = invalidate(other)
        registering.split(second, by=UserFactory())
        services.undo(cohort, by=UserFactory())
        assert entry_of(other) == second


@pytest.mark.parametrize("few", [0, 300])
def test_undone_invalidation_of_all_of_an_entry_keeps_what_was_merged_by_hand(
    few, monkeypatch, django_capture_on_commit_callbacks
):
    """Also where there are many, who are filed after that; and what was merged can be split again."""
    monkeypatch.setattr(registering, "FEW", few)
    letter = OpenLetterFactory()
    lines = [BOATS, Line("Lind Ferry Crews", "", "KE"), Line("Harbour Nurses", "", "KE")]
    one, other, apart = (approved(line, letter=letter) for line in lines)
    registering.merge(entry_of(other), entry_of(one), by=UserFactory())
    rule = services.preview(Rule(letter.pk, states=("listed",))).rule
    cohort = services.invalidate(rule, seen=3, reason="Forged", by=UserFactory())
    assert Organization.objects.count() == 0
    with django_capture_on_commit_callbacks(execute=True):
        services.undo(cohort, by=UserFactory())
    assert (entry_of(other), entry_of(apart) == entry_of(one)) == (entry_of(one), False)
    registering.split(Organization.objects.get(merged_into__isnull=False).pk, by=UserFactory())
    assert len({entry_of(each) for each in (one, other, apart)}) == 3


def test_shown_again_is_remembered_again():
    one = approved()
    withhold(one)
    services.show_as(own_link(one), Signatory.Visibility.PUBLIC)
    filing.file_names()
    assert names() == [BOATS.name]


def test_triggers_are_put_in_place_again_after_a_table_was_altered():
    drop = "DROP TRIGGER signatories_register_forgets"
    on = " ON signatories_signatory" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(drop + on)
    triggers.put_in_place()
    one = approved()
    withdraw(one)
    assert Appearance.objects.count() == 0
