"""Mailboxes whose owners said that they never asked: no public form has anything written to them."""

from __future__ import annotations

from campaigns import insertion
from campaigns.addresses import mailbox_hash
from campaigns.models import Suppression


def is_kept(address: str) -> bool:
    return Suppression.objects.filter(address_hash=mailbox_hash(address)).exists()


def keep(address: str) -> None:
    insertion.insert_or_ignore(Suppression(address_hash=mailbox_hash(address)))


def end(address: str) -> None:
    Suppression.objects.filter(address_hash=mailbox_hash(address)).delete()
