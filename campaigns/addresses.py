"""How a mail address is found again without being kept readably, and which addresses are one mailbox.

What is limited or silenced by mailbox must not be had anew by another spelling.
"""

from __future__ import annotations

import unicodedata

from campaigns import crypto

DOTLESS = {"gmail.com", "googlemail.com"}  # dots before the "@" are ignored there, and the two names are one
GMAIL = "gmail.com"


def address_hash(address: str) -> str:
    """The keyed hash an address is found by; upper and lower case are one."""
    return crypto.keyed_hash("address", address.strip().lower())


def mailbox_hash(address: str) -> str:
    """The keyed hash by which mails to a mailbox are counted and silenced, however its address is spelled."""
    return crypto.keyed_hash("mailbox", mailbox(address))


def mailbox(address: str) -> str:
    """The address without what its provider overlooks: capitals, width, "+something", quotes, Gmail's dots.

    The domain is the one to which the mail goes (IDNA 2003, RFC 3490), so that what nobody sees in it is gone.

    For counting and comparing, not for writing to: some provider may tell apart what is one here. Then two mailboxes
    share one limit, which does less harm than one mailbox with many. "+" tags are those of RFC 5233, with the separator
    that nearly all providers use.
    """
    local, _, domain = unicodedata.normalize("NFKC", address).strip().lower().rpartition("@")
    domain = _ascii(domain.rstrip("."))
    local = local.strip('"').replace("\\", "")
    local = local.partition("+")[0] or local
    if domain in DOTLESS:
        local, domain = local.replace(".", ""), GMAIL
    return f"{local}@{domain}"


def _ascii(domain: str) -> str:
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode()  # as django.core.mail does it
    except UnicodeError:  # then no mail goes there
        return domain
