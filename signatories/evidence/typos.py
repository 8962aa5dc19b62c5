"""A probable repair of a mail domain with a slip of the keyboard in it: gmial.com, hotmail.con, oremba.ogr.

A question to the person who types ("Did you mean …?"), never a refusal: precision before recall, since an organization
asked about its own right address learns to distrust the page.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from rapidfuzz.distance import OSA

from signatories.evidence import hosts
from signatories.evidence.homographs import skeleton
from signatories.evidence.providers import free_providers, is_free_provider

# Providers whose name somebody may have meant; their domains are those of free_providers.txt. Names that are one slip
# away from another word in use (libero and libro, naver and never, freenet and Freinet) are left out.
NAMES = frozenset(
    "gmail googlemail hotmail outlook yahoo ymail icloud protonmail proton tutanota rocketmail rediffmail fastmail"
    " laposte wanadoo orange t-online posteo riseup bluewin yandex rambler seznam hanmail foxmail comcast"
    " verizon btinternet bigpond sympatico windowslive mailbox web gmx aol live msn mail free 163 126 uol".split()
)
ONE_ENDING = frozenset(["gmail", "googlemail", "icloud"])  # under any other ending, gmail.org or gmail.com.br, a slip
SLIPS_THAT_EXIST = frozenset([("cm", "com"), ("co", "com"), ("om", "com"), ("ne", "net")])  # Cameroon, Colombia …
ENDINGS = ("com", "org", "net", "edu", "gov", "int", "info")
VOWELS = frozenset("aeiou")
ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
LONG, MEDIUM = 10, 5  # letters in a name that may have two slips, one slip; shorter ones and numbers must agree
FIRST_MAY_SLIP = 7  # letters: otmail.com was hotmail.com, but cloud.com is somebody


def suggested(email: str, website: str = "") -> str:
    """`email` with its mail domain repaired; "" if nothing is wrong or no repair is more probable than others.

    `email` may be a bare domain, then so is the answer. Never touched: a free provider (free_providers.txt) and the
    registrable domain of `website`, which itself is the first candidate; then letters that look alike (UTS #39), a dot
    in the wrong place, a provider's name or ending, and at last an ending that does not exist.

    Slips are counted by optimal string alignment (Damerau 1964, with transpositions; rapidfuzz), at most one in a name
    of five letters and two in one of ten. A single one must be of a kind that hands make: two letters swapped, one
    lost, one written twice, one caught with or instead of its neighbour on a QWERTY keyboard, a vowel for a vowel; the
    first letter of a short name has to be right, but for a swap.
    """
    before, at, typed = email.strip().rpartition("@")
    domain = hosts.written(hosts.of_mail(typed))
    own = hosts.registrable(hosts.written(hosts.of_website(website)))
    if "." not in domain.strip(".") or is_free_provider(domain) or hosts.registrable(domain) == own:
        return ""
    repairs = (_as_website(domain, own), _as_it_looks(domain), _dots(domain), _provider(domain), _ending(domain))
    repaired = next(filter(None, repairs), "")
    return f"{before}{at}{repaired}" if repaired else ""


def _as_website(domain: str, own: str) -> str:
    if not own:
        return ""
    if skeleton(domain) == skeleton(own):
        return own
    name, _, ending = own.partition(".")
    for part in dict.fromkeys([domain, hosts.registrable(domain)]):
        typed_name, _, typed_ending = part.partition(".")
        if _slips(typed_name, name) is not None and (typed_ending == ending or _is_ending_slip(typed_ending, ending)):
            return domain.removesuffix(part) + own
    return ""


def _as_it_looks(domain: str) -> str:
    """A keyboard left in Cyrillic: gmаil.com."""
    return "" if domain.isascii() else _by_look().get(skeleton(domain), "")


def _dots(domain: str) -> str:
    """gmailc.om, gmail.c.om."""
    return _by_letters().get(domain.replace(".", ""), "")


def _provider(domain: str) -> str:
    typed_name, _, typed_ending = domain.partition(".")
    found = []
    for name, endings in _providers().items():
        slips = _slips(typed_name, name)
        if slips is None:
            continue
        for ending in endings:
            if typed_ending == ending:
                found.append((slips, ending != "com", f"{name}.{ending}"))
            elif _is_ending_slip(typed_ending, ending):
                found.append((slips + 1, ending != "com", f"{name}.{ending}"))
        if slips == 0 and name in ONE_ENDING and hosts.is_ending(typed_ending):
            found.append((2, False, f"{name}.com"))
    return _only_best(found)


def _ending(domain: str) -> str:
    """The last label, where it is one that does not exist."""
    before, _, typed = domain.rpartition(".")
    if hosts.has_ending(domain):
        return ""
    return _only_best([(1, False, f"{before}.{ending}") for ending in ENDINGS if OSA.distance(typed, ending) == 1])


def _only_best(found: list[tuple[int, bool, str]]) -> str:
    """The first in order; nothing where a second is as good, since then one can only guess."""
    found = sorted(set(found))
    if len(found) > 1 and found[0][:2] == found[1][:2]:
        return ""
    return found[0][2] if found else ""


def _slips(typed: str, name: str) -> int | None:
    """How many slips make `typed` of `name`, or None if too many or of a kind hands do not make."""
    most = 2 if len(name) >= LONG else 1 if len(name) >= MEDIUM else 0
    slips = OSA.distance(typed, name)
    if slips > most or _digits(typed) != _digits(name):
        return None
    if slips == 1 and not _is_a_slip(typed, name):
        return None
    return slips if slips < 2 or typed[0] == name[0] else None


def _is_a_slip(typed: str, name: str) -> bool:
    """Of two words one step apart: whether hands make that step."""
    at = next((at for at, (one, other) in enumerate(zip(typed, name, strict=False)) if one != other), len(name))
    if len(typed) < len(name):
        return at > 0 or len(name) >= FIRST_MAY_SLIP
    at = min(at, len(typed) - 1)
    around = {typed[at - 1] if at else "", typed[at + 1] if at + 1 < len(typed) else ""}
    if len(typed) > len(name):
        return typed[at] in name or any(_neighbours(typed[at], other) for other in around)
    if sorted(typed) == sorted(name):
        return True
    if at == 0 and len(name) < FIRST_MAY_SLIP:
        return False
    return {typed[at], name[at]} <= VOWELS or typed[at] in around or _neighbours(typed[at], name[at])


def _neighbours(one: str, other: str) -> bool:
    """Whether two keys are the same or touch; each row of a keyboard begins a little further right."""
    places = [(row, keys.index(key)) for key in (one, other) for row, keys in enumerate(ROWS) if key and key in keys]
    if len(places) < 2:
        return False
    (row, column), (other_row, other_column) = sorted(places)
    along = column - other_column
    return (other_row == row and abs(along) <= 1) or (other_row == row + 1 and along in {0, 1})


def _is_ending_slip(typed: str, ending: str) -> bool:
    """Whether `typed` is one slip from `ending`; what exists as an ending is one only in SLIPS_THAT_EXIST."""
    if hosts.is_ending(typed):
        return (typed, ending) in SLIPS_THAT_EXIST
    return OSA.distance(typed, ending) == 1


def _digits(text: str) -> list[str]:
    return [letter for letter in text if letter.isdigit()]


@cache
def _providers() -> dict[str, list[str]]:
    """The endings of each of NAMES."""
    endings = defaultdict(list)
    for domain in sorted(free_providers()):
        name, _, ending = domain.partition(".")
        if name in NAMES:
            endings[name].append(ending)
    return dict(endings)


@cache
def _by_look() -> dict[str, str]:
    return {skeleton(domain): domain for domain in sorted(free_providers())}


@cache
def _by_letters() -> dict[str, str]:
    """The larger providers without their dots; the name long enough that no other word falls apart like it."""
    named = [(name, ending) for name, endings in _providers().items() for ending in endings if len(name) >= MEDIUM]
    return {f"{name}{ending}".replace(".", ""): f"{name}.{ending}" for name, ending in named}
