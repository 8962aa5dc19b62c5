"""Every mail with made-up facts, for the page that shows them all. Each writer's module says what is in its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from campaigns.outbox import Message, Writer
from campaigns.writing import shows
from letters.document import RollLine
from letters.models import Edition
from signatories import countries
from signatories.emails.facts import Facts, address
from signatories.emails.kinds import OPTIONAL
from signatories.models import Line
from signatories.receipts import Receipt

TOKEN = "Xk3v9mQ2-example-of-a-link-0aZ7_tYw8Rr1Bn5Ec"  # noqa: S105 - opens nothing


LETTER = f"{settings.SITE_URL}/letters/bridge-over-the-lind/"


def link(page: str) -> str:
    return address(page, TOKEN)


def soon(days: int = 7) -> datetime:
    return timezone.now().replace(hour=16, minute=0) + timedelta(days=days)


def facts() -> Facts:
    return Facts(
        line=Line("Amigas del Río Lind", "ADRL", "CO", second_name="Friends of the River Lind"),
        country=countries.name("CO", settings.LANGUAGE_CODE),
        contact_name="Ana María Rojas",
        title="For the bridge over the Lind",
        campaign="Bridges for All",
        campaign_address="team@bridges.example",
        letter_url=LETTER,
        link=link("mine"),
        zone="America/Bogota",
    )


def receipt(edition: Edition) -> Receipt:
    """Of an edition that a made-up signatory stands in."""
    line = facts().line
    return Receipt(
        edition,
        settings.LANGUAGE_CODE,
        "public",
        edition.as_of,
        line=RollLine(line.name, line.acronym, line.second_name),
        heading=countries.name(line.country, settings.LANGUAGE_CODE),
        number=231,
        place=231,
        of=767,
    )


def sampled(writer: Writer, when: Any, said: Callable[[Facts], Message], *, page: str = "mine") -> None:
    """Show the mail in its two forms; `when` says in a sentence what makes the site send it, `page` where it leads."""

    def forms() -> dict[str, Message]:
        to = replace(facts(), link=link(page))
        if writer.__name__ in OPTIONAL:
            to = replace(to, unsubscribe=link("unsubscribe"))
        return {"": said(to), "opaque": said(replace(to, is_withheld=True))}

    shows(writer, when=when)(forms)
