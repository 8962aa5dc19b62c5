"""What the public pages weigh, and that they are whole without script, without pictures and without anybody else."""

import json
import os
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from bench import invented, weight
from signatories.models import Line
from tests.factories import OpenLetterFactory, SignatoryFactory, confirmation_token

pytestmark = pytest.mark.journey

TIME = re.compile(r"\b\d\d:\d\d\b")  # the count is as of the minute, which may pass between two looks
HEADERS = 400  # bytes; more than the answers of the little server below carry
SEEN = """() => {
  const styles = ["backgroundImage", "listStyleImage", "borderImageSource", "maskImage", "content"];
  const draws = style => styles.some(name => /url\\(/.test(style[name]));
  const parts = [null, "::before", "::after", "::marker"];
  const all = [...document.querySelectorAll("*")];
  return [
    ...document.querySelectorAll("img, picture, svg, video, object, embed, canvas, iframe"),
    ...all.filter(one => parts.some(part => draws(getComputedStyle(one, part)))),
  ].map(one => one.localName);
}"""


@pytest.mark.timeout(600)
@pytest.mark.usefixtures("browser")  # skips where there is none
def test_public_pages_keep_to_their_budgets():
    ran = subprocess.run([sys.executable, "-m", "bench.weight"], env=environment(), stdout=subprocess.PIPE, check=True)
    found = json.loads(ran.stdout)
    assert set(found) == {*weight.BUDGETS, "confirm_cold"}
    over = {
        (name, figure): found[name][figure]
        for name, budget in weight.BUDGETS.items()
        for figure, most in budget.items()
        if not 0 < found[name][figure] <= most
    }
    assert over == {}


def environment():
    """Without what the tests set for themselves."""
    return {name: value for name, value in os.environ.items() if name not in {"DJANGO_SETTINGS_MODULE", "DEBUG"}}


# --- That the scales are right ---------------------------------------------------------------------------------------


class Little(BaseHTTPRequestHandler):
    """A page with a style sheet, which may be kept; at other addresses one that has more."""

    PAGES = {
        "/": b"<!DOCTYPE html><link rel=icon href=data:,><link rel=stylesheet href=/sheet.css>" + b" " * 1000,
        "/sheet.css": b"/*" + b" " * 5000 + b"*/",
        "/no-icon": b"<!DOCTYPE html><link rel=stylesheet href=/sheet.css>",
        "/favicon.ico": b"\0" * 700,
        "/elsewhere": b"<!DOCTYPE html><link rel=icon href=data:,><img src=http://localhost:%d/picture alt=>",
        "/picture": b"\0" * 90,
        "/drawn": b"<!DOCTYPE html><style>p::before{content:url(data:,)}</style><p>a<p>b<svg></svg>",
        "/scripted": b"<!DOCTYPE html><p>a</p><script>document.body.append('b')</script>",
    }

    def do_GET(self):
        moved = self.path == "/moved"
        self.send_response(302 if moved else 200)
        body = b"" if moved else self.PAGES[self.path].replace(b"%d", str(self.server.server_port).encode())
        if moved:
            self.send_header("Location", "/")
        if self.path == "/sheet.css":
            self.send_header("Cache-Control", "max-age=600")
        types = {"/sheet.css": "text/css", "/favicon.ico": "image/x-icon", "/picture": "image/png"}
        self.send_header("Content-Type", types.get(self.path, "text/html"))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def little():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Little)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def context(browser):
    fresh = browser.new_context()
    yield fresh
    fresh.close()


def size(*paths):
    return sum(len(Little.PAGES[path]) for path in paths)


def is_about(found, requests, expected):
    return found.requests == requests and expected < found.bytes < expected + requests * HEADERS


def test_scales_count_everything_the_first_view_loads(little, context):
    assert is_about(weight.look(context, f"{little}/"), 2, size("/", "/sheet.css"))


def test_scales_count_redirects(little, context):
    assert is_about(weight.look(context, f"{little}/moved"), 3, size("/", "/sheet.css"))


def test_scales_count_the_icon_that_a_window_would_show(little, context):
    assert is_about(weight.look(context, f"{little}/no-icon"), 3, size("/no-icon", "/sheet.css", "/favicon.ico"))


def test_scales_leave_out_what_the_browser_has_already(little, context):
    weight.look(context, f"{little}/")
    assert is_about(weight.look(context, f"{little}/"), 1, size("/"))


def test_scales_see_another_host(little, browser):
    with pytest.raises(weight.AsksElsewhere, match="localhost"):
        weight.measure(browser, "page", [f"{little}/elsewhere"])


# --- Whole without script, pictures and anybody else ---------------------------------------------------------------


@pytest.fixture
def pages(live_server, plain_static_files):
    """Every public page on the road of a sign-on, for a letter that is signed already."""
    letter = OpenLetterFactory()
    for name, acronym, country in invented.lines(20, seed=2):
        SignatoryFactory(letter=letter, listed=True, line=Line(name, acronym, country))
    names = ("letters:letter", "signatories:sign", "signatories:sent")
    paths = ["/", *(reverse(name, args=[letter.slug]) for name in names)]
    paths.append(reverse("signatories:confirm", args=[confirmation_token(SignatoryFactory(letter=letter))]))
    return [f"{live_server.url}{path}" for path in paths]


# what static/js/letter.js adds, and nothing else: the reader's own time beside each deadline, and a button to copy
WITHOUT_EXTRAS = """() => document.querySelectorAll(
  "[data-own-time] time + small, textarea[data-copy] ~ button, textarea[data-copy] ~ [role=status]"
).forEach(one => one.remove())"""


def read(browser, addresses, **options):
    """What stands on each page, what is drawn on it, and all the hosts that were asked."""
    context = browser.new_context(**options)
    page, hosts = context.new_page(), set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    texts, drawn = {}, {}
    for address in addresses:
        assert page.goto(address, wait_until="networkidle").status == 200, address
        page.evaluate(WITHOUT_EXTRAS)
        texts[address] = TIME.sub("", page.locator("body").inner_text())
        drawn[address] = page.evaluate(SEEN)
    context.close()
    return texts, drawn, hosts - {""}


@pytest.mark.django_db(transaction=True)
def test_public_pages_say_the_same_without_script(browser, pages):
    (scripted, _, _), (plain, _, _) = read(browser, pages), read(browser, pages, java_script_enabled=False)
    assert min(map(len, plain.values())) > 200
    assert plain == scripted


@pytest.mark.django_db(transaction=True)
def test_public_pages_draw_nothing_so_blocked_pictures_are_not_missed(browser, pages):
    _, drawn, _ = read(browser, pages)
    assert drawn == {address: [] for address in pages}


@pytest.mark.django_db(transaction=True)
def test_public_pages_ask_no_other_host(browser, pages, live_server):
    _, _, hosts = read(browser, pages)
    assert hosts == {urlsplit(live_server.url).netloc}


def test_the_reading_sees_pictures_scripts_and_hosts(browser, little):
    """The control of the three tests above."""
    address, scripted = f"{little}/drawn", f"{little}/scripted"
    assert sorted(read(browser, [address])[1][address]) == ["p", "p", "svg"]
    assert read(browser, [scripted])[0] != read(browser, [scripted], java_script_enabled=False)[0]
    assert {host.partition(":")[0] for host in read(browser, [f"{little}/elsewhere"])[2]} == {"127.0.0.1", "localhost"}
