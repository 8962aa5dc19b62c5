"""Who is named as withdrawn around a published letter: as its sign-on stands now, whatever was printed of it since."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from letters import tasks
from letters.models import Letter, StaticCopy
from signatories import services
from signatories.models import Line, Signatory
from tests.factories import SignatoryFactory
from tests.letters.desk import words
from tests.letters.publishing.published import frozen, over, published
from tests.letters.static_copies.copied import at
from tests.signatories.own_page import corrected, token_of

pytestmark = pytest.mark.django_db
CANARY = "Org 1"
WITHDRAWN = "Withdrawn since they were printed"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.PUBLISHED_DIR = tmp_path / "published"


@pytest.fixture
def letter():
    """Published in its first edition, with the canary in it."""
    return published(over(3)).letter


@pytest.fixture
def canary(letter):
    return letter.signatories.get(name=CANARY)


def page(letter):
    return words(Client().get(letter.get_absolute_url()))


def left(letter):
    """What the page says of those who have withdrawn."""
    return page(letter).partition(WITHDRAWN)[2].partition("</section>")[0]


def checked(letter, number=1):
    """What is said of an edition's hash."""
    answer = words(Client().get("/verify/", {"hash": letter.editions.get(number=number).digest}))
    return answer.partition("Withdrawn since")[2].partition("</dl>")[0]


def copy(letter):
    """The page as a file, once it is looked after."""
    StaticCopy.objects.filter(letter=letter).update(look_after=timezone.now())
    tasks.keep_static_copies()
    return at(f"letters/{letter.slug}/index.html").read_text()


def naming(letter, name=CANARY):
    """Where anybody can read it."""
    return [where.__name__ for where in (page, checked, copy) if name in where(letter)]


def test_deleted_data_is_named_nowhere_though_a_later_edition_printed_the_withdrawal(letter, canary):
    services.withdraw(token_of(canary))
    later = frozen(letter)
    assert [one.line.name for one in later.printed_roll.departures] == [CANARY]  # which stays as it is
    assert naming(letter) == ["page", "checked", "copy"]  # the control
    services.erase(token_of(canary), keeps_line=False)
    assert naming(letter) == []


def test_name_that_is_withheld_since_is_not_told_by_a_later_edition(letter, canary):
    services.withdraw(token_of(canary))
    frozen(letter)
    assert naming(letter) == ["page", "checked", "copy"]  # the control
    canary.refresh_from_db()
    canary.set_line(canary.line, Signatory.Visibility.COUNTED)
    canary.save()
    assert naming(letter) == []


def test_who_signs_again_stands_on_the_list_alone(letter, canary):
    services.withdraw(token_of(canary))
    frozen(letter)
    assert CANARY in left(letter)
    back = SignatoryFactory(letter=letter, listed=True, line=canary.line)
    assert (CANARY in page(letter), CANARY in left(letter), CANARY in checked(letter)) == (True, False, False)
    back.set_line(
        back.line, Signatory.Visibility.COUNTED
    )  # and who is back in confidence is not told by what is missing
    back.save()
    assert CANARY in left(letter)
    assert CANARY in checked(letter)


def test_who_withdrew_again_is_told_once_with_its_last_day(letter, canary):
    services.withdraw(token_of(canary))
    back = SignatoryFactory(letter=letter, listed=True, line=canary.line)
    frozen(letter)
    services.withdraw(token_of(back))
    assert left(letter).count(CANARY) == 1
    assert "printed in edition 2, withdrawn on" in left(letter)


def test_who_stands_in_an_edition_that_is_not_published_is_told_as_its_own_page_says(letter):
    late = SignatoryFactory(letter=letter, listed=True, line=Line("Late Heron Trust", "", "KE"))
    frozen(letter)
    assert left(letter) == ""
    services.withdraw(token_of(late))
    own = words(Client().get(f"/mine/{token_of(late).secret}/"))
    assert "the letter’s page and the next edition say that you have withdrawn" in own
    assert "Late Heron Trust" in left(letter)
    assert "printed in edition 2, withdrawn on" in left(letter)
    assert [one for one in (1, 2) if "Late Heron Trust" in checked(letter, one)] == [2]


def test_edition_that_is_published_is_the_one_that_is_named(letter, canary):
    frozen(letter)
    services.withdraw(token_of(canary))
    assert "printed in edition 1, withdrawn on" in left(letter)
    assert [one for one in (1, 2) if CANARY in checked(letter, one)] == [1, 2]


def test_line_is_as_the_edition_that_is_named_has_it(letter, canary):
    corrected(canary, acronym="LATER")
    services.withdraw(token_of(canary))
    assert (CANARY in left(letter), "LATER" in left(letter)) == (True, False)


def test_day_of_a_withdrawal_is_that_of_the_letters_own_clocks(letter, canary):
    """As are those of publication and delivery: on one page nobody leaves the day before it came."""
    Letter.objects.filter(pk=letter.pk).update(zone="Pacific/Kiritimati")
    services.withdraw(token_of(canary))
    Signatory.objects.filter(pk=canary.pk).update(withdrawn_at=datetime(2031, 8, 1, 23, 30, tzinfo=UTC))
    assert "2 August 2031" in left(letter)
    assert "2 August 2031" in checked(letter)
