"""Inserting rows with statements that are put together once.

The ORM composes an INSERT afresh each time, which takes it longer than the database takes to run it; a sign-on inserts
four rows. Values still go through the fields, so encryption, JSON and time zones are as ever. No `save()` runs and no
signal is sent: for rows of ours that have neither.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models

# what psycopg2 writes as it is: no look at the field is needed
PLAIN_VALUES = frozenset({str, int, bool, type(None), datetime})
PLAIN_FIELDS = (
    *(models.CharField, models.TextField, models.PositiveIntegerField, models.BooleanField, models.ForeignKey),
    *(models.DateTimeField, models.UUIDField),
)

MOST = 500  # rows in one statement

Column = tuple["models.Field[Any, Any]", bool]  # and whether it is plain
Statement = tuple[str, str]  # what stands before the values, and after them
Row = TypeVar("Row")

_waiting = threading.local()


def insert(row: models.Model) -> None:
    """Write a new row and set its primary key. Raises IntegrityError as `save()` would."""
    _write(row, or_ignore=False)


def insert_or_ignore(row: models.Model) -> bool:
    """Write a new row unless a unique constraint has its place taken; whether it was written.

    The database tells nothing about the row in the way: nothing that was in it reaches a log.
    """
    return _write(row, or_ignore=True)


def insert_all_or_ignore(rows: Sequence[models.Model]) -> set[Any]:
    """Write new rows of one table that make their own primary keys; the keys of those whose place was free.

    Of two that want the same place the first one has it.
    """
    connection, written = connections[DEFAULT_DB_ALIAS], set()
    for statement, values in _in_few(connection, [_one(row, connection, or_ignore=True) for row in rows]):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            written |= {rows[0]._meta.pk.to_python(key) for (key,) in cursor.fetchall()}
    for row in rows:
        if row.pk in written:
            row._state.adding, row._state.db = False, connection.alias
    return written


def rewrite(rows: Sequence[models.Model], *names: str) -> None:
    """Write these fields of rows of one table that are there already: bulk_update, without its expression for each."""
    if not rows:
        return
    connection, meta = connections[DEFAULT_DB_ALIAS], cast(Any, rows[0]._meta)
    quote, fields = connection.ops.quote_name, [meta.pk, *(meta.get_field(name) for name in names)]
    types = [meta.pk.rel_db_type(connection), *(field.db_type(connection) for field in fields[1:])]
    is_strict = connection.vendor == "postgresql"  # SQLite keeps what it is given, but would cast a moment to its year
    marks = ", ".join(f"CAST(%s AS {one})" if is_strict else "%s" for one in types)
    table = quote(meta.db_table)
    new = ", ".join(f"{quote(field.column)} = told.column{place}" for place, field in enumerate(fields[1:], 2))
    for some in _portions(connection, rows, len(fields)):
        told = ", ".join([f"({marks})"] * len(some))
        statement = (
            f"UPDATE {table} SET {new} FROM (VALUES {told}) AS told WHERE {table}.{quote(meta.pk.column)} = column1"  # noqa: S608 - our names
        )
        values = [field.get_db_prep_save(getattr(row, field.attname), connection) for row in some for field in fields]
        with connection.cursor() as cursor:
            cursor.execute(statement, values)


@contextmanager
def together() -> Iterator[None]:
    """Hold back what is inserted inside and write it at the end, table by table, on PostgreSQL as one message.

    Such rows get no primary key that the database makes, and nobody is told whether one was ignored.
    """
    held = _waiting.statements = []
    try:
        yield
    finally:
        _waiting.statements = None
    connection = connections[DEFAULT_DB_ALIAS]
    few = list(_in_few(connection, held))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and few:
            few = [("; ".join(statement for statement, _ in few), [value for _, values in few for value in values])]
        for statement, values in few:
            cursor.execute(statement, values)


def _write(row: models.Model, *, or_ignore: bool) -> bool:
    connection = connections[DEFAULT_DB_ALIAS]
    (before, after), values = _one(row, connection, or_ignore=or_ignore)
    if getattr(_waiting, "statements", None) is not None:
        _waiting.statements.append(((before, after), values))
        return True
    with connection.cursor() as cursor:
        cursor.execute(before + _marks(values) + after, values)
        written = cursor.fetchone()
    if written is None:
        return False
    if isinstance(row._meta.pk, models.AutoField):
        row.pk = written[0]
    row._state.adding, row._state.db = False, connection.alias
    return True


def _one(row: models.Model, connection: Any, *, or_ignore: bool) -> tuple[Statement, list[Any]]:
    columns, statement = _statement(type(row), or_ignore)
    return statement, _values(row, columns, connection)


def _in_few(connection: Any, held: list[tuple[Statement, list[Any]]]) -> Iterator[tuple[str, list[Any]]]:
    """The rows of a table in as few statements as the database takes, in their order, tables as they first came."""
    by_statement: dict[Statement, list[list[Any]]] = {}
    for statement, values in held:
        by_statement.setdefault(statement, []).append(values)
    for (before, after), rows in by_statement.items():
        for some in _portions(connection, rows, len(rows[0])):
            yield before + ", ".join(map(_marks, some)) + after, [value for values in some for value in values]


def _portions(connection: Any, rows: Sequence[Row], width: int) -> Iterator[Sequence[Row]]:
    """As many rows of `width` values at once as one statement takes."""
    most = connection.features.max_query_params
    size = max(1, min(MOST, most // width)) if most else MOST
    return (rows[at : at + size] for at in range(0, len(rows), size))


def _marks(values: list[Any]) -> str:
    return f"({', '.join(['%s'] * len(values))})"


def _values(row: models.Model, columns: list[Column], connection: Any) -> list[Any]:
    is_postgresql = connection.vendor == "postgresql"
    held = row.__dict__
    return [
        held[field.attname]
        if is_postgresql and is_plain and type(held[field.attname]) in PLAIN_VALUES
        else _prepared(field, field.pre_save(row, add=True), connection, is_postgresql)
        for field, is_plain in columns
    ]


def _prepared(field: models.Field[Any, Any], value: Any, connection: Any, is_postgresql: bool) -> Any:
    """As the database takes it. PostgreSQL reads UUIDs and JSON as text; psycopg2 makes an object for each first."""
    if is_postgresql and type(value) is UUID:
        return str(value)
    if is_postgresql and type(field) is models.JSONField:
        return json.dumps(value, cls=field.encoder)
    return field.get_db_prep_save(value, connection)


@lru_cache(maxsize=64)
def _statement(model: type[models.Model], or_ignore: bool) -> tuple[list[Column], Statement]:
    """PostgreSQL and SQLite say it in the same words; RETURNING returns no row where none was written."""
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    meta = model._meta
    fields = [field for field in meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    conflict = "ON CONFLICT DO NOTHING" if or_ignore else ""
    before = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES "  # noqa: S608 - our names
    after = f" {conflict} RETURNING {quote(meta.pk.column) if meta.pk.column else 1}"
    return [(field, _is_plain(field)) for field in fields], (before, after)


def _is_plain(field: models.Field[Any, Any]) -> bool:
    """Whether what the row holds is what is written, if it is one of PLAIN_VALUES."""
    is_set_by_django = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return type(field) in PLAIN_FIELDS and not is_set_by_django
