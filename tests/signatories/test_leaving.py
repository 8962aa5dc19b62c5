"""Withdrawing, seeing what is held, and having it deleted."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.models import Mail
from letters import services as letters
from letters.models import Card
from signatories import receipts, services
from signatories.models import Line, Signatory
from signatories.services import asking
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory
from tests.signatories.own_page import corrected, fresh, kinds, mine, shown, token_of

pytestmark = pytest.mark.django_db


def departed(letter):
    """As the next edition would say it."""
    return letter.signatories.withdrawn_since_frozen(letter.editions.order_by("-number")[:1])


# --- Withdrawing ---


def test_withdraw_wants_a_tick_and_says_so_by_mail(client):
    signatory = SignatoryFactory(listed=True)
    client.post(mine(signatory, "withdraw"))
    assert fresh(signatory).status == "listed"
    assert "You have withdrawn" in shown(client.post(mine(signatory, "withdraw"), {"sure": "on"}, follow=True))
    assert kinds(signatory) == ["signatories.withdrawn"]
    assert departed(signatory.letter) == []


@pytest.mark.parametrize(("visibility", "is_frozen"), [("public", False), ("public", True), ("counted", True)])
def test_withdraw_page_speaks_of_what_has_not_happened_as_to_come(client, visibility, is_frozen):
    signatory = SignatoryFactory(listed=True, visibility=visibility)
    if is_frozen:
        letters.close(signatory.letter, by=UserFactory())
        letters.freeze(signatory.letter, by=UserFactory())
    said = shown(client.get(mine(signatory, "withdraw")))
    assert "Once you withdraw," in said
    assert "any more" not in said


def test_withdraw_after_the_freeze_is_dated_and_the_edition_stays(client):
    letter = OpenLetterFactory()
    signatory, hidden = (SignatoryFactory(letter=letter, listed=True, visibility=one) for one in ("public", "counted"))
    by = UserFactory()
    letters.close(letter, by=by)
    edition = letters.freeze(letter, by=by)
    assert "final" in shown(client.get(mine(signatory, "withdraw")))
    for one in (signatory, hidden):
        services.withdraw(token_of(one))
    (gone,) = departed(letter)
    assert (gone.line.name, gone.edition) == (signatory.name, 1)
    assert (edition.printed_roll.organizations, edition.printed_roll.departures) == (1, ())
    roll = letters.freeze(letter, by=by).printed_roll
    assert (roll.organizations, roll.departures) == (0, (gone,))
    assert departed(letter) == []
    assert letters.freeze(letter, by=by).printed_roll.departures == ()


@pytest.mark.parametrize("leave", [services.withdraw, lambda token: services.erase(token, keeps_line=False)])
def test_leaving_a_letter_that_closed_long_ago_has_its_card_drawn_anew(leave):
    letter = OpenLetterFactory()
    signatory, waiting = SignatoryFactory(letter=letter, listed=True), SignatoryFactory(letter=letter, confirmed=True)
    letters.close(letter, by=UserFactory())
    later = timezone.now() + timedelta(hours=1)
    card = Card.objects.create(letter=letter, language="en", look_after=later)
    leave(token_of(waiting))
    assert Card.objects.get(pk=card.pk).look_after == later  # it was not counted
    leave(token_of(signatory))
    assert Card.objects.get(pk=card.pk).look_after <= timezone.now()


def test_withdrawal_under_a_mended_spelling_is_told_and_a_withheld_or_deleted_one_is_not():
    letter = OpenLetterFactory()
    mended, hidden, deleted = SignatoryFactory.create_batch(3, letter=letter, listed=True)
    by = UserFactory()
    letters.close(letter, by=by)
    letters.freeze(letter, by=by)
    corrected(mended, name=mended.name.upper())
    services.show_as(token_of(hidden), "counted")
    for one in (mended, hidden):
        services.withdraw(token_of(one))
    services.erase(token_of(deleted), keeps_line=False)
    assert [one.line.name for one in departed(letter)] == [mended.name]


def frozen_with(letter, **line):
    """A signatory that stands in an edition of the letter, which takes sign-ons again."""
    signatory, by = SignatoryFactory(letter=letter, listed=True, **line), UserFactory()
    letters.close(letter, by=by)
    letters.freeze(letter, by=by)
    letters.reopen(letter, closes_at=timezone.now() + timedelta(days=9), reason="More are coming", by=by)
    return signatory


@pytest.mark.parametrize("confirmed", [False, True])
def test_withdrawing_in_the_name_of_another_says_nothing_of_it(confirmed):
    letter = OpenLetterFactory()
    real = frozen_with(letter, name="Harbour Light", country="KE")
    state = {"status": "duplicate", "duplicate_of": real, "confirmed_at": timezone.now()} if confirmed else {}
    forged = SignatoryFactory(letter=letter, name="HARBOUR LIGHT", acronym="paid for it", country="KE", **state)
    services.withdraw(token_of(forged))
    assert fresh(forged).status == "withdrawn"
    assert departed(letter) == []


def test_double_that_a_vetter_set_aside_has_stood_in_no_edition():
    letter = OpenLetterFactory()
    double = SignatoryFactory(letter=letter, confirmed=True, name="HARBOUR LIGHT", country="KE")
    real = SignatoryFactory(letter=letter, listed=True, name="Harbour Light ", country="KE")
    services.mark_duplicate(double, of=real, by=UserFactory())
    frozen_with(letter)
    services.withdraw(token_of(double))
    assert departed(letter) == []


def test_whoever_comes_back_is_no_longer_named_as_gone():
    letter = OpenLetterFactory()
    signatory = frozen_with(letter, name="Harbour Light", country="KE")
    services.withdraw(token_of(signatory))
    assert len(departed(letter)) == 1
    again = SignatoryFactory(letter=letter, listed=True, name="Harbour Light", country="KE")
    Signatory.objects.filter(pk=again.pk).update(identity_hash=signatory.identity_hash)
    assert departed(letter) == []


def test_double_learns_from_no_edition_that_it_was_set_aside(client):
    letter = OpenLetterFactory()
    real = SignatoryFactory(letter=letter, listed=True, visibility="counted")
    double, other = SignatoryFactory.create_batch(2, letter=letter, confirmed=True)
    services.mark_duplicate(double, of=real, by=UserFactory())
    letters.close(letter, by=UserFactory())
    letters.freeze(letter, by=UserFactory())
    assert [receipts.visibilities(fresh(one)) for one in (real, double, other)] == [{"counted"}, set(), set()]


# --- What is held ---


def test_holdings_tell_everything_and_nothing_of_others(client):
    other = SignatoryFactory(contact_email="other@elsewhere.example")
    signatory = SignatoryFactory(letter=other.letter, listed=True)
    held = json.loads(client.get(mine(signatory, "holdings_file")).content)
    assert held["contact_email"] == signatory.contact_email
    assert held["name"] == signatory.name
    assert "elsewhere" not in json.dumps(held)
    assert signatory.contact_email in shown(client.get(mine(signatory, "holdings")))


def test_erase_leaves_nothing_that_leads_to_it(client):
    signatory = SignatoryFactory(listed=True, line=Line("River Watch", country="KE"))
    asking.ask(signatory, by=UserFactory(), words="River Watch, are you the branch?")
    link = mine(signatory, "holdings")
    assert "It is deleted" in shown(client.post(link, {"choice": "all"}))
    found = fresh(signatory)
    assert (found.status, found.name, found.contact_email) == ("withdrawn", "", "")
    assert {found.contact_hash, found.identity_hash} & {signatory.contact_hash, signatory.identity_hash} == set()
    assert found.erased_at
    assert client.get(link).status_code == 404
    assert set(Mail.objects.values_list("to", "to_hash", "state")) == {("", "", "dropped")}


def test_erase_takes_what_the_same_mailbox_sent_before():
    earlier = SignatoryFactory(status="withdrawn")
    now = SignatoryFactory(letter=earlier.letter, listed=True, contact_email=earlier.contact_email)
    other = SignatoryFactory(letter=earlier.letter, status="withdrawn")
    services.erase(token_of(now), keeps_line=False)
    assert [fresh(one).contact_email for one in (earlier, now, other)] == ["", "", other.contact_email]


def test_erase_may_leave_the_line_on_a_closed_letter(client):
    signatory = SignatoryFactory(listed=True, line=Line("River Watch", country="KE"))
    link = mine(signatory, "holdings")
    assert "Choose one of them" in shown(client.post(link, {"choice": "keep"})) or "not one of" in shown(
        client.post(link, {"choice": "keep"})
    )
    letters.close(signatory.letter, by=UserFactory())
    client.post(link, {"choice": "keep"})
    found = fresh(signatory)
    assert (found.status, found.name, found.contact_email, found.contact_name) == ("listed", "River Watch", "", "")
