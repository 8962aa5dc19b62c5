"""The journal's chain in the database."""

import threading

import pytest
from django.db import Error, connection, transaction

from campaigns import chaining
from campaigns.models import JournalEntry, JournalLink
from tests.factories import CampaignFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return CampaignFactory()


def record(campaign, number=1):
    return [JournalEntry.objects.record("edited", campaign, n=n, part="ŷ 2.50") for n in range(number)]


def found(*printed):
    return [finding.what for finding in chaining.verify(printed)]


def rewritten(statement, *values):
    """As whoever owns the database may: without the triggers."""
    with connection.cursor() as cursor:
        for table in ("campaigns_journalentry", "campaigns_journallink"):
            where = f" ON {table}" if connection.vendor == "postgresql" else ""
            for act in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{where}")
        cursor.execute(statement, values)


def test_link_due_links_every_entry_once(campaign):
    entries = record(campaign, 5)
    assert (chaining.link_due(), chaining.link_due()) == (5, 0)
    links = JournalLink.objects.order_by("number").values_list("number", "entry_id")
    assert list(links) == [(0, None), *((n, entry.pk) for n, entry in enumerate(entries, 1))]
    assert found() == []


def test_link_due_goes_on_where_it_ended(campaign, monkeypatch):
    monkeypatch.setattr(chaining, "AT_ONCE", 2)
    record(campaign, 5)
    assert chaining.link_due() == 5
    record(campaign, 2)
    assert chaining.link_due() == 2
    assert found() == []


def test_link_due_finds_what_was_numbered_earlier_and_committed_later(campaign, monkeypatch):
    first, late, last = record(campaign, 3)
    for entry in (first, last):
        with monkeypatch.context() as patch:
            patch.setattr(chaining, "_unlinked", lambda one=entry: JournalEntry.objects.filter(pk=one.pk))
            chaining._link_some(None)
    assert chaining.link_due() == 1
    assert JournalLink.objects.order_by("-number").values_list("entry_id", flat=True)[0] == late.pk
    assert found() == []


def test_sweep_of_all_finds_what_lies_further_back(campaign, monkeypatch):
    monkeypatch.setattr(chaining, "LOOKS_BACK", 1)
    early, _, last = record(campaign, 3)
    with monkeypatch.context() as patch:
        patch.setattr(chaining, "_unlinked", lambda: JournalEntry.objects.filter(pk=last.pk))
        chaining._link_some(None)
    assert chaining.link_due() == 0
    assert chaining.link_due(all_of_them=True) == 2
    assert early.link.number == 2


def test_head_covers_what_this_transaction_wrote(campaign):
    with transaction.atomic():
        record(campaign, 3)
        head = chaining.head()
    record(campaign)
    chaining.link_due()
    assert JournalLink.objects.get(number=3).hash == head
    assert found(head) == []
    assert found("0" * 64) == ["not found"]


def test_seed_is_random(campaign):
    with transaction.atomic():
        chaining.head()
        seed = JournalLink.objects.get(number=0).hash
        transaction.set_rollback(True)
    assert chaining.head() != seed


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE campaigns_journalentry SET verb = 'forged' WHERE id = %s", "changed"),
        ("UPDATE campaigns_journalentry SET data = '{\"n\": 9}' WHERE id = %s", "changed"),
        ("UPDATE campaigns_journalentry SET actor_id = 7 WHERE id = %s", "changed"),
    ],
)
def test_altered_entry_is_found(campaign, statement, what):
    entry = record(campaign, 3)[1]
    chaining.link_due()
    rewritten(statement, entry.pk)
    assert found() == [what]


def test_database_refuses_to_change_links(campaign):
    record(campaign)
    chaining.link_due()
    with pytest.raises(Error, match="append only"), transaction.atomic():
        JournalLink.objects.update(hash="0" * 64)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_writers_and_linkers_make_one_chain(campaign):
    """Four that write, three that link and one that freezes, all at once."""
    wrong = []

    def work(act):
        try:
            for _ in range(25):
                act()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    @transaction.atomic
    def freeze():
        record(campaign)
        heads.append(chaining.head())

    heads = []
    acts = [*[lambda: record(campaign, 4)] * 4, *[chaining.link_due] * 3, freeze]
    threads = [threading.Thread(target=work, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    chaining.link_due(all_of_them=True)
    assert wrong == []
    assert JournalLink.objects.exclude(number=0).count() == JournalEntry.objects.count() == 425
    assert found(*heads) == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_nobody_who_writes_waits_for_who_has_the_chain(campaign):
    written = threading.Event()

    def write():
        record(campaign)
        written.set()
        connection.close()

    with transaction.atomic():
        chaining.head()
        threading.Thread(target=write).start()
        assert written.wait(5)
        other = threading.Thread(target=lambda: (chaining.link_due(), connection.close()))
        other.start()
        other.join(5)
        assert not other.is_alive()
