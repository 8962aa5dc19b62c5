"""Every kind of mail, and a signatory to whom it goes out."""

from dataclasses import dataclass
from datetime import timedelta

from django.core import mail as django_mail
from django.utils import timezone

from campaigns import outbox, writing
from letters import services as letters
from letters.models import Recipient
from letters.services import publications
from signatories import emails
from signatories.models import Line, News, Purpose, Question, SecondContact, Signatory, Token
from tests.factories import CampaignFactory, LetterFactory, RevisionFactory, SignatoryFactory, UserFactory
from tests.letters.filed import file_documents
from tests.letters.publishing.published import published
from tests.letters.test_amending import rewritten

KINDS = sorted(
    kind for kind in writing.writers() if kind.startswith("signatories.") and kind != "signatories.objection"
)
CANARIES = (
    *("kestrelname", "ktcwq", "kestrelsecond", "kestrelreading", "kestreltitle", "kestrelcampaign", "kestrelslug"),
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
            line=Line("Kestrelname", "KTCWQ", "KE", "kestrelsite.example", "Kestrelsecond", "Kestrelreading"),
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
        if name in ("delivered", "published", "reply_received", "taken_back"):
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
    before_taken_back = before_listed

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

    def taken_back(self, edition):
        file_documents(edition)
        publication = published(self.letter, edition=edition)
        publications.take_back(publication, reason="Kestrelreason", by=UserFactory())
        return publication

    def news(self, name):
        """Of an edition, which a public one's mail says how it stands in."""
        kind = {"reply_received": "replied"}.get(name, name)
        letters.close(self.letter, by=UserFactory())
        edition = letters.freeze(self.letter, by=UserFactory())
        return News.objects.create(
            letter=self.letter,
            kind=kind,
            edition=edition,
            publication=self.taken_back(edition) if kind == "taken_back" else None,
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
