"""The search box of the queue: names in any script, an address, a mail domain, a reference."""

import re
import uuid

from django.contrib import messages
from django.utils.translation import gettext as _

from campaigns import outbox
from campaigns.large_tables import MOST
from signatories.models import Signatory
from signatories.models.findable import domain_hash, plain_letters

OPENED = 2000  # withheld ones that are decrypted for one search
REFERENCE = re.compile(r"[0-9a-fA-F]{8}")


def found(request, queryset, term):
    """Those of `queryset` that fit. Names are compared in plain letters: École des Rives is found by ecole."""
    term = term.strip()
    if not term:
        return queryset
    if "@" in term[1:]:
        return queryset.filter(contact_hash=outbox.address_hash(term))
    if term.startswith("@"):
        wanted = domain_hash(term)
        keys = _keys(queryset.filter(domain_hash=wanted))
        keys += _withheld(request, queryset, lambda one: domain_hash(one.contact_email) == wanted, "contact_email")
        return queryset.filter(pk__in=keys)
    sought = plain_letters(term)
    keys = _keys(queryset.filter(sought__contains=sought))
    keys += _withheld(request, queryset, lambda one: any(sought in name for name in _names(one)))
    if REFERENCE.fullmatch(term):
        keys += _keys(queryset.filter(pk__range=(uuid.UUID(term + "0" * 24), uuid.UUID(term + "f" * 24))))
    if len(keys) > MOST:
        messages.info(request, _("More than a thousand fit. Write more of the name, or choose a letter."))
    return queryset.filter(pk__in=keys)


def _keys(rows):
    plain = rows.order_by().select_related(None).prefetch_related(None)
    return list(plain.values_list("pk", flat=True)[: MOST + 1])


def _withheld(request, queryset, fits, *read):
    """The keys of withheld ones that fit: they are encrypted, so each is opened. The fits look at the fields `read`."""
    rows = queryset.order_by().withheld().select_related(None).prefetch_related(None)
    rows = list(rows.only(*(read or ["sealed"]))[: OPENED + 1])
    if len(rows) > OPENED:
        messages.info(request, _("Not all withheld names were looked at. Choose a letter or a state to search them."))
    return [one.pk for one in rows[:OPENED] if fits(one)]


def _names(signatory: Signatory):
    line = signatory.line
    return [plain_letters(name) for name in (line.name, line.acronym, line.second_name) if name]
