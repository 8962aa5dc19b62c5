"""What one's own page says of leaving goes by the receipts: what an edition has, withdrawing does not take back."""

import pytest

from signatories import services
from signatories.models import Signatory
from signatories.services import retention
from tests.factories import SignatoryFactory, UserFactory
from tests.signatories.own_page import fresh, mine, shown, token_of
from tests.signatories.receipts.frozen import a_letter, freeze, listed

pytestmark = pytest.mark.django_db

PRINTED = "Your name has been printed in an edition that is final"
COUNTED = "You are counted in an edition that is final"
NEITHER = "Once you withdraw, you are neither printed nor counted."


def looked_at_anew(signatory):
    """So that it was decided after the edition was frozen that prints it."""
    row = Signatory.objects.filter(pk=signatory.pk)
    services.reconsider(row, by=UserFactory())
    services.approve(row, by=UserFactory())


def said(client, signatory, page):
    words = shown(client.get(mine(fresh(signatory), page)))
    return [one for one in (PRINTED, COUNTED, NEITHER) if one in words]


def test_pages_warn_whom_an_edition_prints_although_it_was_decided_on_since(client):
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    assert said(client, signatory, "withdraw") == [NEITHER]
    freeze(letter)
    looked_at_anew(signatory)
    assert said(client, signatory, "withdraw") == [PRINTED]
    assert "An edition has been frozen already" in shown(client.get(mine(signatory, "visibility")))
    assert "frozen with your name in it stays as it is" in shown(client.get(mine(signatory, "holdings")))
    services.withdraw(token_of(signatory))
    assert "The edition that was frozen before does not change" in shown(client.get(mine(signatory)))


def test_pages_do_not_warn_whom_an_edition_was_frozen_without(client):
    """Although it was decided on before, and is on the letter now."""
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    (cohort,) = services.decline_together({signatory.pk: "listed"}, reason="other", by=UserFactory())
    freeze(letter)
    services.undo(cohort, by=UserFactory())
    assert said(client, signatory, "withdraw") == [NEITHER]
    assert "An edition has been frozen already" not in shown(client.get(mine(signatory, "visibility")))
    assert "frozen with your name in it" not in shown(client.get(mine(signatory, "holdings")))


def test_who_was_withheld_then_is_told_that_it_is_counted(client):
    letter = a_letter()
    signatory = listed(letter, "Quiet Ones", visibility="counted")
    freeze(letter)
    assert said(client, signatory, "withdraw") == [COUNTED]
    services.show_as(token_of(signatory), "public")
    assert said(client, signatory, "withdraw") == [COUNTED]
    assert "frozen with your name in it" not in shown(client.get(mine(signatory, "holdings")))


def test_who_is_withheld_now_is_told_that_its_name_was_printed(client):
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    freeze(letter)
    services.show_as(token_of(signatory), "counted")
    assert said(client, signatory, "withdraw") == [PRINTED]
    assert "do not mention your name" in shown(client.get(mine(signatory, "withdraw")))


def test_line_of_who_has_left_stays_where_an_edition_prints_it_although_it_was_decided_on_since():
    letter = a_letter()
    gone, never = listed(letter, "River Watch"), SignatoryFactory(letter=letter, confirmed=True)
    freeze(letter)
    looked_at_anew(gone)
    for signatory in (gone, never):
        services.withdraw(token_of(signatory))
    assert [retention._is_printed(fresh(one)) for one in (gone, never)] == [True, False]
