"""A database as no site should have it: it logs every value; and one that refuses every mail."""

from contextlib import contextmanager

from django.db import connection

STATEMENTS = {"log_statement": "all", "log_min_duration_statement": "0", "log_min_error_statement": "error"}


@contextmanager
def every_statement_logged():
    """As no server should be set up: also the values. Only connections that are made from now on."""
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        for setting, value in STATEMENTS.items():
            cursor.execute(f"ALTER DATABASE {name} SET {setting} = %s", [value])
            cursor.execute(f"SET {setting} = %s", [value])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for setting in STATEMENTS:
                cursor.execute(f"ALTER DATABASE {name} RESET {setting}")
                cursor.execute(f"RESET {setting}")


@contextmanager
def no_mail_can_be_written():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE campaigns_mail ADD CONSTRAINT none_now CHECK (kind = '') NOT VALID")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE campaigns_mail DROP CONSTRAINT none_now")
