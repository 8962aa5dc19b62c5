"""An amendment in substance takes everybody off the roll until they agree to it, or withdraw."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from campaigns.models import JournalEntry
from letters import services as letters
from letters.models import Letter
from signatories import services
from signatories.models import Line, Signatory
from signatories.services import Answer
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.test_amending import amended
from tests.signatories.amended_links import link, on_the_roll
from tests.signatories.own_page import fresh, kinds

pytestmark = pytest.mark.django_db


def test_substance_takes_everybody_off_the_roll_until_they_agree():
    letter = OpenLetterFactory()
    one, _other = SignatoryFactory.create_batch(2, letter=letter, listed=True)
    amended(letter)
    assert on_the_roll(letter) == 0
    assert services.agree(link(one), seen=2) is Answer.AGREED
    assert on_the_roll(letter) == 1
    assert Letter.objects.with_counts().values_list("listed_count", "asked_count").get() == (1, 1)
    assert [one.name for group in letter.roll("en", timezone.now()).groups for one in group.lines] == [one.name]


@pytest.mark.parametrize(
    ("weight", "title"),
    [("typographic", "For the\u00a0bridge over the Lind"), ("correction", "For the bridge over the Linde")],
)
def test_lighter_amendments_leave_the_roll_as_it_is(weight, title):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True)
    amended(letter, weight, title=title)
    assert on_the_roll(letter) == 1


def test_agree_again_tells_the_approved_that_it_is_on_the_letter():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    services.agree(link(signatory), seen=2)
    assert kinds(signatory) == ["signatories.listed"]
    assert JournalEntry.objects.filter(verb="agreed again", subject_id=str(signatory.pk)).count() == 1


def test_agree_refuses_what_was_not_on_the_screen():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    amended(letter, body="<p>We ask for three bridges.</p>")
    assert services.agree(link(signatory), seen=2) is Answer.CHANGED
    assert on_the_roll(letter) == 0


def test_agree_binds_to_what_was_on_the_screen_if_only_a_correction_came_between():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    amended(letter, "correction", body="<p>We ask for two bridges!</p>")
    assert services.agree(link(signatory), seen=2) is Answer.AGREED
    assert (fresh(signatory).agreed_revision.number, on_the_roll(letter)) == (2, 1)


def test_agree_twice_changes_nothing():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    assert [services.agree(link(signatory), seen=2) for _ in range(2)] == [Answer.AGREED] * 2
    assert kinds(signatory) == ["signatories.listed"]


def test_approve_lists_nobody_who_has_not_agreed_to_what_is_in_force():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, confirmed=True)
    amended(letter)
    services.approve(letter.signatories.all(), by=UserFactory())
    assert (fresh(signatory).status, on_the_roll(letter), kinds(signatory)) == ("listed", 0, [])
    services.agree(link(signatory), seen=2)
    assert (on_the_roll(letter), kinds(signatory)) == (1, ["signatories.listed"])


def test_freeze_prints_only_those_who_agree():
    letter = OpenLetterFactory()
    one, _other = SignatoryFactory.create_batch(2, letter=letter, listed=True)
    amended(letter)
    services.agree(link(one), seen=2)
    by = UserFactory()
    letters.close(letter, by=by)
    edition = letters.freeze(letter, by=by)
    assert (edition.revision.number, edition.printed_roll.organizations) == (2, 1)


def test_withdraw_takes_it_off_the_letter():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    services.withdraw(link(signatory))
    assert (fresh(signatory).status, kinds(signatory)) == ("withdrawn", ["signatories.withdrawn"])
    assert services.agree(link(signatory), seen=2) is Answer.WITHDRAWN


def test_withdraw_goes_on_once_the_roll_is_final():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    letters.close(letter, by=UserFactory())
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        services.withdraw(link(signatory))
    assert fresh(signatory).status == "withdrawn"


# --- By when ---


def test_agree_is_too_late_after_the_deadline_and_who_did_not_is_left_out():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    assert services.lapse_unagreed() == 0
    with time_machine.travel(timezone.now() + timedelta(days=2, seconds=1)):
        assert services.agree(link(signatory), seen=2) is Answer.TOO_LATE
        assert services.lapse_unagreed() == 1
    assert (fresh(signatory).status, kinds(signatory)) == ("lapsed", ["signatories.left_out"])


def test_a_later_amendment_gives_time_again():
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    with time_machine.travel(timezone.now() + timedelta(days=1, hours=23)):
        amended(letter, body="<p>We ask for three bridges.</p>")
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert services.lapse_unagreed() == 0


def test_signatory_lapses_free_the_place_for_a_new_sign_on():
    letter = OpenLetterFactory()
    old = SignatoryFactory(letter=letter, listed=True, line=Line("One Group", "", "KE"))
    amended(letter)
    with time_machine.travel(timezone.now() + timedelta(days=2, seconds=1)):
        services.lapse_unagreed()
        SignatoryFactory(letter=Letter.objects.get(pk=letter.pk), listed=True, line=Line("One Group", "", "KE"))
    assert (fresh(old).status, on_the_roll(letter)) == ("lapsed", 1)
    assert Signatory.objects.count() == 2
