from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from campaigns import chaining, tasks
from campaigns.models import JournalEntry, Mail
from tests.factories import UserFactory

LIVE, READY = reverse("campaigns:live"), reverse("campaigns:ready")


@pytest.fixture
def at_noon(db, time_machine):
    """A minute after everything worked."""
    time_machine.move_to("2026-05-01 11:59Z", tick=False)
    tasks.beat()
    time_machine.move_to("2026-05-01 12:00Z", tick=False)


def mail(minutes_old, **fields):
    now = timezone.now()
    facts = {"created_at": now - timedelta(minutes=minutes_old), "run_after": now, **fields}
    return Mail.objects.create(kind="campaigns.x", to_hash="", dedupe_key=str(Mail.objects.count()), **facts)


def doctor():
    out = StringIO()
    try:
        call_command("doctor", stdout=out, no_color=True)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def test_live_asks_neither_database_nor_session(client):
    """Without the `db` fixture any query fails the test."""
    response = client.get(LIVE)
    assert (response.status_code, response.content) == (200, b"live\n")
    assert not response.cookies


def test_ready_when_all_is_well(client, at_noon):
    response = client.get(READY)
    assert response.status_code == 200
    assert response.json() == {
        "ready": True,
        "database": "well",
        "outbox": "well",
        "forms sent": "well",
        "scheduler": "well",
    }


def test_ready_does_not_tell_that_a_mail_was_written(client, at_noon):
    """Else a form about somebody else would tell what it set off."""
    before = client.get(READY).content
    mail(0)
    mail(1)
    assert client.get(READY).content == before


@pytest.mark.parametrize(("minutes", "status"), [(4, 200), (5, 503)])
def test_ready_until_a_mail_has_waited_five_minutes(client, at_noon, minutes, status):
    mail(minutes)
    assert client.get(READY).status_code == status


def test_ready_counts_the_time_of_a_mail_that_is_tried_again(client, at_noon):
    mail(6, attempts=3, run_after=timezone.now() + timedelta(minutes=10))
    assert client.get(READY).status_code == 503


def test_ready_does_not_mind_a_mail_meant_for_later(client, at_noon):
    mail(6, run_after=timezone.now() + timedelta(minutes=10))
    assert client.get(READY).status_code == 200


def test_ready_does_not_mind_failed_mails(client, at_noon):
    mail(600, state=Mail.State.FAILED)
    assert client.get(READY).status_code == 200


def test_ready_needs_the_scheduler(client, at_noon, time_machine):
    time_machine.move_to("2026-05-01 12:04Z", tick=False)
    assert client.get(READY).json()["scheduler"] == "last seen 300 s ago"
    assert client.get(READY).status_code == 503


def test_ready_needs_the_database(client, db):
    def unplugged(*args):
        raise OperationalError("password of undersigned@db.internal.example refused")

    with connection.execute_wrapper(unplugged):
        response = client.get(READY)
    assert response.status_code == 503
    assert response.json() == {"ready": False, "database": "no answer (OperationalError)"}


def test_doctor_is_content_when_all_is_well(at_noon, settings):
    settings.REDIS_URL, settings.EMAIL_URL = "redis://127.0.0.1:6379/0", "smtp://127.0.0.1"  # only whether there is one
    status, words = doctor()
    assert (status, "LOOK" in words) == (0, False)


def test_doctor_says_what_is_wrong(at_noon, settings):
    mail(600, state=Mail.State.FAILED)
    mail(10)
    settings.DEBUG, settings.SITE_URL = True, "https://letters.example.org"
    settings.EMBEDDED, settings.REDIS_URL, settings.EMAIL_URL = False, "", ""
    kept = f"mail is kept in {settings.VAR_DIR}/mail for a week and reaches nobody"
    status, words = doctor()
    assert status == 1
    assert [line for line in words.splitlines() if line.startswith("LOOK")] == [
        "LOOK  outbox: oldest mail has waited 600 s",
        "LOOK  failed mails: 1; see the outbox in the admin",
        "LOOK  DEBUG: on, yet the site is https://letters.example.org: the demonstration logins are open",
        f"LOOK  mail server: none: {kept}: set EMAIL_URL",
        "LOOK  cache: each web process counts sign-in attempts for itself: set REDIS_URL",
    ]


def test_doctor_does_not_mind_that_a_site_for_trying_out_has_no_mail_server(at_noon, settings):
    settings.EMBEDDED, settings.EMAIL_URL = True, ""
    assert "well  mail server: none: mail is kept in" in doctor()[1]


@pytest.mark.parametrize(("minutes", "mark"), [(4, "well"), (5, "LOOK")])
def test_doctor_says_how_long_the_journal_waits_for_its_chain(at_noon, time_machine, minutes, mark):
    JournalEntry.objects.record("edited", UserFactory())
    time_machine.shift(timedelta(minutes=minutes))
    waiting = f"{mark}  journal: 1 to be linked into the chain, the oldest has waited {60 * minutes} s"
    assert waiting in doctor()[1].splitlines()
    chaining.link_due()
    assert "well  journal: every entry has its place in the chain" in doctor()[1].splitlines()


def test_doctor_misses_a_scheduler_that_never_ran(db):
    status, words = doctor()
    assert status == 1
    assert "LOOK  scheduler: never seen" in words
