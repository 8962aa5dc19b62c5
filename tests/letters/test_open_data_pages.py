"""The roll as files, and what tells programs of letters: what they say, to whom, and what they never say."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from letters import hot_pages
from letters.models import Amendment, Letter
from letters.services import publishing
from signatories.models import Line
from tests.factories import (
    LetterFactory,
    OpenLetterFactory,
    RevisionFactory,
    SignatoryFactory,
    TextFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
FORMS = ["signatories_json", "signatories_csv", "signatories_txt"]
OPEN_TO_SITES = [*FORMS, "feed", "oembed"]


def url(page, letter=None):
    if page == "oembed":
        return f"{reverse('letters:oembed')}?url=http://127.0.0.1:8000{letter.get_absolute_url()}"
    return reverse(
        f"letters:{page}", args=[letter.slug] if letter and page not in {"feed", "sitemap", "robots"} else []
    )


@pytest.fixture
def letter():
    return OpenLetterFactory()


@pytest.fixture
def signed(letter):
    """With an organization of each kind of visibility, and everything that must not be told."""
    hidden = {"contact_name": "Canary Contact", "contact_email": "canary@canary.example", "letter": letter}
    SignatoryFactory(listed=True, line=Line("River Watch", "RW", "KE", "https://canary.example", "Garde"), **hidden)
    SignatoryFactory(listed=True, line=Line("=Nile", "", "EG"), **hidden | {"contact_email": "canary2@canary.example"})
    for number, visibility in enumerate(["recipient", "counted"]):
        hidden["contact_email"] = f"canary{number + 3}@canary.example"
        SignatoryFactory(listed=True, visibility=visibility, line=Line(f"Canary {number}", "CNR", "IS"), **hidden)
    SignatoryFactory(confirmed=True, line=Line("Canary confirmed", "", "IS"), letter=letter)
    SignatoryFactory(line=Line("Canary pending", "", "IS"), letter=letter)
    return letter


def told(client, letter):
    return json.loads(client.get(url("signatories_json", letter)).content)


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


def everything(client, letter):
    pages = [*OPEN_TO_SITES, "sitemap", "robots", "embed"]
    return {page: client.get(url(page, letter)).content.decode() for page in pages}


def test_nothing_tells_of_contacts_of_the_withheld_or_of_who_is_not_listed(client, signed):
    said = everything(client, signed)
    ids = [str(pk) for pk in signed.signatories.values_list("pk", flat=True)]
    for word in ["anary", "CNR", "Iceland", '"IS"', *ids]:
        assert {page for page, words in said.items() if word in words} == set()
    assert {page for page, words in said.items() if "River Watch" in words} == {*FORMS, "embed"}  # the control


# --- States ---


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


@pytest.mark.parametrize("page", FORMS)
def test_files_of_a_draft_are_not_there(client, page):
    response = client.get(url(page, LetterFactory()))
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (404, "*")


# --- Not shared ---


def test_list_that_is_not_shared_is_no_file(client, signed):
    Letter.objects.filter(pk=signed.pk).update(shares_list=False)
    for page in ("signatories_csv", "signatories_txt"):
        response = client.get(url(page, signed))
        assert response.status_code == 403
        assert "do not give its list of signatories away as a file" in response.content.decode()
    answer = told(client, signed)
    assert (answer["signatories"], answer["links"]["csv"], answer["count"]["organizations"]) == (None, None, 2)
    said = everything(client, signed)
    assert {page for page, words in said.items() if "River Watch" in words} == set()
    assert "River Watch" in client.get(signed.get_absolute_url()).content.decode()


# --- For other sites, caches and robots ---


@pytest.mark.parametrize("page", OPEN_TO_SITES)
def test_other_sites_may_read_it(client, letter, page):
    asked = client.options(url(page, letter), headers={"origin": "https://other.example"})
    assert (asked.status_code, asked.content) == (204, b"")
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    for response in (asked, client.get(url(page, letter))):
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response
        assert not response.cookies


def test_no_other_page_may_be_read_by_other_sites(client, letter):
    for page in ("letter", "embed", "board"):
        assert "Access-Control-Allow-Origin" not in client.get(url(page, letter))


@pytest.mark.parametrize("page", OPEN_TO_SITES)
def test_nothing_else_can_be_asked_of_it(client, letter, page):
    response = client.post(url(page, letter))
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.fixture
def hot(settings, monkeypatch):
    """A client of the site as it runs, and its clock."""
    settings.HOT_PAGES = True
    hot_pages._is_hot.cache_clear()
    now = [1000.0]
    monkeypatch.setattr(hot_pages.time, "monotonic", lambda: now[0])
    return Client(), now


@pytest.mark.parametrize("page", [*FORMS, "embed", "card", "feed", "sitemap", "robots"])
def test_it_is_held_and_sent_once(hot, letter, page, django_assert_num_queries):
    client, _clock = hot
    first = client.get(url(page, letter))
    assert first["Cache-Control"] == "public, max-age=2"
    with django_assert_num_queries(0):
        again = client.get(url(page, letter), headers={"if-none-match": first["ETag"]})
        head = client.head(url(page, letter))
    assert (again.status_code, again.content) == (304, b"")
    assert again.get("Access-Control-Allow-Origin") == first.get("Access-Control-Allow-Origin")
    assert (head.status_code, head.content, head["Content-Type"]) == (200, b"", first["Content-Type"])
    assert head["Content-Length"] == str(len(first.content))


def test_json_is_unchanged_while_only_time_passes(hot, letter, time_machine):
    client, clock = hot
    time_machine.move_to(datetime(2031, 1, 1, tzinfo=UTC), tick=False)
    Letter.objects.filter(pk=letter.pk).update(closes_at=datetime(2031, 2, 1, tzinfo=UTC))
    first = client.get(url("signatories_json", letter))
    time_machine.shift(600)
    clock[0] += 600
    second = client.get(url("signatories_json", letter))
    assert (first["ETag"] == second["ETag"], first.content == second.content) == (True, False)
    SignatoryFactory(letter=letter, listed=True)
    clock[0] += 10
    assert client.get(url("signatories_json", letter))["ETag"] != first["ETag"]


# --- Feed and sitemap ---


def read_feed(client):
    return ElementTree.fromstring(client.get(url("feed")).content)


def names(client):
    return [one.text.partition(":letters/")[2] for one in read_feed(client).findall(f"{ATOM}entry/{ATOM}id")]


def amended(letter, number, digest=""):
    letter.texts.update(title=f"Amended {number}")
    revision = RevisionFactory(letter=letter, number=number, cause="amended", **({"digest": digest} if digest else {}))
    previous = letter.revisions.get(number=number - 1)
    facts = {"weight": "typographic", "proposed": "typographic", "made_by": UserFactory()}
    return Amendment.objects.create(letter=letter, previous=previous, revision=revision, **facts)


def test_feed_tells_what_happened_to_letters(client):
    LetterFactory(slug="draft")
    OpenLetterFactory(slug="later", opens_at=timezone.now() + timedelta(hours=1))
    letter = OpenLetterFactory(slug="bridge", opens_at=timezone.now() - timedelta(days=2))
    amended(letter, 2)
    amended(letter, 3, digest=letter.revisions.get(number=2).digest)  # typeset anew
    Letter.objects.filter(pk=letter.pk).update(status="closed", closed_at=timezone.now())
    assert names(client) == ["bridge/closed", "bridge/amended/2", "bridge/opened"]


def test_feed_does_not_move_by_what_is_not_public(client, letter):
    before = client.get(url("feed")).content, client.get(url("sitemap")).content
    SignatoryFactory(letter=letter, listed=True, visibility="counted")
    SignatoryFactory(letter=letter, confirmed=True)
    assert (client.get(url("feed")).content, client.get(url("sitemap")).content) == before


def test_feed_has_the_title_in_the_language_of_its_reader(letter):
    TextFactory(letter=letter, language="fr", is_authentic=False, title="Pour le pont")
    with translation.override("fr"):
        (entry,) = publishing.entries(timezone.now())
    assert entry.title.endswith("Pour le pont")
    assert entry.url == f"http://127.0.0.1:8000/letters/{letter.slug}/in/fr/"


def test_sitemap_has_the_letters_in_their_languages(client, letter):
    TextFactory(letter=letter, language="fr", is_authentic=False, title="Pour le pont")
    LetterFactory(slug="draft")
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    locations = [one.text for one in ElementTree.fromstring(client.get(url("sitemap")).content).iter(f"{space}loc")]
    paths = ["/", f"/letters/{letter.slug}/", f"/letters/{letter.slug}/in/fr/"]
    assert locations == [f"http://127.0.0.1:8000{path}" for path in paths]


def test_robots_are_shown_the_sitemap_and_kept_from_nothing_public(client, letter):
    lines = client.get(url("robots")).content.decode().splitlines()
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in lines
    closed = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")]
    assert closed == ["/desk/", "/accounts/", "/admin/"]


def test_few_queries_however_many_letters(client, django_assert_max_num_queries):
    for _ in range(5):
        amended(OpenLetterFactory(), 2)
    for page in ("feed", "sitemap"):
        with django_assert_max_num_queries(7):
            client.get(url(page))


def test_state_of_a_letter_on_a_paused_site(letter):
    from campaigns import pausing

    pausing.start(reason="A test", by=UserFactory())
    assert publishing.state_of(letter) == "paused"
