"""Which line of an edition is a signatory's."""

import pytest
from django.db import IntegrityError, transaction

from signatories import receipts, services
from signatories.models import Correction, Line, Signatory
from signatories.services import cohorts
from tests.factories import SignatoryFactory, UserFactory
from tests.signatories.own_page import corrected, fresh, token_of
from tests.signatories.receipts.frozen import a_letter, freeze, listed, reopen, told

pytestmark = pytest.mark.django_db


def three(**facts):
    """A letter and, in the order in which they are printed, those on it."""
    letter = a_letter(**facts)
    return letter, listed(letter, "Accra Bridges", "GH"), listed(letter, "Kisumu Forum"), listed(letter, "River Watch")


def accepted(signatory, **changes):
    """Another line, which a vetter has seen."""
    corrected(signatory, **changes)
    services.decide(Correction.objects.open().get(signatory=signatory), accept=True, by=UserFactory())


def test_receipt_has_line_heading_and_place_in_the_whole_list():
    letter, *signatories = three()
    freeze(letter)
    assert [told(one) for one in signatories] == [
        [(1, "Accra Bridges", "Ghana", 0, 1, 3)],
        [(1, "Kisumu Forum", "Kenya", 0, 2, 3)],
        [(1, "River Watch", "Kenya", 0, 3, 3)],
    ]


@pytest.mark.parametrize(("numbering", "numbers"), [("continuous", [1, 2, 3]), ("per_group", [1, 1, 2])])
def test_receipt_has_the_number_that_is_printed(numbering, numbers):
    letter, *signatories = three(numbering=numbering)
    freeze(letter)
    assert [told(one)[0][3:] for one in signatories] == [(number, place, 3) for place, number in enumerate(numbers, 1)]


def test_receipt_shows_the_line_as_the_look_of_the_edition_has_it():
    letter = a_letter(look={"acronyms": False, "second_names": False}, group_by="none")
    signatory = listed(letter, "", line=Line("River Watch", "RW", "KE", "", "Mto"))
    freeze(letter)
    (receipt,) = receipts.of(signatory)
    assert (receipt.line.acronym, receipt.line.second_name, receipt.line.country_name) == ("", "", "Kenya")


def test_receipts_come_newest_first_and_each_has_its_own_number():
    letter, _, _, last = three(numbering="continuous")
    freeze(letter)
    listed(letter, "Dar Divers", "GH")
    freeze(letter)
    assert told(last) == [(2, "River Watch", "Kenya", 4, 4, 4), (1, "River Watch", "Kenya", 3, 3, 3)]


def test_who_came_after_an_edition_does_not_stand_in_it():
    letter, *_ = three()
    freeze(letter)
    late = SignatoryFactory(letter=letter, listed=True)
    assert told(late) == []


def test_who_waits_for_a_vetter_stands_in_none():
    letter, *_ = three()
    waiting = SignatoryFactory(letter=letter, confirmed=True)
    freeze(letter)
    services.approve(Signatory.objects.filter(pk=waiting.pk), by=UserFactory())
    assert told(waiting) == []
    freeze(letter)
    assert [one[0] for one in told(waiting)] == [2]


def test_who_was_corrected_since_is_told_the_line_that_was_printed():
    letter, _, _, last = three()
    freeze(letter)
    accepted(last, name="Rover Watch")
    assert told(last) == [(1, "River Watch", "Kenya", 0, 3, 3)]
    freeze(letter)
    accepted(last, name="Raver Watch")
    assert [one[:2] for one in told(last)] == [(2, "Rover Watch"), (1, "River Watch")]
    freeze(letter)
    assert [one[:2] for one in told(last)] == [(3, "Raver Watch"), (2, "Rover Watch"), (1, "River Watch")]


def test_spelling_that_was_mended_at_once_since_is_told_as_it_was_printed():
    letter, _, _, last = three()
    freeze(letter)
    corrected(last, name="RIVER WATCH")
    assert (fresh(last).line.name, told(last)[0][1]) == ("RIVER WATCH", "River Watch")


def test_several_corrections_after_one_edition_keep_what_that_printed():
    letter, _, _, last = three()
    freeze(letter)
    accepted(last, name="Rover Watch")
    accepted(last, name="Raver Watch")
    assert told(last) == [(1, "River Watch", "Kenya", 0, 3, 3)]
    assert [held["name"] for held in fresh(last).earlier.values()] == ["River Watch"]


def test_nothing_is_kept_of_a_line_that_no_edition_prints():
    letter, _, _, last = three()
    accepted(last, name="Rover Watch")
    assert fresh(last).earlier == {}
    freeze(letter)
    late = SignatoryFactory(letter=letter, listed=True)
    accepted(late, name="Late and Mended")
    assert fresh(late).earlier == {}


def test_what_is_kept_is_encrypted():
    letter, _, _, last = three()
    freeze(letter)
    accepted(last, name="Rover Watch")
    (stored,) = Signatory.objects.filter(pk=last.pk).extra(select={"raw": "earlier"}).values_list("raw", flat=True)
    assert (bool(stored), "River" in stored) == (True, False)


def test_who_was_corrected_while_it_was_looked_at_anew_is_told_what_was_printed():
    """The control of why the line is kept: no correction says what stood there before."""
    letter, _, _, last = three()
    freeze(letter)
    services.reconsider(Signatory.objects.filter(pk=last.pk), by=UserFactory())
    corrected(last, name="Rover Watch")
    services.approve(Signatory.objects.filter(pk=last.pk), by=UserFactory())
    assert Correction.objects.count() == 0
    assert [one[:2] for one in told(last)] == [(1, "River Watch")]
    Signatory.objects.filter(pk=last.pk).update(earlier={})
    assert told(last) == [(1, "lost")]


def test_who_has_withdrawn_since_still_stands_there():
    letter, _, _, last = three()
    freeze(letter)
    services.withdraw(token_of(last))
    freeze(letter)
    assert [one[0] for one in told(last)] == [1]


@pytest.mark.parametrize(
    "leaves",
    [
        lambda one: services.decline(one, by=UserFactory(), reason="other"),
        lambda one: services.reconsider(one, by=UserFactory()),
        lambda one: services.decline_together({one.get().pk: "listed"}, reason="other", by=UserFactory()),
    ],
)
def test_who_was_taken_off_since_still_stands_there(leaves):
    letter, _, _, last = three()
    freeze(letter)
    leaves(Signatory.objects.filter(pk=last.pk))
    freeze(letter)
    assert [one[0] for one in told(last)] == [1]


def test_who_was_off_while_an_edition_was_frozen_stands_in_the_others():
    letter, _, _, last = three()
    freeze(letter)
    row = Signatory.objects.filter(pk=last.pk)
    services.reconsider(row, by=UserFactory())
    freeze(letter)
    services.approve(row, by=UserFactory())
    freeze(letter)
    assert [one[0] for one in told(last)] == [3, 1]


def test_who_was_set_aside_with_others_while_an_edition_was_frozen_stands_in_the_others():
    """The journal says nothing of each of a cohort."""
    letter, _, _, last = three()
    freeze(letter)
    (cohort,) = services.decline_together({last.pk: "listed"}, reason="other", by=UserFactory())
    freeze(letter)
    services.undo(cohort, by=UserFactory())
    freeze(letter)
    assert [one[0] for one in told(last)] == [3, 1]


def test_forged_cohort_that_was_put_back_stands_where_it_stood():
    letter = a_letter()
    last = listed(letter, "River Watch", contact_email="somebody@crowd.example")
    freeze(letter)
    rule = cohorts.Rule(letter.pk, states=tuple(cohorts.MAY_BE_SET_ASIDE), domain="crowd.example")
    cohort = services.invalidate(rule, seen=1, reason="Forged", by=UserFactory())
    freeze(letter)
    assert told(last) == [(1, "River Watch", "Kenya", 0, 1, 1)]
    services.undo(cohort, by=UserFactory())
    assert [one[0] for one in told(last)] == [1]


def test_who_signs_anew_is_not_told_of_what_it_withdrew():
    letter, _, _, last = three()
    freeze(letter)
    reopen(letter)
    services.withdraw(token_of(last))
    anew = SignatoryFactory(letter=letter, listed=True, line=last.line)
    freeze(letter)
    assert [one[0] for one in told(last)] == [1]
    assert [one[0] for one in told(anew)] == [2]


def test_an_individual_and_an_organization_of_one_name_have_each_their_own():
    letter = a_letter(open_to="both", numbering="continuous")
    organization = listed(letter, "Ada Ode")
    person = listed(letter, "Ada Ode", kind="individual", identity_hash="person")
    freeze(letter)
    assert [told(one)[0][3:] for one in (organization, person)] == [(1, 1, 2), (2, 2, 2)]


def test_organizations_of_one_name_in_two_countries_have_each_their_own():
    letter = a_letter(group_by="none", numbering="continuous")
    there, here = listed(letter, "River Watch", "KE"), listed(letter, "River Watch", "GH")
    freeze(letter)
    assert {told(one)[0][3] for one in (there, here)} == {1, 2}
    assert [receipts.of(one)[0].line.country_name for one in (there, here)] == ["Kenya", "Ghana"]


def test_no_two_can_stand_there_with_the_same_line():
    """Why one line is one signatory's: the database refuses a second live sign-on of one identity."""
    letter, _, _, last = three()
    with pytest.raises(IntegrityError), transaction.atomic():
        listed(letter, "River Watch")
    assert Signatory.objects.filter(letter=letter).count() == 3
    freeze(letter)
    assert len({told(one)[0] for one in letter.signatories.all()}) == 3
    assert fresh(last).status == "listed"


def test_a_double_is_told_nothing_of_the_other():
    letter, _, _, last = three()
    double = SignatoryFactory(
        letter=letter, line=last.line, confirmed=True, status="duplicate", duplicate_of=last, identity_hash="x"
    )
    freeze(letter)
    assert told(double) == []


def test_receipt_of_a_test_sign_on_is_none():
    letter, _, _, last = three()
    freeze(letter)
    last.trial_id = 1
    assert receipts.of(last) == []
