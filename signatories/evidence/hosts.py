"""Names of hosts as mail and browsers read them, and the part of one that somebody registers."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

import idna
import tldextract

WEBSITE = re.compile(r"(?:https?://)?([\w-]+(?:\.[\w-]+)+)(/[^\s<>\"']*)?", re.IGNORECASE)


def is_website(words: str) -> bool:
    """Whether it is an address as people write it, with or without scheme; then a page may link to it."""
    return bool(WEBSITE.fullmatch(words))


def of_mail(email: str) -> str:
    """The domain of `email` (or a bare domain) in ASCII, as our own mail is addressed: by IDNA 2003 (RFC 3490).

    Django writes to straße.example as strasse.example, so that is the mailbox which was proved.
    """
    return _ascii(email.rpartition("@")[2])


def of_website(website: str) -> str:
    """The host of an address with or without scheme, in ASCII as browsers open it (UTS #46, nontransitional), or ""."""
    website = website.strip()
    try:
        host = urlsplit(website if "//" in website else f"//{website}").hostname or ""
    except ValueError:  # "http://[" and the like
        return ""
    try:
        return host if host.isascii() else idna.encode(host, uts46=True).decode().rstrip(".")
    except UnicodeError:  # what IDNA 2008 has dropped, and what never was a host name
        return _ascii(host)


def registrable(host: str) -> str:
    """The registrable domain of `host` by the Public Suffix List with its private section (publicsuffix.org)."""
    found = _suffixes()(host)
    if found.domain and found.suffix:
        return f"{found.domain}.{found.suffix}"
    return ".".join(host.split(".")[-2:])  # the list does not know the ending: take it for one label, as it says itself


def is_ending(ending: str) -> bool:
    """Whether names are registered under `ending`, as under org and org.uk."""
    return bool(ending) and _suffixes()(f"name.{ending}").suffix == ending


def has_ending(host: str) -> bool:
    """Whether the last label exists at all: nothing is delivered to oremba.ogr."""
    return bool(_suffixes()(host).suffix)


def written(host: str) -> str:
    """`host` with its international labels as people read them (RFC 3492)."""
    return ".".join(_label_written(label) for label in host.split("."))


def _label_written(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _ascii(host: str) -> str:
    host = host.strip().rstrip(".").lower()
    try:
        return host.encode("idna").decode()
    except UnicodeError:  # not a host name; it may still equal itself
        return host


@cache
def _suffixes() -> tldextract.TLDExtract:
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
