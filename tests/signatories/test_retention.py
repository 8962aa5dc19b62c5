"""Contact data goes when its time is over, and everybody has known the day for two weeks."""

from dataclasses import asdict
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from campaigns import outbox
from campaigns.models import JournalEntry, Mail
from letters import services as letters
from letters.models import Letter
from signatories import emails, services, tasks
from signatories.models import Correction, Line, Objection, Purpose, Question, SecondContact, Signatory, Token
from signatories.services import cohorts, erasing
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
CONTACT = {"contact_name": "Wren Canary", "contact_role": "Canary keeper", "contact_email": "wren@canary.example"}


@pytest.fixture
def start():
    return timezone.now()


@pytest.fixture
def letter():
    return OpenLetterFactory()


def closed(letter):
    letters.close(Letter.objects.get(pk=letter.pk), by=UserFactory())


def pass_days(start, *days):
    for day in days:
        with time_machine.travel(start + day * DAY):
            services.keep_retention()
            outbox.send_due()


def with_contact():
    return Signatory.objects.exclude(contact_email="").count()


def test_contacts_go_ninety_days_after_closing(letter, start):
    signatory = SignatoryFactory(letter=letter, listed=True, **CONTACT)
    closed(letter)
    pass_days(start, 1, 75)
    assert len(django_mail.outbox) == 0
    pass_days(start, 76.5, 80, 89.9)
    assert (len(django_mail.outbox), with_contact()) == (1, 1)
    day = start + 90.5 * DAY  # two weeks from when it was told, if that is later than ninety days
    assert f"on {day.day} {day:%B %Y} we delete" in django_mail.outbox[0].body
    pass_days(start, 91)
    signatory.refresh_from_db()
    assert (signatory.contact_name, signatory.contact_role, signatory.contact_email) == ("", "", "")
    assert (signatory.status, signatory.line.name, signatory.erased_at) == ("listed", signatory.name, None)
    assert signatory.name
    pass_days(start, 92, 93)
    assert len(django_mail.outbox) == 1
    assert JournalEntry.objects.filter(verb="deleted contacts").count() == 1


def test_an_open_letter_keeps_its_contacts(letter, start):
    SignatoryFactory(letter=letter, listed=True)
    Letter.objects.update(closes_at=start + 400 * DAY)
    pass_days(start, 100, 200, 300)
    assert with_contact() == 1


def test_an_edition_puts_the_day_off_and_a_new_day_is_told(letter, start):
    SignatoryFactory(letter=letter, listed=True)
    closed(letter)
    pass_days(start, 77)
    with time_machine.travel(start + 80 * DAY):
        letters.freeze(Letter.objects.get(), by=UserFactory())
    pass_days(start, 91, 120, 150)
    assert (with_contact(), len(django_mail.outbox)) == (1, 1)
    pass_days(start, 157, 158)
    assert len(django_mail.outbox) == 2
    pass_days(start, 169, 171)
    assert with_contact() == 0


def test_nobody_loses_data_without_two_weeks_notice(letter, start):
    """After a standstill, or when the setting was lowered: the day is two weeks from now."""
    SignatoryFactory(letter=letter, listed=True)
    closed(letter)
    pass_days(start, 300)
    assert (with_contact(), len(django_mail.outbox)) == (1, 1)
    pass_days(start, 313)
    assert with_contact() == 1
    pass_days(start, 315)
    assert (with_contact(), len(django_mail.outbox)) == (0, 1)


def test_telling_goes_on_where_it_was_cut_off(letter, start):
    SignatoryFactory.create_batch(3, letter=letter, listed=True)
    closed(letter)
    pass_days(start, 77)
    Mail.objects.filter(about_id=str(Signatory.objects.first().pk)).delete()
    pass_days(start, 78)
    assert Mail.objects.count() == 3


def test_days_are_a_setting(letter, start, settings):
    settings.CONTACT_RETENTION_DAYS = 30
    SignatoryFactory(letter=letter, listed=True)
    closed(letter)
    pass_days(start, 17, 31)
    assert with_contact() == 0


def test_only_printed_lines_stay(letter, start):
    line = {name: Line(name, "", "KE") for name in ("Listed", "Told", "Withheld", "Declined", "Pending")}
    listed = SignatoryFactory(letter=letter, listed=True, line=line["Listed"])
    told = SignatoryFactory(letter=letter, listed=True, visibility="recipient", line=line["Told"])
    withheld = SignatoryFactory(letter=letter, listed=True, visibility="counted", line=line["Withheld"])
    declined = SignatoryFactory(letter=letter, listed=True, line=line["Declined"])
    services.decline(Signatory.objects.filter(pk=declined.pk), by=UserFactory(), reason="other", note="A canary.")
    pending = SignatoryFactory(letter=letter, line=line["Pending"])
    closed(letter)
    pass_days(start, 77, 91)
    kept = {one.pk: one.line.name for one in Signatory.objects.all()}
    nothing = {one.pk: "" for one in (withheld, declined, pending)}
    assert kept == {listed.pk: "Listed", told.pk: "Told", **nothing}
    declined.refresh_from_db()
    assert (declined.decline_note, declined.erased_at is None) == ("", False)


def test_who_was_only_counted_is_counted_on_and_nothing_more(letter, start):
    """Its name stands nowhere; of it stays by what a second sign-on would be known as the same."""
    signatory = SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Withheld", "", "KE"))
    closed(letter)
    pass_days(start, 77, 91)
    after = letter.signatories.listed().withheld().get()
    assert (after.identity_hash, after.sealed, after.erased_at is None) == (signatory.identity_hash, {}, False)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignatoryFactory(letter=letter, listed=True, line=Line("Withheld", "", "KE"))
    assert letter.roll("en", start).withheld == 1


def test_who_withdrew_from_an_edition_stays_named_there(letter, start):
    signatory = SignatoryFactory(letter=letter, listed=True, line=Line("Left Later", "", "KE"))
    before = SignatoryFactory(letter=letter, listed=True, line=Line("Left Before", "", "KE"))
    services.withdraw(Token.objects.mine(before))
    closed(letter)
    letters.freeze(Letter.objects.get(), by=UserFactory())
    with time_machine.travel(start + DAY):
        services.withdraw(Token.objects.mine(signatory))
    pass_days(start, 78, 92)
    assert {one.pk: one.line.name for one in Signatory.objects.all()} == {signatory.pk: "Left Later", before.pk: ""}


def test_dry_run_says_what_is_due_and_changes_nothing(letter, start):
    SignatoryFactory(letter=letter, listed=True)
    closed(letter)
    with time_machine.travel(start + 77 * DAY):
        call_command("delete_contacts", dry_run=True, stdout=(said := StringIO()))
    assert f"letter {letter.pk}: 1 contacts, {start + 91 * DAY:%Y-%m-%d}, to be told of" in said.getvalue()
    assert (Mail.objects.count(), with_contact(), JournalEntry.objects.filter(verb="told of deleting").count()) == (
        0,
        1,
        0,
    )
    pass_days(start, 77)
    with time_machine.travel(start + 91 * DAY):
        call_command("delete_contacts", dry_run=True, stdout=(said := StringIO()))
        assert "to be deleted now" in said.getvalue()
        call_command("delete_contacts", stdout=(said := StringIO()))
    assert "1 contacts deleted." in said.getvalue()
    assert with_contact() == 0


def test_erasing_leaves_nothing_in_any_table(letter):
    """Every table is read as it is stored; what is encrypted is decrypted through its model before."""
    signatory = SignatoryFactory(letter=letter, confirmed=True, line=Line("Canary Club", "", "KE"), **CONTACT)
    vetter = UserFactory()
    Question.objects.create(signatory=signatory, words="Canary?", asked_by=vetter, answer="Canary!")
    Correction.objects.create(signatory=signatory, sealed=asdict(Line("Canary Clubs", "", "KE")))
    second = SecondContact.objects.create(signatory=signatory, email="two@canary.example", email_hash="x")
    for purpose in Purpose.values:
        Token.objects.issue(signatory, purpose)
    emails.tell(emails.received, signatory)
    emails.tell_second(second)
    hashes = {signatory.contact_hash, signatory.identity_hash, Mail.objects.first().to_hash}
    erasing.erase(Signatory.objects.get(pk=signatory.pk), keeps_line=False)
    said = " ".join(
        repr(row)
        for model in (Signatory, Question, Correction, SecondContact, Token, Mail)
        for row in model.objects.values()
    )
    assert "canary" not in said.casefold()
    assert not any(one in said for one in hashes)
    assert (Token.objects.count(), Objection.objects.count()) == (0, 0)
    assert set(Mail.objects.values_list("state", flat=True)) == {"dropped"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM signatories_signatory")
        assert "canary" not in repr(cursor.fetchall()).casefold()


def test_the_day_stands_on_the_form_and_at_the_desk(client, letter, settings):
    from tests.letters.desk import team_member

    day = letter.closes_at + 90 * DAY
    assert f"deleted on {day.day} {day:%B %Y}" in client.get(f"/letters/{letter.slug}/sign/").content.decode()
    team_member(client, letter)
    assert f"kept until {day.day} {day:%B %Y}" in client.get(f"/desk/letters/{letter.slug}/").content.decode()


def test_nobody_who_never_answered_is_told_of_the_day(letter, start):
    SignatoryFactory(letter=letter)
    SignatoryFactory(letter=letter, held_because="trap", source="a place")
    SignatoryFactory(letter=letter, status="invalid", confirmed_at=timezone.now(), agreed_revision=letter.revision)
    known = SignatoryFactory(letter=letter, confirmed=True)
    closed(letter)
    django_mail.outbox.clear()
    pass_days(start, 76.5, 80)
    assert [one.to for one in django_mail.outbox] == [[known.contact_email]]
    pass_days(start, 95)
    assert with_contact() == 0


def test_nobody_whose_data_is_deleted_is_listed_or_waits_for_it(letter, start):
    confirmed = SignatoryFactory(letter=letter, confirmed=True)
    listed = SignatoryFactory(letter=letter, listed=True)
    by = UserFactory()
    rule = cohorts.Rule(letter.pk, states=("listed",), domain=listed.contact_email.partition("@")[2])
    invalidation = services.invalidate(rule, seen=9, reason="Forged", by=by)
    closed(letter)
    pass_days(start, 76.5, 95)
    assert with_contact() == 0
    assert list(Signatory.objects.awaiting_vetting()) == []
    assert services.approve(Signatory.objects.filter(pk=confirmed.pk), by=by) == 0
    assert services.reconsider(Signatory.objects.all(), by=by) == 0
    assert services.undo(invalidation, by=by) == services.Undone(0, 1)
    assert not services.ask(confirmed, by=by, words="Who are you?")


def test_withheld_line_of_who_withdrew_after_an_edition_goes_too(letter, start):
    shown, hidden = (SignatoryFactory(letter=letter, listed=True, visibility=one) for one in ("public", "counted"))
    closed(letter)
    letters.freeze(Letter.objects.get(pk=letter.pk), by=UserFactory())
    for one in (shown, hidden):
        services.withdraw(Token.objects.found(Purpose.MINE, Token.objects.mine(one).secret))
    pass_days(start, 77, 80, 95)
    kept = {one.pk: one.line.name for one in Signatory.objects.all()}
    assert kept == {shown.pk: shown.line.name, hidden.pk: ""}


def test_addresses_that_signed_nothing_go_as_well(letter, start):
    services.send_link(letter, email="nobody@stranger.example", language="en")
    Mail.objects.update(state="failed")
    tasks.keep_retention()
    assert Mail.objects.get().to == "nobody@stranger.example"
    with time_machine.travel(start + 91 * DAY):
        tasks.keep_retention()
    assert (Mail.objects.get().to, Mail.objects.get().state) == ("", "dropped")
