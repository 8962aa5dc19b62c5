from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns import insertion
from campaigns.models import JournalEntry, Mail, Role, TeamInvitation
from signatories.models import Line, Purpose, Signatory, Token
from tests.factories import CampaignFactory, OpenLetterFactory, SignatoryFactory, UserFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()
SUBJECT = Mail(kind="campaigns.x")


def mail(key="a", **facts):
    return Mail(kind="campaigns.x", to="ama@river.example", to_hash="h", dedupe_key=key, data={"n": 1}, **facts)


def examples():
    """Rows of every table that is written this way, twice each: for us and for the ORM."""
    letter, user, signatory = OpenLetterFactory(), UserFactory(), SignatoryFactory()
    for turn in (1, 2):
        withheld = Signatory(
            letter=letter, scope="local", contact_name="Ama", contact_email="a@b.example", signed_at=NOW
        )
        withheld.contact_hash = withheld.identity_hash = str(turn)
        withheld.set_line(Line("Quiet Harbor", "QH", "KE"), Signatory.Visibility.COUNTED)
        yield [
            mail(str(turn), created_at=NOW, run_after=NOW, sent_at=NOW - timedelta(hours=1), attempts=3),
            JournalEntry(
                at=NOW, verb="x", subject_type="a", subject_id="1", actor_id=user.pk, data={"at": NOW, "n": 2}
            ),
            Token(
                signatory=signatory,
                purpose=Purpose.CONFIRM,
                nonce=str(turn),
                digest=str(turn),
                issued_at=NOW,
                expires_at=NOW,
            ),
            withheld,
            TeamInvitation(
                campaign=CampaignFactory(),
                email="é@b.example",
                email_hash="h",
                role=Role.VIEWER,
                nonce=f"n{turn}",
                digest=f"d{turn}",
                invited_by=user,
                invited_at=NOW,
                expires_at=NOW,
            ),
        ]


def test_insert_writes_what_save_writes():
    differing = {"id", "dedupe_key", "nonce", "digest", "contact_hash", "identity_hash", "campaign"}
    for ours, theirs in zip(*examples(), strict=True):
        insertion.insert(ours)
        theirs.save(force_insert=True)
        fields = [field for field in ours._meta.concrete_fields if field.name not in differing]
        kept, expected = type(ours).objects.get(pk=ours.pk), type(theirs).objects.get(pk=theirs.pk)
        assert {field.name: field.value_from_object(kept) for field in fields} == {
            field.name: field.value_from_object(expected) for field in fields
        }


def test_insert_encrypts():
    insertion.insert(mail())
    with connection.cursor() as cursor:
        cursor.execute('SELECT "to", data FROM campaigns_mail')
        assert not any("river" in value or '"n"' in value for value in cursor.fetchone())
    assert Mail.objects.get().to == "ama@river.example"


def test_insert_leaves_a_row_that_can_be_saved_again():
    row = mail()
    insertion.insert(row)
    row.attempts = 4
    row.save()
    assert list(Mail.objects.values_list("attempts", flat=True)) == [4]


def test_insert_refuses_a_second_row_in_the_same_place():
    insertion.insert(mail())
    with pytest.raises(IntegrityError), transaction.atomic():
        insertion.insert(mail())


def test_insert_or_ignore_tells_whether_it_wrote():
    assert insertion.insert_or_ignore(mail("a")) is True
    assert insertion.insert_or_ignore(mail("a")) is False
    assert insertion.insert_or_ignore(mail("b")) is True


def test_together_writes_all_at_the_end():
    with insertion.together():
        insertion.insert(mail("a"))
        JournalEntry.objects.record("x", CampaignFactory())
        insertion.insert_or_ignore(mail("b"))
        assert Mail.objects.count() == 0
    assert (Mail.objects.count(), JournalEntry.objects.count()) == (2, 1)


def test_together_is_one_message_on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes one statement at a time")
    with CaptureQueriesContext(connection) as queries, insertion.together():
        for key in "abc":
            insertion.insert(mail(key))
    assert (len(queries), Mail.objects.count()) == (1, 3)


def test_together_writes_what_goes_into_one_table_in_one_statement():
    with CaptureQueriesContext(connection) as queries, insertion.together():
        for key in "ab":
            insertion.insert_or_ignore(mail(key))
            JournalEntry.objects.record("x", SUBJECT)
    assert sum(query["sql"].count("INSERT INTO") for query in queries) == 2
    assert (Mail.objects.count(), JournalEntry.objects.count()) == (2, 2)


def test_insert_all_or_ignore_tells_which_it_wrote():
    insertion.insert(mail("a"))
    rows = [mail("a"), mail("b"), mail("b"), mail("c")]
    assert insertion.insert_all_or_ignore(rows) == {rows[1].pk, rows[3].pk}
    assert sorted(Mail.objects.values_list("dedupe_key", flat=True)) == ["a", "b", "c"]
    assert Mail.objects.get(dedupe_key="c").to == "ama@river.example"


def test_insert_all_or_ignore_takes_more_than_one_statement_holds():
    rows = [mail(str(number)) for number in range(insertion.MOST + 1)]
    assert insertion.insert_all_or_ignore(rows) == {row.pk for row in rows}
    assert insertion.insert_all_or_ignore([]) == set()


def test_rewrite_writes_what_save_would():
    rows = [mail("a"), mail("b"), mail("c")]
    insertion.insert_all_or_ignore(rows)
    rows[0].sent_at, rows[1].sent_at = NOW, None
    for row in rows:
        row.attempts, row.to, row.data, row.error = 4, "other@river.example", {"n": row.dedupe_key}, "unsaid"
    insertion.rewrite(rows[:2], "attempts", "to", "data", "sent_at")
    written = Mail.objects.order_by("dedupe_key").values_list("attempts", "to", "data", "sent_at", "error")
    other = "other@river.example"
    assert list(written) == [
        (4, other, {"n": "a"}, NOW, ""),
        (4, other, {"n": "b"}, None, ""),
        (0, "ama@river.example", {"n": 1}, None, ""),
    ]


def write(*rows):
    """A row that is None breaks off."""
    with insertion.together():
        for row in rows:
            insertion.insert(row)


def test_together_writes_nothing_after_an_error():
    with pytest.raises(AttributeError):
        write(mail("a"), None)
    assert Mail.objects.count() == 0
    insertion.insert(mail("a"))  # and holds nothing back afterwards
    assert Mail.objects.count() == 1


def test_together_writes_all_or_nothing():
    write(mail("a"))
    with pytest.raises(IntegrityError), transaction.atomic():
        write(mail("b"), mail("a"))
    assert Mail.objects.count() == 1
