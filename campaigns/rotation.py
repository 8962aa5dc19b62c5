"""Everything encrypted, encrypted anew under the first of CONTACT_KEYS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Cast, Length

from campaigns import crypto
from campaigns.fields import EncryptedTextField

BATCH = 500  # rows
ROOM = 4_000_000  # characters held at once, or one value: there are files of 10 MB among them


@dataclass
class Tally:
    """Values of one column."""

    column: str
    renewed: int = 0
    current: int = 0
    undecipherable: int = 0


def rotate() -> Iterator[Tally]:
    """Renew column after column. What is under the first key already is left alone, so a run that was stopped is simply
    started again; values that change meanwhile are left to whoever changes them."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField) and not model._meta.proxy:
                yield _rotate_column(model, field.attname)
    yield _rotate_second_factors()


def renewed(value: str) -> str | None:
    """`value` under the first key; None if it is so already. Raises crypto.Undecipherable."""
    try:
        Fernet(settings.CONTACT_KEYS[0]).decrypt(value.encode())
    except InvalidToken:
        return crypto.encrypt(crypto.decrypt(value))
    return None


def sealed(model: type[models.Model], name: str) -> models.QuerySet:
    """The rows that hold something in the column, with `sealed_value`: cast, it is read as it stands."""
    return model._base_manager.annotate(sealed_value=Cast(name, models.TextField())).exclude(sealed_value="")


def _rotate_column(model: type[models.Model], name: str) -> Tally:
    tally = Tally(f"{model._meta.db_table}.{name}")
    rows, after = sealed(model, name), None
    while batch := list(_batch(rows, after).values_list("pk", Length("sealed_value"))):
        for some in _fitting(batch):
            for pk, value in rows.filter(pk__in=some).values_list("pk", "sealed_value"):
                renew(rows.filter(pk=pk, sealed_value=value), name, value, tally)
        after = batch[-1][0]
    return tally


def _batch(rows: models.QuerySet, after: object) -> models.QuerySet:
    return (rows.filter(pk__gt=after) if after is not None else rows).order_by("pk")[:BATCH]


def _fitting(sizes: Iterable[tuple[Any, int]]) -> Iterator[list[Any]]:
    """Keys whose values there is room for together."""
    some: list[Any] = []
    taken = 0
    for pk, size in sizes:
        if some and taken + size > ROOM:
            yield some
            some, taken = [], 0
        some.append(pk)
        taken += size
    if some:
        yield some


def renew(row: models.QuerySet, name: str, value: str, tally: Tally) -> None:
    """`row` finds the row by its key and the sealed value, so one that has changed since is not found any more."""
    try:
        fresh = renewed(value)
    except crypto.Undecipherable:
        tally.undecipherable += 1
        return
    if fresh is None:
        tally.current += 1
    else:
        tally.renewed += row.update(**{name: models.Value(fresh, models.TextField())})


def _rotate_second_factors() -> Tally:
    """The secrets that campaigns.accounts.SecondFactorAdapter has encrypted; few, and inside a JSON column."""
    tally = Tally(f"{Authenticator._meta.db_table}.data")
    for authenticator in Authenticator.objects.filter(type__in=["totp", "recovery_codes"]).iterator(BATCH):
        for name in {"secret", "seed"} & authenticator.data.keys():
            try:
                fresh = renewed(authenticator.data[name])
            except crypto.Undecipherable:
                tally.undecipherable += 1
                continue
            if fresh is None:
                tally.current += 1
                continue
            tally.renewed += 1
            data = {**authenticator.data, name: fresh}
            Authenticator.objects.filter(pk=authenticator.pk, data=authenticator.data).update(data=data)
    return tally
