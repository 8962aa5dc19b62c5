"""The roll as files: what they say and what they never say."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from letters.models import Letter
from letters.services import publishing
from signatories.models import Line
from tests.factories import (
    OpenLetterFactory,
    SignatoryFactory,
    UserFactory,
)
from tests.letters.open_data.asked import FORMS, everything, told, url

pytestmark = pytest.mark.django_db


def test_json_has_the_facts_of_the_letter(client, signed):
    answer = told(client, signed)
    assert answer["count"] | {"as_of": ""} == {
        "organizations": 2,
        "individuals": 0,
        "countries": 2,
        "withheld": 2,
        "as_of": "",
    }
    assert [one["name"] for one in answer["signatories"]] == ["=Nile", "River Watch"]
    assert answer["signatories"][1] == {
        "kind": "organization",
        "name": "River Watch",
        "acronym": "RW",
        "second_name": "Garde",
        "affiliation": "",
        "country": "KE",
        "group": "Kenya",
        "number": None,
    }
    assert answer["revision"] == {"number": 1, "digest": signed.revision.digest}
    assert answer["links"]["csv"] == f"http://127.0.0.1:8000/letters/{signed.slug}/signatories.csv"
    assert [one["name"] for one in answer["recipients"]] == ["Ada Example"]


def test_json_links_are_all_there(client, signed):
    links = told(client, signed)["links"]
    pdf = links.pop("pdf")  # a worker sets it
    assert pdf
    unpublished = dict.fromkeys(("edition", "manifest", "press"))
    assert {name: links.pop(name) for name in unpublished} == unpublished
    assert {name: client.get(link).status_code for name, link in links.items()} == dict.fromkeys(links, 200)


def test_csv_is_the_roll(client, signed):
    response = client.get(url("signatories_csv", signed))
    assert response["Content-Disposition"] == f'attachment; filename="{signed.slug}-signatories.csv"'
    read = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert read[1:] == [
        ["organization", "'=Nile", "", "", "", "EG", "Egypt", "Egypt", ""],
        ["organization", "River Watch", "RW", "Garde", "", "KE", "Kenya", "Kenya", ""],
    ]


def test_text_is_the_roll(client, signed):
    assert client.get(url("signatories_txt", signed)).content.decode() == (
        "=Nile, Egypt\nRiver Watch (RW) – Garde, Kenya\n\nand 2 organizations whose names are withheld\n"
    )


def test_individuals_stand_after_organizations(client, letter):
    SignatoryFactory(
        letter=letter, listed=True, kind="individual", line=Line("Ada", "", "EG", affiliation="Judge, Court")
    )
    SignatoryFactory(letter=letter, listed=True, line=Line("River Watch", "", "KE"))
    assert [(one["kind"], one["affiliation"]) for one in told(client, letter)["signatories"]] == [
        ("organization", ""),
        ("individual", "Judge, Court"),
    ]
    text = client.get(url("signatories_txt", letter)).content.decode()
    assert text.splitlines()[2:] == ["Ada, Judge, Court*, Egypt", "* Affiliations are given for identification only."]


def test_nothing_tells_of_contacts_of_the_withheld_or_of_who_is_not_listed(client, signed):
    said = everything(client, signed)
    ids = [str(pk) for pk in signed.signatories.values_list("pk", flat=True)]
    for word in ["anary", "CNR", "Iceland", '"IS"', *ids]:
        assert {page for page, words in said.items() if word in words} == set()
    assert {page for page, words in said.items() if "River Watch" in words} == {*FORMS, "embed"}  # the control


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({}, "open"),
        ({"is_paused": True}, "paused"),
        ({"opens_at": timezone.now() + timedelta(hours=2)}, "announced"),
        ({"status": Letter.Status.CLOSED, "closed_at": timezone.now()}, "closed"),
        ({"closes_at": timezone.now() - timedelta(minutes=1)}, "closed"),
        ({"status": Letter.Status.ARCHIVED, "closed_at": timezone.now()}, "archived"),
    ],
)
def test_json_says_what_a_visitor_meets(client, state, expected):
    assert told(client, OpenLetterFactory(**state))["state"] == expected


def test_state_of_a_letter_on_a_paused_site(letter):
    from campaigns import pausing

    pausing.start(reason="A test", by=UserFactory())
    assert publishing.state_of(letter) == "paused"
