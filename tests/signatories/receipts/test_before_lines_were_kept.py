"""Editions frozen before the lines they print were kept: what the journal still tells is told, and no more."""

import pytest

from letters.models import AddresseeNames
from signatories import receipts, services
from signatories.models import Line, Signatory
from tests.factories import UserFactory
from tests.signatories.own_page import corrected, fresh, mine, shown, token_of
from tests.signatories.receipts.frozen import a_letter, freeze, listed, told

pytestmark = pytest.mark.django_db


def forget(signatory):
    """As if it had been changed before the upgrade."""
    Signatory.objects.filter(pk=signatory.pk).update(earlier={})


@pytest.mark.parametrize("now", ["counted", "recipient"])
def test_who_lowered_its_visibility_is_told_the_line_that_is_printed(now):
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    freeze(letter)
    services.show_as(token_of(signatory), now)
    forget(signatory)
    assert told(signatory) == [(1, "River Watch", "Kenya", 0, 1, 1)]


@pytest.mark.parametrize("was", ["counted", "recipient"])
def test_who_raised_its_visibility_is_told_that_it_was_withheld(was):
    letter = a_letter()
    signatory = listed(letter, "River Watch", visibility=was)
    freeze(letter)
    services.show_as(token_of(signatory), "public")
    forget(signatory)
    assert told(signatory) == [(1, was)]
    corrected(signatory, name="RIVER WATCH")
    assert told(signatory) == [(1, was)]


def test_visibility_changed_several_times_is_that_of_the_freezing():
    letter = a_letter()
    signatory = listed(letter, "River Watch", visibility="counted")
    services.show_as(token_of(signatory), "public")
    freeze(letter)
    for visibility in ("recipient", "counted"):
        services.show_as(token_of(signatory), visibility)
    forget(signatory)
    assert [one[1] for one in told(signatory)] == ["River Watch"]


def test_whose_line_was_changed_is_told_that_nobody_can_tell(client):
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    freeze(letter)
    corrected(signatory, name="RIVER WATCH")
    forget(signatory)
    assert told(signatory) == [(1, "lost")]
    words = "Your line has been changed since, and we cannot tell any more how you stand in it."
    assert words in shown(client.get(mine(signatory)))
    assert "we cannot tell any more how you stand in it" in shown(client.get(mine(signatory, "holdings")))
    held = client.get(mine(signatory, "holdings_file")).json()["in_print"]
    assert [(one["visibility"], one["is_known"], "line" in one) for one in held] == [("public", False, False)]


def test_line_of_another_is_not_told_where_nobody_can_tell():
    """Whoever is called now as another was then does not stand there in its stead."""
    letter = a_letter()
    first, second = listed(letter, "River Watch"), listed(letter, "Kisumu Forum")
    freeze(letter)
    services.withdraw(token_of(first))
    corrected(second, name="Brook Watch")
    correction = second.corrections.open().get()
    services.decide(correction, accept=True, by=UserFactory())
    forget(second)
    corrected(second, name="River Watch")
    services.decide(second.corrections.open().get(), accept=True, by=UserFactory())
    assert fresh(second).line.name == "River Watch"
    assert (told(second), fresh(second).earlier) == ([(1, "lost")], {})


def test_line_kept_for_a_later_edition_is_not_told_of_an_earlier_one():
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    freeze(letter)
    corrected(signatory, name="RIVER WATCH")
    forget(signatory)
    freeze(letter)
    corrected(signatory, name="river watch")
    assert list(fresh(signatory).earlier) == ["2"]
    assert [one[:2] for one in told(signatory)] == [(2, "RIVER WATCH"), (1, "lost")]


def test_edition_without_a_copy_for_the_addressee_counted_who_wished_to_be_named_there(client):
    letter = a_letter()
    signatory = listed(letter, "Quiet Ones", visibility="recipient", line=Line("Quiet Ones", "", "KE"))
    freeze(letter)
    AddresseeNames.objects.all().delete()
    (receipt,) = receipts.of(fresh(signatory))
    assert (receipt.visibility, receipt.chosen) == ("counted", "recipient")
    page = shown(client.get(mine(signatory)))
    assert ("counted in it, without your name" in page, "chosen otherwise" in page) == (True, False)
