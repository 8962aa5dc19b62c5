"""A row that is the same as a sign-on or another row: what it fills in, and how that is taken back."""

import pytest

from campaigns.models import Mail
from signatories import services
from signatories.forms import CorrectionForm
from signatories.models import Correction, Line, Purpose, Token
from signatories.services import importing
from signatories.services.importing import Change
from tests.factories import SignatoryFactory, UserFactory
from tests.signatories.importing.lists import TABLE, add, outcomes, taken
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


def test_merge_fills_in_no_acronym_that_is_the_name(letter):
    there = SignatoryFactory(letter=letter, line=Line("SMEX", "", ""), confirmed=True)
    of = taken(letter, "SMEX, Lebanon", is_proof=True)
    of.rows.update(decision="merge", same_as=there)
    add(of)
    there.refresh_from_db()
    assert (there.line.acronym, there.line.country) == ("", "LB")


def test_add_refuses_what_is_the_same_as_a_refused_one(letter):
    of = taken(letter, TABLE + "Bridge Watch\tPeru\t\n")
    assert (of.rows.last().decision, of.rows.last().same_as_row) == ("merge", 4)
    assert [why for _, _, why in outcomes(add(of))][3:] == ["no_address", "no_address"]
    assert importing.look_over_again(of, by=of.made_by) == 2


def test_add_refuses_what_is_the_same_as_one_without_room(letter):
    from campaigns import silence

    silence.keep("office@wells.example")
    of = taken(letter, TABLE + "Wells for All\tKenya\t\n")
    assert [why for _, _, why in outcomes(add(of))][1::3] == ["no_more_mail", "no_more_mail"]


def test_add_absorbs_what_a_double_in_the_list_knows(letter):
    of = taken(letter, TABLE + "Bridge Watch\tPeru\tpost@bridge.example\n")
    assert outcomes(add(of))[3] == ("Bridge Watch", "added", "")
    assert letter.signatories.filter(contact_email="").count() == 0


def test_merge_fills_blanks_of_the_confirmed(letter):
    there = SignatoryFactory(letter=letter, line=Line("Wells for All", "", ""), confirmed=True)
    of = add(taken(letter))
    there.refresh_from_db()
    assert (there.line, of.rows.get(number=2).filled) == (Line("Wells for All", "", "KE"), ["country"])


def test_merge_overwrites_nothing(letter):
    there = SignatoryFactory(letter=letter, line=Line("Wells for All", "WFA", "KE"), confirmed=True)
    of = taken(letter, "Organization\tAcronym\tCountry\nWells for All\tWA\tKenya\n")
    importing.look_over(of, {2: Change(f"s:{there.pk}", "public")}, by=of.made_by)
    add(of)
    there.refresh_from_db()
    assert there.line == Line("Wells for All", "WFA", "KE")


def test_merge_leaves_what_a_mail_shows(letter):
    there = SignatoryFactory(letter=letter, line=Line("Wells for All", "", ""))
    add(taken(letter))
    there.refresh_from_db()
    assert there.line == Line("Wells for All", "", "")


def test_merge_with_the_listed_is_for_a_vetter(letter):
    there = SignatoryFactory(letter=letter, line=Line("Wells for All", "", ""), listed=True)
    add(taken(letter))
    there.refresh_from_db()
    assert (there.line.country, Correction.objects.open().get().line.country) == ("", "KE")


def test_unmerge_takes_back_what_was_filled(letter):
    there = SignatoryFactory(letter=letter, line=Line("Wells for All", "", ""), confirmed=True)
    of = add(taken(letter))
    assert importing.unmerge(of.rows.get(number=2), by=of.made_by) is True
    there.refresh_from_db()
    of.refresh_from_db()
    assert (there.line.country, of.status, of.rows.get(number=2).decision) == ("", "ready", "ask")


def test_unmerge_takes_back_what_waits_for_a_vetter(letter):
    SignatoryFactory(letter=letter, line=Line("Wells for All", "", ""), listed=True)
    of = add(taken(letter))
    importing.unmerge(of.rows.get(number=2), by=of.made_by)
    assert Correction.objects.count() == 0


def test_merge_with_the_listed_is_told_as_what_a_list_says(letter, client):
    """Not as a wish of the organization's own: neither to it nor to who decides."""
    there = SignatoryFactory(letter=letter, line=Line("Wells for All", "", ""), listed=True)
    add(taken(letter))
    link = Token.objects.issue(there, Purpose.MINE).secret
    mine, held = (client.get(f"/mine/{link}/{page}").content.decode() for page in ("", "data/"))
    sign_in(client, UserFactory(is_staff=True, is_superuser=True), with_second_factor=True)
    sheet = client.get(f"/admin/signatories/signatory/{there.pk}/change/", follow=True).content.decode()
    wishes = ("You have asked for another line", "Lines you have asked for", "The signatory asks to be printed as")
    assert [words in page for words, page in zip(wishes, (mine, held, sheet), strict=True)] == [False] * 3
    assert ["Mail of the secretary" in page for page in (mine, held, sheet)] == [True] * 3


def test_refusing_what_a_list_says_is_no_answer_to_the_signatory(letter):
    SignatoryFactory(letter=letter, line=Line("Wells for All", "", ""), listed=True)
    add(taken(letter))
    before = Mail.objects.count()
    assert services.decide(Correction.objects.get(), accept=False, by=UserFactory()) is True
    assert Mail.objects.count() == before


def test_an_own_wish_takes_the_place_of_what_a_list_says(letter):
    there = SignatoryFactory(letter=letter, line=Line("Wells for All", "", ""), listed=True)
    of = add(taken(letter))
    facts = {"kind": there.kind, "contact_name": "Amina Odera", "contact_role": "Director"}
    token = Token.objects.issue(there, Purpose.MINE)
    services.correct(token, line=Line("Wells for All", "", "KE"), **facts)
    assert [one.is_own for one in Correction.objects.all()] == [True]
    importing.unmerge(of.rows.get(number=2), by=of.made_by)  # takes back the list's word, not the owner's
    assert [one.is_own for one in Correction.objects.all()] == [True]


def test_an_own_word_is_asked_for_as_it_stands(letter):
    there = SignatoryFactory(letter=letter, line=Line("Wells for All", "", ""), listed=True)
    add(taken(letter))
    assert CorrectionForm(signatory=there).initial["country"] == ""
