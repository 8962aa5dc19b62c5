"""Everything public is looked at, and none of it shows the id of a row."""

import pytest
from django.db import connection

from tests.factories import UserFactory
from tests.signatories.non_interference.comparing import watched
from tests.signatories.non_interference.short_histories import COUNTED, acts
from tests.signatories.public_outputs import routes
from tests.signatories.twin_histories import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ROW_IDS = 77_000_000


def test_no_public_output_shows_a_row_id():
    """Ids that the database counts up would tell how many rows there are. Here they begin far away: none is seen."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for sequence in connection.introspection.get_sequences(cursor, table):
                start_at(cursor, sequence, ROW_IDS)
    stage = Stage(UserFactory())
    assert stage.first.letter.pk >= ROW_IDS
    told = watched(stage, COUNTED + acts("amend", "agree", "object"), "ids", sees="plain").notes
    mark = str(ROW_IDS)[:4]
    shown = {str(where): seen.exact for where, seen in told.items() if mark in seen.exact}
    assert {where: words.partition(mark)[0][-80:] for where, words in shown.items()} == {}


def start_at(cursor, sequence, number):
    if connection.vendor == "postgresql":
        cursor.execute("SELECT setval(%s, %s)", [sequence.get("name") or f"{sequence['table']}_id_seq", number])
    else:
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [sequence["table"]])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [sequence["table"], number])


def test_every_public_page_is_looked_at():
    """What is not about letters is left out by name, and nothing else is."""
    from tests.test_public_pages import PUBLIC

    looked_at = {name for name, _arguments in routes()}
    assert {name.partition("_")[0].partition(":")[0] for name in PUBLIC - looked_at} == {"account", "mfa", "admin"}
