"""Does the contact's mail come from the organization's own domain?"""

from __future__ import annotations

from enum import Enum

from signatories.evidence import hosts
from signatories.evidence.homographs import is_disguised, skeleton
from signatories.evidence.providers import is_disposable_provider, is_free_provider


class Fit(Enum):
    SAME = "same"  # one registrable domain
    OTHER = "other"
    LOOKS_SAME = "looks"  # another domain, spelled to be taken for that of the website, or for some other
    FREE = "free"  # anyone can have an address there
    DISPOSABLE = "disposable"  # and throws it away
    NO_WEBSITE = "none"


def mail_domain_fit(email: str, website: str) -> Fit:
    """Compare the domain of `email` with that of `website` (an address with or without scheme, or "").

    What is compared is the registrable domain by the Public Suffix List with its private section (publicsuffix.org), so
    ours.blogspot.com and theirs.blogspot.com differ while mail.ours.org and www.ours.org agree; international names
    count as their ASCII form (RFC 5890). A disposable provider is said first, then a free one: such an address says
    nothing even where it fits. A disguised domain (UTS #39) is not the same even as a website disguised likewise.
    """
    domain = hosts.of_mail(email)
    if is_disposable_provider(domain):
        return Fit.DISPOSABLE
    if is_free_provider(domain):
        return Fit.FREE
    mine = hosts.registrable(domain)
    if is_disguised(mine):
        return Fit.LOOKS_SAME
    host = hosts.of_website(website)
    if not host:
        return Fit.NO_WEBSITE
    theirs = hosts.registrable(host)
    if mine == theirs:
        return Fit.SAME
    return Fit.LOOKS_SAME if _look(mine) == _look(theirs) else Fit.OTHER


def is_own_domain(email: str, website: str) -> bool:
    """Whether `email` sits at the organization's own domain, as a second contact must; no without a website.

    The registrable domains are equal and neither disguised nor a free or disposable provider's.
    """
    return mail_domain_fit(email, website) is Fit.SAME


def spelled_out(email: str) -> str:
    """The mail domain in ASCII if it has other letters, else "": in xn--mnesty-2nf.org none passes for another."""
    domain = hosts.of_mail(email)
    return "" if hosts.written(domain).isascii() else domain


def _look(domain: str) -> str:
    return skeleton(hosts.written(domain))
