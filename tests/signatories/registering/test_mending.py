"""Entries merged and split by hand, deleted, emptied and rebuilt."""

from io import StringIO

import pytest
from django.core.management import call_command

from campaigns.models import JournalEntry
from signatories.models import Appearance, Line, Organization, Signatory
from signatories.services import filing, registering
from tests.factories import SignatoryFactory, UserFactory
from tests.signatories.registering.entries import BOATS, WITHHELD, approved, entry_of, names

pytestmark = pytest.mark.django_db


def test_merged_entries_are_one_and_can_be_two_again():
    one, other = approved(), approved(Line("Lind Ferry Crews", "", "KE"))
    first, second = entry_of(one), entry_of(other)
    registering.merge(second, first, by=UserFactory())
    assert entry_of(other) == first
    later = approved(Line("Lind Ferry Crews", "", "KE"))
    assert entry_of(later) == first
    registering.split(second, by=UserFactory())
    assert [entry_of(each) for each in (one, other, later)] == [first, second, second]


def test_mergers_are_undone_in_any_order():
    three = [approved(Line(name, "", "KE")) for name in ("Oremba Boats", "Lind Ferry Crews", "Harbour Nurses")]
    first, second, third = map(entry_of, three)
    registering.merge(first, second, by=UserFactory())
    registering.merge(second, third, by=UserFactory())
    assert [entry_of(one) for one in three] == [third, third, third]
    registering.split(first, by=UserFactory())
    assert [entry_of(one) for one in three] == [first, third, third]
    registering.split(second, by=UserFactory())
    assert [entry_of(one) for one in three] == [first, second, third]


def test_merging_what_is_merged_or_itself_is_refused():
    one, other = entry_of(approved()), entry_of(approved(Line("Lind Ferry Crews", "", "KE")))
    with pytest.raises(registering.AlreadyMerged):
        registering.merge(one, one, by=UserFactory())
    registering.merge(one, other, by=UserFactory())
    with pytest.raises(registering.AlreadyMerged):
        registering.merge(one, other, by=UserFactory())
    with pytest.raises(registering.NotMerged):
        registering.split(other, by=UserFactory())


def test_deleted_entry_is_gone_and_its_sign_ons_stay():
    one, other = approved(), approved(Line("Lind Ferry Crews", "", "KE"))
    registering.merge(entry_of(one), entry_of(other), by=UserFactory())
    assert registering.delete(entry_of(other), by=UserFactory()) is True
    assert (Organization.objects.count(), Signatory.objects.listed().count()) == (0, 2)


def test_command_empties_and_rebuilds():
    approved()
    approved(visibility=WITHHELD)
    call_command("register", "--empty", stdout=(told := StringIO()))
    assert (
        told.getvalue() == "1 organizations forgotten.\nThe register is on: 0 organizations, on public rolls 0 times.\n"
    )
    call_command("register", "--rebuild", stdout=(told := StringIO()))
    assert told.getvalue().startswith("1 sign-ons noted.\nThe register is on: 1 organizations")
    assert names() == [BOATS.name]


def test_rebuilding_leaves_what_another_process_files_at_this_moment():
    """Read unfiled, the two would not find each other."""
    for _ in range(2):
        one = SignatoryFactory(listed=True, line=BOATS)
    filing.file_names()
    Signatory.objects.filter(pk=one.pk).update(is_filed=False)
    assert (registering.rebuild(most=10), registering.missing().get()) == (1, one)
    assert (registering.rebuild(), Organization.objects.count()) == (1, 1)


def test_emptying_takes_what_was_merged_along():
    one, other = approved(), approved(Line("Lind Ferry Crews", "", "KE"))
    registering.merge(entry_of(one), entry_of(other), by=UserFactory())
    assert (registering.empty(), Organization.objects.count(), Appearance.objects.count()) == (1, 0, 0)


def test_journal_holds_no_names():
    one, other = approved(), approved(Line("Lind Ferry Crews", "", "KE"))
    registering.merge(entry_of(one), entry_of(other), by=UserFactory())
    registering.empty(by=UserFactory())
    said = str(list(JournalEntry.objects.values_list("verb", "subject_id", "data")))
    assert not [name for name in ("Oremba", "Lind", "OBF") if name in said]
