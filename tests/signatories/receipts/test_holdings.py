"""What is held about a sign-on: the editions that have it."""

import re

import pytest

from signatories import services
from tests.signatories.own_page import corrected, fresh, mine, shown, token_of
from tests.signatories.receipts.frozen import a_letter, freeze, listed

pytestmark = pytest.mark.django_db


def data(client, signatory):
    return client.get(mine(fresh(signatory), "holdings_file")).json()


def words(client, signatory):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown(client.get(mine(fresh(signatory), "holdings")))))


def test_nothing_is_held_in_print_before_an_edition(client):
    assert not {"in_print", "earlier"} & set(data(client, listed(a_letter(), "River Watch")))


def test_printed_name_is_held_with_its_place(client):
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    edition = freeze(letter)
    assert data(client, signatory)["in_print"] == [
        {
            "edition": 1,
            "frozen_at": edition.as_of.isoformat(),
            "visibility": "public",
            "line": {"name": "River Watch"},
            "heading": "Kenya",
            "place": 1,
            "of": 1,
        }
    ]
    assert "In print Edition 1, River Watch , 1 of 1" in words(client, signatory)


def test_name_in_the_addressees_copy_is_held(client):
    letter = a_letter()
    signatory = listed(letter, "Quiet Ones", visibility="recipient")
    edition = freeze(letter)
    told = {"edition": 1, "frozen_at": edition.as_of.isoformat(), "visibility": "recipient"}
    assert data(client, signatory)["in_print"] == [told | {"is_named_to_the_addressee": True}]
    assert "counted, with your name in the addressee’s copy for as long as that is kept" in words(client, signatory)


def test_who_is_counted_reads_that_its_name_is_not_held_there(client):
    letter = a_letter()
    signatory = listed(letter, "Quiet Ones", visibility="counted")
    freeze(letter)
    assert data(client, signatory)["in_print"][0]["is_named_to_the_addressee"] is False
    assert "counted, without your name" in words(client, signatory)


def test_lines_that_are_kept_because_an_edition_has_them_are_shown(client):
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    freeze(letter)
    corrected(signatory, name="RIVER WATCH")
    services.show_as(token_of(signatory), "counted")
    (held,) = data(client, signatory)["earlier"]
    assert (held["edition"], held["name"], held["visibility"]) == (1, "River Watch", "public")
    assert "Lines kept because an edition has them Edition 1, River Watch" in words(client, signatory)
