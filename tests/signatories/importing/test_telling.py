"""What an organization reads about the lists that name it."""

import json

import pytest

from signatories import services
from signatories.models import Line, Purpose, Token
from signatories.services import importing
from tests.factories import SignatoryFactory
from tests.signatories.importing.lists import add, taken
from tests.signatories.own_page import corrected, mine

pytestmark = pytest.mark.django_db


def held(client, signatory):
    """The page and the file."""
    link = Token.objects.issue(signatory, Purpose.MINE).secret
    page = client.get(f"/mine/{link}/data/").content.decode()
    return page, json.loads(client.get(f"/mine/{link}/data.json").content)


def test_holdings_tell_the_list_that_is_the_proof(letter, client):
    of = add(taken(letter, is_proof=True, proof=("mail.eml", b"x")))
    page, file = held(client, of.rows.get(number=2).signatory)
    told = file["lists"][0]
    assert (told["source"], told["came"], told["proof_file_kept"]) == ("Mail of the secretary", "mail", True)
    assert [words in page for words in ("Added from a list", "What the team has said for you")] == [True] * 2
    assert [words in page for words in ("Form sent", "What you have ticked")] == [False] * 2


def test_holdings_tell_of_the_own_row_alone(letter, client):
    of = add(taken(letter))
    page, file = held(client, of.rows.get(number=2).signatory)
    assert "office@wells.example" in file["lists"][0]["its_row"]["raw"]
    assert "Amigas" not in page + str(file)


def test_holdings_leave_out_a_line_that_names_others(letter, client):
    of = add(taken(letter, "Wells for All, Kenya; Amigas del Río, Colombia; Bridge Watch, Peru", is_proof=True))
    if of.rows.filter(decision="ask").exists():
        importing.add_undecided(of, by=of.made_by)
        of = add(of)
    page, file = held(client, of.rows.get(number=1).signatory)
    assert file["lists"][0]["its_row"]["name"] == "Wells for All"
    assert "Amigas" not in page + str(file)


def test_holdings_tell_what_a_list_filled_in(letter, client):
    there = SignatoryFactory(letter=letter, line=Line("Wells for All", "", ""), confirmed=True)
    add(taken(letter))
    there.refresh_from_db()
    page, file = held(client, there)
    assert (file["lists"][0]["filled_in"], file["lists"][0]["you_came_in_it"]) == (["country"], False)
    assert ("Added to your line from it:" in page, "Form sent" in page) == (True, True)


def test_my_sign_on_thanks_nobody_for_what_the_team_said(letter, client):
    signatory = add(taken(letter, is_proof=True)).rows.get(number=2).signatory
    link = Token.objects.issue(signatory, Purpose.MINE).secret
    page = client.get(f"/mine/{link}/").content.decode()
    assert ("your sign-on is confirmed" in page, "The campaign’s team says that you sign" in page) == (False, True)


def test_my_sign_on_thanks_no_double_for_what_the_team_said_either(letter, client):
    """It took the name of another, which is there: the page says what it would say were it not there."""
    signatory = add(taken(letter, is_proof=True)).rows.get(number=2).signatory
    there = SignatoryFactory(letter=letter, line=Line("Hidden Union", "", "KE"), listed=True, visibility="counted")
    corrected(signatory, name=there.line.name, country="KE")
    signatory.refresh_from_db()
    assert signatory.status == "duplicate"
    page = client.get(mine(signatory)).content.decode()
    assert ("your sign-on is confirmed" in page, "The campaign’s team says that you sign" in page) == (False, True)


def test_my_sign_on_thanks_who_was_asked_and_confirmed(letter, client):
    signatory = add(taken(letter)).rows.get(number=2).signatory
    services.confirm(signatory.tokens.get())
    link = Token.objects.issue(signatory, Purpose.MINE).secret
    page = client.get(f"/mine/{link}/").content.decode()
    assert ("your sign-on is confirmed" in page, "Added from a list" in page) == (True, True)
