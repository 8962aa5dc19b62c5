"""A row that is the same as a sign-on or another row: what it fills in, and how that is taken back."""

import pytest

from signatories.models import Correction, Line
from signatories.services import importing
from signatories.services.importing import Change
from tests.factories import SignatoryFactory
from tests.signatories.importing.lists import TABLE, add, outcomes, taken

pytestmark = pytest.mark.django_db


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
