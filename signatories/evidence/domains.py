"""Does the contact's mail come from the organization's own domain?"""

from __future__ import annotations

from enum import Enum
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import tldextract

PROVIDERS = Path(__file__).with_name("free_providers.txt")


class Fit(Enum):
    SAME = "same"  # one registrable domain
    OTHER = "other"
    FREE = "free"  # anyone can have an address there
    NO_WEBSITE = "none"


def mail_domain_fit(email: str, website: str) -> Fit:
    """Compare the domain of `email` with that of `website` (an address with or without scheme, or "").

    What is compared is the registrable domain by the Public Suffix List with its private section (publicsuffix.org), so
    ours.blogspot.com and theirs.blogspot.com differ while mail.ours.org and www.ours.org agree; international names
    count as their ASCII form (RFC 5890). A free provider is said first: its address says nothing even where it fits.
    """
    domain = _ascii(email.rpartition("@")[2])
    if is_free_provider(domain):
        return Fit.FREE
    host = _host(website)
    if not host:
        return Fit.NO_WEBSITE
    return Fit.SAME if _registrable(domain) == _registrable(host) else Fit.OTHER


def is_free_provider(domain: str) -> bool:
    """Whether anybody can get an address at `domain`, or at a subdomain of a provider (free_providers.txt)."""
    domain = _ascii(domain)
    return domain in _providers() or _registrable(domain) in _providers()


@cache
def _providers() -> frozenset[str]:
    lines = PROVIDERS.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines for word in line.partition("#")[0].split())


@cache
def _suffixes() -> tldextract.TLDExtract:
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def _registrable(host: str) -> str:
    found = _suffixes()(host)
    if found.domain and found.suffix:
        return f"{found.domain}.{found.suffix}"
    return ".".join(host.split(".")[-2:])  # the list does not know the ending: take it for one label, as it says itself


def _host(website: str) -> str:
    website = website.strip()
    try:
        host = urlsplit(website if "//" in website else f"//{website}").hostname or ""
    except ValueError:  # "http://[" and the like
        return ""
    return _ascii(host)


def _ascii(host: str) -> str:
    host = host.strip().rstrip(".").lower()
    try:
        return host.encode("idna").decode()
    except UnicodeError:  # not a host name; it may still equal itself
        return host
