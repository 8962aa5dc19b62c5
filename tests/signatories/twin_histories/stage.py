"""Where histories are told from the same beginning, by the same clock and with the same ids."""

from __future__ import annotations

import uuid
from contextlib import contextmanager

import time_machine
from django.core import mail as mailbox
from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import pre_init

from campaigns import pausing, tokens
from campaigns.models import Mail
from signatories.models import Signatory, Token
from signatories.services import holding, lookalikes
from tests.signatories.twin_histories.plan import BEGIN
from tests.signatories.twin_histories.telling import Telling


class Undone(Exception):
    """Takes a telling back, so that the next one begins with the same tables."""


class Stage:
    """Where histories are told, each from the same beginning, and taken back afterwards."""

    def __init__(self, by):
        self.first = Telling(by)
        with self._playing(self.first, BEGIN):
            self.first.begin()

    @contextmanager
    def told(self, steps, look=None):
        telling = self.first.again()
        forget()
        mailbox.outbox.clear()
        try:
            with transaction.atomic(), self._playing(telling, BEGIN):
                telling.tell(steps, look)
                yield telling
                raise Undone
        except Undone:
            pass

    @contextmanager
    def _playing(self, telling, at):
        with time_machine.travel(at, tick=False) as telling.clock, same_ids(telling):
            yield


def forget():
    """What a process remembers of rows: both tellings begin without it."""
    pausing.forget()
    holding.forget()
    cache.clear()
    lookalikes._index.cache_clear()


@contextmanager
def same_ids(telling):
    """Random ids and secrets by what they are for: nothing depends on how many others were drawn before."""

    def again(*key):
        telling.drawn[key] += 1
        return uuid.uuid5(uuid.NAMESPACE_OID, repr((key, telling.drawn[key])))

    def signatory(sender, kwargs, **_):
        if kwargs and "id" not in kwargs:
            kwargs["id"] = again("signatory", telling.actor)

    def mail(sender, kwargs, **_):
        if kwargs:
            kwargs["id"] = again("mail", kwargs["to"], kwargs["kind"])

    def token(sender, kwargs, **_):
        if kwargs:
            owner, purpose = kwargs["signatory"].pk, kwargs["purpose"]
            nonce = (again("nonce", owner, purpose).hex * 2)[:43]
            kwargs |= {"nonce": nonce, "digest": tokens.digest(tokens.token(purpose, nonce))}

    receivers = {Signatory: signatory, Mail: mail, Token: token}
    for model, receiver in receivers.items():
        pre_init.connect(receiver, sender=model)
    try:
        yield
    finally:
        for model, receiver in receivers.items():
            pre_init.disconnect(receiver, sender=model)
