"""Whether two organizations are one: by their names, then by what else is known of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from signatories.evidence import hosts
from signatories.evidence.providers import is_disposable_provider, is_free_provider
from signatories.matching.comparing import NOTHING, Found, better, compared
from signatories.matching.known import Kind, Known, Match, Reason, Verdict
from signatories.matching.reading import Reading, read

SHARED_HOSTS = frozenset(
    "facebook.com instagram.com twitter.com x.com linkedin.com youtube.com t.me wa.me linktr.ee medium.com vk.com"
    " google.com wordpress.com blogspot.com github.com github.io bsky.app mastodon.social".split()
)


@dataclass(frozen=True, slots=True)
class Face:
    """An organization made ready for comparing."""

    known: Known
    readings: tuple[Reading, ...]
    host: str
    mail: str


def face(known: Known) -> Face:
    names = dict.fromkeys((known.name, known.second_name))
    readings = tuple(read(name, known.acronym) for name in names if name.strip())
    return Face(known, readings, _own_host(hosts.of_website(known.website)), _own_mail(known.mail_domain))


def compare(a: Known, b: Known) -> Match:
    """Whether `a` and `b` are one organization, and why; the key is that of `b`."""
    return judge(face(a), face(b))


def judge(a: Face, b: Face) -> Match:
    """As compare, for what is compared more than once."""
    found = NOTHING
    for one, other in product(a.readings, b.readings):
        found = better(found, compared(one, other, a.known, b.known))
    if found.score and found.reasons[0].kind is not Kind.NAME and not _first_names_meet(a, b, found):
        found = Found(found.score - 2, (*found.reasons, Reason(Kind.OTHER_NAME)))
    evidence = _evidence(a, b)
    abroad = _abroad(a.known.country, b.known.country)
    score, reasons = found.score, (*found.reasons, *evidence)
    if abroad:
        score = score - 15 if score >= 95 or evidence else 0
        reasons = (*reasons, Reason(Kind.OTHER_COUNTRY))
    elif not score and evidence and not _set_apart(a, b, evidence):
        score = 55 + 10 * len(evidence)
    if score <= 0:
        return Match(b.known.key, Verdict.DIFFERENT, 0, ())
    if found.same and not abroad and _all_names_agree(a, b):
        return Match(b.known.key, Verdict.SAME, 100, reasons)
    return Match(b.known.key, Verdict.LIKELY, min(score + 2 * len(evidence), 99), reasons)


def _all_names_agree(a: Face, b: Face) -> bool:
    """Other languages have one phrase for the names of two."""
    return all(one.strict == other.strict for one, other in zip(a.readings, b.readings, strict=False))


def _first_names_meet(a: Face, b: Face, found: Found) -> bool:
    return (
        len(a.readings) == len(b.readings) == 1
        or compared(a.readings[0], b.readings[0], a.known, b.known).score == found.score
    )


def _evidence(a: Face, b: Face) -> tuple[Reason, ...]:
    found = []
    if a.host and a.host == b.host:
        found.append(Reason(Kind.WEBSITE, a.host))
    if a.mail and a.mail == b.mail:
        found.append(Reason(Kind.MAIL_DOMAIN, a.mail))
    elif not found and ((a.mail and a.mail == b.host) or (b.mail and b.mail == a.host)):
        found.append(Reason(Kind.MAIL_DOMAIN, a.mail if a.mail == b.host else b.mail))
    return tuple(found)


def _own_host(host: str) -> str:
    if not host:
        return ""
    host = host.removeprefix("www.")
    found = hosts.registrable(host)
    return "" if found in SHARED_HOSTS or is_free_provider(found) else found


def _own_mail(domain: str) -> str:
    if not domain:
        return ""
    domain = hosts.of_mail(domain)
    return "" if is_free_provider(domain) or is_disposable_provider(domain) else hosts.registrable(domain)


def _abroad(one: str, other: str) -> bool:
    return bool(one and other) and one != other and not (one + other).isdigit() and one.isalpha() and other.isalpha()


def _set_apart(a: Face, b: Face, evidence: tuple[Reason, ...]) -> bool:
    """Whether a section and its movement may share the domain: they do, unless all else is the same as well."""
    if len(evidence) == 2 or (a.known.country and a.known.country == b.known.country):
        return False
    return any(
        one.places != other.places or one.concepts != other.concepts for one in a.readings for other in b.readings
    )
