"""Inserting rows with statements that are put together once.

The ORM composes an INSERT afresh each time, which takes it longer than the database takes to run it; a sign-on inserts
four rows. Values still go through the fields, so encryption, JSON and time zones are as ever. No `save()` runs and no
signal is sent: for rows of ours that have neither.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

PLAIN_VALUES = (str, int, bool, type(None))
PLAIN_FIELDS = (models.CharField, models.TextField, models.PositiveIntegerField, models.BooleanField, models.ForeignKey)

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
    rows = _waiting.rows = []
    try:
        yield
    finally:
        _waiting.rows = None
    connection = connections[DEFAULT_DB_ALIAS]
    prepared = [(_statement(type(row), or_ignore)[1], _values(row, connection)) for row, or_ignore in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and prepared:
            cursor.execute("; ".join(one for one, _ in prepared), [value for _, values in prepared for value in values])
        else:
            for statement, values in prepared:
                cursor.execute(statement, values)


def _write(row: models.Model, *, or_ignore: bool) -> bool:
    if getattr(_waiting, "rows", None) is not None:
        _waiting.rows.append((row, or_ignore))
        return True
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute(_statement(type(row), or_ignore)[1], _values(row, connection))
        written = cursor.fetchone()
    if written is None:
        return False
    key = row._meta.pk
    setattr(row, key.attname, key.to_python(written[0]))
    row._state.adding, row._state.db = False, connection.alias
    return True


def _values(row: models.Model, connection: Any) -> list[Any]:
    """As the database takes them; text and numbers in fields that store them as they are need no look."""
    prepared = []
    for field in _statement(type(row), False)[0]:
        value = field.pre_save(row, add=True)
        if type(value) not in PLAIN_VALUES or type(field) not in PLAIN_FIELDS:
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
    conflict = " ON CONFLICT DO NOTHING" if or_ignore else ""
    marks = ", ".join(["%s"] * len(fields))
    table, key = quote(meta.db_table), quote(str(meta.pk.column))
    return fields, f"INSERT INTO {table} ({columns}) VALUES ({marks}){conflict} RETURNING {key}"  # noqa: S608
