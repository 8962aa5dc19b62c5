"""Where a form came from, told apart for a day or two and never known.

A source is a keyed hash of the network address with the day's random salt. Nobody can tell the address from it, us
included once the salt is gone; the address itself is written nowhere.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import secrets
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from campaigns import crypto, insertion
from campaigns.models import Salt

LASTS = dt.timedelta(hours=48)  # from the beginning of its day: then a salt is thrown away
ONE_HOUSEHOLD = 64  # bits of an IPv6 address: whoever has one of these networks has all addresses in it
LENGTH = 32  # hex digits

_today: tuple[dt.date, str] | None = None  # a process keeps the salt of one day


def source_of(request: HttpRequest) -> str:
    """The source of a request; "" if its address cannot be read."""
    network = network_of(address_of(request))
    return crypto.keyed_hash("source", _salt(timezone.now().date()), network)[:LENGTH] if network else ""


def address_of(request: HttpRequest) -> str:
    """The client's address as our own proxies tell it; what stands further left in the header anybody may have said."""
    proxies = settings.TRUSTED_PROXY_COUNT
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < proxies <= len(said) and said[-proxies].strip():
        return said[-proxies].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def network_of(address: str) -> str:
    """What counts as one place: an IPv4 address, or the /64 of an IPv6 one; "" for anything else.

    A port behind it and a zone are cut off, and IPv4 in IPv6's clothes is undressed.
    """
    with suppress(ValueError):
        return _network(address)
    host, _, port = address.rpartition(":")
    if port.isdecimal():
        with suppress(ValueError):
            return _network(host.strip("[]"))
    return ""


def forget() -> dt.date:
    """Throw away the salts of more than two days; the first day whose sources can still be told apart."""
    first = (timezone.now() - LASTS).date() + dt.timedelta(days=1)
    Salt.objects.filter(day__lt=first).delete()
    return first


def _network(address: str) -> str:
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None:
            return str(ipaddress.ip_network((int(found), ONE_HOUSEHOLD), strict=False))
        found = found.ipv4_mapped
    return str(found)


def _salt(day: dt.date) -> str:
    """The day's salt, as this process knows it."""
    global _today
    if _today is None or _today[0] != day:
        _today = (day, _made(day))
    return _today[1]


def _made(day: dt.date) -> str:
    """The first process to ask makes it, and all others find it."""
    insertion.insert_or_ignore(Salt(day=day, value=secrets.token_hex(32)))
    return Salt.objects.values_list("value", flat=True).get(day=day)
