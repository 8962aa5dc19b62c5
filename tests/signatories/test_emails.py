"""What the mails say, and what a withheld signatory's never say."""

import html
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as django_mail
from django.test.utils import override_settings
from django.urls import resolve
from django.utils import timezone
from django.utils.translation import override

from campaigns import outbox, silence, writing
from campaigns.models import Mail
from letters import services as letters
from letters.models import Recipient
from signatories import emails
from signatories.models import Line, News, Purpose, Question, SecondContact, Signatory, Token
from tests.factories import CampaignFactory, LetterFactory, RevisionFactory, SignatoryFactory, UserFactory
from tests.letters.test_amending import rewritten

pytestmark = pytest.mark.django_db

KINDS = sorted(
    kind for kind in writing.writers() if kind.startswith("signatories.") and kind != "signatories.objection"
)
CANARIES = (
    *("kestrelname", "ktc", "kestrelsecond", "kestrelreading", "kestreltitle", "kestrelcampaign", "kestrelslug"),
    *("kestrelrecipient", "kestrelmail", "kestrelnote", "kestrelquestion", "kestrelnews", "kestrelreason"),
    *("kestrelcontact", "kestrelrole", "kestrelsite"),
)


@dataclass
class Case:
    """A signatory in the state in which each mail goes out, with words that no other mail may hold."""

    visibility: str

    def __post_init__(self):
        campaign = CampaignFactory(
            name="Kestrelcampaign", slug="kestrelcampaign", contact_email="team@kestrelmail.example"
        )
        now, week = timezone.now(), timedelta(days=7)
        opened = {"status": "open", "opens_at": now - week, "closes_at": now + week}
        self.letter = LetterFactory(
            campaign=campaign, slug="kestrelslug", text={"title": "Kestreltitle over the Lind"}, **opened
        )
        Recipient.objects.filter(letter=self.letter).update(name="Kestrelrecipient")
        RevisionFactory(letter=self.letter)
        self.signatory = SignatoryFactory(
            letter=self.letter,
            line=Line("Kestrelname", "KTC", "KE", "kestrelsite.example", "Kestrelsecond", "Kestrelreading"),
            visibility=self.visibility,
            contact_name="Kestrelcontact",
            contact_role="Kestrelrole",
            contact_email="somebody@elsewhere.example",
        )

    def confirmed(self, status="confirmed", **facts):
        now = timezone.now()
        facts = {"status": status, "confirmed_at": now, "agreed_revision": self.letter.revision, **facts}
        if status in ("listed", "declined"):
            facts |= {"decided_at": now, "decided_by": UserFactory()}
        Signatory.objects.filter(pk=self.signatory.pk).update(**facts)

    def write(self, kind):
        """Put the mail into the outbox as the services do, in a state in which it goes out."""
        name = kind.partition(".")[2]
        writer, data = writing.writer_of(kind), None
        getattr(self, f"before_{name}", lambda: None)()
        self.signatory.refresh_from_db()
        if name == "second_contact":
            second = SecondContact.objects.create(
                signatory=self.signatory, email="second@elsewhere.example", email_hash="x"
            )
            Token.objects.issue(self.signatory, Purpose.SECOND)
            return emails.tell_second(second)
        if name == "no_sign_on":
            return emails.tell_stranger(self.letter, to="somebody@elsewhere.example", dedupe="", language="en")
        if name == "closing_moved":
            closes = self.signatory.letter.closes_at
            data = {"was": timezone.now().isoformat(), "closes_at": closes.isoformat()}
        if name == "data_will_be_deleted":
            data = {"day": timezone.now().isoformat()}
        if name in ("delivered", "published", "reply_received"):
            data = {"news": self.news(name).pk}
        return emails.tell(writer, self.signatory, data=data)

    def before_confirm(self):
        Token.objects.issue(self.signatory, Purpose.CONFIRM)

    before_reminder = before_closes_soon = before_confirm

    def before_board_pack(self):
        Signatory.objects.filter(pk=self.signatory.pk).update(reviewing_since=timezone.now())

    before_review_reminder = before_board_pack

    def before_received(self):
        self.confirmed()

    before_second_contact = before_mine_link = before_already_signed = before_closing_moved = before_received
    before_data_will_be_deleted = before_received

    def before_question(self):
        self.confirmed()
        Question.objects.create(signatory=self.signatory, words="Kestrelquestion?", asked_by=UserFactory())

    def before_listed(self):
        self.confirmed("listed")

    before_printed_as = before_delivered = before_published = before_reply_received = before_listed

    def before_not_accepted(self):
        self.confirmed("declined", decline_reason="other", decline_note="Kestrelnote")

    def amended(self, weight, title):
        self.confirmed("listed")
        by = rewritten(self.letter, title=title)
        until = timezone.now() + timedelta(days=3)
        letters.amend(self.letter, weight=weight, reason="Kestrelreason", until=until, by=by)

    def before_agree_again(self):
        self.amended("substance", "Kestreltitle under the Lind")

    before_agree_reminder = before_agree_again

    def before_corrected(self):
        self.amended("correction", "Kestreltitle over the Linde")

    def before_left_out(self):
        Signatory.objects.filter(pk=self.signatory.pk).update(status="lapsed")

    def before_withdrawn(self):
        Signatory.objects.filter(pk=self.signatory.pk).update(status="withdrawn")

    def news(self, name):
        kind = {"reply_received": "replied"}.get(name, name)
        return News.objects.create(
            letter=self.letter,
            kind=kind,
            whom="Kestrelrecipient",
            happened_on=timezone.now().date(),
            words="Kestrelnews",
            url="https://kestrelnews.example/",
            made_by=UserFactory(),
        )


def sent(kind, visibility="public"):
    Case(visibility).write(kind)
    outbox.send_due()
    (mail,) = django_mail.outbox
    return mail


def everything(mail):
    """Every header, decoded and as it goes over the line, text and HTML."""
    raw = mail.message()
    headers = " ".join(f"{name}: {value}" for name, value in raw.items())
    page = next(content for content, _ in mail.alternatives)
    words = [headers, str(mail.subject), mail.body, html.unescape(page), raw.as_string(), " ".join(mail.reply_to)]
    return "\n".join(words).casefold()


def found(mail):
    return {canary for canary in CANARIES if re.search(rf"\b{canary}|{canary}(?=[\w.])", everything(mail))}


# --- Withheld ---


@pytest.mark.parametrize("visibility", ["recipient", "counted"])
@pytest.mark.parametrize("kind", KINDS)
def test_mail_of_a_withheld_signatory_names_nothing(kind, visibility, settings):
    mail = sent(kind, visibility)
    assert found(mail) == set()
    assert (mail.from_email, mail.reply_to) == (settings.DEFAULT_FROM_EMAIL, [])


def test_a_withheld_signatory_answers_to_whoever_helps_at_the_site(settings):
    settings.HELP_EMAIL = "help@site.example"
    assert sent("signatories.received", "counted").reply_to == ["help@site.example"]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"signatories.no_sign_on"}))
def test_the_same_mail_could_have_named_it(kind):
    """The control: of a public signatory each names the letter, the campaign to answer to, and the organization."""
    seen = found(sent(kind))
    assert {"kestreltitle", "kestrelname", "kestrelmail", "kestrelslug"} <= seen


def test_all_canaries_can_be_seen():
    seen = set()
    for kind in KINDS:
        case = Case("public")
        case.write(kind)
        outbox.send_due()
        seen |= found(django_mail.outbox[-1])
        case.letter.campaign.__class__.objects.filter(pk=case.letter.campaign_id).update(slug=f"c{case.letter.pk}")
        case.letter.__class__.objects.filter(pk=case.letter.pk).update(slug=f"l{case.letter.pk}")
        Mail.objects.all().delete()
    hidden = {"kestrelreading", "kestrelsite"}  # what it is sorted by, and the website, stand in no mail
    assert set(CANARIES) - seen == hidden


def test_an_opaque_mail_is_given_nothing_to_name():
    """Not a matter of what a template happens to print: the facts are not there."""
    for kind in KINDS:
        message = writing.samples()[kind].forms()["opaque"]
        assert set(message.context) <= {"words", "after", "link"}
        assert message.template == "opaque"


# --- All of them ---


@pytest.mark.parametrize("visibility", ["public", "counted"])
@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"signatories.no_sign_on"}))
def test_mail_has_one_link_on_a_line_of_its_own_that_opens_a_page(kind, visibility, client):
    mail = sent(kind, visibility)
    lines = [line for line in mail.body.splitlines() if re.match(r"^http://\S+/(mine|confirm|vouch)/\S+/$", line)]
    assert len(lines) == 1
    address = lines[0].removeprefix("http://127.0.0.1:8000")
    assert resolve(address).view_name.partition(":")[0] == "signatories"
    assert client.get(address).status_code == 200
    page = next(content for content, _ in mail.alternatives)
    assert page.count(f'<a href="{lines[0]}" dir="ltr">{lines[0]}</a>') == 1


@pytest.mark.parametrize("kind", KINDS)
def test_mail_is_plain(kind):
    mail = sent(kind)
    page = next(content for content, _ in mail.alternatives)
    assert not re.search(r"<(img|script|link|style|iframe|form|svg)\b|url\(|\bsrc=|background", page)
    assert "{{" not in page + mail.body
    assert "{%" not in page + mail.body
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"
    assert mail.extra_headers["Message-ID"] == f"<{Mail.objects.get().pk}@127.0.0.1>"
    assert len(mail.subject) <= 110


@pytest.mark.parametrize("visibility", ["public", "counted"])
@pytest.mark.parametrize("kind", KINDS)
def test_optional_mails_alone_offer_to_unsubscribe(kind, visibility):
    mail = sent(kind, visibility)
    one_click = mail.extra_headers.get("List-Unsubscribe-Post")
    link = mail.extra_headers.get("List-Unsubscribe", "")
    if kind.partition(".")[2] not in emails.OPTIONAL:
        assert (one_click, link, "unsubscribe" in mail.body) == (None, "", False)
        return
    token = Token.objects.get(purpose=Purpose.UNSUBSCRIBE)
    assert (one_click, link) == ("List-Unsubscribe=One-Click", f"<http://127.0.0.1:8000/unsubscribe/{token.secret}/>")
    assert link[1:-1] in mail.body.splitlines()


@pytest.mark.parametrize("kind", KINDS)
def test_unsubscribing_ends_the_optional_ones(kind):
    case = Case("public")
    Signatory.objects.update(unsubscribed_at=timezone.now())
    case.write(kind)
    outbox.send_due()
    assert len(django_mail.outbox) == (kind.partition(".")[2] not in emails.OPTIONAL)


def test_the_optional_and_the_caused_ones_exist():
    names = {kind.partition(".")[2] for kind in KINDS}
    assert names > emails.OPTIONAL
    assert names > emails.CAUSED_BY_FORMS
    assert not emails.OPTIONAL & emails.CAUSED_BY_FORMS


@pytest.mark.parametrize("kind", ["signatories.reminder", "signatories.closes_soon"])
def test_a_silenced_mailbox_that_never_confirmed_is_not_reminded(kind):
    case = Case("public")
    silence.keep("somebody@elsewhere.example")
    case.write(kind)
    outbox.send_due()
    assert (len(django_mail.outbox), Mail.objects.get().state) == (0, "dropped")


def test_nothing_is_written_to_a_contact_that_was_deleted():
    case = Case("public")
    case.confirmed("listed", contact_email="")
    case.signatory.refresh_from_db()
    emails.tell(emails.listed, case.signatory)
    assert Mail.objects.count() == 0


def test_long_names_are_cut_in_the_subject_and_whole_in_the_mail():
    name = "Federation of " + "very " * 35 + "long names"
    signatory = SignatoryFactory(listed=True, line=Line(name, "", "KE"))
    emails.tell(emails.listed, signatory)
    outbox.send_due()
    (mail,) = django_mail.outbox
    assert (name in mail.subject, name in mail.body, "…" in mail.subject) == (False, True, True)


def test_names_stand_isolated_in_html():
    signatory = SignatoryFactory(listed=True, line=Line("جمعية النهر", "", "EG", second_name="River <b>Society"))
    emails.tell(emails.listed, signatory)
    outbox.send_due()
    page = next(content for content, _ in django_mail.outbox[0].alternatives)
    assert "<bdi>جمعية النهر</bdi>" in page
    assert "<bdi>River &lt;b&gt;Society</bdi>" in page


def test_an_individual_reads_that_the_affiliation_identifies_only():
    line = Line("Aline Kabila", "", "CD", affiliation="Nurse, General Hospital")
    emails.tell(emails.listed, SignatoryFactory(listed=True, kind="individual", line=line))
    outbox.send_due()
    assert "Nurse, General Hospital (for identification only)" in django_mail.outbox[0].body


def test_pending_and_settled_signatories_are_told_of_a_closing_time_differently():
    settled = sent("signatories.closing_moved").body
    django_mail.outbox.clear()
    signatory = SignatoryFactory()
    link = Token.objects.issue(signatory, Purpose.CONFIRM).secret
    data = {"was": timezone.now().isoformat(), "closes_at": signatory.letter.closes_at.isoformat()}
    emails.tell(emails.closing_moved, signatory, data=data)
    outbox.send_due()
    waiting = django_mail.outbox[0].body
    assert ("you need do nothing" in settled, "/mine/" in settled) == (True, True)
    assert ("To say yes or no until then" in waiting, f"/confirm/{link}/" in waiting) == (True, True)


def test_mine_link_stays_the_same_and_is_prolonged():
    signatory = SignatoryFactory(confirmed=True)
    token = Token.objects.mine(signatory)
    assert Token.objects.mine(signatory) == token
    with time_machine.travel(timezone.now() + timedelta(days=170)):
        assert Token.objects.mine(signatory) == token
        assert Token.objects.get(pk=token.pk).expires_at > timezone.now() + timedelta(days=170)
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        assert Token.objects.mine(signatory) != token


# --- The page of all mails ---


def test_every_writer_has_a_sample():
    assert set(writing.samples()) == set(writing.writers())


@override_settings(LANGUAGES=[("en", "English"), ("fr", "French"), ("ar", "Arabic")])
def test_samples_ask_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        for kind, sample in writing.samples().items():
            for language in ("en", "fr", "ar"):
                with override(language):
                    assert all(writing.worded(kind, message).text for message in sample.forms().values())
