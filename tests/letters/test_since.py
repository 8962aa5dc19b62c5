"""What a next edition would say: told on the desk, before another one is frozen."""

from datetime import date

import pytest
from django.utils import timezone

from campaigns.models import JournalEntry
from letters import services
from letters.models import Letter
from letters.services import editions
from signatories.models import Line, Token
from signatories.services import erase, withdraw
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed():
    letter = OpenLetterFactory(status=Letter.Status.CLOSED, closed_at=timezone.now(), place="Lindhaven")
    SignatoryFactory(letter=letter, listed=True, line=Line("Open Fields Trust", "", "KE"))
    return letter


def freeze(letter, **more):
    return services.freeze(letter, by=UserFactory(), **more)


def names(lines):
    return [line.name for line in lines]


def test_letter_without_an_edition_has_no_since(closed):
    assert services.since(closed, may_run=True) is None


def test_nothing_has_changed_at_first(closed):
    SignatoryFactory(letter=closed, listed=True, visibility="recipient", line=Line("Told Circle", "", "IS"))
    freeze(closed)
    assert not services.since(closed, may_run=True).is_any


def test_latecomers_and_withdrawals_are_told(closed):
    leaver = SignatoryFactory(letter=closed, listed=True, line=Line("Leaving Trust", "", "KE"))
    freeze(closed)
    SignatoryFactory(letter=closed, listed=True, line=Line("Latecomers", "", "FR"))
    SignatoryFactory(letter=closed, listed=True, visibility="counted", line=Line("Hidden Union", "", "FR"))
    withdraw(Token.objects.mine(leaver))
    told = services.since(closed, may_run=True)
    assert (names(told.came), names(told.left), told.withheld) == (["Latecomers"], ["Leaving Trust"], 1)
    second = freeze(closed)
    assert names(one.line for one in second.printed_roll.departures) == ["Leaving Trust"]
    assert not services.since(closed, may_run=True).is_any


def test_spelling_that_was_mended_is_no_change(closed):
    renamed = SignatoryFactory(letter=closed, listed=True, line=Line("Leaving Trust", "", "KE"))
    freeze(closed)
    for name, came, left in (("LEAVING Trust", [], []), ("Coming Trust", ["Coming Trust"], ["Leaving Trust"])):
        renamed.set_line(Line(name, "", "KE"), "public")
        renamed.save()
        told = services.since(closed, may_run=True)
        assert (names(told.came), names(told.left)) == (came, left)


def test_what_came_is_in_order_and_of_its_country(closed):
    freeze(closed)
    for country in ("FR", "IS"):
        SignatoryFactory(letter=closed, listed=True, line=Line("Open Fields Trust", "", country))
    SignatoryFactory(letter=closed, listed=True, line=Line("Early Circle", "", "FR"))
    told = services.since(closed, may_run=True)
    assert names(told.came) == ["Early Circle", "Open Fields Trust", "Open Fields Trust"]
    assert told.left == []


def test_what_has_changed_is_asked_without_the_rolls_of_editions(closed, django_assert_num_queries):
    """The edition's is kept in the process."""
    freeze(closed)
    services.since(closed, may_run=True)
    with django_assert_num_queries(4) as asked:
        services.since(closed, may_run=False)
    assert [one["sql"] for one in asked if '"letters_edition"."roll"' in one["sql"]] == []


def test_changes_among_those_for_the_addressee_are_told(closed):
    told = SignatoryFactory(letter=closed, listed=True, visibility="recipient", line=Line("Told Circle", "", "IS"))
    freeze(closed)
    told.set_line(told.line, "counted")
    told.save()
    since = services.since(closed, may_run=True)
    assert (since.to_addressee, since.withheld, since.came, since.left) == (1, 0, [], [])


def test_forgotten_names_are_told(closed):
    told = SignatoryFactory(letter=closed, listed=True, visibility="recipient", line=Line("Told Circle", "", "IS"))
    freeze(closed)
    erase(Token.objects.mine(told), keeps_line=False)
    since = services.since(closed, may_run=True)
    assert (since.is_forgotten, since.withheld) == (True, -1)


def test_who_may_not_run_the_letter_is_told_nothing_of_the_addressees_copy(closed):
    told = SignatoryFactory(letter=closed, listed=True, visibility="recipient", line=Line("Told Circle", "", "IS"))
    freeze(closed)
    SignatoryFactory(letter=closed, listed=True, visibility="recipient", line=Line("Latecomers", "", "FR"))
    assert services.since(closed, may_run=True).to_addressee == 1
    assert services.since(closed, may_run=False).to_addressee == 0
    erase(Token.objects.mine(told), keeps_line=False)
    assert services.since(closed, may_run=True).is_forgotten
    assert not services.since(closed, may_run=False).is_forgotten


def test_freeze_asks_for_place_and_date_again(closed):
    dated = services.Dated(place="Bern", date=date(2031, 8, 30), date_precision="month")
    edition = freeze(closed, dated=dated)
    document = editions.printed(edition, "en")
    assert (document.place, document.date) == ("Bern", "August 2031")
    closed.refresh_from_db()
    assert (closed.place, closed.date) == ("Bern", date(2031, 8, 30))
    assert editions.printed(freeze(closed, dated=dated), "en").place == "Bern"
    told = [entry.data for entry in JournalEntry.objects.about(closed).filter(verb="frozen").order_by("pk")]
    assert [one["dated_anew"] for one in told] == [True, False]
    assert "Bern" not in str(told)  # what people type is in the edition


def test_name_whose_spelling_was_mended_has_neither_come_nor_gone(closed):
    freeze(closed)
    one = closed.signatories.get()
    one.set_line(Line("OPEN FIELDS Trust.", "", "KE"), "public")
    one.save()
    assert not services.since(closed, may_run=True).is_any
