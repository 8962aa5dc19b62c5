"""Every naughty name that the forms take, into every page and table of a letter, beside the same with plain names.

All names stand on one letter, among neighbours; only what is somebody's own words may differ, and each has to be whole.
"""

import csv
import io
import json
import re
from collections import Counter
from contextlib import suppress
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, reverse

from config import languages
from tests.naughty.lines import NEIGHBOURS, NOW, TOKEN
from tests.naughty.reading import Page, differences, kinds, outside, strange
from tests.naughty.world import World, pages
from tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.battery, pytest.mark.timeout(1800)]

PLACES = re.compile("[\u2066-\u2069]")


def get(client, url):
    response = client.get(url)
    return response.status_code, response.get("Content-Type", "").partition(";")[0], b"".join(response)


def is_prefixed(url):
    with suppress(Resolver404):
        return bool(languages.found(url.partition("?")[0]))


@pytest.fixture(scope="module")
def both(names, django_db_setup, django_db_blocker):
    """All pages about the letter by address, with plain names and with naughty ones: (plain, naughty)."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():
        world = World()
        member = Client()
        sign_in(member, world.owner, with_second_factor=True)
        everyone = [name for name in pages(public=True) if ":token>" not in name[1]]
        ours = [name for name in pages(public=False) if ":token>" not in name[1] and ".pdf" not in name[1]]
        addresses = [(Client(), url) for _, url in world.addresses(everyone)]
        addresses += [(Client(), f"/ar{url}") for _, url in world.addresses(everyone) if is_prefixed(f"/ar{url}")]
        addresses += [(member, url) for _, url in world.addresses(ours)]
        admin = reverse("admin:signatories_signatory_changelist")
        addresses += [(member, f"{admin}?state=all&{more}") for more in ("p=1", "p=2", "p=9", "q=a")]
        shown = []
        for naughty in (False, True):
            with transaction.atomic():
                names.put(world.letter, world.owner, naughty=naughty)
                shown.append({url: get(client, url) for client, url in dict.fromkeys(addresses)})
                transaction.set_rollback(True)
        yield world, {url: (shown[0][url], shown[1][url]) for url in shown[0]}
        transaction.set_rollback(True)


def about_the_letter(both, kind):
    """Pages of a media type on which the plain names stand."""
    _, shown = both
    return {
        url: (plain[2].decode(), naughty[2].decode())
        for url, (plain, naughty) in shown.items()
        if plain[1] == kind and TOKEN.search(plain[2].decode())
    }


def leaves(value):
    if isinstance(value, dict):
        return [leaf for key in value for leaf in leaves(value[key])]
    return [leaf for one in value for leaf in leaves(one)] if isinstance(value, list) else [value]


def test_the_forms_take_enough_of_them(names):
    assert len(names.rows) > 500
    assert len([row for row in names.rows if row[0] == "individual"]) > 150


def test_no_page_breaks(both):
    _, shown = both
    assert [(url, naughty[0]) for url, (plain, naughty) in shown.items() if plain[0] != naughty[0]] == []
    broken = {url: plain[0] for url, (plain, _) in shown.items() if plain[0] not in {200, 302, 404, 405, 503}}
    assert broken == {}


def test_all_that_is_made_of_names_is_looked_at(both):
    """What a page shows of it is compared below; a new kind of output has to be added here, and to be compared."""
    found = {
        (plain[1], languages.found(url.partition("?")[0]).view_name)
        for url, (plain, _) in both[1].items()
        if TOKEN.search(plain[2].decode(errors="replace"))
    }
    assert found == {
        ("application/json", "letters:signatories_json"),
        ("text/csv", "letters:signatories_csv"),
        ("text/plain", "letters:signatories_txt"),
        ("text/html", "letters:letter"),
        ("text/html", "letters:letter_in"),
        ("text/html", "letters:roll"),
        ("text/html", "letters:embed"),
        ("text/html", "letters:signatories"),
        ("text/html", "admin:signatories_signatory_changelist"),
    }
    kinds = {plain[1] for plain, _ in both[1].values() if plain[0] == 200}
    assert kinds >= {"image/png", "application/atom+xml", "application/xml", "text/xml"}  # no name stands there


def test_pages_differ_in_names_alone(both, names):
    found = about_the_letter(both, "text/html")
    public = {url: both_pages for url, both_pages in found.items() if "/admin/" not in url}
    assert {re.search("<html[^>]*>", plain)[0].partition("dir=")[2][1:4] for plain, _ in public.values()} >= {"rtl"}
    wrong = {}
    for url, (plain, naughty) in public.items():
        one, other = Page.of(plain), Page.of(naughty)
        if "/desk/" in url:  # sorted by the database as it sorts, so that rows of another shape change places
            for page in (one, other):
                page.tags.sort(), page.words.sort()
        if differing := differences(one, other, names.renamed):
            wrong[url] = differing
    assert wrong == {}


def test_neighbours_keep_their_lines_and_places(both):
    wrong = []
    for url, (plain, naughty) in about_the_letter(both, "text/html").items():
        ours = {line.name for line in NEIGHBOURS}
        orders = [[name for name in Page.of(html).names if name in ours] for html in (plain, naughty)]
        if "/admin/" not in url and orders[0] != orders[1]:
            wrong.append(url)
    assert wrong == []


def test_json_holds_each_name_whole(both, names):
    for plain, naughty in about_the_letter(both, "application/json").values():
        assert Counter(map(names.renamed, map(str, leaves(json.loads(plain))))) == Counter(
            map(str, leaves(json.loads(naughty)))
        )


def test_csv_holds_each_name_whole_and_no_formula(both, names):
    def rows(content):
        return list(csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline=""), strict=True))

    def bare(row):
        return tuple(cell.replace("'", "") for cell in row)

    found = about_the_letter(both, "text/csv")
    assert len(found) == 1
    for plain, naughty in found.values():
        assert naughty.startswith("\ufeff")
        expected = Counter(bare([names.renamed(cell) for cell in row]) for row in rows(plain))
        assert Counter(map(bare, rows(naughty))) == expected
        assert [cell for row in rows(naughty) for cell in row if cell.strip()[:1] in tuple("=+-@＝＋－＠")] == []
        neighbours = {line.name for line in NEIGHBOURS}
        assert [row for row in rows(naughty) if row[1] in neighbours] == [
            row for row in rows(plain) if row[1] in neighbours
        ]


def test_text_holds_each_name_whole_in_a_line_of_its_own(both, names):
    found = about_the_letter(both, "text/plain")
    assert len(found) == 1
    for plain, naughty in found.values():
        lines = [PLACES.sub("", line) for line in naughty.splitlines()]
        expected = [PLACES.sub("", names.renamed(line)) for line in plain.splitlines()]
        assert Counter(lines) == Counter(expected)
        neighbours = {line.name for line in NEIGHBOURS}
        kept = [[line for line in ones if line.partition(" (")[0] in neighbours] for ones in (lines, expected)]
        assert kept[0] == kept[1]


def test_text_isolates_where_directions_meet(both):
    """Every isolate is closed on its line."""
    for _, naughty in about_the_letter(both, "text/plain").values():
        assert [line for line in naughty.splitlines() if line.count("\u2068") != line.count("\u2069")] == []


def test_xml_is_well_formed(both):
    _, shown = both
    found = [naughty[2] for _, naughty in shown.values() if naughty[1].endswith("xml")]
    assert [ElementTree.fromstring(content).tag for content in found] != []


def test_vetters_see_names_and_no_markup(both, names):
    """What is alike differs with the names, so elements are compared by kind."""
    found = {url: ones for url, ones in about_the_letter(both, "text/html").items() if "/admin/" in url}
    assert len(found) == 4
    telling = [words for words in names.words.values() if len(words) >= 8]
    for url, (plain, naughty) in found.items():
        page = Page.of(naughty)
        assert strange(page, kinds(Page.of(plain))) == [], url
        assert [(url, said) for words in telling for said in outside(page, words)] == []
