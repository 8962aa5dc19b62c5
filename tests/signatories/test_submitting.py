"""What is sent is written down first, and made a sign-on behind the answer."""

import time
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns.models import JournalEntry, Mail
from letters.models import Letter
from letters.services import freezing, timetable
from signatories import guarding, services
from signatories.models import Line, Purpose, Signatory, Submission, Token
from signatories.services import signing, submitting
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory
from tests.signatories.test_forms import INDIVIDUAL, ORGANIZATION

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_worker")]

NAME, EMAIL = ORGANIZATION["name"], ORGANIZATION["contact_email"]


def send(client, letter, answers=ORGANIZATION, page="signatories:sign", taking=60, **request):
    began = guarding.stamp(time.time() - taking)
    return client.post(reverse(page, args=[letter.slug]), answers | {"began": began, "send": "1"}, **request)


def how_it_is(later=timedelta()):
    return submitting.waiting(timezone.now() + later)


def test_form_leaves_one_sealed_row_and_wakes_a_worker(client, no_worker):
    letter = OpenLetterFactory()
    assert send(client, letter).status_code == 302
    assert (Signatory.objects.count(), Mail.objects.count(), JournalEntry.objects.filter(verb="signed").count()) == (
        0,
    ) * 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM signatories_submission")
        (row,) = cursor.fetchall()
    assert not any(word in str(row) for word in (NAME, EMAIL, "rivi", "public"))
    assert no_worker == [submitting.TASK]


def test_worker_makes_the_sign_on_of_that_moment(client):
    letter = OpenLetterFactory()
    with time_machine.travel(timezone.now() - timedelta(minutes=3), tick=False):
        send(client, letter)
        sent_at = timezone.now()
    assert services.take_in() == 1
    signatory = Signatory.objects.get()
    assert (signatory.name, signatory.contact_email, signatory.status) == (NAME, EMAIL, "pending")
    assert (signatory.signed_at, len(signatory.source), signatory.held_because) == (sent_at, 32, "")
    assert (Submission.objects.count(), Mail.objects.count(), services.take_in()) == (0, 1, 0)


def test_what_the_form_says_of_its_sender_is_judged_by_when_it_was_sent(client):
    """An hour in the queue is no patience of whoever sent it at once."""
    letter = OpenLetterFactory()
    send(client, letter, taking=0)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        services.take_in()
    assert Signatory.objects.get().held_because == Signatory.HeldBecause.HASTE


def test_attestation_is_kept_in_the_words_that_were_shown(client):
    send(client, OpenLetterFactory(), headers={"accept-language": "fr"})
    services.take_in()
    assert Signatory.objects.get().attested_words.startswith("J’ai")


def test_what_was_sent_in_time_counts_though_the_letter_has_closed(client):
    letter, user = OpenLetterFactory(open_to="both"), UserFactory()
    SignatoryFactory(letter=letter, listed=True)
    send(client, letter)
    person = INDIVIDUAL | {"contact_email": "person@water.example"}
    send(client, letter, person, "signatories:sign_individual")
    timetable.close(letter, by=user)
    freezing.freeze(Letter.objects.get(), by=user)
    Letter.objects.update(open_to="organizations")
    assert (send(client, letter).status_code, Submission.objects.count()) == (200, 2)  # too late, and says so
    assert services.take_in() == 2
    assert Signatory.objects.filter(status="pending").count() == 2


def test_of_two_forms_from_one_address_the_newer_counts(client):
    letter = OpenLetterFactory()
    for number in range(3):
        send(client, letter, ORGANIZATION | {"name": f"Observatoire {number}"})
    assert services.take_in() == 3
    assert Signatory.objects.get().name == "Observatoire 2"


def test_one_that_fails_holds_up_nobody_and_is_tried_again(client, monkeypatch):
    letter, sign_on = OpenLetterFactory(), signing.sign_on

    def stumbling(letter, *, line, **facts):
        sign_on(letter, line=line, **facts)
        if line == broken:  # half done
            raise ValueError

    for number in range(3):
        send(
            client, letter, ORGANIZATION | {"name": f"Water {number}", "contact_email": f"water{number}@water.example"}
        )
    broken = Line("Water 1", country=ORGANIZATION["country"])
    monkeypatch.setattr(submitting, "sign_on", stumbling)
    assert services.take_in() == 2
    assert set(Signatory.objects.values_list("name", flat=True)) == {"Water 0", "Water 2"}
    waiting = Submission.objects.get()
    assert (waiting.failures, waiting.run_after > timezone.now(), services.take_in()) == (1, True, 0)
    monkeypatch.setattr(submitting, "sign_on", sign_on)
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        assert how_it_is().is_well  # one that fails closes no site
        assert not submitting.failing(timezone.now()).is_well
        send(client, letter, ORGANIZATION | {"contact_email": "late@water.example"}, taking=700)
        assert how_it_is(timedelta(minutes=6)).is_well is False  # while one that nobody takes does
        assert services.take_in() == 2
        assert how_it_is().is_well
        assert submitting.failing(timezone.now()).is_well
    assert (Signatory.objects.count(), Mail.objects.count()) == (4, 4)


def test_an_older_form_that_failed_does_not_come_back_over_a_newer_one(client):
    letter = OpenLetterFactory()
    send(client, letter, ORGANIZATION | {"name": "Older"})
    Submission.objects.update(failures=1, run_after=timezone.now() + timedelta(minutes=1))
    send(client, letter, ORGANIZATION | {"name": "Newer"})
    assert services.take_in() == 1
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        assert services.take_in() == 0
    assert (Signatory.objects.get().name, Submission.objects.count()) == ("Newer", 0)


def test_a_letter_that_somebody_is_at_holds_up_no_other(client, monkeypatch):
    letters = [OpenLetterFactory() for _ in range(2)]
    for number in range(4):
        send(client, letters[number % 2], ORGANIZATION | {"contact_email": f"water{number}@water.example"})
    take = submitting.turns.take
    monkeypatch.setattr(submitting.turns, "take", lambda turn, key: key != letters[0].pk and take(turn, key))
    assert services.take_in() == 2
    assert set(Submission.objects.values_list("letter", flat=True)) == {letters[0].pk}


def test_whoever_has_its_data_deleted_is_not_signed_on_again(client):
    signatory = SignatoryFactory(letter=OpenLetterFactory(), confirmed=True, contact_email=EMAIL)
    send(client, signatory.letter)
    send(client, signatory.letter, ORGANIZATION | {"contact_email": "else@water.example"})
    services.erase(Token.objects.issue(signatory, Purpose.MINE), keeps_line=False)
    assert (services.take_in(), Signatory.objects.filter(status="pending").count()) == (1, 1)


def test_what_could_never_be_taken_in_goes_when_contacts_do(client, settings):
    send(client, OpenLetterFactory())
    assert submitting.forget_unanswered() == 0
    with time_machine.travel(timezone.now() + timedelta(days=settings.CONTACT_RETENTION_DAYS, minutes=1)):
        assert submitting.forget_unanswered() == 1


def test_one_place_is_counted_by_when_its_forms_were_sent(client, monkeypatch):
    """Though a worker comes an hour late."""
    monkeypatch.setattr(submitting.holding, "ROOM", 3)
    letter = OpenLetterFactory()
    for number in range(5):
        send(client, letter, ORGANIZATION | {"contact_email": f"water{number}@water.example"})
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        assert services.take_in() == 5
    assert Signatory.objects.held().count() == 2


def test_forms_that_wait_are_a_rush_and_links_are_none(client, settings):
    settings.SIGN_ON_RUSH = 3
    letter = OpenLetterFactory()
    for number in range(9):
        client.post(reverse("signatories:new_link", args=[letter.slug]), {"email": f"water{number}@water.example"})
    submitting.holding.forget()
    assert not submitting.holding.is_rush(letter.pk)
    for number in range(3):
        send(client, letter, ORGANIZATION | {"contact_email": f"water{number}@water.example"})
    submitting.holding.forget()
    assert submitting.holding.is_rush(letter.pk)


def test_only_so_many_links_wait(client, monkeypatch):
    monkeypatch.setattr(submitting, "LINKS_WAITING", 2)
    letter = OpenLetterFactory()
    pages = [
        client.post(reverse("signatories:new_link", args=[letter.slug]), {"email": f"water{number}@water.example"})
        for number in range(3)
    ]
    assert (len({page.content for page in pages}), Submission.objects.links().count()) == (1, 2)
    send(client, letter)
    assert services.take_in(limit=2) == 2  # a sign-on before any link
    assert (Signatory.objects.count(), Submission.objects.links().count()) == (1, 1)


def test_scope_is_no_heading_once_a_form_has_said_it_is_not_printed(client):
    letter = OpenLetterFactory()
    assert letter.may_group_by_scope
    send(client, letter)
    assert not letter.may_group_by_scope


def test_one_that_no_key_opens_holds_up_nobody(client):
    letter = OpenLetterFactory()
    send(client, letter)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE signatories_submission SET answers = 'gAAAAAB-not-ours'")
    send(client, letter, ORGANIZATION | {"contact_email": "other@water.example"})
    assert services.take_in() == 1
    assert Submission.objects.values_list("failures", flat=True).get() == 1


def test_many_are_taken_in_turn_with_mails(client, no_worker):
    letter = OpenLetterFactory()
    for number in range(5):
        send(client, letter, ORGANIZATION | {"name": f"Water {number}", "contact_email": f"w{number}@water.example"})
    no_worker.clear()
    assert (services.take_in(limit=3), submitting.TASK in no_worker) == (3, True)
    no_worker.clear()
    assert (services.take_in(limit=3), submitting.TASK in no_worker) == (2, False)


def test_answer_looks_nothing_up_that_tells_who_has_signed(client):
    """Known or not, the same few statements, and none of them touches a sign-on, a mail or a silenced address."""
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True, contact_email=EMAIL)
    asked = []
    for email in ("nobody@water.example", EMAIL, "else@water.example"):
        with CaptureQueriesContext(connection) as queries:
            send(client, letter, ORGANIZATION | {"contact_email": email})
        asked.append([query["sql"].split("VALUES")[0] for query in queries if "SAVEPOINT" not in query["sql"]])
    assert asked[1] == asked[2]
    tables = {word for sql in asked[1] for word in sql.replace('"', " ").split() if "_" in word}
    assert not tables & {"signatories_signatory", "campaigns_mail", "campaigns_suppression", "signatories_token"}
    assert "signatories_submission" in tables


def test_new_link_is_asked_for_in_the_same_way(client, no_worker):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True, contact_email=EMAIL)
    asked = []
    for email in ("nobody@water.example", EMAIL, "else@water.example"):
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(reverse("signatories:new_link", args=[letter.slug]), {"email": email})
        asked.append([query["sql"].split("VALUES")[0] for query in queries])
        assert (answer.status_code, no_worker.pop()) == (200, submitting.TASK)
    assert asked[1] == asked[2]
    assert not any("signatories_signatory" in sql or "campaigns_mail" in sql for sql in asked[1])
    assert services.take_in() == 3
    kinds = list(Mail.objects.order_by("created_at").values_list("kind", flat=True))
    assert kinds == ["signatories.no_sign_on", "signatories.mine_link", "signatories.no_sign_on"]


def test_forms_that_no_letter_takes_leave_nothing(client, no_worker):
    for letter in (OpenLetterFactory(is_paused=True), OpenLetterFactory(opens_at=timezone.now() + timedelta(days=1))):
        send(client, letter)
    send(client, OpenLetterFactory(), INDIVIDUAL, "signatories:sign_individual")
    assert (Submission.objects.count(), no_worker) == (0, [])
