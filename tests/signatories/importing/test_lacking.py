"""Rows that cannot be added as they stand: said before, left out of what would be added, mended together."""

import pytest
from django.urls import reverse

from campaigns.models import Role
from signatories.services import importing
from signatories.services.importing import Change
from tests.factories import MembershipFactory
from tests.signatories.importing.lists import add, outcomes, taken

pytestmark = pytest.mark.django_db

NAMES = "Wells for All, Kenya\nBridge Watch\nOrchard Trust\nQuay Choir\n"


def page(client, letter, of, name="imported", **said):
    client.force_login(MembershipFactory(campaign=letter.campaign, role=Role.COORDINATOR).user)
    address = reverse(f"signatories:{name}", args=[letter.slug, of.pk])
    answer = client.post(address, said, follow=True) if said else client.get(address)
    return " ".join(answer.content.decode().split())


def decisions(of):
    return [(row.decision, row.lacks) for row in of.rows.all()]


def test_row_says_what_it_lacks_before_it_is_added(letter, client):
    shown = page(client, letter, taken(letter, NAMES, is_proof=True))
    assert (shown.count("<b>No country: choose one.</b>"), "3 of them lack a country." in shown) == (3, True)
    assert ("1 would be added." in shown, "3 are still to be decided." in shown) == (True, True)


def test_add_undecided_leaves_those_that_lack_something(letter, client):
    of = taken(letter, NAMES, is_proof=True)
    of.rows.filter(number=1).update(decision="ask")
    shown = page(client, letter, of, "import_undecided", act="")
    assert decisions(of) == [("add", "")] + [("ask", "country")] * 3
    assert ("1 row more is to be added." in shown, "3 cannot be added as they stand" in shown) == (True, True)
    assert importing.summary(of) == importing.Summary(1, 0, 0, 0, 0, 3, nowhere=3)


def test_one_country_for_all_without_one(letter, client):
    of = taken(letter, NAMES, is_proof=True)
    shown = page(client, letter, of, "import_country", country="001")
    assert ("3 rows have a country now." in shown, decisions(of)) == (True, [("add", "")] * 4)
    assert [outcome for _, outcome, _ in outcomes(add(of))] == ["added"] * 4
    assert sorted(letter.signatories.values_list("country", flat=True)) == ["001"] * 3 + ["KE"]


def test_one_country_decides_nothing_else_that_is_asked(letter):
    of = taken(letter, NAMES, is_proof=True)
    of.rows.filter(number=2).update(certainty=0)
    of.rows.filter(number=3).update(decision="skip")
    assert importing.place_all(of, "PE", by=of.made_by) == 2
    assert decisions(of) == [("add", ""), ("ask", ""), ("skip", "country"), ("add", "")]


@pytest.mark.parametrize("country", ["", "Atlantis", "xx"])
def test_one_country_has_to_be_one(letter, client, country):
    of = taken(letter, NAMES, is_proof=True)
    assert "choose a country or a region" in page(client, letter, of, "import_country", country=country)
    assert decisions(of)[1:] == [("ask", "country")] * 3


def test_those_that_lack_something_are_skipped_together(letter, client):
    of = taken(letter, NAMES, is_proof=True)
    assert "3 rows are skipped." in page(client, letter, of, "import_undecided", act="skip")
    assert [outcome for _, outcome, _ in outcomes(add(of))] == ["added"] + ["skipped"] * 3


def test_what_no_cell_mends_is_left_out_of_a_row_that_is_added(letter, client):
    of = taken(letter, "Organization\tCountry\tWebsite\nWells for All\tKenya\tnot a website\n", is_proof=True)
    assert decisions(of)[1:] == [("ask", "website")]
    assert "The web address cannot be used" in page(client, letter, of)
    importing.look_over(of, {2: Change("add", "public")}, by=of.made_by)
    assert [outcome for _, outcome, _ in outcomes(add(of))][1:] == ["added"]
