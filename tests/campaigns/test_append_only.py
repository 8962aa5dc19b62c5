import pytest
from django.db import Error, connection, transaction

from campaigns.append_only import AppendOnly
from campaigns.models import JournalEntry
from tests.factories import CampaignFactory


@pytest.fixture
def entry(db):
    return JournalEntry.objects.record("created", CampaignFactory())


def refuse_deletion():
    """On SQLite the test database goes without this trigger (tests/conftest.py)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for statement in AppendOnly("campaigns_journalentry").statements(connection.vendor):
                if "_no_delete " in statement:
                    cursor.execute(statement)


def rows():
    return list(JournalEntry.objects.values_list("verb", flat=True))


def test_journal_takes_new_lines(entry):
    JournalEntry.objects.record("edited", CampaignFactory())
    assert rows() == ["created", "edited"]


def test_journal_refuses_to_be_rewritten(entry):
    with pytest.raises(Error, match="append only"), transaction.atomic():
        JournalEntry.objects.update(verb="forged")
    assert rows() == ["created"]


def test_journal_refuses_deletion(entry):
    refuse_deletion()
    with pytest.raises(Error, match="append only"), transaction.atomic():
        JournalEntry.objects.all().delete()
    assert rows() == ["created"]


def test_journal_without_its_triggers_could_be_rewritten(entry):
    names = [f"campaigns_journalentry_no_{name}" for name in ("update", "delete")]
    where = " ON campaigns_journalentry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{where}")
    JournalEntry.objects.update(verb="forged")
    assert rows() == ["forged"]
