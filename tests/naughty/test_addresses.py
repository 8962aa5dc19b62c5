"""Naughty strings in addresses: in what stands behind the “?” of every page, and in place of a link's secret."""

import os
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.naughty.reading import Page, kinds, outside, strange
from tests.naughty.strings import BIG_LIST, OWN
from tests.naughty.world import World, pages
from tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.battery, pytest.mark.timeout(1800)]

ALL = bool(os.environ.get("NAUGHTY"))
PARTS = 20 if ALL else 1
ASKED = (
    *("as", "by", "campaign", "form", "format", "in", "maxheight", "maxwidth", "new", "next", "o", "old", "on", "p"),
    *("page", "q", "round", "show", "state", "text", "url"),
)  # whatever a view of ours reads there, and what the admin does
FINE = {200, 302, 404, 405, 501}  # the last one is oEmbed's, of a format that it does not know
ADMIN = ["signatories_signatory_changelist", "index"]


@pytest.fixture(scope="module")
def visited(django_db_setup, django_db_blocker):
    """(client, address, kinds of what the page consists of) of all pages."""
    with django_db_blocker.unblock(), transaction.atomic():
        world, member = World(), Client()
        sign_in(member, world.owner, with_second_factor=True)
        found = []
        for public, client in ((True, Client()), (False, member)):
            for _, url in world.addresses([one for one in pages(public=public) if ".pdf" not in one[1]]):
                found.append((client, url.partition("?")[0]))
        found += [(member, reverse(f"admin:{name}")) for name in ADMIN]
        shown = [(client, url) for client, url in dict.fromkeys(found) if client.get(url).status_code == 200]
        yield [(*one, known(*one)) for one in [*shown, (Client(), reverse("letters:oembed"))]]
        transaction.set_rollback(True)


def known(client, url):
    answers = [client.get(url, dict.fromkeys(ASKED, plain)) for plain in ("", "plain", "1", "all", "text", "country")]
    answers += [client.get(url, {"q": "plain\0"}), client.get(url)]  # the admin says on its next page what was wrong
    return kinds(*(Page.of(one.content.decode()) for one in answers if is_page(one)))


def is_page(answer):
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html")


def wrong_with(client, url, looks, typed):
    answer = client.get(url, dict.fromkeys(ASKED, typed))
    if answer.status_code not in FINE:
        return [(url, typed, answer.status_code)]
    if not is_page(answer):
        return []
    page = Page.of(answer.content.decode())
    found = strange(page, looks)
    if len(typed.strip()) >= 8:
        found += outside(page, typed.strip())
    return [(url, typed, one) for one in found]


@pytest.mark.parametrize("part", range(PARTS))
def test_naughty_questions_break_no_page(visited, part):
    assert len(visited) > 60
    found, sent = [], 0
    for number, typed in list(enumerate([*OWN.values(), *BIG_LIST]))[part::PARTS]:
        for client, url, looks in visited if ALL else visited[number % 37 :: 37]:
            found += wrong_with(client, url, looks, typed[:2000])
            sent += 1
    assert (found, sent > (35_000 if ALL else 800) // PARTS) == ([], True)


def test_naughty_secrets_open_nothing(visited):
    client, found = Client(), []
    routes = [name for name, route in pages(public=True) if ":token>" in route]
    assert len(routes) > 12
    for number, typed in enumerate([*OWN.values(), *BIG_LIST]):
        for name in routes if ALL else routes[number % len(routes) :][:1]:
            path = reverse(name, args=["token"]).replace("token", quote(typed[:300], safe=""), 1)
            answers = [client.get(path), client.post(path, {"choice": "confirm"})]
            found += [(name, typed, one.status_code) for one in answers if one.status_code not in FINE]
    assert found == []


@pytest.mark.parametrize("leak", ["<i>{}</i>", "{}"])
def test_a_page_that_trusts_an_address_would_be_noticed(visited, leak, monkeypatch):
    client, url, looks = next(one for one in visited if one[1].endswith("/signatories/") and one[2])
    typed = "River Watch and others"
    assert wrong_with(client, url, looks, typed) == []
    honest = client.get

    def leaking(*args, **more):
        answer = honest(*args, **more)
        answer.content = answer.content.replace(b"</main>", leak.format(typed).encode() + b"</main>")
        return answer

    monkeypatch.setattr(client, "get", leaking)
    assert wrong_with(client, url, looks, typed) != []
