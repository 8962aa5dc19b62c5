"""A cohort set aside, and put back exactly as it was: every column of every row it touches."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from campaigns.models import JournalEntry, Mail
from letters.models import Letter
from signatories import emails, services
from signatories.models import Invalidation, Line, Purpose, SecondContact, Signatory, Token
from signatories.services import cohorts
from signatories.services.cohorts import Rule
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.test_amending import amended

pytestmark = pytest.mark.django_db

EVERY_STATE = tuple(cohorts.MAY_BE_SET_ASIDE)
TABLES = [Signatory, Token, Mail, SecondContact]


def rows():
    """All columns of all rows as the database holds them, encrypted ones too."""
    found = {}
    with connection.cursor() as cursor:
        for model in TABLES:
            key = model._meta.pk.column
            cursor.execute(f"SELECT * FROM {model._meta.db_table} ORDER BY {key}")
            found[model.__name__] = cursor.fetchall()
    return found


@pytest.fixture
def letter():
    return OpenLetterFactory()


@pytest.fixture
def by():
    return UserFactory()


def a_cohort(letter):
    """One in every state that can be set aside, with the links and mails it has."""
    pending = SignatoryFactory(letter=letter)
    held = SignatoryFactory(letter=letter, held_because="pressure", source="a place")
    confirmed = SignatoryFactory(letter=letter, confirmed=True)
    listed = SignatoryFactory(letter=letter, listed=True)
    withheld = SignatoryFactory(letter=letter, listed=True, visibility="counted")
    double = SignatoryFactory(
        letter=letter,
        confirmed_at=timezone.now(),
        agreed_revision=letter.revision,
        status="duplicate",
        duplicate_of=listed,
    )
    SecondContact.objects.create(signatory=confirmed, email="board@organization.example", email_hash="x" * 64)
    for one in (pending, confirmed, listed):
        Token.objects.issue(one, Purpose.CONFIRM)
        Token.objects.issue(one, Purpose.MINE)
    emails.tell(emails.confirm, pending)
    emails.tell(emails.received, confirmed)
    emails.tell(emails.listed, listed)
    Mail.objects.filter(about_id=str(confirmed.pk)).update(error="SMTPConnectError 421", attempts=3)
    Mail.objects.filter(about_id=str(listed.pk)).update(state=Mail.State.SENT, to="", sent_at=timezone.now())
    return [pending, held, confirmed, listed, withheld, double]


def whole(letter, **more):
    return Rule(letter.pk, states=EVERY_STATE, **more)


def test_invalidate_and_undo_leave_every_column_as_it_was(letter, by):
    cohort = a_cohort(letter)
    SignatoryFactory(letter=OpenLetterFactory())  # on another letter, and none of it
    before = rows()
    made = services.invalidate(whole(letter), seen=6, reason="Forged", by=by)
    assert (made.number, made.rows.count()) == (6, 6)
    assert set(letter.signatories.values_list("status", flat=True)) == {"invalid"}
    assert rows() != before
    assert services.undo(made, by=by) == services.Undone(restored=6, stayed=0)
    assert rows() == before
    assert len(cohort) == 6


def test_control_undo_sees_a_column_that_changes(letter, by):
    """The comparison would notice if putting back touched anything else."""
    a_cohort(letter)
    before = rows()
    made = services.invalidate(whole(letter), seen=6, reason="Forged", by=by)
    services.undo(made, by=by)
    Mail.objects.filter(attempts=3).update(error="")
    assert rows() != before


def test_invalidated_are_on_no_roll_and_in_no_count(letter, by):
    a_cohort(letter)
    kept = SignatoryFactory(letter=letter, listed=True, line=Line("Kept", "", "KE"))
    now = timezone.now()
    whole_roll = letter.roll("en", now)
    rule = replace(whole(letter), until=kept.signed_at)
    assert (services.preview(rule).leaving_count, services.preview(rule).leaving_page) == (2, 1)
    made = services.invalidate(rule, seen=6, reason="Forged", by=by)
    roll = letter.roll("en", now)
    assert (roll.organizations, roll.withheld) == (1, 0)
    services.undo(made, by=by)
    assert letter.roll("en", now) == whole_roll


def test_links_are_dead_while_invalid_and_work_again(client, letter, by):
    signatory = SignatoryFactory(letter=letter)
    secret = Token.objects.issue(signatory, Purpose.CONFIRM).secret
    forged = client.get(reverse("signatories:confirm", args=["x" * 43]))
    made = services.invalidate(whole(letter), seen=1, reason="Forged", by=by)
    dead = client.get(reverse("signatories:confirm", args=[secret]))
    assert (dead.status_code, dead.content) == (forged.status_code, forged.content)
    services.undo(made, by=by)
    assert client.get(reverse("signatories:confirm", args=[secret])).status_code == 200


def test_unsent_mails_wait_for_the_undoing(letter, by, mailoutbox):
    from campaigns import outbox

    signatory = SignatoryFactory(letter=letter)
    Token.objects.issue(signatory, Purpose.CONFIRM)
    emails.tell(emails.confirm, signatory)
    made = services.invalidate(whole(letter), seen=1, reason="Forged", by=by)
    assert (outbox.send_due(), Mail.objects.get().state) == (0, "dropped")
    services.undo(made, by=by)
    assert (outbox.send_due(), len(mailoutbox)) == (1, 1)


def test_undo_gives_no_place_away_that_another_has_taken(letter, by):
    address, identity, free = (SignatoryFactory(letter=letter, confirmed=True) for _ in range(3))
    made = services.invalidate(whole(letter), seen=3, reason="Forged", by=by)
    SignatoryFactory(letter=letter, contact_email=address.contact_email)
    SignatoryFactory(letter=letter, confirmed=True, line=identity.line)
    assert services.undo(made, by=by) == services.Undone(restored=1, stayed=2)
    found = {one.pk: one.status for one in Signatory.objects.filter(pk__in=[address.pk, identity.pk, free.pk])}
    assert found == {address.pk: "invalid", identity.pk: "invalid", free.pk: "confirmed"}


def test_invalidate_takes_no_more_than_was_seen(letter, by):
    SignatoryFactory(letter=letter)
    rule = services.preview(Rule(letter.pk)).rule
    SignatoryFactory(letter=letter)  # after the look
    assert services.invalidate(rule, seen=1, reason="Forged", by=by).number == 1
    SignatoryFactory(letter=letter)
    with pytest.raises(services.CohortGrown):
        services.invalidate(Rule(letter.pk), seen=1, reason="Forged", by=by)
    assert (letter.signatories.filter(status="pending").count(), Invalidation.objects.count()) == (2, 1)


def test_who_comes_second_changes_nothing(letter, by):
    SignatoryFactory(letter=letter)
    rule = Rule(letter.pk)
    made = services.invalidate(rule, seen=1, reason="Forged", by=by)
    with pytest.raises(services.NothingLeft):
        services.invalidate(rule, seen=1, reason="Forged", by=UserFactory())
    services.undo(made, by=by)
    with pytest.raises(services.AlreadyUndone):
        services.undo(made, by=UserFactory())
    assert Invalidation.objects.count() == 1


def test_journal_has_one_line_for_a_cohort_and_no_name(letter, by):
    a_cohort(letter)
    before = JournalEntry.objects.count()
    made = services.invalidate(whole(letter, name="Organization*"), seen=6, reason="Forged", by=by)
    services.undo(made, by=by)
    lines = [(line.verb, line.data, line.actor_id) for line in JournalEntry.objects.all()[before:]]
    assert lines == [
        ("invalidated a cohort", {"letter": letter.pk, "number": 6}, by.pk),
        ("undid an invalidation", {"letter": letter.pk, "restored": 6, "stayed": 0}, by.pk),
    ]


def test_decided_ones_are_left_alone(letter, by):
    """Declined, withdrawn and lapsed ones are over: there is nothing to set aside."""
    SignatoryFactory(letter=letter, status="withdrawn")
    SignatoryFactory(letter=letter, status="lapsed")
    assert services.preview(replace(whole(letter), states=tuple(Signatory.Status.values))).number == 0


# --- Finding them ---


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({}, {"a", "b", "c"}),
        ({"held": "any"}, {"b"}),
        ({"held": "trap"}, {"b"}),
        ({"held": "haste"}, set()),
        ({"place": 2}, {"b", "c"}),
        ({"place": 3}, set()),
        ({"busy": 2}, {"b", "c"}),
        ({"domain": "rivers.example"}, {"a", "b"}),
        ({"domain": "ivers.example"}, set()),
        ({"name": "ecole"}, {"a"}),
        ({"name": "friends * lake"}, {"b"}),
        ({"name": "friends"}, {"b", "c"}),
        ({"name": "secret"}, {"c"}),
    ],
)
def test_members_have_in_common_what_the_rule_says(letter, more, found):
    at = timezone.now() - timedelta(hours=1)
    facts = {
        "a": {"line": Line("École des rivières"), "contact_email": "x@rivers.example", "source": "one"},
        "b": {
            "line": Line("Friends of the Lake", second_name="Amis"),
            "contact_email": "y@mail.rivers.example",
            "source": "two",
            "held_because": "trap",
        },
        "c": {"line": Line("Secret Friends"), "visibility": "counted", "contact_email": "z@x.example", "source": "two"},
    }
    keys = {}
    for number, (name, said) in enumerate(facts.items()):
        keys[SignatoryFactory(letter=letter, signed_at=at + timedelta(minutes=number), **said).pk] = name
    SignatoryFactory(letter=letter, confirmed=True, source="three")
    assert {keys[pk] for pk in cohorts.members(Rule(letter.pk, **more))} == found


def test_members_are_of_the_time_from_and_before(letter):
    at = timezone.now() - timedelta(hours=1)
    first, second, _third = (SignatoryFactory(letter=letter, signed_at=at + timedelta(minutes=n)) for n in range(3))
    rule = Rule(letter.pk, since=at, until=at + timedelta(minutes=2))
    assert cohorts.members(rule) == [first.pk, second.pk]


def test_proposed_are_bursts_and_people_are_none(letter):
    for number in range(14):
        SignatoryFactory(letter=letter, source="room", signed_at=timezone.now() - timedelta(minutes=3 * number))
    assert services.proposed([letter.pk])[letter.pk] == []
    minute = timezone.now().replace(second=0, microsecond=0) - timedelta(hours=2)
    for number in range(30):
        SignatoryFactory(
            letter=letter,
            source=f"place {number % 2}",
            signed_at=minute + timedelta(seconds=number),
            contact_email=f"x{number}@sub{number}.throwaway.example",
            held_because="pressure" if number > 20 else "",
        )
    found = {(one.kind, one.number, one.places) for one in services.proposed([letter.pk])[letter.pk]}
    assert found == {("busy", 30, 2), ("domain", 30, 0), ("minutes", 30, 0), ("held", 9, 0)}
    for one in services.proposed([letter.pk])[letter.pk]:
        assert len(cohorts.members(one.rule)) == one.number


def test_places_are_numbers_that_stay(letter):
    at = timezone.now()
    for number, source in enumerate(("b", "a", "b", "c")):
        SignatoryFactory(letter=letter, source=source, signed_at=at + timedelta(seconds=number))
    assert cohorts.place_numbers([letter.pk])[letter.pk] == {"b": 1, "a": 2, "c": 3}
    Letter.objects.filter(pk=letter.pk).update(is_paused=True)
    assert cohorts.place_numbers([letter.pk])[letter.pk]["c"] == 3


def test_undoing_asks_those_to_whom_an_amendment_was_not_told(letter, by, django_capture_on_commit_callbacks):
    signatory = SignatoryFactory(letter=letter, listed=True, contact_email="ana@forged.example")
    other = SignatoryFactory(letter=letter, listed=True)
    rule = Rule(letter.pk, states=("listed",), domain="forged.example")
    invalidation = services.invalidate(rule, seen=1, reason="Forged", by=by)
    amended(letter)
    services.tell_of_amendments()
    asked = Mail.objects.filter(kind="signatories.agree_again").values_list("about_id", flat=True)
    assert list(asked) == [str(other.pk)]
    with django_capture_on_commit_callbacks(execute=True):
        services.undo(invalidation, by=by)
    services.tell_of_amendments()
    assert sorted(asked.all()) == sorted([str(other.pk), str(signatory.pk)])
