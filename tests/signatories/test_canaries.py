"""Where a withheld signatory's words must not stand: reports of faults. Logs, tables and queues with the processes
that write them: tests/reliability/test_canaries.py and test_canaries_embedded.py."""

import logging
import sys
import time
from datetime import timedelta

import pytest
from django.core import mail as mailbox
from django.core.signals import got_request_exception
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.log import AdminEmailHandler
from django.views import debug

from letters import services as letters
from letters.services import renderings
from signatories import guarding
from signatories.models import Purpose, Question, SecondContact, Token
from tests.factories import PASSWORD, MembershipFactory, OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.test_amending import rewritten
from tests.signatories.twin_histories import CANARY, SECRET, SECRET_CONTACT, SECRET_WORDS, whole
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

SECOND = "second@wrenfoldsite.example"
LINE = {
    "name": SECRET.name,
    "acronym": SECRET.acronym,
    "second_name": SECRET.second_name,
    "reading": SECRET.reading,
    "country": SECRET.country,
    "website": SECRET.website,
    "affiliation": "Wrenfoldaffiliation",
}
PERSON = {"contact_name": SECRET_CONTACT.name, "contact_role": SECRET_CONTACT.role}
ANSWERS = {
    **LINE,
    **PERSON,
    "scope": "national",
    "contact_email": SECRET_CONTACT.email,
    "second_email": SECOND,
    "visibility": "counted",
    "attested": "on",
    "named": "on",
}


@pytest.fixture
def letter():
    return OpenLetterFactory(open_to="both")


@pytest.fixture
def listed(letter):
    signatory = SignatoryFactory(letter=letter, listed=True, visibility="counted", line=SECRET)
    Question.objects.create(signatory=signatory, words=SECRET_WORDS, asked_by=UserFactory())
    SecondContact.objects.create(signatory=signatory, email=SECOND, email_hash="x" * 64)
    return signatory


def sent(letter):
    return ANSWERS | {"send": "1", "began": guarding.stamp(time.time() - 60)}


def behind(purpose, page, **answers):
    """A page of the listed one that a link leads to."""

    def asked(letter, listed):
        token = Token.objects.issue(listed, purpose)
        return reverse(f"signatories:{page}", args=[token.secret]), answers

    return asked


def confirming(letter, listed):
    pending = SignatoryFactory(letter=letter, visibility="counted", line=SECRET)
    return reverse("signatories:confirm", args=[Token.objects.issue(pending, Purpose.CONFIRM).secret]), {
        "choice": "confirm"
    }


def amending(weight, **answers):
    def asked(letter, listed):
        by = rewritten(letter, body="<p>We ask for two bridges.</p>")
        until = timezone.now() + timedelta(days=2)
        letters.amend(letter, weight=weight, reason="So agreed.", until=until, by=by)
        token = Token.objects.mine(listed)
        return reverse("signatories:amendment", args=[token.secret]), answers | {"revision": 2}

    return asked


POSTS = {
    "signatories:sign": lambda letter, _: (reverse("signatories:sign", args=[letter.slug]), sent(letter)),
    "signatories:sign_individual": lambda letter, _: (
        reverse("signatories:sign_individual", args=[letter.slug]),
        sent(letter),
    ),
    "signatories:new_link": lambda letter, _: (
        reverse("signatories:new_link", args=[letter.slug]),
        {"email": SECRET_CONTACT.email},
    ),
    "signatories:confirm": confirming,
    "signatories:correct": behind(
        Purpose.MINE, "correct", **LINE | PERSON | {"name": "Wrenfoldname anew", "kind": "organization"}
    ),
    "signatories:question": behind(Purpose.MINE, "question", words=SECRET_WORDS),
    "signatories:visibility": behind(Purpose.MINE, "visibility", visibility="recipient"),
    "signatories:withdraw": behind(Purpose.MINE, "withdraw", sure="on"),
    "signatories:holdings": behind(Purpose.MINE, "holdings", choice="all"),
    "signatories:subscription": behind(Purpose.MINE, "subscription", choice="off"),
    "signatories:amendment": amending("substance", choice="agree"),
    "signatories:vouch": behind(Purpose.SECOND, "vouch", answer="right"),
    "signatories:unsubscribe": behind(Purpose.UNSUBSCRIBE, "unsubscribe", choice="off"),
}


def failing(execute, sql, params, many, context):
    """A database that writes nothing any more."""
    if sql.lstrip().startswith(("INSERT", "UPDATE", "DELETE")):
        raise OperationalError("the disk is full")
    return execute(sql, params, many, context)


def reports(client, path, answers):
    """What Django would report of the fault that this form runs into, as text and with all variables."""
    caught = []

    def note(sender, request, **_):
        caught.append((request, sys.exc_info()))
        reporter = debug.get_exception_reporter_class(request)(request, *caught[-1][1])
        caught.append(reporter.get_traceback_text() + reporter.get_traceback_html())

    got_request_exception.connect(note)
    try:
        with connection.execute_wrapper(failing):
            assert client.post(path, answers).status_code == 500
    finally:
        got_request_exception.disconnect(note)
    return caught[1]


@pytest.mark.parametrize("page", POSTS)
def test_report_of_a_fault_holds_nothing_that_was_sent(letter, listed, page):
    path, answers = POSTS[page](letter, listed)
    report = reports(Client(raise_request_exception=False), path, answers)
    assert "the disk is full" in report
    assert CANARY not in report.casefold()
    secrets = [part for part in path.split("/") if len(part) == 43]
    assert [secret for secret in secrets if secret in report] == []


def test_report_of_a_fault_in_vetting_holds_no_word_of_it(letter, listed):
    client = Client(raise_request_exception=False)
    sign_in(client, UserFactory(is_staff=True, is_superuser=True), with_second_factor=True)
    path = reverse("admin:signatories_signatory_change", args=[listed.pk])
    answers = {"decision": "decline", "seen": "listed", "decline-reason": "other", "decline-note": SECRET_WORDS}
    assert CANARY not in reports(client, path, answers).casefold()


def test_report_of_a_fault_in_taking_out_the_addressee_copy_holds_no_word_of_it(letter):
    SignatoryFactory(letter=letter, listed=True, visibility="recipient", line=SECRET)
    owner = MembershipFactory(campaign=letter.campaign, role="owner").user
    letters.close(letter, by=owner)
    edition = letters.freeze(letter, by=owner)
    renderings.render_due()
    client = Client(raise_request_exception=False)
    sign_in(client, owner, with_second_factor=True)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    report = reports(client, reverse("letters:addressee_copy", args=[letter.slug, edition.number]), {"language": "en"})
    assert "the disk is full" in report
    assert CANARY not in report.casefold()
    assert edition.addressee_names.key not in report


def test_django_alone_would_report_it(letter, listed, settings):
    """The control: with Django's own reports the words stand there, decorated though the views are."""
    settings.DEFAULT_EXCEPTION_REPORTER = "django.views.debug.ExceptionReporter"
    settings.DEFAULT_EXCEPTION_REPORTER_FILTER = "django.views.debug.SafeExceptionReporterFilter"
    debug.get_default_exception_reporter_filter.cache_clear()
    path, answers = POSTS["signatories:correct"](letter, listed)
    assert CANARY in reports(Client(raise_request_exception=False), path, answers).casefold()
    debug.get_default_exception_reporter_filter.cache_clear()


@pytest.fixture
def mails_of_faults():
    """Django's own handler, as an operator would add it."""
    handler, logger = AdminEmailHandler(include_html=True), logging.getLogger("django.request")
    logger.addHandler(handler)
    yield
    logger.removeHandler(handler)


def test_mail_about_a_fault_holds_nothing_that_was_sent(letter, listed, settings, mails_of_faults):
    settings.ADMINS = [("Somebody", "somebody@site.example")]
    path, answers = POSTS["signatories:correct"](letter, listed)
    reports(Client(raise_request_exception=False), path, answers)
    (mail,) = mailbox.outbox
    assert mail.subject.endswith("Internal Server Error: /mine/[token]/correct/")
    said = whole(mail)
    assert "the disk is full" in said
    assert CANARY not in said.casefold()
    assert path.split("/")[2] not in said


def test_faults_are_not_mailed(letter, listed, settings):
    """Even where somebody is named as who should get such mails: as the site comes nothing sends them."""
    settings.ADMINS = [("Somebody", "somebody@site.example")]
    path, answers = POSTS["signatories:sign"](letter, listed)
    reports(Client(raise_request_exception=False), path, answers)
    assert mailbox.outbox == []
    handlers = [handler for name in ("", "django", "django.request") for handler in logging.getLogger(name).handlers]
    assert not any(isinstance(handler, AdminEmailHandler) for handler in handlers)
