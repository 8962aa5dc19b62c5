"""Sign-ons that have something in common: found by a rule, looked at, and proposed where a burst stands out."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Min, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from campaigns import sources
from signatories.evidence import hosts
from signatories.matching import ascii_of
from signatories.models import Signatory
from signatories.models.findable import domain_hash
from signatories.models.querysets import SignatoryQuerySet
from signatories.models.vocabulary import Visibility

Status = Signatory.Status

ANY_REASON = "any"  # of holding
MANY = 15  # from one place or of one mail domain within two days: more than an office or a city's network enters
CROWD = 20  # in one minute: the pace of a rush (services.holding)
LULL = timedelta(minutes=2)  # between two crowded minutes of one burst
MOST_PROPOSED = 6
SAMPLES = 12
TOLD = ("number", "held", "leaving_page", "leaving_count")  # by a preview, beside how many there are in each state
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


class Row(NamedTuple):
    """What is looked at of each sign-on for proposals."""

    pk: UUID
    signed_at: datetime
    source: str
    held_because: str
    domain_hash: str


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
    rows = _rows(rule)
    if rule.domain or rule.name:  # what fits has been opened one by one already, and is asked about some at a time
        keys = members(rule)
        counts = sum((_counts(rows.filter(pk__in=some)) for some in batches(keys, 5000)), Counter())
        shown = [keys[place] for place in _spread(len(keys))]
        samples = rows.filter(pk__in=shown)
    else:
        counts = _counts(rows)
        place = Window(RowNumber(), order_by=[F("signed_at"), F("pk")])
        spread = rows.annotate(place=place).filter(place__in=[n + 1 for n in _spread(counts["number"])])
        samples = Signatory.objects.filter(pk__in=list(spread.values_list("pk", flat=True)))
    number, held, page, count = (counts.pop(name, 0) for name in TOLD)
    samples = samples.select_related("letter", "agreed_revision").order_by("signed_at")
    return Preview(rule, number, counts, held, page, count, list(samples))


def _counts(rows: SignatoryQuerySet) -> Counter[str]:
    """How many of each state, and what else a preview tells."""
    listed = Q(status=Status.LISTED, agreed_revision__substance=F("letter__substance"))
    held = Q(status=Status.PENDING, released_at__isnull=True) & ~Q(held_because="")
    told = dict(zip(TOLD, (Q(), held, listed & Q(visibility=Visibility.PUBLIC), listed), strict=True))
    states = {str(state): Q(status=state) for state in MAY_BE_SET_ASIDE}
    found = rows.order_by().aggregate(**{name: Count("pk", filter=which) for name, which in {**told, **states}.items()})
    return +Counter(found)


def _spread(number: int) -> list[int]:
    """Places of some among so many."""
    return list(range(number)) if number <= SAMPLES else [number * n // SAMPLES for n in range(SAMPLES)]


def proposed(letters: Collection[int]) -> dict[int, list[Proposal]]:
    """By letter the bursts among what nobody has confirmed in the last two days, the largest first; in few queries."""
    since = timezone.now() - sources.LASTS
    recent = Signatory.objects.real().awaiting_confirmation().filter(letter__in=letters, signed_at__gt=since)
    rows: dict[int, list[Row]] = defaultdict(list)
    for letter, *row in recent.order_by("signed_at").values_list("letter", *Row._fields):
        rows[letter].append(Row(*row))
    busy, numbers, domains = _busy(letters, MANY), place_numbers(letters), _crowded_domains(recent, rows)
    found = {}
    for letter in letters:
        rule, mine = Rule(letter, since=since), rows[letter]
        bursts = [*_by_place(rule, mine, busy[letter], numbers[letter]), *_by_domain(rule, domains[letter])]
        bursts += [*_by_minute(rule, mine), *_by_reason(rule, mine)]
        found[letter] = sorted(bursts, key=lambda one: -one.number)[:MOST_PROPOSED]
    return found


def place_numbers(letters: Collection[int]) -> dict[int, dict[str, int]]:
    """By letter its sources as vetters see them: numbered by their first sign-on, while they can be told apart."""
    rows = Signatory.objects.filter(letter__in=letters).exclude(source="").order_by().values_list("letter", "source")
    there = rows.annotate(first=Min("signed_at")).order_by("letter", "first", "source")
    found: dict[int, dict[str, int]] = {letter: {} for letter in letters}
    for letter, source, _first in there:
        found[letter][source] = len(found[letter]) + 1
    return found


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
        numbers = place_numbers([rule.letter])[rule.letter]
        rows = rows.filter(source__in=[source for source, number in numbers.items() if number == rule.place])
    if rule.busy:
        rows = rows.filter(source__in=_busy([rule.letter], rule.busy)[rule.letter])
    return rows


def _busy(letters: Collection[int], least: int) -> dict[int, list[str]]:
    """Places by all that came from there, whatever has become of it: setting some aside makes none of them calm."""
    rows = Signatory.objects.filter(letter__in=letters).exclude(source="").order_by().values_list("letter", "source")
    found: dict[int, list[str]] = {letter: [] for letter in letters}
    for letter, source, _number in rows.annotate(number=Count("signed_at")).filter(number__gte=least):
        found[letter].append(source)
    return found


def _fits(rule: Rule, signatory: Signatory) -> bool:
    if rule.domain and not f".{hosts.of_mail(signatory.contact_email)}".endswith(f".{rule.domain}"):
        return False
    if not rule.name:
        return True
    line, parts = signatory.line, [ascii_of(part) for part in rule.name.split("*")]
    pattern = "*".join(parts if len(parts) > 1 else ["", *parts, ""])
    return any(fnmatchcase(ascii_of(name), pattern) for name in (line.name, line.second_name, line.acronym) if name)


def _by_place(rule: Rule, rows: list[Row], busy: list[str], numbers: dict[str, int]) -> Iterator[Proposal]:
    counts = Counter(row.source for row in rows if row.source in busy)
    if len(counts) == 1:
        (source,) = counts
        yield Proposal("place", replace(rule, place=numbers[source]), counts[source])
    elif counts:
        yield Proposal("busy", replace(rule, busy=MANY), counts.total(), places=len(counts))


def _crowded_domains(recent: SignatoryQuerySet, rows: dict[int, list[Row]]) -> dict[int, dict[str, int]]:
    """By letter the mail domains of many. Addresses are encrypted: those of withheld ones are opened, and of the others
    one for each domain that has many."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for letter, some in rows.items():
        counts[letter].update(row.domain_hash for row in some if row.domain_hash)
    sealed = recent.filter(domain_hash="").exclude(contact_email="").order_by()
    names: dict[str, str] = {}
    for letter, email in sealed.values_list("letter", "contact_email").iterator(chunk_size=2000):
        hashed = domain_hash(email)
        names[hashed] = email
        counts[letter][hashed] += 1
    crowded = {letter: [one for one in some.most_common(3) if one[1] >= MANY] for letter, some in counts.items()}
    wanted = {name for some in crowded.values() for name, _number in some} - names.keys()
    shown = {row.domain_hash: row.pk for some in rows.values() for row in some if row.domain_hash in wanted}
    opened = recent.filter(pk__in=shown.values()).order_by()
    names |= dict(opened.values_list("domain_hash", "contact_email"))
    domains = {hashed: hosts.registrable(hosts.of_mail(email)) for hashed, email in names.items()}
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for letter, most in crowded.items():
        found[letter] = {domains[name]: number for name, number in most if name in domains}
    return found


def _by_domain(rule: Rule, domains: dict[str, int]) -> Iterator[Proposal]:
    for domain, number in domains.items():
        yield Proposal("domain", replace(rule, domain=domain), number)


def _by_minute(rule: Rule, rows: list[Row]) -> Iterator[Proposal]:
    counts = Counter(row.signed_at.replace(second=0, microsecond=0) for row in rows)
    crowded = sorted(minute for minute, number in counts.items() if number >= CROWD)
    while crowded:
        since = until = crowded[0]
        while crowded and crowded[0] <= until + LULL:
            until = crowded.pop(0)
        until += MINUTE
        number = sum(since <= row.signed_at < until for row in rows)
        yield Proposal("minutes", replace(rule, since=since, until=until), number)


def _by_reason(rule: Rule, rows: list[Row]) -> Iterator[Proposal]:
    for reason, number in Counter(row.held_because for row in rows if row.held_because).items():
        yield Proposal("held", replace(rule, held=reason), number)
