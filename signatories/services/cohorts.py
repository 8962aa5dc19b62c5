"""Sign-ons that have something in common: found by a rule, looked at, and proposed where a burst stands out."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any
from uuid import UUID

from django.utils import timezone

from campaigns import sources
from letters.models import Letter
from signatories.evidence import hosts
from signatories.matching import ascii_of
from signatories.models import Signatory
from signatories.models.querysets import SignatoryQuerySet

Status = Signatory.Status

ANY_REASON = "any"  # of holding
MANY = 15  # from one place or of one mail domain within two days: more than an office or a city's network enters
CROWD = 20  # in one minute: the pace of a rush (services.holding)
LULL = timedelta(minutes=2)  # between two crowded minutes of one burst
MOST_PROPOSED = 6
SAMPLES = 12
MINUTE = timedelta(minutes=1)
MAY_BE_SET_ASIDE = tuple(status for status, moves in Signatory.MOVES.items() if Status.INVALID in moves)


@dataclass(frozen=True)
class Rule:
    """What a cohort has in common; what is empty says nothing. Times are [since, until).

    `place` is the number of a source on this letter, in the order of their first sign-ons. `busy` means all places
    with at least so many. `name` may hold "*".
    """

    letter: int
    states: tuple[str, ...] = (Status.PENDING.value,)
    since: datetime | None = None
    until: datetime | None = None
    held: str = ""
    place: int = 0
    busy: int = 0
    domain: str = ""
    name: str = ""

    def as_data(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(self).items()
        }


@dataclass(frozen=True)
class Preview:
    """A cohort before it is decided on. `leaving_page`: names that the public page loses; `unsent`: mails held."""

    rule: Rule
    number: int
    states: Counter[str]
    held: int
    leaving_page: int
    leaving_count: int
    samples: list[Signatory] = field(repr=False)


@dataclass(frozen=True)
class Proposal:
    """A burst that stands out. `kind` is busy, place, domain, minutes or held; `places` counts those of "busy"."""

    kind: str
    rule: Rule
    number: int
    places: int = 0


def members(rule: Rule) -> list[UUID]:
    """The keys of those the rule finds, oldest first. What is encrypted is compared here, row by row."""
    rows = _rows(rule).order_by("signed_at", "pk")
    if not (rule.domain or rule.name):
        return list(rows.values_list("pk", flat=True))
    read = rows.with_line_only("contact_email", "visibility").iterator(chunk_size=2000)
    return [one.pk for one in read if _fits(rule, one)]


def preview(rule: Rule) -> Preview:
    """What would be set aside now. The end of the time is fixed, so that what comes later is not in it unseen."""
    rule = replace(rule, until=rule.until or timezone.now())
    keys = members(rule)
    found = Signatory.objects.filter(letter=rule.letter)
    states: Counter[str] = Counter()
    held = leaving = count = 0
    for some in batches(keys):
        chosen = found.filter(pk__in=some)
        states.update(chosen.values_list("status", flat=True))
        held += chosen.held().count()
        leaving += chosen.listed().public().count()
        count += chosen.listed().count()
    shown = keys if len(keys) <= SAMPLES else [keys[len(keys) * n // SAMPLES] for n in range(SAMPLES)]
    samples = list(found.filter(pk__in=shown).order_by("signed_at"))
    return Preview(rule, len(keys), states, held, leaving, count, samples)


def proposed(letter: Letter) -> list[Proposal]:
    """The bursts among what nobody has confirmed in the last two days, the largest first."""
    now = timezone.now()
    recent = letter.signatories.real().awaiting_confirmation().filter(signed_at__gt=now - sources.LASTS)
    rows = list(recent.order_by("signed_at").values_list("signed_at", "source", "held_because", "contact_email"))
    rule = Rule(letter.pk, since=now - sources.LASTS)
    found = [*_by_place(letter, rule, rows), *_by_domain(rule, rows), *_by_minute(rule, rows), *_by_reason(rule, rows)]
    return sorted(found, key=lambda one: -one.number)[:MOST_PROPOSED]


def place_numbers(letter: int) -> dict[str, int]:
    """Sources of a letter as vetters see them: numbered by their first sign-on, as long as they can be told apart."""
    rows = Signatory.objects.filter(letter=letter).exclude(source="").order_by("signed_at", "pk")
    return {source: number for number, source in enumerate(dict.fromkeys(rows.values_list("source", flat=True)), 1)}


def batches(keys: Iterable[UUID], size: int = 500) -> Iterator[list[UUID]]:
    remaining = iter(keys)
    while some := list(itertools.islice(remaining, size)):
        yield some


def _rows(rule: Rule) -> SignatoryQuerySet:
    rows = Signatory.objects.real().filter(letter=rule.letter, status__in=set(rule.states) & set(MAY_BE_SET_ASIDE))
    if rule.since:
        rows = rows.filter(signed_at__gte=rule.since)
    if rule.until:
        rows = rows.filter(signed_at__lt=rule.until)
    if rule.held == ANY_REASON:
        rows = rows.exclude(held_because="")
    elif rule.held:
        rows = rows.filter(held_because=rule.held)
    if rule.place:
        wanted = [source for source, number in place_numbers(rule.letter).items() if number == rule.place]
        rows = rows.filter(source__in=wanted)
    if rule.busy:
        rows = rows.filter(source__in=_busy(rule.letter, rule.busy))
    return rows


def _busy(letter: int, least: int) -> list[str]:
    """Places by all that came from there, whatever has become of it: setting some aside makes none of them calm."""
    rows = Signatory.objects.filter(letter=letter).exclude(source="").values_list("source", flat=True).order_by()
    return [source for source, number in Counter(rows).items() if number >= least]


def _fits(rule: Rule, signatory: Signatory) -> bool:
    if rule.domain and not f".{hosts.of_mail(signatory.contact_email)}".endswith(f".{rule.domain}"):
        return False
    if not rule.name:
        return True
    line, parts = signatory.line, [ascii_of(part) for part in rule.name.split("*")]
    pattern = "*".join(parts if len(parts) > 1 else ["", *parts, ""])
    return any(fnmatchcase(ascii_of(name), pattern) for name in (line.name, line.second_name, line.acronym) if name)


Row = tuple[datetime, str, str, str]  # signed_at, source, held_because, contact_email


def _by_place(letter: Letter, rule: Rule, rows: list[Row]) -> Iterator[Proposal]:
    busy = set(_busy(letter.pk, MANY))
    counts = Counter(source for _at, source, _held, _email in rows if source in busy)
    if len(counts) == 1:
        (source,) = counts
        yield Proposal("place", replace(rule, place=place_numbers(letter.pk)[source]), counts[source])
    elif counts:
        yield Proposal("busy", replace(rule, busy=MANY), counts.total(), places=len(counts))


def _by_domain(rule: Rule, rows: list[Row]) -> Iterator[Proposal]:
    counts = Counter(hosts.registrable(hosts.of_mail(email)) for _at, _source, _held, email in rows if email)
    for domain, number in counts.most_common(3):
        if number >= MANY:
            yield Proposal("domain", replace(rule, domain=domain), number)


def _by_minute(rule: Rule, rows: list[Row]) -> Iterator[Proposal]:
    counts = Counter(at.replace(second=0, microsecond=0) for at, _source, _held, _email in rows)
    crowded = sorted(minute for minute, number in counts.items() if number >= CROWD)
    while crowded:
        since = until = crowded[0]
        while crowded and crowded[0] <= until + LULL:
            until = crowded.pop(0)
        until += MINUTE
        number = sum(since <= at < until for at, _source, _held, _email in rows)
        yield Proposal("minutes", replace(rule, since=since, until=until), number)


def _by_reason(rule: Rule, rows: list[Row]) -> Iterator[Proposal]:
    for reason, number in Counter(held for _at, _source, held, _email in rows if held).items():
        yield Proposal("held", replace(rule, held=reason), number)
