"""However many sign-ons there are, a page of the vetting desk asks the database as often."""

import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.models import JournalEntry, Mail
from signatories.admin import forms
from signatories.models import Line
from signatories.services import filing
from tests.factories import OpenLetterFactory, SignatoryFactory
from tests.signatories.vetting_desk import (
    QUEUE,
    WITHHELD,
    confirmed,
    decide,
    demonstration,
    in_bulk,
    page,
    queries,
    staff,
    vetter,
)

__all__ = ["demonstration", "vetter"]

pytestmark = pytest.mark.django_db

COHORTS = reverse("admin:signatories_invalidation_changelist")
FEW, MANY = 20, 200
numbers = itertools.count()


def fill(letter, number, **fields):
    """So many sign-ons of mixed kind: look-alikes, withheld ones, several from one place."""
    made = []
    for _ in range(number):
        n = next(numbers)
        name = f"Oremba Boat {('Families', 'Familes')[n % 2]} of Quay {n // 2}"
        more = {"visibility": WITHHELD} if n % 7 == 0 else {}
        facts = {"source": f"place {n % 5}", "line": Line(name, "", "KE", f"https://boats{n % 9}.example"), **more}
        made.append(SignatoryFactory(letter=letter, **facts, **fields))
    return made


def posted(client, action, signatories):
    with CaptureQueriesContext(connection) as captured:
        assert in_bulk(client, action, signatories).status_code == 200
    return len(captured)


@pytest.mark.parametrize("address", [QUEUE, f"{QUEUE}?state=all", f"{QUEUE}?state=all&q=oremba", COHORTS])
def test_list_asks_as_often_for_many_as_for_few(client, vetter, address):
    letters = [OpenLetterFactory() for _ in range(3)]
    for letter in letters:
        fill(letter, FEW // 2, confirmed=True)
        fill(letter, FEW // 2)
    filing.file_names()
    client.get(address)  # what is remembered for longer than a page is asked now
    few = queries(client, address)
    for letter in letters:
        fill(letter, MANY // 2 // 3, confirmed=True)
        fill(letter, MANY // 2 // 3)
    filing.file_names()
    assert queries(client, address) == few


def test_page_of_one_asks_as_often_on_a_large_letter_as_on_a_small_one(client, vetter):
    letter = OpenLetterFactory()
    one = fill(letter, FEW, confirmed=True)[5]
    filing.file_names()
    client.get(page(one))
    few = queries(client, page(one))
    fill(letter, MANY, confirmed=True)
    filing.file_names()
    assert queries(client, page(one)) == few


@pytest.mark.parametrize(
    ("action", "fields"), [("approve", {"confirmed": True}), ("decline", {"confirmed": True}), ("release", {})]
)
def test_page_before_a_bulk_decision_asks_as_often_for_many_as_for_few(client, vetter, action, fields):
    some = [one for _ in range(2) for one in fill(OpenLetterFactory(), MANY // 2, **fields)]
    filing.file_names()
    posted(client, action, some[:FEW])
    assert posted(client, action, some[:FEW]) == posted(client, action, some)


def test_front_page_asks_as_often_for_many_letters_as_for_few(client, vetter):
    home = reverse("admin:index")
    for _ in range(2):
        fill(OpenLetterFactory(), 5, confirmed=True)
    client.get(home)
    few = queries(client, home)
    for _ in range(8):
        fill(OpenLetterFactory(), 5, confirmed=True)
    assert queries(client, home) == few


@pytest.mark.parametrize(("model", "permission"), [("journalentry", "view_journalentry"), ("mail", "view_mail")])
def test_journal_and_outbox_are_not_counted_through(client, monkeypatch, model, permission):
    client.force_login(staff(permission))
    letter = OpenLetterFactory()
    for number in range(30):
        JournalEntry.objects.record(f"verb {number}", letter)
        Mail.objects.create(kind=f"kind {number}", about_id=str(number), to_hash="", dedupe_key=str(number))
    monkeypatch.setattr("campaigns.large_tables.MOST", 10)
    monkeypatch.setattr("campaigns.large_tables.NEWEST", 5)
    response = client.get(reverse(f"admin:campaigns_{model}_changelist"))
    assert response.context["cl"].result_count == 11
    offered = [
        choice["display"]
        for choice in response.context["cl"].filter_specs[-1 if model == "mail" else 0].choices(response.context["cl"])
    ]
    assert len(offered) == 1 + 5
    word = "kind" if model == "mail" else "verb"
    response = client.get(reverse(f"admin:campaigns_{model}_changelist"), {word: f"{word} 0"})
    assert response.context["cl"].result_count == 1


# --- Duplicate of one among many ---


def test_duplicate_is_of_what_is_named_by_the_address_of_its_page_or_its_reference(client, vetter):
    letter = OpenLetterFactory()
    kept = confirmed("Lind Ferry Crews", letter=letter)
    for named in (f"https://letters.example{page(kept)}?_changelist_filters=letter%3D12345678", kept.reference):
        double = confirmed("Ferry Crews of Lind", letter=letter)
        decide(client, double, "duplicate", **{"duplicate-reference": named})
        double.refresh_from_db()
        assert (double.status, double.duplicate_of) == ("duplicate", kept)


@pytest.mark.parametrize("named", ["elsewhere", "itself", "00000000", "no reference"])
def test_duplicate_of_what_is_not_on_the_letter_is_refused(client, vetter, named):
    double, elsewhere = confirmed("Lind Ferry Crews"), confirmed("Lind Ferry Crews")
    named = {"elsewhere": elsewhere.reference, "itself": double.reference}.get(named, named)
    response = decide(client, double, "duplicate", **{"duplicate-reference": named})
    assert "Choose a confirmed or listed sign-on to the same letter." in response.content.decode()
    double.refresh_from_db()
    assert double.status == "confirmed"


def test_duplicate_is_of_one_not_of_two_or_none(client, vetter):
    letter = OpenLetterFactory()
    one, other, double = (confirmed(f"Ferry Crews {n}", letter=letter) for n in ("Lind", "Oremba", "Harbour"))
    both = {"duplicate-of": str(one.pk), "duplicate-reference": other.reference}
    assert "Choose one of the two." in decide(client, double, "duplicate", **both).content.decode()
    assert "Choose the sign-on to keep." in decide(client, double, "duplicate").content.decode()
    double.refresh_from_db()
    assert double.status == "confirmed"


def test_countries_with_more_names_than_anybody_reads_are_not_offered(client, vetter, monkeypatch):
    monkeypatch.setattr(forms, "MOST_OFFERED", 2)
    letter = OpenLetterFactory()
    one = confirmed("Harbour Nurses", letter=letter)
    confirmed("Lind Ferry Crews", letter=letter)
    confirmed("Oremba Boat Families", letter=letter)
    assert "Lind Ferry Crews" in client.get(page(one)).content.decode()
    confirmed("Mill Street Choir", letter=letter)
    assert "Lind Ferry Crews" not in client.get(page(one)).content.decode()
