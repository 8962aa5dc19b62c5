"""Where the words of the hidden one would stand: mails, logs and tables."""

import logging
from contextlib import contextmanager

from django.db import connection

from config.logs import Masking
from tests.signatories.twin_histories.secret import CANARY


def whole(message):
    """A mail as it goes out, headers and both its forms."""
    headers = {"From": message.from_email, "Subject": message.subject, "Reply-To": message.reply_to, "To": message.to}
    parts = [message.body, *(str(content) for content, *_ in message.alternatives)]
    return "\n\n".join([repr(headers | message.extra_headers), *parts, repr(message.attachments)])


class Hearing(logging.Handler):
    """Keeps what was logged, formatted as on the console, and says the words of the hidden one."""

    def __init__(self, heard):
        super().__init__()
        self.setFormatter(Masking("%(levelname)s %(name)s %(message)s"))
        self.heard = heard

    def emit(self, record):
        if CANARY in (said := self.format(record)).casefold():
            self.heard.append(f"log: {said}")


@contextmanager
def hearing():
    """What the logs say of the hidden one while this lasts, in clear."""
    heard = []
    handler, root = Hearing(heard), logging.getLogger()
    root.addHandler(handler)
    try:
        yield heard
    finally:
        root.removeHandler(handler)


def canaries_in_tables():
    """Columns of the database in which a word of the hidden one stands in clear."""
    found = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                named = zip(cursor.description, row, strict=True)
                found += [f"table: {table}.{column[0]}" for column, value in named if CANARY in str(value).casefold()]
    return found
