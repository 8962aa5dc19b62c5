"""What the public pages weigh on the first visit: `python -m bench.weight`.

One JSON object on standard output: for each page the bytes that came over the wire and the requests that were made,
in Chromium with script, by production settings under gunicorn, for an open letter with 750 names.

* form: the sign-on form. letter_750: the letter's page. confirm_cold: the page behind the link in the mail. Each with
  an empty cache, as on the first visit.
* confirm: the same page for a browser that has seen the form, as whoever confirms has: the style sheet is there.

Bytes are those of the answers, compressed as sent, with their headers: `encodedDataLength` of the browser's own
protocol, over HTTP/1.1 and without encryption. HTTP/2 packs headers smaller; TLS adds a few kilobytes once. Requests
are all that left the browser: redirects, style sheets, whatever those load, and the icon (/favicon.ico, if the page
names none), which is fetched here where the browser does not. What came out of the cache or stands in the page as
`data:` made no request. Asking another host than the page's own is an error.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench import seeding, site
from config import keys
from tools.services import find_chromium

NAMES = 750
BUDGETS = {  # of compressed bytes, and of requests where there is one
    "form": {"bytes": 20_480, "requests": 3},
    "letter_750": {"bytes": 35_840},
    "confirm": {"bytes": 6_144},
}
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--disable-gpu"]
QUIET += ["--disable-quic", "--disable-sync", "--no-first-run"]
UNUSED = ["admin", "flags", "django_prose_editor"]  # long to pack; with one of them a public page would not come out
ICON = "document.querySelector('link[rel~=icon]')?.href ?? '/favicon.ico'"


class AsksElsewhere(Exception):
    """A page made the browser ask another host."""


@dataclass(frozen=True)
class View:
    """What one look at a page made go over the wire: each address asked for, with the bytes of its answer."""

    answers: list[tuple[str, int]]

    @property
    def requests(self) -> int:
        return len(self.answers)

    @property
    def bytes(self) -> int:
        return sum(size for _, size in self.answers)

    @property
    def hosts(self) -> set[str]:
        return {urlsplit(address).netloc for address, _ in self.answers}


class Wire:
    """Notes what a page in the browser asks for and gets, from now on."""

    def __init__(self, page: Page) -> None:
        self.answers: list[tuple[str, int]] = []
        self._asked: dict[str, str] = {}
        self._cached: set[str] = set()
        protocol = page.context.new_cdp_session(page)
        protocol.on("Network.requestWillBeSent", self._asks)
        protocol.on("Network.requestServedFromCache", lambda event: self._cached.add(event["requestId"]))
        protocol.on("Network.responseReceived", self._hears)
        protocol.on("Network.loadingFinished", lambda event: self._got(event["requestId"], event["encodedDataLength"]))
        protocol.on("Network.loadingFailed", lambda event: self._got(event["requestId"], 0))
        protocol.send("Network.enable")

    def _asks(self, event: dict[str, Any]) -> None:
        if "redirectResponse" in event:
            self._got(event["requestId"], event["redirectResponse"]["encodedDataLength"])
        if not event["request"]["url"].startswith("data:"):
            self._asked[event["requestId"]] = event["request"]["url"]

    def _hears(self, event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache"):
            self._cached.add(event["requestId"])

    def _got(self, request: str, size: float) -> None:
        address = self._asked.pop(request, None)
        if address and request not in self._cached:
            self.answers.append((address, int(size)))


def look(context: BrowserContext, address: str) -> View:
    """Open the page in a new tab; and its icon, which not every browser without a window asks for."""
    page = context.new_page()
    wire = Wire(page)
    page.goto(address, wait_until="networkidle")
    icon = urljoin(address, page.evaluate(ICON))
    if not icon.startswith("data:"):
        page.goto(icon, wait_until="networkidle")
    page.close()
    icons = [answer for answer in wire.answers if answer[0] == icon]
    return View([answer for answer in wire.answers if answer[0] != icon] + icons[:1])


def launch(stack: ExitStack) -> Browser:
    executable = find_chromium()
    if not executable:
        sys.exit("no Chromium found; CHROMIUM=/path/to/it names one")
    arguments = QUIET + (["--no-sandbox"] if os.geteuid() == 0 else [])
    playwright = stack.enter_context(sync_playwright())
    return playwright.chromium.launch(executable_path=executable, args=arguments)


def main() -> None:
    with ExitStack() as stack:
        web, confirm = serve(stack)
        browser = launch(stack)
        here = f"http://127.0.0.1:{web.port}"
        form = f"{here}/letters/{site.SLUG}/sign/"
        roads = {
            "form": [form],
            "letter_750": [f"{here}/letters/{site.SLUG}/"],
            "confirm": [form, f"{here}{confirm}"],
            "confirm_cold": [f"{here}{confirm}"],
        }
        print(json.dumps({name: measure(browser, name, road) for name, road in roads.items()}))


def measure(browser: Browser, name: str, road: list[str]) -> dict[str, int]:
    """The last page of the road, walked by a browser that has seen nothing before."""
    context = browser.new_context(extra_http_headers={"X-Forwarded-Proto": "https"})
    view = [look(context, address) for address in road][-1]
    context.close()
    if others := view.hosts - {urlsplit(road[-1]).netloc}:
        raise AsksElsewhere(f"{name}: {', '.join(sorted(others))}")
    for address, size in view.answers:
        print(f"{name}: {size:6,} {urlsplit(address).path[:40]}", file=sys.stderr)
    return {"bytes": view.bytes, "requests": view.requests}


def serve(stack: ExitStack) -> tuple[site.Web, str]:
    """The site with its letter, and the path of a link to confirm; embedded, as the bytes are the same at scale."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    os.environ.update(environment(folder))
    import django
    from django.core.management import call_command
    from django.urls import reverse

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=UNUSED)
    seeding.seed(NAMES)
    web = stack.enter_context(site.Web("config.wsgi", dict(os.environ)))
    return web, reverse("signatories:confirm", args=[seeding.confirmation_token()])


def environment(folder: Path) -> dict[str, str]:
    """As in production, behind a proxy that speaks HTTPS; what is not of this run is blanked."""
    return {
        **keys.make(),
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "VAR_DIR": str(folder / "var"),
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "EMAIL_URL": "smtp://127.0.0.1:9",  # no worker runs, so nothing is sent
        "DEBUG": "0",
        "SITE_URL": f"https://{site.HOST}",
        "ALLOWED_HOSTS": f"{site.HOST},127.0.0.1",
        "TRUSTED_PROXY_COUNT": "1",
    }


if __name__ == "__main__":
    main()
