from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns import outbox
from campaigns import services as campaigns
from campaigns.models import Mail
from letters import readiness
from letters.models import Recipient
from letters.services import begin_trial
from signatories import services
from signatories.models import Token
from tests.factories import LetterFactory, SignatoryFactory, UserFactory

pytestmark = pytest.mark.django_db


def states(letter):
    return {check.label: check.state for check in readiness.checks(letter)}


def test_checks_find_nothing_missing_in_a_finished_draft():
    letter = LetterFactory()
    untried = {"Mail delivery": "warn", "Test sign-on": "warn"}
    assert {label: state for label, state in states(letter).items() if state != "yes"} == untried
    assert readiness.missing(letter) == []


def test_checks_lead_to_the_page_where_it_is_mended():
    letter = LetterFactory()
    pages = {check.label: check.url.rsplit("/", 2)[1] for check in readiness.checks(letter)}
    assert pages == {
        "Title": "write",
        "Text": "write",
        "Recipients": "write",
        "Translations": "texts",
        "Closing time": "timetable",
        "Contact address": letter.campaign.slug,
        "Privacy notice": letter.campaign.slug,
        "Mail delivery": "test-mail",
        "Test sign-on": "try",
    }


@pytest.mark.parametrize("body", ["", "<p></p>", "<p> </p>"])
def test_missing_names_a_letter_without_words(body):
    assert states(LetterFactory(text={"body": body}))["Text"] == "no"


def test_missing_names_a_letter_without_title():
    assert states(LetterFactory(text={"title": " "}))["Title"] == "no"


def test_checks_doubt_a_letter_to_nobody_but_let_it_open():
    letter = LetterFactory()
    Recipient.objects.update(line="cc")
    assert states(letter)["Recipients"] == "warn"
    assert readiness.missing(letter) == []


@pytest.mark.parametrize(
    ("closes", "words"),
    [
        (None, "Say until when organizations can sign."),
        (-1, "It lies in the past. Set a later one."),
    ],
)
def test_missing_names_a_closing_time_that_cannot_be(closes, words):
    now = timezone.now()
    letter = LetterFactory(closes_at=closes and now + timedelta(hours=closes))
    assert readiness.missing(letter) == [f"Closing time: {words}"]


def test_missing_names_a_campaign_without_a_privacy_notice():
    letter = LetterFactory(campaign__privacy_notice=" ")
    assert states(letter)["Privacy notice"] == "no"


def test_delivery_counts_as_tested_once_the_server_has_taken_the_mail(mailoutbox):
    letter = LetterFactory()
    campaigns.test_delivery(letter.campaign, by=UserFactory())
    assert states(letter)["Mail delivery"] == "warn"
    outbox.send_due()
    assert [mail.to for mail in mailoutbox] == [[letter.campaign.contact_email]]
    assert states(letter)["Mail delivery"] == "yes"


def test_delivery_says_why_the_test_mail_was_refused():
    letter = LetterFactory()
    campaigns.test_delivery(letter.campaign, by=UserFactory())
    Mail.objects.update(state=Mail.State.FAILED, error="SMTPRecipientsRefused 550")
    check = next(check for check in readiness.checks(letter) if check.label == "Mail delivery")
    assert (check.state, "550" in check.words) == ("warn", True)


def test_trial_counts_once_it_is_confirmed_from_the_mailbox():
    letter = LetterFactory()
    trial = begin_trial(letter, by=UserFactory())
    signatory = SignatoryFactory(letter=letter, trial=trial)
    assert states(letter)["Test sign-on"] == "warn"
    token = Token.objects.issue(signatory, "confirm")
    assert services.confirm(token) == services.Outcome.CONFIRMED
    assert states(letter)["Test sign-on"] == "yes"
