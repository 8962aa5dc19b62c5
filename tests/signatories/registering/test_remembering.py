"""The register holds what is public and listed now, whatever way a sign-on takes; and nothing else."""

import pytest
from django.db import DatabaseError, transaction

from letters.models import Revision
from signatories import services
from signatories.models import Appearance, Correction, Line, Organization, Signatory
from signatories.services import correcting, filing, registering
from tests.factories import RevisionFactory, SignatoryFactory, UserFactory
from tests.signatories.own_page import corrected
from tests.signatories.registering.entries import BOATS, WITHHELD, approved, confirmed, entry_of, names

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("kind", ["confirmed", "withheld", "individual"])
def test_database_refuses_what_is_not_public_and_listed(kind):
    facts = {"withheld": {"visibility": WITHHELD}, "individual": {"kind": Signatory.Kind.INDIVIDUAL}}.get(kind, {})
    one = SignatoryFactory(confirmed=True, listed=kind != "confirmed", **facts)
    new = Organization.objects.create()
    with pytest.raises(DatabaseError, match="public, listed"), transaction.atomic():
        Appearance.objects.create(signatory=one, organization=new, origin=new)
