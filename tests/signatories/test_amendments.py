"""What an amendment asks of those who have signed."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from campaigns import outbox
from campaigns.models import JournalEntry, Mail
from letters import services as letters
from letters.models import Letter
from signatories import emails, services
from signatories.models import Line, Objection, Purpose, Signatory, Token
from signatories.services import Answer, Outcome
from tests.factories import LetterFactory, OpenLetterFactory, SignatoryFactory, UserFactory, confirmation_token
from tests.letters.desk import team_member
from tests.letters.test_amending import amended
from tests.signatories.test_views import ANSWERS

pytestmark = pytest.mark.django_db


def link(signatory):
    return Token.objects.issue(signatory, Purpose.AMENDMENT)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def kinds(signatory):
    return sorted(Mail.objects.about(signatory).values_list("kind", flat=True))


def on_the_roll(letter):
    return letter.signatories.listed().count()


# --- Substance ---


def test_substance_takes_everybody_off_the_roll_until_they_agree():
    letter = OpenLetterFactory()
    one, _other = SignatoryFactory.create_batch(2, letter=letter, listed=True)
    amended(letter)
    assert on_the_roll(letter) == 0
    assert services.agree(link(one), seen=2) is Answer.AGREED
    assert on_the_roll(letter) == 1
    assert Letter.objects.with_counts().values_list("listed_count", "asked_count").get() == (1, 1)
    assert [one.name for group in letter.signatories.roll("en", timezone.now()).groups for one in group.lines] == [
        one.name
    ]


@pytest.mark.parametrize("weight", ["typographic", "correction"])
def test_lighter_amendments_leave_the_roll_as_it_is(weight):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True)
    amended(letter, weight, title="For the bridge over the Linde")
    assert on_the_roll(letter) == 1


def test_substance_is_told_to_everybody_live_once():
    letter = OpenLetterFactory()
    listed, confirmed = SignatoryFactory(letter=letter, listed=True), SignatoryFactory(letter=letter, confirmed=True)
    pending = SignatoryFactory(letter=letter)
    amended(letter)
    assert services.tell_of_amendments() == 2
    assert services.tell_of_amendments() == 0
    assert [kinds(one) for one in (listed, confirmed, pending)] == [["signatories.agree_again"]] * 2 + [[]]


def test_telling_goes_on_after_a_crash_without_a_second_mail():
    letter = OpenLetterFactory()
    one, other = SignatoryFactory.create_batch(2, letter=letter, listed=True)
    amendment = amended(letter)
    services.amendments._write(one, amendment, emails.agree_again, dedupe=str(amendment.pk))  # and there it was killed
    services.tell_of_amendments()
    assert [kinds(signatory) for signatory in (one, other)] == [["signatories.agree_again"]] * 2


def test_agree_again_tells_the_approved_that_it_is_on_the_letter():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    services.agree(link(signatory), seen=2)
    assert kinds(signatory) == ["signatories.listed"]
    assert JournalEntry.objects.filter(verb="agreed again", subject_id=str(signatory.pk)).count() == 1


def test_agree_refuses_what_was_not_on_the_screen():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    amended(letter, body="<p>We ask for three bridges.</p>")
    assert services.agree(link(signatory), seen=2) is Answer.CHANGED
    assert on_the_roll(letter) == 0


def test_agree_binds_to_what_was_on_the_screen_if_only_a_correction_came_between():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    amended(letter, "correction", body="<p>We ask for two bridges!</p>")
    assert services.agree(link(signatory), seen=2) is Answer.AGREED
    assert (fresh(signatory).agreed_revision.number, on_the_roll(letter)) == (2, 1)


def test_agree_twice_changes_nothing():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    assert [services.agree(link(signatory), seen=2) for _ in range(2)] == [Answer.AGREED] * 2
    assert kinds(signatory) == ["signatories.listed"]


def test_agree_is_too_late_after_the_deadline_and_who_did_not_is_left_out():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    assert services.lapse_unagreed() == 0
    with time_machine.travel(timezone.now() + timedelta(days=2, seconds=1)):
        assert services.agree(link(signatory), seen=2) is Answer.TOO_LATE
        assert services.lapse_unagreed() == 1
    assert (fresh(signatory).status, kinds(signatory)) == ("lapsed", ["signatories.left_out"])


def test_a_later_amendment_gives_time_again():
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    with time_machine.travel(timezone.now() + timedelta(days=1, hours=23)):
        amended(letter, body="<p>We ask for three bridges.</p>")
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert services.lapse_unagreed() == 0


def test_approve_lists_nobody_who_has_not_agreed_to_what_is_in_force():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, confirmed=True)
    amended(letter)
    services.approve(letter.signatories.all(), by=UserFactory())
    assert (fresh(signatory).status, on_the_roll(letter), kinds(signatory)) == ("listed", 0, [])
    services.agree(link(signatory), seen=2)
    assert (on_the_roll(letter), kinds(signatory)) == (1, ["signatories.listed"])


def test_freeze_prints_only_those_who_agree():
    letter = OpenLetterFactory()
    one, _other = SignatoryFactory.create_batch(2, letter=letter, listed=True)
    amended(letter)
    services.agree(link(one), seen=2)
    by = UserFactory()
    letters.close(letter, by=by)
    edition = letters.freeze(letter, by=by)
    assert (edition.revision.number, edition.printed_roll.organizations) == (2, 1)


def test_remind_writes_to_those_missing_and_once_a_day():
    letter = OpenLetterFactory()
    agreed, missing = SignatoryFactory.create_batch(2, letter=letter, listed=True)
    amended(letter)
    services.tell_of_amendments()
    services.agree(link(agreed), seen=2)
    assert services.remind(letter, by=UserFactory()) == 0  # they have just had the first mail
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert [services.remind(letter, by=UserFactory()) for _ in range(2)] == [1, 0]
    assert "signatories.agree_reminder" in kinds(missing)
    assert "signatories.agree_reminder" not in kinds(agreed)


# --- Confirming in the middle of it ---


def test_confirm_refuses_a_text_that_has_changed_in_substance_since_it_was_seen():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter)
    token = Token.objects.found(Purpose.CONFIRM, confirmation_token(signatory))
    amended(letter)
    assert services.confirm(token, seen=1) is Outcome.CHANGED
    assert services.confirm(token) is Outcome.CHANGED  # a form without a number shows what stood when it was sent
    assert fresh(signatory).status == "pending"
    assert services.confirm(token, seen=2) is Outcome.CONFIRMED
    assert fresh(signatory).agreed_revision.number == 2


def test_confirm_page_shows_what_was_amended_and_asks_again(client):
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter)
    url = reverse("signatories:confirm", args=[confirmation_token(signatory)])
    assert 'name="revision" value="1"' in client.get(url).content.decode()
    amended(letter)
    page = client.post(url, {"choice": "confirm", "revision": "1"}).content.decode()
    assert "The letter was amended after you filled in the form." in page
    assert fresh(signatory).status == "pending"
    client.post(url, {"choice": "confirm", "revision": "2"})
    assert fresh(signatory).status == "confirmed"


# --- Corrections ---


def test_correction_is_told_and_can_be_objected_to():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter, "correction", title="For the bridge over the Linde")
    services.tell_of_amendments()
    assert services.object_to(link(signatory), words="It is the Lind.") is Answer.OBJECTED
    assert services.object_to(link(signatory), words="Really.") is Answer.OBJECTED
    assert list(Objection.objects.values_list("signatory", "words")) == [(signatory.pk, "It is the Lind.")]
    assert on_the_roll(letter) == 1
    assert Mail.objects.filter(kind="signatories.objection").count() == 1
    assert kinds(signatory) == ["signatories.corrected"]


def test_correction_takes_no_objection_after_its_hours():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter, "correction", title="For the bridge over the Linde")
    with time_machine.travel(timezone.now() + timedelta(days=2, seconds=1)):
        assert services.object_to(link(signatory), words="It is the Lind.") is Answer.UNOPPOSED
    assert not Objection.objects.exists()


def test_correction_is_not_told_to_who_signed_the_corrected_text():
    letter = OpenLetterFactory()
    amended(letter, "correction", title="For the bridge over the Linde")
    late = SignatoryFactory(letter=Letter.objects.get(pk=letter.pk), listed=True)
    assert services.tell_of_amendments() == 0
    assert services.asks_of(late) is None


def test_withdraw_takes_it_off_the_letter():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    assert services.withdraw(link(signatory)) is Answer.WITHDRAWN
    assert (fresh(signatory).status, kinds(signatory)) == ("withdrawn", ["signatories.withdrawn"])
    assert services.agree(link(signatory), seen=2) is Answer.WITHDRAWN


def test_withdraw_is_too_late_once_the_roll_is_final():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    letters.close(letter, by=UserFactory())
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert services.withdraw(link(signatory)) is Answer.TOO_LATE
    assert fresh(signatory).status == "listed"


# --- The page behind the link ---


def page_of(signatory):
    return reverse("signatories:amendment", args=[link(signatory).secret])


def test_amendment_page_changes_nothing_on_get_or_without_a_choice(client):
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    url = page_of(signatory)
    for answer in (client.get(url), client.head(url), client.post(url, {"revision": "2"})):
        assert answer.status_code == 200
    assert on_the_roll(letter) == 0
    page = client.get(url).content.decode()
    assert "checked" not in page
    assert "<ins" in page


def test_amendment_page_takes_the_agreement(client):
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    url = page_of(signatory)
    assert (
        "your organization is on the letter" in client.post(url, {"choice": "agree", "revision": "2"}).content.decode()
    )
    assert "your organization is on the letter" in client.get(url).content.decode()
    assert on_the_roll(letter) == 1


def test_amendment_page_shows_the_newer_text_to_who_looked_at_an_older_one(client):
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    amended(letter, body="<p>We ask for three bridges.</p>")
    answer = client.post(page_of(signatory), {"choice": "agree", "revision": "2"}, follow=True)
    assert 'value="3"' in answer.content.decode()
    assert on_the_roll(letter) == 0


def test_amendment_page_wants_words_with_an_objection_and_keeps_the_choice(client):
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter, "correction", title="For the bridge over the Linde")
    url = page_of(signatory)
    page = client.post(url, {"choice": "object", "words": ""}).content.decode()
    assert "Say in a few words what is wrong with it." in page
    assert "Your objection is noted" in client.post(url, {"choice": "object", "words": "No."}).content.decode()


def test_amendment_page_does_not_know_other_links(client):
    signatory = SignatoryFactory()
    for secret in ("x" * 43, confirmation_token(signatory)):
        assert client.get(reverse("signatories:amendment", args=[secret])).status_code == 404


# --- Mails and the desk ---


def test_mails_about_an_amendment_name_neither_letter_nor_organization_of_a_withheld_one_in_the_subject(mailoutbox):
    letter = OpenLetterFactory()
    withheld = SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Hidden Women's Group"))
    SignatoryFactory(letter=letter, listed=True, line=Line("Open Group"))
    amended(letter)
    services.tell_of_amendments()
    outbox.send_due()
    subjects = {mail.to[0]: mail.subject for mail in mailoutbox}
    shown = subjects.pop(withheld.contact_email)
    assert "Hidden" not in shown
    assert "bridge" not in shown
    assert "Open Group" in next(iter(subjects.values()))  # it could have been named


def test_mail_of_an_amendment_has_the_link_that_works(client, mailoutbox):
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    services.tell_of_amendments()
    outbox.send_due()
    url = next(word for word in mailoutbox[0].body.split() if "/amendment/" in word)
    assert client.get(url).status_code == 200
    assert fresh(signatory).status == "listed"


def test_answers_shows_the_team_who_is_missing_and_who_objects(client):
    letter = OpenLetterFactory()
    missing, objecting = (
        SignatoryFactory(letter=letter, listed=True, line=Line(name)) for name in ("Missing Group", "Objecting Group")
    )
    amended(letter, "correction", title="For the bridge over the Linde")
    services.object_to(link(objecting), words="It is the Lind.")
    amended(letter)
    services.agree(link(objecting), seen=3)
    team_member(client, letter, "viewer")
    page = client.get(reverse("signatories:answers", args=[letter.slug])).content.decode()
    assert page.index("Missing Group") < page.index("It is the Lind.")
    assert "Remind them" not in page
    assert client.post(reverse("signatories:remind", args=[letter.slug])).status_code == 404
    team_member(client, letter)
    assert "Remind them" in client.get(reverse("signatories:answers", args=[letter.slug])).content.decode()
    assert missing.pk in letter.signatories.asked_again().values_list("pk", flat=True)


def test_answers_of_another_team_are_not_there(client):
    letter = OpenLetterFactory()
    amended(letter)
    client.force_login(UserFactory())
    assert client.get(reverse("signatories:answers", args=[letter.slug])).status_code == 404


def test_signatory_lapses_free_the_place_for_a_new_sign_on():
    letter = OpenLetterFactory()
    old = SignatoryFactory(letter=letter, listed=True, line=Line("One Group", "", "KE"))
    amended(letter)
    with time_machine.travel(timezone.now() + timedelta(days=2, seconds=1)):
        services.lapse_unagreed()
        SignatoryFactory(letter=Letter.objects.get(pk=letter.pk), listed=True, line=Line("One Group", "", "KE"))
    assert (fresh(old).status, on_the_roll(letter)) == ("lapsed", 1)
    assert Signatory.objects.count() == 2


def test_confirm_binds_to_no_revision_that_was_never_in_force():
    draft = LetterFactory()
    letters.keep(draft, by=UserFactory())
    letters.open_for_signing(draft, by=UserFactory())
    signatory = SignatoryFactory(letter=Letter.objects.get(pk=draft.pk))
    token = Token.objects.found(Purpose.CONFIRM, confirmation_token(signatory))
    assert services.confirm(token, seen=1) is Outcome.CHANGED
    assert services.confirm(token, seen=2) is Outcome.CONFIRMED


# --- Trying the sign-on of a draft ---


def test_try_out_goes_the_whole_way_and_leaves_nothing_once_the_letter_opens(client, mailoutbox):
    draft = LetterFactory()
    team_member(client, draft)
    url = reverse("signatories:try_out", args=[draft.slug])
    assert "This is a test." in client.get(url).content.decode()
    assert client.post(url, {**ANSWERS, "send": "1"}).url == reverse("letters:overview", args=[draft.slug])
    outbox.send_due()
    assert mailoutbox[0].subject.startswith("[Test] Please confirm")
    link = next(word for word in mailoutbox[0].body.split() if "/confirm/" in word)
    client.logout()
    assert "This was a test." in client.post(link, {"choice": "confirm"}).content.decode()
    assert (draft.signatories.get().status, draft.signatories.awaiting_vetting().count()) == ("confirmed", 0)
    assert Letter.objects.with_counts().values_list("to_vet_count", "pending_count").get() == (0, 0)
    letters.open_for_signing(draft, by=UserFactory())
    assert not Signatory.objects.exists()
    assert client.get(link).status_code == 404


def test_try_out_is_for_those_who_run_the_letter_and_for_drafts(client):
    draft = LetterFactory()
    url = reverse("signatories:try_out", args=[draft.slug])
    for role in ("viewer", "translator"):
        team_member(client, draft, role)
        assert client.get(url).status_code == 404
    team_member(client, draft)
    letters.open_for_signing(draft, by=UserFactory())
    assert client.post(url, {**ANSWERS, "send": "1"}).url == reverse("letters:overview", args=[draft.slug])
    assert not Signatory.objects.exists()


def test_a_draft_takes_no_sign_on_without_a_trial():
    draft = LetterFactory()
    with pytest.raises(services.NotAccepting):
        services.sign_on(
            draft,
            line=Line("Group"),
            visibility="public",
            scope="local",
            contact=services.Contact("Ana", "Chair", "ana@group.example"),
            language="en",
        )


def test_database_lists_no_test_sign_on():
    draft = LetterFactory()
    trial = letters.begin_trial(draft, by=UserFactory())
    signatory = SignatoryFactory(letter=draft, trial=trial, confirmed=True)
    with pytest.raises(IntegrityError, match="test_sign_on_is_never_listed"), transaction.atomic():
        signatory.move_to(
            Signatory.Status.LISTED, decided_by=UserFactory(), decided_at=timezone.now(), by=UserFactory()
        )
    assert services.approve(Signatory.objects.filter(pk=signatory.pk), by=UserFactory()) == 0
