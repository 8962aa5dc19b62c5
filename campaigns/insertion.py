"""Inserting one row with a statement that is put together once.

The ORM composes an INSERT afresh each time, which takes it longer than the database takes to run it; a sign-on inserts
four rows. Values still go through the fields, so encryption, JSON and time zones are as ever. No `save()` runs and no
signal is sent: for rows of ours that have neither.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import connection, models


def insert(row: models.Model) -> None:
    """Write a new row and set its primary key. Raises IntegrityError as `save()` would."""
    _write(row, or_ignore=False)


def insert_or_ignore(row: models.Model) -> bool:
    """Write a new row unless a unique constraint has its place taken; whether it was written.

    The database tells nothing about the row in the way: nothing that was in it reaches a log.
    """
    return _write(row, or_ignore=True)


def _write(row: models.Model, *, or_ignore: bool) -> bool:
    fields, statement = _statement(type(row), or_ignore)
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        written = cursor.fetchone()
    if written is None:
        return False
    key = row._meta.pk
    setattr(row, key.attname, key.to_python(written[0]))
    row._state.adding, row._state.db = False, connection.alias
    return True


@lru_cache(maxsize=64)
def _statement(model: type[models.Model], or_ignore: bool) -> tuple[list[models.Field[Any, Any]], str]:
    """PostgreSQL and SQLite say it in the same words; RETURNING returns no row where none was written."""
    quote = connection.ops.quote_name
    meta = model._meta
    fields = [field for field in meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    conflict = " ON CONFLICT DO NOTHING" if or_ignore else ""
    marks = ", ".join(["%s"] * len(fields))
    table, key = quote(meta.db_table), quote(str(meta.pk.column))
    return fields, f"INSERT INTO {table} ({columns}) VALUES ({marks}){conflict} RETURNING {key}"  # noqa: S608
