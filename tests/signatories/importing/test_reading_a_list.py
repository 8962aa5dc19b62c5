"""What a list is read into, and what each row is thought to be."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.models import JournalEntry
from signatories import tasks
from signatories.models import Import, ImportRow, Line, Signatory
from signatories.services import importing
from signatories.services.importing import Change, Entry
from tests.factories import SignatoryFactory, UserFactory
from tests.signatories.importing.lists import TABLE, add, outcomes, taken

pytestmark = pytest.mark.django_db


def raw_rows(model):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table}")
        return cursor.fetchall()


def test_take_in_shows_every_line(letter):
    of = taken(letter)
    assert (of.status, of.lines, of.content) == ("ready", 4, "")
    assert [(row.number, row.decision) for row in of.rows.all()] == [(1, "skip"), (2, "add"), (3, "add"), (4, "add")]


def test_take_in_stores_no_word_readably(letter):
    of = taken(letter, proof=("Proof of Wells.txt", b"Wells for All signed"))
    plain = [str(value) for table in (Import, ImportRow) for row in raw_rows(table) for value in row]
    assert of.rows.get(number=2).sealed["name"] == "Wells for All"
    assert [one for one in plain if "Wells" in one or "secretary" in one or "wells.example" in one] == []


def test_journal_holds_no_word_of_a_list(letter):
    add(taken(letter))
    assert [entry.data for entry in JournalEntry.objects.all() if "Wells" in str(entry.data)] == []


def test_read_tells_the_same_from_the_likely(letter):
    SignatoryFactory(letter=letter, line=Line("Wells for All", "", "KE"), confirmed=True)
    SignatoryFactory(letter=letter, line=Line("Amigas de Río", "", "CO"), confirmed=True)
    assert [row.decision for row in taken(letter).rows.all()] == ["skip", "merge", "ask", "add"]


@pytest.mark.parametrize("status", ["withdrawn", "invalid", "lapsed"])
@pytest.mark.parametrize("is_proof", [True, False])
def test_read_asks_about_who_has_left(letter, status, is_proof):
    SignatoryFactory(letter=letter, line=Line("Wells for All", "", "KE"), status=status)
    assert taken(letter, is_proof=is_proof).rows.get(number=2).decision == "ask"


def test_read_merges_with_who_has_come_back(letter):
    SignatoryFactory(letter=letter, line=Line("Wells for All", "", "KE"), status="withdrawn")
    again = SignatoryFactory(letter=letter, line=Line("Wells for All", "", "KE"), confirmed=True)
    row = taken(letter, is_proof=True).rows.get(number=2)
    assert (row.decision, row.same_as) == ("merge", again)


def test_read_asks_what_a_proof_says_of_who_has_not_answered(letter):
    SignatoryFactory(letter=letter, line=Line("Wells for All", "", "KE"))
    assert taken(letter, is_proof=True).rows.get(number=2).decision == "ask"
    assert taken(letter).rows.get(number=2).decision == "merge"


def test_read_asks_about_who_was_declined(letter):
    vetter = UserFactory()
    facts = {"status": "declined", "decline_reason": "other", "decided_by": vetter, "decided_at": timezone.now()}
    SignatoryFactory(letter=letter, line=Line("Wells for All", "", "KE"), **facts)
    assert taken(letter).rows.get(number=2).decision == "ask"


def test_read_finds_doubles_inside_the_list(letter):
    of = taken(letter, TABLE + "Wells for All\tKenya\t\n")
    last = of.rows.last()
    assert (last.decision, last.same_as_row) == ("merge", 2)
    assert outcomes(add(of))[-1][1] == "merged"


def test_read_flags_what_asks_for_confidence(letter):
    of = taken(
        letter, TABLE.replace("\n", "\tNote\n", 1).replace("wells.example", "wells.example\tplease keep confidential")
    )
    assert [row.visibility for row in of.rows.all()] == ["public", "counted", "public", "public"]
    add(of)
    assert letter.signatories.withheld().count() == 1


def test_files_are_read_by_nobody_who_does_not_need_them(letter):
    of = taken(letter, proof=("a.txt", b"x"))
    with CaptureQueriesContext(connection) as queries:
        importing.look_over(of, {2: Change("skip", "public")}, by=of.made_by)
        add(Import.objects.without_files().get(pk=of.pk))
        importing.look_over_again(of, by=of.made_by)
        tasks.keep_retention()
        importing.discard(of, by=of.made_by)
    selected = [one["sql"].partition(" FROM ")[0] for one in queries if one["sql"].startswith("SELECT")]
    assert len([one for one in selected if '"signatories_import"."source"' in one]) > 4
    assert [one for one in selected if '"signatories_import"."proof"' in one] == []


def test_a_broken_file_says_what_to_do(letter):
    of = taken(letter, text="", file=("list.xlsx", b"PK\x03\x04 nothing"))
    assert (of.status, bool(of.problem), of.content) == ("unreadable", True, "")


def test_reading_is_given_up_after_three_crashes(letter, monkeypatch):
    monkeypatch.setattr("signatories.services.importing.taking.READ_AT_ONCE", 0)
    of = taken(letter)
    Import.objects.update(attempts=3)
    assert (of.status, tasks.import_lists()) == ("reading", 1)
    of.refresh_from_db()
    assert of.status == "unreadable"


def test_a_read_list_is_not_read_by_two(letter, monkeypatch):
    monkeypatch.setattr("signatories.services.importing.taking.READ_AT_ONCE", 0)
    of = taken(letter)
    Import.objects.update(leased_until=timezone.now() + timedelta(minutes=1))
    assert (tasks.import_lists(), of.rows.count()) == (0, 0)
    assert Signatory.objects.count() == 0


def test_website_that_is_none_cannot_be_used(letter):
    websites = ("javascript://x/%0aalert(1)", "www.wells.example/about", "https://wells.example")
    assert [Entry(name="Wells", country="KE", website=one).fits for one in websites] == [False, True, True]


def test_reading_goes_on_while_its_lease_is_renewed(letter, monkeypatch):
    monkeypatch.setattr("signatories.services.importing.reading.RENEWED_AFTER", 2)
    monkeypatch.setattr("signatories.services.importing.reading.LEASE", timedelta(0))
    of = Import.objects.create(letter=letter, made_by=UserFactory(), origin="mail", source="x", content=TABLE)
    with CaptureQueriesContext(connection) as queries:
        assert importing.read_due() == 1
    renewing = 'SET "leased_until" = '
    assert len([one for one in queries if renewing in one["sql"] and "attempts" in one["sql"]]) > 2
    assert Import.objects.get(pk=of.pk).status == "ready"


def test_reading_that_the_database_fails_is_tried_again(letter, monkeypatch):
    def failing(*args, **kwargs):
        raise OperationalError

    of = Import.objects.create(letter=letter, made_by=UserFactory(), origin="mail", source="x", content=TABLE)
    with monkeypatch.context() as patch:
        patch.setattr("campaigns.insertion.insert", failing)
        assert importing.read_due() == 1
    Import.objects.update(leased_until=timezone.now() - timedelta(minutes=1))
    importing.read_due()
    of.refresh_from_db()
    assert (of.status, of.attempts, of.rows.count()) == ("ready", 2, 4)


def renamed(of, number, name, **facts):
    parts = {"name": name, **facts}
    return importing.look_over(of, {number: Change("add", "public", parts)}, by=of.made_by)


def decided(of):
    return [(row.number, row.decision) for row in of.rows.all()][1:]


def test_a_renamed_row_is_compared_again_with_the_letter(letter):
    there = SignatoryFactory(letter=letter, line=Line("Wells for All", "", "PE"), listed=True)
    of = taken(letter)
    assert renamed(of, 4, "Well for All", country="PE").asked == 1
    assert Entry.of(of.rows.get(number=4)).near[0].key == f"s:{there.pk}"
    assert decided(of) == [(2, "ask"), (3, "add"), (4, "ask")]
    assert renamed(of, 4, "Well for All", country="PE").asked == 0  # seen, and said to be another
    assert of.rows.get(number=4).decision == "add"


@pytest.mark.parametrize("status", ["withdrawn", "invalid", "lapsed", "pending"])
def test_a_renamed_row_meets_whoever_has_that_very_name(letter, status):
    SignatoryFactory(letter=letter, line=Line("Harbour Trust", "", "PE"), status=status)
    assert renamed(taken(letter), 4, "harbour trust").asked == 1


def test_a_renamed_row_meets_a_withheld_name(letter):
    SignatoryFactory(letter=letter, line=Line("Harbour Trust", "", "PE"), listed=True, visibility="counted")
    assert renamed(taken(letter), 4, "Harbour Trust").asked == 1


def test_a_renamed_row_is_compared_again_with_the_rows_around_it(letter):
    of = taken(letter)
    assert renamed(of, 4, "Wells for All", country="KE").asked == 1
    assert (decided(of)[-1], Entry.of(of.rows.get(number=4)).near[0].key) == ((4, "ask"), "r:2")
    of = taken(letter)
    assert renamed(of, 2, "Bridge Watch", country="PE").asked == 1  # merged upwards: the one below is asked about
    assert (decided(of)[-1], Entry.of(of.rows.get(number=4)).near[0].key) == ((4, "ask"), "r:2")


def test_what_was_the_same_as_a_renamed_row_is_decided_anew(letter):
    of = taken(letter, TABLE + "Wells for All\tKenya\t\n")
    assert decided(of)[-1] == (5, "merge")
    assert renamed(of, 2, "Orchard Choir").asked == 1
    assert (decided(of)[-1], Entry.of(of.rows.get(number=5)).near) == ((5, "ask"), [])
