"""How long pages of the vetting desk and of the coordinators' desk take on a large site: `python -m bench.desk`.

A new PostgreSQL is filled (bench.crowd), and each page asked for by Django's own client with production settings, so
what is measured is the server's work without the network. One JSON object on standard output: by page the number of
queries, and milliseconds in the middle and at worst; what is slower than LIMIT is named under "slow". TEST_DATABASE_URL
uses a server that runs already.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from django.urls import reverse

from bench import site

if TYPE_CHECKING:
    from django.test import Client

LIMIT = 300  # milliseconds
QUEUE = "admin:signatories_signatory_changelist"
LOOK = "admin:signatories_invalidation_look"
REGISTER = "admin:signatories_organization_changelist"
ROUNDS = 7
GIVE_UP = 5.0  # seconds after which a page is not asked for again


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.desk", description=__doc__.partition("\n")[0])
    parser.add_argument("--signatories", type=int, default=50_000, help="of the largest letter, and of each other")
    parser.add_argument("--letters", type=int, default=10)
    arguments = parser.parse_args()
    with site.alone():
        print(json.dumps(_measured(arguments), indent=1))


def _measured(arguments: argparse.Namespace) -> dict:
    from bench import crowd

    start = time.monotonic()
    crowd.fill(arguments.signatories, arguments.letters)
    seconds = time.monotonic() - start
    print(f"filled in {seconds:.0f} s", file=sys.stderr)
    pages = {name: _timed(name, ask) for name, ask in _pages()}
    slow = [name for name, page in pages.items() if page["median_ms"] > LIMIT]
    return {
        "signatories": arguments.signatories * arguments.letters,
        "in_one_letter": arguments.signatories,
        "pages": pages,
        "slow": slow,
    }


@dataclass
class Asked:
    """What the database was asked: milliseconds and SQL without its values."""

    questions: list[tuple[float, str]]

    def __call__(self, execute, sql, params, many, context):
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.questions.append(((time.perf_counter() - start) * 1000, sql))


def _timed(name: str, ask: Callable) -> dict:
    """Asked once to warm up, which shows what is only slow the first time, then so often as it takes."""
    from django.db import connection

    asked = Asked([])
    with connection.execute_wrapper(asked):
        first = _once(ask)
    milliseconds: list[float] = []
    began = time.process_time()
    while len(milliseconds) < ROUNDS and (first < GIVE_UP * 1000 or not milliseconds):
        milliseconds.append(_once(ask) if first < GIVE_UP * 1000 else first)
    found = {
        "queries": len(asked.questions),
        "first_ms": round(first, 1),
        "median_ms": round(median(milliseconds), 1),
        "worst_ms": round(max(milliseconds), 1),
        "processor_ms": round((time.process_time() - began) * 1000 / len(milliseconds), 1),  # Python's own
    }
    if found["median_ms"] > LIMIT:
        for took, sql in sorted(asked.questions, reverse=True)[:2]:
            print(f"  {took:.0f} ms: {sql[:1500]}", file=sys.stderr)
    print(f"{name:<40} {found}", file=sys.stderr)
    return found


def _once(ask: Callable) -> float:
    start = time.perf_counter()
    response = ask()
    took = (time.perf_counter() - start) * 1000
    if response.status_code != 200:
        raise site.DoesNotAnswer(f"{response.status_code} {response.headers.get('Location', '')}")
    return took


def _signed_in(user) -> Client:
    """A browser of the user, who has shown the second step of vetters."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.test import Client

    from campaigns import second_factor

    TOTP.activate(user, generate_totp_secret())
    client = Client(headers={"host": site.HOST, "x-forwarded-proto": "https"})
    client.force_login(user)
    session = client.session
    session[second_factor.SHOWN_BY] = user.pk
    session.save()
    return client


def _pages() -> Iterator[tuple[str, Callable]]:
    """Each page by a name, and how it is asked for."""
    from campaigns.models import Campaign, Membership, User
    from letters.models import Letter

    letter, campaign = Letter.objects.get(slug=site.SLUG), Campaign.objects.get()
    user = User.objects.create_superuser("chief@coalition.example", None)
    Membership.objects.create(user=user, campaign=campaign, role="owner")
    browser = Browser(_signed_in(user))
    yield from _vetting_pages(browser, letter)
    yield from _sheets(browser, letter)
    yield from _other_pages(browser, letter, campaign)


@dataclass
class Browser:
    client: Client

    def get(self, page: str, *args: object, **query: str) -> Callable:
        address = reverse(page, args=args)
        return lambda: self.client.get(address, query, secure=True)

    def post(self, page: str, data: dict[str, object], **query: str) -> Callable:
        address = reverse(page, query=query)
        return lambda: self.client.post(address, data, secure=True)


def _vetting_pages(browser: Browser, letter) -> Iterator[tuple[str, Callable]]:
    def queue(**query: str) -> Callable:
        return browser.get(QUEUE, **query)

    of_letter, sought = str(letter.pk), _sought(letter)
    yield "vetting: home", browser.get("admin:index")
    yield "vetting: queue", queue()
    yield "vetting: queue, second page", queue(p="2")
    yield "vetting: queue of one letter", queue(letter=of_letter)
    yield "vetting: all states", queue(state="all")
    yield "vetting: listed", queue(state="listed")
    yield "vetting: one letter, all states", queue(letter=of_letter, state="all")
    yield "vetting: declined, one country", queue(state="declined", country="KE")
    yield "vetting: listed, by name withheld", queue(state="listed", country="withheld")
    yield "vetting: older than three days", queue(age="old")
    yield "vetting: free providers, all states", queue(state="all", mail="free")
    yield "vetting: held", queue(state="all", held="now")
    yield "vetting: search by name", queue(state="all", q=sought.name)
    yield "vetting: search by half a word", queue(state="all", q=sought.name[:6].lower())
    yield "vetting: search, nothing found", queue(state="all", q="zzzzqq")
    yield "vetting: search by name in a letter", queue(state="all", letter=of_letter, q=sought.name)
    yield "vetting: search by e-mail", queue(state="all", q=sought.contact_email)


def _sheets(browser: Browser, letter) -> Iterator[tuple[str, Callable]]:
    from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME

    def sheet(one) -> Callable:
        return browser.get("admin:signatories_signatory_change", one.pk)

    waiting = letter.signatories.awaiting_vetting()
    fifty = [str(pk) for pk in waiting.values_list("pk", flat=True)[:50]]
    yield "vetting: sheet, to be checked", sheet(waiting.public()[0])
    yield "vetting: sheet, listed", sheet(_sought(letter))
    yield "vetting: sheet, name withheld", sheet(waiting.withheld()[0])
    yield (
        "vetting: approve fifty, the page before",
        browser.post(QUEUE, {"action": "approve", ACTION_CHECKBOX_NAME: fifty}),
    )
    every = {"action": "decline", "select_across": "1", ACTION_CHECKBOX_NAME: fifty}
    of_letter = {"state": "listed", "letter": str(letter.pk)}
    yield "vetting: decline 5,000, the page before", browser.post(QUEUE, every, **of_letter)
    rule = {"letter": str(letter.pk), "states": ["pending", "confirmed", "listed"]}
    yield "vetting: a cohort of the whole letter", browser.post(LOOK, rule)
    yield "vetting: a cohort of all from busy places", browser.post(LOOK, rule | {"busy": "2"})
    yield "vetting: register", browser.get(REGISTER)
    yield "vetting: register, search", browser.get(REGISTER, q=_sought(letter).name)


def _other_pages(browser: Browser, letter, campaign) -> Iterator[tuple[str, Callable]]:
    yield "vetting: cohorts", browser.get("admin:signatories_invalidation_changelist")
    yield "admin: journal", browser.get("admin:campaigns_journalentry_changelist")
    yield "admin: outbox", browser.get("admin:campaigns_mail_changelist")
    yield "admin: campaigns", browser.get("admin:campaigns_campaign_changelist")
    yield "admin: users", browser.get("admin:campaigns_user_changelist")
    yield "desk: home", browser.get("campaigns:desk")
    yield "desk: campaign", browser.get("campaigns:campaign", campaign.slug)
    yield "desk: overview", browser.get("letters:overview", letter.slug)
    yield "desk: sign-ons", browser.get("letters:signatories", letter.slug)
    yield "desk: sign-ons, listed", browser.get("letters:signatories", letter.slug, state="listed")
    yield "desk: sign-ons, to check", browser.get("letters:signatories", letter.slug, state="to_check")


def _sought(letter):
    """One from the middle of the first thousand on the public roll."""
    listed = letter.signatories.listed().public()
    return listed[len(listed.values_list("pk")[:1000]) // 2]


if __name__ == "__main__":
    main()
