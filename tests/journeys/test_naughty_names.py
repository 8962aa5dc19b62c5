"""All naughty names at once in a browser with script: nothing of them runs, loads, or becomes an element."""

import os
from urllib.parse import urlsplit

import pytest
from django.conf import settings as site_settings
from django.test import Client
from django.urls import reverse

from signatories.forms import SignOnForm
from signatories.models import Line, Token
from tests.factories import SignatoryFactory
from tests.naughty import naive_pages
from tests.naughty.lines import Names, taken
from tests.naughty.strings import BIG_LIST, OWN, STRINGS
from tests.naughty.world import World, pages
from tests.signing_in import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

LISTEN = """
    window.refused = [];
    document.addEventListener("securitypolicyviolation", event => window.refused.push(
        `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""
MADE_OF_NAMES = """() => {
    const handlers = "[onload], [onerror], [onfocus], [onmouseover]";
    const made = [...document.querySelectorAll(`bdi *, textarea *, option *, ${handlers}`)];
    const data = ["application/json", "speculationrules"];
    const scripts = [...document.scripts].filter(one => !one.src && !data.includes(one.type));
    return [...made, ...scripts].map(one => one.outerHTML.slice(0, 200));
}"""
HOSTILE = [one for one in OWN.values() if "<" in one or "javascript:" in one or "\u202e" in one]
TYPED = ("name", "acronym", "second_name", "reading", "contact_name", "contact_role")


class Watch:
    """What a page does that it should not."""

    def __init__(self, context, host):
        self.context, self.host, self.found = context, host, []
        context.add_init_script(LISTEN)
        self.page = context.new_page()
        self.page.set_default_timeout(60_000)
        self.page.on("dialog", self._dialog)
        self.page.on(
            "console", lambda message: message.type == "error" and self.found.append(("console", message.text))
        )
        self.page.on("pageerror", lambda error: self.found.append(("error", str(error))))
        self.page.on("request", self._request)

    def _dialog(self, dialog):
        self.found.append(("dialog", dialog.message))
        dialog.dismiss()

    def _request(self, request):
        if urlsplit(request.url).netloc not in {self.host, ""}:
            self.found.append(("request", request.url))

    def look(self, address):
        self.page.goto(address)
        self.also()

    def also(self):
        self.page.wait_for_load_state("load")
        self.found += [("refused", one) for one in self.page.evaluate("window.refused")]
        self.found += [("element", one) for one in self.page.evaluate(MADE_OF_NAMES)]


@pytest.fixture
def world(settings, plain_static_files):
    settings.ROOT_URLCONF = "tests.naughty.naive_pages"
    return World()


@pytest.fixture
def watch(browser, live_server, world):
    context = browser.new_context(base_url=live_server.url)
    client = Client()
    sign_in(client, world.owner, with_second_factor=True)
    cookie = client.cookies[site_settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": site_settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    yield Watch(context, urlsplit(live_server.url).netloc)
    context.close()


def put_hostile_rows(world, **more):
    """Rows with words as they are, also those that no form takes: they may be in the rows of old."""
    for number, text in enumerate(HOSTILE):
        line = Line(text, text[:30], "KE", second_name=text, affiliation="")
        contact = {"contact_name": text, "contact_role": text, "identity_hash": f"hostile {number}"}
        SignatoryFactory(letter=world.letter, line=line, **contact, **more)


def about(signatory):
    """The sheet that a vetter sees of it, and its own pages."""
    mine = Token.objects.mine(signatory).secret
    own = [reverse(f"signatories:{page}", args=[mine]) for page in ("mine", "correct", "holdings")]
    return [reverse("admin:signatories_signatory_change", args=[signatory.pk]), *own]


def test_pages_made_of_hostile_names_run_nothing(watch, world):
    """All hostile names on one letter, on each kind of page that shows names."""
    put_hostile_rows(world, listed=True, decided_by=world.owner)
    slug = world.letter.slug
    named = ("letter", "roll", "embed", "signatories")
    addresses = [reverse(f"letters:{name}", args=[slug]) for name in named]
    addresses += [f"/ar{addresses[0]}", reverse("admin:signatories_signatory_changelist") + "?state=all"]
    addresses += about(world.letter.signatories.get(name=OWN["ends everything"]))
    for address in addresses:
        watch.look(address)
        assert watch.page.locator("bdi").filter(has_text="</bdi></li></ul>").count(), address
    assert watch.found == []


@pytest.mark.battery
def test_pages_full_of_naughty_names_run_nothing(watch, world):
    names = Names(STRINGS if os.environ.get("NAUGHTY") else [*OWN.values(), *BIG_LIST[::5]])
    names.put(world.letter, world.owner, naughty=True)
    put_hostile_rows(world, confirmed=True)
    client = Client()
    sign_in(client, world.owner, with_second_factor=True)
    named = [one for public in (True, False) for one in pages(public=public) if ":token>" not in one[1]]
    asked = [(url, client.get(url)) for _, url in world.addresses(named)]
    addresses = [url for url, page in asked if page.status_code == 200 and page["Content-Type"].startswith("text/html")]
    admin = reverse("admin:signatories_signatory_changelist")
    addresses += [admin, f"{admin}?p=2", f"{admin}?state=all&p=9"]
    for signatory in world.letter.signatories.filter(status="confirmed").order_by("-signed_at")[:12]:
        addresses += about(signatory)
    for address in dict.fromkeys(addresses):
        watch.look(address)
    assert (watch.found, len(set(addresses)) > 60) == ([], True)


def is_taken(words):
    return all(taken(SignOnForm, name, cut(name, words)) for name in TYPED)


def cut(name, words):
    return words[:30] if name == "acronym" else words


def send_hostile_words(watch, world, step):
    """Six words in six fields at once, those that the form takes and those it refuses; with step 1, each in each field.

    Returns how often the form came again, and how often the page of answers to check."""
    shown = {"taken": 0, "refused": 0}
    good = [words for words in HOSTILE if is_taken(words)]
    bad = [words for words in HOSTILE if words not in good]
    for words in (good, bad):
        for first in range(0, len(words), step):
            watch.page.goto(reverse("signatories:sign", args=[world.letter.slug]))
            watch.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            for number, name in enumerate(TYPED):
                watch.page.locator(f"[name={name}]").fill(cut(name, words[(first + number) % len(words)]))
            watch.page.locator("[name=country]").select_option("KE")
            watch.page.locator("[name=scope]").first.check()
            watch.page.locator("[name=contact_email]").fill("ama@river.example")
            watch.page.locator("[name=attested]").check()
            watch.page.get_by_role("button", name="Continue").click()
            watch.also()
            shown["taken" if watch.page.locator(".printed-line").count() else "refused"] += 1
    return shown


@pytest.mark.parametrize("step", [len(TYPED), pytest.param(1, marks=pytest.mark.battery)])
def test_form_shows_hostile_words_again_and_runs_nothing(watch, world, step):
    """Refused or taken: on the form that says why, and on the page of answers to check."""
    shown = send_hostile_words(watch, world, step)
    assert watch.found == []
    assert min(shown.values()) > 0


def test_names_taken_for_markup_would_be_noticed(watch):
    """The control: what the site's policy refuses is counted, and what runs without it, too."""
    naive_pages.words[:] = ["<img src=x:x onerror=\"alert('naughty')\">", "<bdi><b>River</b></bdi>"]
    watch.look("/naive/guarded/")
    assert {kind for kind, _ in watch.found} >= {"refused", "element", "console"}
    assert "dialog" not in {kind for kind, _ in watch.found}
    watch.found.clear()
    watch.look("/naive/open/")
    watch.page.wait_for_timeout(500)
    assert ("dialog", "naughty") in watch.found
