"""The register holds what is public and listed now, whatever way a sign-on takes; and nothing else."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from campaigns.models import JournalEntry
from letters.models import Revision
from signatories import services
from signatories.models import Appearance, Correction, Line, NameKey, Organization, Purpose, Signatory, Token, triggers
from signatories.services import correcting, filing, registering
from signatories.services.cohorts import Rule
from tests.factories import RevisionFactory, SignatoryFactory, UserFactory
from tests.signatories.own_page import corrected

pytestmark = pytest.mark.django_db

BOATS = Line("Oremba Boat Families", "OBF", "KE", "https://oremba.example")
WITHHELD = Signatory.Visibility.COUNTED


def confirmed(line=BOATS, **more):
    signatory = SignatoryFactory(confirmed=True, line=line, **more)
    filing.file_names()
    return signatory


def approved(line=BOATS, **more):
    signatory = confirmed(line, **more)
    services.approve(Signatory.objects.filter(pk=signatory.pk), by=UserFactory())
    signatory.refresh_from_db()
    return signatory


def entry_of(signatory):
    return Appearance.objects.get(pk=signatory.pk).organization_id


def names(line=BOATS, **more):
    (hits,) = registering.known([line], **more)
    return [hit.line.name for hit in hits]


def own_link(signatory):
    return Token.objects.issue(signatory, Purpose.MINE)


# --- Remembering ---


def test_approving_remembers_and_another_letter_knows_it():
    approved()
    ((hit,),) = registering.known([BOATS])
    assert (hit.line, hit.is_same) == (BOATS, True)


def test_confirmed_ones_are_not_remembered():
    confirmed()
    assert (names(), Organization.objects.count()) == ([], 0)


def test_same_name_in_the_same_country_is_one_organization():
    one, other = approved(), approved(Line("oremba boat families", "", "KE"))
    assert entry_of(one) == entry_of(other)


def test_two_approved_at_once_are_one_organization():
    for _ in range(2):
        confirmed()
    services.approve(Signatory.objects.all(), by=UserFactory())
    assert Organization.objects.count() == 1


@pytest.mark.parametrize(
    "line",
    [Line("Oremba Boat Families", "OBF", "TZ"), Line("Oremba Boat Family", "", "KE"), Line(BOATS.name, "OBF", "")],
)
def test_other_country_or_other_name_is_another_entry(line):
    one, other = approved(), approved(line)
    assert entry_of(one) != entry_of(other)


def test_withheld_ones_are_not_remembered():
    approved(visibility=WITHHELD)
    assert Organization.objects.count() == 0


def test_nothing_is_remembered_or_looked_up_when_switched_off(settings):
    approved()
    settings.REGISTER = False
    approved(Line("Harbour Nurses", "", "KE"))
    assert (names(), Appearance.objects.count()) == ([], 1)


def test_name_written_anew_is_known_by_its_new_name_alone():
    one = approved()
    one.set_line(Line("Lind Ferry Crews", "", "KE"), one.visibility)
    one.save()
    filing.file_names()
    assert (names(), names(one.line)) == ([], ["Lind Ferry Crews"])


def test_who_has_yet_to_agree_to_an_amended_text_is_not_known():
    one = approved()
    amended = RevisionFactory(letter=one.letter, number=2, cause=Revision.Cause.AMENDED, substance=2)
    type(one.letter).objects.filter(pk=one.letter_id).update(substance=2)
    assert names() == []
    Signatory.objects.filter(pk=one.pk).update(agreed_revision=amended)
    assert names() == [BOATS.name]


@pytest.mark.parametrize(("name", "stays"), [("Oremba Boat Families Kenya", True), ("Lind Ferry Crews", False)])
def test_accepted_name_stays_with_its_organization_only_where_it_may_be_its_own(name, stays):
    one, other = approved(), approved()
    corrected(other, name=name, acronym="", website="")
    correcting.decide(Correction.objects.get(), accept=True, by=UserFactory())
    assert (entry_of(one) == entry_of(other)) == stays


def test_accepted_name_joins_the_organization_that_has_it():
    one, other = approved(), approved(Line("Lind Ferry Crews", "", "KE"))
    corrected(one, name="Lind Ferry Crews", acronym="", website="")
    correcting.decide(Correction.objects.get(), accept=True, by=UserFactory())
    assert (entry_of(one), Organization.objects.count()) == (entry_of(other), 1)


# --- Leaving no trace ---


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


def test_shown_again_is_remembered_again():
    one = approved()
    withhold(one)
    services.show_as(own_link(one), Signatory.Visibility.PUBLIC)
    filing.file_names()
    assert names() == [BOATS.name]


# --- What the database refuses ---


@pytest.mark.parametrize("kind", ["confirmed", "withheld", "individual"])
def test_database_refuses_what_is_not_public_and_listed(kind):
    facts = {"withheld": {"visibility": WITHHELD}, "individual": {"kind": Signatory.Kind.INDIVIDUAL}}.get(kind, {})
    one = SignatoryFactory(confirmed=True, listed=kind != "confirmed", **facts)
    new = Organization.objects.create()
    with pytest.raises(DatabaseError, match="public, listed"), transaction.atomic():
        Appearance.objects.create(signatory=one, organization=new, origin=new)


def test_triggers_are_put_in_place_again_after_a_table_was_altered():
    drop = "DROP TRIGGER signatories_register_forgets"
    on = " ON signatories_signatory" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(drop + on)
    triggers.put_in_place()
    one = approved()
    withdraw(one)
    assert Appearance.objects.count() == 0


# --- Mending ---


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


# --- Looking up ---


def test_look_up_takes_two_queries(django_assert_max_num_queries):
    for name in ("Oremba Boat Families", "Lind Ferry Crews", "Harbour Nurses"):
        approved(Line(name, "", "KE"))
    with django_assert_max_num_queries(2):
        found = registering.known([Line("Harbour Nurses", "", "KE"), Line("Oremba Boat Familes", "", "KE")])
    assert [[hit.line.name for hit in hits] for hits in found] == [["Harbour Nurses"], ["Oremba Boat Families"]]


def test_own_appearance_does_not_count():
    one = approved()
    assert registering.known_as([one]) == {one.pk: []}
    other = approved()
    assert [hit.organization for hit in registering.known_as([one])[one.pk]] == [entry_of(other)]


def test_same_letter_does_not_count():
    one = approved()
    like = confirmed(Line("Oremba Boat Familes", "", "KE"), letter=one.letter)
    elsewhere = confirmed(Line("Oremba Boat Familes", "", "KE"))
    assert [bool(registering.known_as([each])[each.pk]) for each in (like, elsewhere)] == [False, True]
