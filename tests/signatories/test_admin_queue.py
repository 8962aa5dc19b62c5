"""The queue of a vetter: what stands in it, how it is filtered and searched, what it says and costs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from signatories.models import Line
from tests.factories import OpenLetterFactory, SignatoryFactory
from tests.signatories.vetting_desk import (
    QUEUE,
    WITHHELD,
    confirmed,
    demonstration,
    in_bulk,
    names,
    page,
    queries,
    vetter,
)

__all__ = ["demonstration", "vetter"]

pytestmark = pytest.mark.django_db


def test_queue_shows_what_waits_oldest_first(client, vetter):
    now = timezone.now()
    letter = OpenLetterFactory()
    confirmed("Newer", letter=letter, at=now - timedelta(hours=1))
    older = confirmed("Older", letter=letter, at=now - timedelta(days=5))
    double = confirmed("Double", letter=letter, at=now - timedelta(days=2))
    double.move_to("duplicate", duplicate_of=older)  # as when another mailbox was first; nobody has decided yet
    SignatoryFactory(letter=letter, line=Line("Pending", "", "KE"))
    SignatoryFactory(letter=letter, line=Line("Listed", "", "KE"), listed=True)
    assert names(client.get(QUEUE)) == ["Older", "Double", "Newer"]
    assert names(client.get(QUEUE, {"state": "pending"})) == ["Pending"]
    assert len(names(client.get(QUEUE, {"state": "all"}))) == 5


# --- Filtered and searched ---


def test_queue_filters_by_letter_country_and_age(client, vetter):
    now = timezone.now()
    here = confirmed("Here", country="KE", at=now - timedelta(hours=2))
    confirmed("There", country="GR", at=now - timedelta(days=2))
    confirmed("Hidden", country="GR", visibility=WITHHELD, at=now - timedelta(days=4))
    assert names(client.get(QUEUE, {"letter": here.letter_id})) == ["Here"]
    assert names(client.get(QUEUE, {"country": "GR"})) == ["There"]
    assert names(client.get(QUEUE, {"country": "withheld"})) == ["Hidden"]
    by_age = [names(client.get(QUEUE, {"age": age})) for age in ("today", "days", "old")]
    assert by_age == [["Here"], ["There"], ["Hidden"]]


@pytest.mark.parametrize(
    ("name", "email", "website", "fit"),
    [
        ("Own", "a@boats.example", "boats.example", "same"),
        ("Other", "a@ships.example", "boats.example", "other"),
        ("Look-alike", "a@lantemhouse.example", "lanternhouse.example", "looks"),
        ("Free", "a@gmail.com", "boats.example", "free"),
        ("Throw-away", "a@x.mailinator.com", "boats.example", "disposable"),
        ("Nothing", "a@boats.example", "", "none"),
    ],
)
@pytest.mark.parametrize("visibility", ["public", WITHHELD])
def test_queue_filters_by_kind_of_mail_address(client, vetter, name, email, website, fit, visibility):
    confirmed(name, contact_email=email, website=website, visibility=visibility)
    confirmed("Decoy", contact_email="b@gmail.com" if fit != "free" else "b@decoy.example", website="decoy.example")
    assert names(client.get(QUEUE, {"mail": fit})) == [name]
    assert len(names(client.get(QUEUE, {"mail": "no such"}))) == 2


def test_filter_by_mail_address_costs_one_query_and_keeps_the_others(client, vetter):
    letter = OpenLetterFactory()
    for number in range(5):
        confirmed(
            f"Boats {number}", letter=letter, contact_email=f"a{number}@gmail.com", country=["KE", "GR"][number % 2]
        )
    client.get(QUEUE)
    assert queries(client, f"{QUEUE}?mail=free") == queries(client, QUEUE)
    assert names(client.get(QUEUE, {"mail": "free", "country": "GR"})) == ["Boats 1", "Boats 3"]


@pytest.mark.parametrize("sought", ["ECOLE des rives", "école", "EdR", "Ama@Rives.example"])
def test_queue_finds_across_accents_and_by_whole_address(client, vetter, sought):
    confirmed("École des Rives", "ÉDR", contact_email="ama@rives.example")
    confirmed("Harbour Nurses", contact_email="ama@rives.example.org")
    assert names(client.get(QUEUE, {"q": sought})) == ["École des Rives"]


def test_queue_finds_other_scripts_and_withheld_names(client, vetter):
    confirmed("Общая вода", visibility=WITHHELD)
    assert names(client.get(QUEUE, {"q": "ВОДА"})) == ["Общая вода"]


# --- What it says of each, and costs ---


def test_queue_shows_the_evidence_in_words(client, vetter):
    letter = OpenLetterFactory()
    confirmed("Oremba Boat Families", letter=letter, website="boats.example", contact_email="a@boats.example")
    confirmed("Oremba Boat Familes", letter=letter, website="boats.example", contact_email="b@gmail.com")
    words = client.get(QUEUE).content.decode()
    assert "Mail and website: same domain" in words
    assert "Mail comes from a free provider" in words
    assert words.count("one or two letters differ") == 2


def test_desk_warns_of_throw_away_and_look_alike_addresses(client, vetter):
    thrown = confirmed("Thrown", website="boats.example", contact_email="a@mailinator.com")
    alike = confirmed("Alike", website="amnesty.example", contact_email="a@аmnesty.example")  # a Cyrillic а
    plain_one = confirmed("Plain", website="boats.example", contact_email="a@boats.example")
    pages = {one.name: client.get(page(one)).content.decode() for one in (thrown, alike, plain_one)}
    warned = '<li data-says="bad">Mail comes from a provider of throw-away addresses</li>'
    assert [name for name, words in pages.items() if warned in words] == ["Thrown"]
    assert [name for name, words in pages.items() if "Mail domain only looks like the right one" in words] == ["Alike"]
    assert [name for name, words in pages.items() if "xn--mnesty-2nf.example" in words] == ["Alike"]
    assert warned in bulk_page(client, thrown)
    assert "xn--" not in bulk_page(client, alike)


def bulk_page(client, signatory):
    return in_bulk(client, "approve", [signatory]).content.decode()


def test_queue_costs_the_same_for_five_and_thirty(client, vetter):
    letter = OpenLetterFactory()
    for number in range(5):
        confirmed(f"Boat Families {number}", letter=letter, visibility=[WITHHELD, "public"][number % 2])
    client.get(QUEUE)
    few = queries(client, QUEUE)
    for number in range(5, 30):
        confirmed(f"Boat Families {number}", letter=letter, visibility=[WITHHELD, "public"][number % 2])
    assert queries(client, QUEUE) == few
    assert len(names(client.get(QUEUE))) == 30
