from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.db import connection, transaction
from django.utils import timezone

from campaigns import emails, outbox, services
from campaigns.models import Mail, Role
from tests.campaigns import mail_servers
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

CHOOSY = "tests.campaigns.mail_servers.Choosy"
GONE = "tests.campaigns.mail_servers.Gone"
MEASURING = "tests.campaigns.mail_servers.Measuring"
WORDS = {"template": "account/email/account_already_exists", "context": {"password_reset_url": "https://a.example/"}}


def put(to="one@site.example", dedupe="", data=WORDS, **options):
    outbox.put(emails.account_mail, None, to=to, dedupe=dedupe or to, data=data, **options)
    return Mail.objects.get(dedupe_key=f"campaigns.account_mail::{dedupe or to}")


def states():
    return dict(Mail.objects.values_list("dedupe_key", "state"))


def state(mail):
    return Mail.objects.get(pk=mail.pk).state


def addressees(mailoutbox):
    return [mail.to[0] for mail in mailoutbox]


def test_put_nudges_on_commit(nudges, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        put()
        assert nudges == []
    assert nudges == ["campaigns.tasks.send_due"]


def test_put_writes_the_same_mail_once():
    put(dedupe="a")
    put(dedupe="a")
    put(dedupe="b")
    assert Mail.objects.count() == 2


def test_put_leaves_nothing_when_its_transaction_is_undone():
    with transaction.atomic():
        put()
        transaction.set_rollback(True)
    assert not Mail.objects.exists()


def test_put_stores_neither_address_nor_data_readably():
    mail = put("canary@site.example", dedupe="ours")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM campaigns_mail")
        stored = repr(cursor.fetchone())
    assert (mail.to, mail.data) == ("canary@site.example", WORDS)
    assert mail.to_hash in stored
    assert "canary" not in stored
    assert "a.example" not in stored


def test_send_due_sends_and_forgets(mailoutbox):
    mail = put(language="en")
    assert outbox.send_due() == 1
    (sent,) = mailoutbox
    assert sent.to == ["one@site.example"]
    assert "https://a.example/" in sent.body
    assert sent.extra_headers["Message-ID"] == f"<{mail.pk}@127.0.0.1>"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert sent.alternatives[0].mimetype == "text/html"
    mail.refresh_from_db()
    assert (mail.state, mail.to, mail.data, mail.error) == (Mail.State.SENT, "", {}, "")
    assert outbox.send_due() == 0


def test_send_due_takes_the_longest_due_first(mailoutbox, time_machine):
    time_machine.move_to("2026-05-01 12:00:10Z")
    put("second@site.example")
    time_machine.move_to("2026-05-01 12:00:00Z")
    put("first@site.example")
    time_machine.move_to("2026-05-01 12:01Z")
    outbox.send_due()
    assert addressees(mailoutbox) == ["first@site.example", "second@site.example"]


def test_send_due_lets_one_refusal_hold_up_nobody(mailoutbox, settings):
    settings.EMAIL_BACKEND = CHOOSY
    refused, later, fine = put("refused@site.example"), put("later@site.example"), put("fine@site.example")
    assert outbox.send_due() == 1
    assert [state(mail) for mail in (refused, later, fine)] == ["failed", "queued", "sent"]
    assert Mail.objects.get(pk=refused.pk).to == "refused@site.example"  # kept, to try again
    assert sorted(Mail.objects.exclude(error="").values_list("error", flat=True)) == [
        "SMTPDataError 451",
        "SMTPRecipientsRefused 550",
    ]  # without the server's words, which quote addresses


def test_send_due_waits_twice_as_long_after_each_failure(settings, time_machine):
    settings.EMAIL_BACKEND = CHOOSY
    time_machine.move_to("2026-05-01 12:00Z", tick=False)
    mail, waits = put("later@site.example"), []
    for _ in range(11):
        outbox.send_due()
        mail.refresh_from_db()
        waits.append((mail.run_after - timezone.now()).seconds)
        time_machine.move_to(mail.run_after, tick=False)
    assert waits == [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]


def test_send_due_gives_up_after_three_days(settings, time_machine):
    settings.EMAIL_BACKEND = CHOOSY
    time_machine.move_to("2026-05-01 12:00Z", tick=False)
    mail = put("later@site.example")
    time_machine.move_to("2026-05-04 11:59Z", tick=False)
    outbox.send_due()
    assert state(mail) == Mail.State.QUEUED
    time_machine.move_to("2026-05-04 13:00Z", tick=False)
    outbox.send_due()
    assert state(mail) == Mail.State.FAILED


def test_send_due_stops_when_the_server_is_gone_and_loses_nothing(mailoutbox, settings, time_machine):
    time_machine.move_to("2026-05-01 12:00Z", tick=False)
    for number in range(3):
        put(f"{number}@site.example")
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, GONE
    assert outbox.send_due() == 0
    assert sorted(Mail.objects.values_list("attempts", "state")) == [(0, "queued"), (0, "queued"), (1, "queued")]
    settings.EMAIL_BACKEND = working
    time_machine.move_to("2026-05-01 12:01Z", tick=False)
    assert outbox.send_due() == 3
    assert set(states().values()) == {"sent"}


def test_send_due_stops_when_the_server_drops_the_connection(mailoutbox, settings):
    settings.EMAIL_BACKEND = CHOOSY
    first = put("garbled@site.example")
    then = put("fine@site.example")
    assert outbox.send_due() == 0
    assert (state(first), state(then)) == ("queued", "queued")
    assert outbox.send_due() == 1
    assert (state(first), state(then)) == ("queued", "sent")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((552, b"5.3.4 Message size exceeds fixed limit"), 552),
        ((552, b"too much"), 552),
        ((554, b"5.3.4 Message too big"), 554),
        ((550, b"5.2.3 larger than you may send"), 550),
    ],
)
def test_send_due_takes_a_mail_too_large_for_its_own_trouble(mailoutbox, settings, monkeypatch, answer, code):
    settings.EMAIL_BACKEND = MEASURING
    monkeypatch.setattr(mail_servers.Measuring, "answer", answer)
    large, small = put("large@site.example"), put("small@site.example")
    assert outbox.send_due() == 1
    assert (state(large), state(small)) == ("failed", "sent")
    assert Mail.objects.get(pk=large.pk).error == f"SMTPSenderRefused, too large, {code}"


@pytest.mark.parametrize("answer", [(550, b"5.7.1 not from here"), (452, b"4.3.1 no room now"), (421, b"busy")])
def test_send_due_stops_when_the_server_refuses_the_sender(mailoutbox, settings, monkeypatch, answer):
    settings.EMAIL_BACKEND = MEASURING
    monkeypatch.setattr(mail_servers.Measuring, "answer", answer)
    refused, other = put("large@site.example"), put("small@site.example")
    assert outbox.send_due() == 0
    assert (state(refused), state(other)) == ("queued", "queued")


def test_send_due_keeps_a_mail_that_cannot_be_rendered(mailoutbox, caplog):
    broken = put("broken@site.example", data={"template": "no/such/template", "context": {}})
    fine = put("fine@site.example")
    assert outbox.send_due() == 1
    assert (state(broken), state(fine)) == ("queued", "sent")
    broken.refresh_from_db()
    assert (broken.to, broken.error) == ("broken@site.example", "TemplateDoesNotExist while rendering")
    assert "broken@" not in caplog.text


def test_send_due_drops_what_has_become_pointless(mailoutbox):
    owner = MembershipFactory(role=Role.OWNER)
    invitation = services.invite_to_team(owner.campaign, email="a@guest.example", role="viewer", by=owner.user)
    invitation.delete()
    outbox.send_due()
    mail = Mail.objects.get()
    assert (mailoutbox, mail.state, mail.to, mail.data) == ([], "dropped", "", {})


def test_send_due_leaves_a_mail_put_in_for_later(mailoutbox, time_machine):
    time_machine.move_to("2026-05-01 12:00Z", tick=False)
    put(wait=timedelta(hours=1))
    assert outbox.send_due() == 0
    time_machine.move_to("2026-05-01 13:00Z", tick=False)
    assert outbox.send_due() == 1


def test_lease_of_a_killed_worker_runs_out(mailoutbox, settings, time_machine):
    time_machine.move_to("2026-05-01 12:00Z", tick=False)
    put()
    outbox._claim()  # and the worker is gone
    assert outbox.send_due() == 0
    time_machine.shift(settings.OUTBOX_LEASE_SECONDS + 1)
    assert outbox.send_due() == 1
    assert len(mailoutbox) == 1


def test_worker_that_lost_its_lease_overwrites_nothing(settings, time_machine):
    time_machine.move_to("2026-05-01 12:00Z", tick=False)
    mail = put()
    slow = outbox._claim()
    time_machine.shift(settings.OUTBOX_LEASE_SECONDS + 1)
    quick = outbox._claim()
    outbox._note(slow, state=Mail.State.FAILED, error="too late")
    assert state(mail) == Mail.State.SENDING
    outbox._note(quick, state=Mail.State.SENT)
    outbox._note(slow, state=Mail.State.FAILED, error="too late")
    assert state(mail) == Mail.State.SENT


def test_address_hash_folds_case_and_needs_the_key(settings):
    first = outbox.address_hash("A@Site.Example ")
    assert first == outbox.address_hash("a@site.example")
    assert "site" not in first
    settings.INDEX_KEY = "another"
    assert outbox.address_hash("a@site.example") != first


def test_forget_failed_empties_what_is_as_old_as_contacts_get(settings):
    settings.CONTACT_RETENTION_DAYS = 30
    long_ago = timezone.now() - timedelta(days=30)
    kept = {"old": ("failed", long_ago), "recent": ("failed", timezone.now()), "waiting": ("queued", long_ago)}
    for name, (reached, at) in kept.items():
        Mail.objects.filter(pk=put(dedupe=name).pk).update(state=reached, created_at=at, error="SMTPError 550")
    assert outbox.forget_failed() == 1
    assert outbox.forget_failed() == 0
    found = {mail.dedupe_key.rpartition(":")[2]: (mail.state, mail.to, mail.data) for mail in Mail.objects.all()}
    address = "one@site.example"
    assert found == {
        "old": ("dropped", "", {}),
        "recent": ("failed", address, WORDS),
        "waiting": ("queued", address, WORDS),
    }


def test_send_due_sets_a_mail_that_no_key_opens_apart(settings, mailoutbox):
    kept = settings.CONTACT_KEYS
    settings.CONTACT_KEYS = [Fernet.generate_key().decode()]
    outbox.put(emails.account_mail, None, to="lost@site.example", dedupe="lost", data=WORDS)
    settings.CONTACT_KEYS = kept
    put("two@site.example")
    outbox.send_due()
    assert addressees(mailoutbox) == ["two@site.example"]
    assert states() == {"campaigns.account_mail::lost": "failed", "campaigns.account_mail::two@site.example": "sent"}
