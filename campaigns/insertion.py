"""Inserting rows with statements that are put together once.

The ORM composes an INSERT afresh each time, which takes it longer than the database takes to run it; a sign-on inserts
four rows. Values still go through the fields, so encryption, JSON and time zones are as ever. No `save()` runs and no
signal is sent: for rows of ours that have neither.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models

# what psycopg2 writes as it is: no look at the field is needed
PLAIN_VALUES = (str, int, bool, type(None), datetime, UUID)
PLAIN_FIELDS = (
    *(models.CharField, models.TextField, models.PositiveIntegerField, models.BooleanField, models.ForeignKey),
    *(models.DateTimeField, models.UUIDField),
)

_waiting = threading.local()


def insert(row: models.Model) -> None:
    """Write a new row and set its primary key. Raises IntegrityError as `save()` would."""
    _write(row, or_ignore=False)


def insert_or_ignore(row: models.Model) -> bool:
    """Write a new row unless a unique constraint has its place taken; whether it was written.

    The database tells nothing about the row in the way: nothing that was in it reaches a log.
    """
    return _write(row, or_ignore=True)


@contextmanager
def together() -> Iterator[None]:
    """Hold back what is inserted inside and write it at the end, on PostgreSQL as one message to the server.

    Such rows get no primary key that the database makes, and nobody is told whether one was ignored.
    """
    held = _waiting.statements = []
    try:
        yield
    finally:
        _waiting.statements = None
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and held:
            held = [("; ".join(statement for statement, _ in held), [value for _, values in held for value in values])]
        for statement, values in held:
            cursor.execute(statement, values)


def _write(row: models.Model, *, or_ignore: bool) -> bool:
    connection = connections[DEFAULT_DB_ALIAS]
    fields, statement = _statement(type(row), or_ignore)
    values = _values(row, fields, connection)
    if getattr(_waiting, "statements", None) is not None:
        _waiting.statements.append((statement, values))
        return True
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        written = cursor.fetchone()
    if written is None:
        return False
    key = row._meta.pk
    setattr(row, key.attname, key.to_python(written[0]))
    row._state.adding, row._state.db = False, connection.alias
    return True


def _values(row: models.Model, fields: list[models.Field[Any, Any]], connection: Any) -> list[Any]:
    may_be_plain = connection.vendor == "postgresql"
    prepared = []
    for field in fields:
        value = field.pre_save(row, add=True)
        if not may_be_plain or type(value) not in PLAIN_VALUES or type(field) not in PLAIN_FIELDS:
            value = field.get_db_prep_save(value, connection)
        prepared.append(value)
    return prepared


@lru_cache(maxsize=64)
def _statement(model: type[models.Model], or_ignore: bool) -> tuple[list[models.Field[Any, Any]], str]:
    """PostgreSQL and SQLite say it in the same words; RETURNING returns no row where none was written."""
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    meta = model._meta
    fields = [field for field in meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    conflict = "ON CONFLICT DO NOTHING" if or_ignore else ""
    table, key = quote(meta.db_table), quote(str(meta.pk.column))
    return fields, f"INSERT INTO {table} ({columns}) VALUES ({marks}) {conflict} RETURNING {key}"  # noqa: S608 - names of ours only
