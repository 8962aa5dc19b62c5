"""Mail providers at which an address proves nothing about an organization."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from disposable_email_domains import blocklist

from signatories.evidence import hosts

FREE = Path(__file__).with_name("free_providers.txt")
INVENTED = "throwaway.example"  # nowhere: the one of the demonstration


def is_free_provider(domain: str) -> bool:
    """Whether anybody can get an address at `domain`, or at a subdomain of a provider (free_providers.txt)."""
    domain = hosts.of_mail(domain)
    return domain in free_providers() or hosts.registrable(domain) in free_providers()


def is_disposable_provider(domain: str) -> bool:
    """Whether `domain`, or a domain it is under, hands out mailboxes for minutes to whoever asks.

    Offline, by the list of disposable-email-domains (CC0, kept since 2014), as old as the installed release. What
    free_providers.txt names is not disposable: the list takes in old portals whose users are real.
    """
    domain = hosts.of_mail(domain)
    if is_free_provider(domain):
        return False
    above = domain.removesuffix(hosts.registrable(domain)).count(".")  # never up to what many share, as eu.org
    labels = domain.split(".")
    names = {".".join(labels[start:]) for start in range(above + 1)}
    return INVENTED in names or not names.isdisjoint(blocklist)


@cache
def free_providers() -> frozenset[str]:
    """The domains of free_providers.txt."""
    lines = FREE.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines for word in line.partition("#")[0].split())
