"""Many declined at once: those that were looked at and no other, and back again as if nothing had been."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns import outbox
from campaigns.models import JournalEntry, Mail, Membership, Role
from signatories import emails, services
from signatories.models import Invalidation, Question, Signatory
from signatories.services import invalidating, registering
from tests.factories import MembershipFactory, OpenLetterFactory, SignatoryFactory, UserFactory
from tests.signatories import test_invalidating
from tests.signatories.vetting_desk import QUEUE, confirmed, demonstration, in_bulk, page, vetter

__all__ = ["demonstration", "vetter"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return OpenLetterFactory()


@pytest.fixture
def by():
    return UserFactory()


def rows(monkeypatch):
    monkeypatch.setattr(test_invalidating, "TABLES", [*test_invalidating.TABLES, Question])
    return test_invalidating.rows()


def a_crowd(letter):
    """With all that hangs on them: a question, mails under way, who decided before; one is listed by a rule."""
    asked, plain = SignatoryFactory.create_batch(2, letter=letter, confirmed=True)
    services.ask(asked, by=UserFactory(), words="Who may sign for you?")
    emails.tell(emails.received, plain)
    listed = SignatoryFactory(letter=letter, listed=True)
    known = SignatoryFactory(letter=letter, listed=True, decided_by=None, decided_by_rule="known")
    withheld = SignatoryFactory(letter=letter, listed=True, visibility="counted")
    emails.tell(emails.listed, listed)
    return [asked, plain, listed, known, withheld]


def seen(crowd):
    return {one.pk: one.status for one in crowd}


def decline(crowd, by):
    return services.decline_together(seen(crowd), reason="not_eligible", note="Sorry.", by=by)


def test_declining_together_and_back_leaves_every_column_as_it_was(letter, by, monkeypatch):
    crowd = a_crowd(letter)
    before = rows(monkeypatch)
    (made,) = decline(crowd, by)
    assert (made.number, made.rows.count()) == (5, 5)
    facts = set(Signatory.objects.values_list("status", "decline_reason", "decided_by", "decided_by_rule"))
    assert facts == {("declined", "not_eligible", by.pk, "")}
    assert {one.decline_note for one in Signatory.objects.all()} == {"Sorry."}
    assert Question.objects.open().count() == 0
    assert services.undo(made, by=by) == services.Undone(restored=5, stayed=0)
    assert rows(monkeypatch) == before


def test_nobody_is_told_before_the_hour_is_over(letter, by, mailoutbox):
    crowd = a_crowd(letter)
    Mail.objects.all().delete()
    (made,) = decline(crowd, by)
    assert (outbox.send_due(), services.told(made)) == (0, 0)
    Mail.objects.update(run_after=timezone.now())
    assert (outbox.send_due(), services.told(made)) == (5, 5)
    assert {one.subject for one in mailoutbox} == {
        "About your sign-on to “For the bridge over the Lind”",
        "Your message to Undersigned was not accepted",
    }


def test_who_was_told_and_listed_is_told_that_it_is_on_the_letter(
    letter, by, mailoutbox, django_capture_on_commit_callbacks
):
    waiting, listed, late = (
        SignatoryFactory(letter=letter, confirmed=True),
        *SignatoryFactory.create_batch(2, letter=letter, listed=True),
    )
    (made,) = decline([waiting, listed, late], by)
    Mail.objects.exclude(about_id=str(late.pk)).update(run_after=timezone.now())
    outbox.send_due()
    with django_capture_on_commit_callbacks(execute=True):
        services.undo(made, by=by)
    mails = Mail.objects.values_list("about_id", "kind", "state")
    assert set(mails) == {
        (str(waiting.pk), "signatories.not_accepted", "sent"),
        (str(listed.pk), "signatories.not_accepted", "sent"),
        (str(listed.pk), "signatories.listed", "queued"),
    }


def test_a_fault_of_the_register_holds_up_no_mail_about_many_put_back(
    letter, by, monkeypatch, django_capture_on_commit_callbacks
):
    def broken(*_):
        raise OSError

    monkeypatch.setattr(registering, "FEW", 0)
    monkeypatch.setattr(registering, "remember_again", broken)
    signatory = SignatoryFactory(letter=letter, listed=True)
    (made,) = decline([signatory], by)
    Mail.objects.update(run_after=timezone.now())
    outbox.send_due()
    with django_capture_on_commit_callbacks(execute=True):  # a fault in one that is robust is logged
        services.undo(made, by=by)
    assert Mail.objects.filter(kind="signatories.listed").count() == 1


def test_what_was_moved_since_it_was_seen_is_left_alone(letter, by):
    crowd = a_crowd(letter)
    looked_at = seen(crowd)
    services.approve(Signatory.objects.filter(pk=crowd[1].pk), by=UserFactory())
    SignatoryFactory(letter=letter, confirmed=True)
    (made,) = services.decline_together(looked_at, reason="other", by=by)
    assert made.number == 4
    assert sorted(letter.signatories.values_list("status", flat=True)) == ["confirmed", *["declined"] * 4, "listed"]


def test_what_was_moved_since_it_was_declined_is_not_put_back(letter, by):
    crowd = SignatoryFactory.create_batch(3, letter=letter, confirmed=True)
    (made,) = decline(crowd, by)
    one, other, _rest = (Signatory.objects.filter(pk=signatory.pk) for signatory in crowd)
    services.reconsider(one, by=by)
    services.reconsider(other, by=by)
    services.decline(other, by=by, reason="other")
    assert services.undo(made, by=by) == services.Undone(restored=1, stayed=2)
    assert [rows.get().status for rows in (one, other)] == ["confirmed", "declined"]


def test_each_letter_has_a_cohort_and_a_line_in_the_journal(by):
    crowd = [SignatoryFactory(confirmed=True), SignatoryFactory(confirmed=True)]
    made = decline(crowd, by)
    assert [cohort.letter_id for cohort in made] == sorted(one.letter_id for one in crowd)
    entries = JournalEntry.objects.filter(verb="declined a cohort")
    assert [entry.data for entry in entries] == [{"letter": one.letter_id, "number": 1} for one in made]


def test_declining_many_costs_no_more_statements_than_declining_few(letter, by):
    crowd = SignatoryFactory.create_batch(40, letter=letter, confirmed=True)
    with CaptureQueriesContext(connection) as few:
        decline(crowd[:5], by)
    with CaptureQueriesContext(connection) as many:
        decline(crowd[5:], by)
    assert len(many) - len(few) in {0, 30}  # a mail is a statement, on PostgreSQL a part of one


# --- The pages ---


def look(client, crowd, **more):
    return in_bulk(client, "decline", crowd, **more)


def sure(client, looked, crowd, **answers):
    answers = {"reason": "not_eligible", **answers}
    return in_bulk(client, "decline", crowd[:1], sure="yes", sealed=looked.context["sealed"], **answers)


def test_page_says_first_what_will_happen(client, vetter, letter):
    letter.texts.update(title="For the lake")
    crowd = [*a_crowd(letter), SignatoryFactory(letter=letter)]
    chosen = {"action": "decline", "_selected_action": [str(one.pk) for one in crowd]}
    words = client.post(f"{QUEUE}?state=all", chosen).content.decode()
    for said in (
        "5 sign-ons can be declined",
        "1 that you have chosen stays as it is",
        "<bdi>For the lake</bdi>: 5",
        "The letters lose 3 that are listed now",
        "5 e-mails “not accepted” in all",
        "Decline these 5",
    ):
        assert said in words
    assert Signatory.objects.filter(status="declined").count() == 0


def test_page_declines_those_it_showed_and_no_others(client, vetter, letter):
    crowd = SignatoryFactory.create_batch(3, letter=letter, confirmed=True)
    looked = look(client, crowd, select_across="1")
    services.approve(Signatory.objects.filter(pk=crowd[0].pk), by=UserFactory())
    late = SignatoryFactory(letter=letter, confirmed=True)
    done = sure(client, looked, [*crowd, late], select_across="1")
    made = Invalidation.objects.get()
    assert done.url == reverse("admin:signatories_invalidation_see", args=[made.pk])
    words = client.get(done.url).content.decode()
    assert "2 not accepted. The e-mails go out in 60 minutes" in words
    assert "1 was left as it is" in words
    assert "None has gone out yet: they wait until" in words
    assert sorted(letter.signatories.values_list("status", flat=True)) == [
        *("confirmed", "declined", "declined", "listed")
    ]
    assert LogEntry.objects.count() == 2
    back = client.post(done.url, follow=True).content.decode()
    assert "2 sign-ons are what they were before." in back
    assert Mail.objects.filter(kind="signatories.not_accepted").count() == 0
    assert "Was declined together with others" in client.get(page(crowd[1])).content.decode()


def test_page_asks_for_a_reason_and_keeps_who_was_seen(client, vetter, letter):
    crowd = SignatoryFactory.create_batch(2, letter=letter, confirmed=True)
    looked = look(client, crowd[:1])
    again = sure(client, looked, crowd, reason="")
    assert "Choose a reason" in again.content.decode()
    sure(client, again, crowd)
    assert [one.status for one in Signatory.objects.filter(pk__in=[one.pk for one in crowd]).order_by("status")] == [
        *("confirmed", "declined")
    ]


@pytest.mark.parametrize("fault", ["another vetter's", "made up", "old"])
def test_what_was_seen_cannot_be_made_up(client, vetter, letter, fault, settings, monkeypatch):
    one = SignatoryFactory(letter=letter, confirmed=True)
    sealed = look(client, [one]).context["sealed"]
    if fault == "made up":
        sealed = sealed[:-1] + ("a" if sealed[-1] != "a" else "b")
    if fault == "another vetter's":
        sealed = signing.dumps({"confirmed": [one.pk.hex]}, salt=f"signatories.decline {vetter.pk + 1}", compress=True)
    if fault == "old":
        monkeypatch.setattr("signatories.admin.declining.STAYS_GOOD", -1)
    answer = in_bulk(client, "decline", [one], sure="yes", reason="other", sealed=sealed)
    assert "you looked at them too long ago" in answer.content.decode()
    one.refresh_from_db()
    assert one.status == "confirmed"


def test_who_vets_no_longer_declines_nothing(client, letter):
    member = MembershipFactory(campaign=letter.campaign, role=Role.VETTER)
    type(member.user).objects.filter(pk=member.user_id).update(is_demonstration=True)
    own = MembershipFactory(user=member.user, role=Role.VETTER)
    client.force_login(member.user)
    one = SignatoryFactory(letter=letter, confirmed=True)
    other = SignatoryFactory(letter=OpenLetterFactory(campaign=own.campaign), confirmed=True)
    looked = look(client, [one, other])
    assert len(looked.context["samples"]) == 2
    Membership.objects.filter(pk=member.pk).delete()
    sure(client, looked, [other])
    one.refresh_from_db()
    assert one.status == "confirmed"
    assert Signatory.objects.get(pk=other.pk).status == "declined"


def test_page_shows_some_of_many(client, vetter, letter, monkeypatch):
    for number in range(30):
        confirmed(f"Boats {number:02}", letter=letter, at=timezone.now() - timedelta(minutes=30 - number))
    monkeypatch.setattr("signatories.admin.declining.AT_MOST", 24)
    looked = client.post(
        QUEUE, {"action": "decline", "_selected_action": [str(Signatory.objects.first().pk)], "select_across": "1"}
    )
    assert [one.name for one in looked.context["samples"]] == [f"Boats {number:02}" for number in range(0, 24, 2)]
    assert looked.context["others"] == 6


def test_mails_of_one_decision_are_told_from_those_of_another(letter, by):
    crowd = SignatoryFactory.create_batch(2, letter=letter, confirmed=True)
    (first,) = decline(crowd, by)
    services.undo(first, by=by)
    crowd = list(Signatory.objects.filter(letter=letter))
    (second,) = decline(crowd, by)
    assert [invalidating.verdicts(one, seen(crowd)).count() for one in (first, second)] == [0, 2]
