"""PostgreSQL's own log names nobody: a fixture looks after every test. Here, that it would find something."""

import pytest
from django.db import IntegrityError, transaction

pytestmark = pytest.mark.processes


def test_server_log_would_hold_a_plain_unique_address(postgres, server_log):
    """The control: a unique column of addresses, and a server that logs as PostgreSQL does unless told otherwise."""
    address = "canary@otherwise.example"
    with transaction.atomic(), postgres.cursor() as cursor:
        cursor.execute("SET LOCAL log_error_verbosity = default")
        cursor.execute("SET LOCAL log_min_error_statement = error")
        cursor.execute("CREATE TEMPORARY TABLE plain (address text UNIQUE)")
        cursor.execute("INSERT INTO plain VALUES (%s)", [address])
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute("INSERT INTO plain VALUES (%s)", [address])
        cursor.execute("DROP TABLE plain")
    if not server_log():
        pytest.skip("the log of a server given by TEST_DATABASE_URL is out of reach")
    assert address in server_log()
