"""The mails of a consultation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns import outbox
from campaigns.models import Mail
from campaigns.outbox import Message, Writer, writes
from campaigns.writing import shows
from config import languages
from letters import instants
from letters.models import Comment, Consultation, Partner

SOON = timedelta(minutes=10)  # what is said within them goes into one mail
A_DAY = timedelta(days=1)
COLLECTED_A_DAY = 5  # mails of one kind to one address about one thing; what comes after them waits for the next day


@dataclass(frozen=True)
class Facts:
    """What the mails to a partner are made of: read from its rows, or made up for the page of all mails."""

    organization: str
    campaign: str
    campaign_address: str
    title: str
    is_draft: bool
    message: str
    closes_at: datetime
    zone: str
    link: str


@writes
def consultation_invitation(mail: Mail) -> Message | None:
    partner = _invited(mail)
    if partner is None or partner.digest != mail.data["digest"] or partner.consultation.is_over:
        return None
    return _consultation_invitation(_facts(partner))


def _consultation_invitation(to: Facts) -> Message:
    return _to_partner(to, _("%(campaign)s asks for your comments on “%(title)s”"))


@writes
def consultation_reminder(mail: Mail) -> Message | None:
    partner = _invited(mail)
    if partner is None or not partner.consultation.takes_comments:
        return None
    if not Partner.objects.silent().filter(pk=partner.pk).exists():
        return None
    return _consultation_reminder(_facts(partner))


def _consultation_reminder(to: Facts) -> Message:
    return _to_partner(to, _("Your comments on “%(title)s”: still time to send them"))


@writes
def comment_answers(mail: Mail) -> Message | None:
    """Everything that has been answered since the mail was put into the outbox."""
    partner = _invited(mail)
    answered = partner and partner.comments.answered().filter(answered_at__gte=_since(mail))
    if partner is None or not answered:
        return None
    return _comment_answers(_facts(partner), list(answered))


def _comment_answers(to: Facts, answered: list[Comment]) -> Message:
    return _to_partner(to, _("Answers to your comments on “%(title)s”"), answered=answered)


@writes
def partner_commented(mail: Mail) -> Message | None:
    """To the team. It names nobody: who said what is to be seen at the desk, behind the login."""
    rows = Consultation.objects.select_related("letter__campaign")
    consultation = rows.filter(pk=mail.about_id).first()
    if consultation is None:
        return None
    made = Comment.objects.standing().filter(partner__consultation=consultation)
    comments = made.filter(made_at__gte=_since(mail), answer="").count()  # some may have been answered since
    positions = consultation.partners.filter(stated_at__gte=_since(mail)).count()
    if not comments and not positions:
        return None
    unanswered, letter = made.unanswered().count(), consultation.letter
    link = settings.SITE_URL + reverse("letters:consultation", args=[letter.slug])
    return _partner_commented(str(letter), comments, positions, unanswered, link, letter.campaign.contact_email)


def _partner_commented(
    title: str, comments: int, positions: int, unanswered: int, link: str, reply_to: str = ""
) -> Message:
    subject = ngettext("%(n)d new comment on “%(title)s”", "%(n)d new comments on “%(title)s”", comments)
    if not comments:
        subject = _("A partner’s position on “%(title)s”")
    return Message(
        subject % {"n": comments, "title": title},
        {"title": title, "comments": comments, "positions": positions, "unanswered": unanswered, "link": link},
        reply_to=reply_to,
    )


def tell(
    writer: Writer, partner: Partner, *, dedupe: str, wait: timedelta | None = None, data: dict[str, Any] | None = None
) -> None:
    """Put a mail to the partner into the outbox, in its language."""
    language = spoken(partner.language)
    outbox.put(writer, partner, to=partner.email, dedupe=dedupe, language=language, wait=wait, data=data)


def collect(writer: Writer, about: models.Model, *, to: str, since: datetime, language: str = "") -> None:
    """Put a mail that waits a little and speaks for all that is said from `since` on, unless one waits already.

    The waiting row is locked, so it does not go out before what is being said now can be read.
    """
    mails = Mail.objects.about(about).filter(kind=f"letters.{writer.__name__}")
    if mails.filter(state=Mail.State.QUEUED).select_for_update().first():
        return
    enough = mails.filter(created_at__gt=timezone.now() - A_DAY).count() >= COLLECTED_A_DAY
    stamp = since.isoformat()
    wait = A_DAY if enough else SOON
    outbox.put(writer, about, to=to, dedupe=stamp, language=language, wait=wait, data={"since": stamp})


def spoken(language: str) -> str:
    """The language of our words nearest to the reader's: they need not exist in that of the text it reads."""
    offered = dict(settings.LANGUAGES)
    return languages.spoken(language if language in offered else language.partition("-")[0])


def _invited(mail: Mail) -> Partner | None:
    rows = Partner.objects.invited().select_related("consultation__letter__campaign")
    return rows.filter(pk=mail.about_id).first()


def _since(mail: Mail) -> datetime:
    return datetime.fromisoformat(mail.data["since"])


def _facts(partner: Partner) -> Facts:
    consultation = partner.consultation
    letter = consultation.letter
    return Facts(
        organization=partner.organization,
        campaign=letter.campaign.name,
        campaign_address=letter.campaign.contact_email,
        title=letter.title_for(partner.language),
        is_draft=letter.is_draft,
        message=consultation.message,
        closes_at=consultation.closes_at,
        zone=letter.zone,
        link=settings.SITE_URL + reverse("letters:comment", args=[partner.secret]),
    )


def _to_partner(to: Facts, subject: str, **context: Any) -> Message:
    return Message(
        subject % {"campaign": to.campaign, "title": to.title},
        {
            "name": to.organization,
            "campaign": to.campaign,
            "title": to.title,
            "is_draft": to.is_draft,
            "message": to.message,
            "until": instants.in_words(to.closes_at, to.zone),
            "link": to.link,
            **context,
        },
        reply_to=to.campaign_address,
    )


def _made_up() -> Facts:
    return Facts(
        organization="Amigas del Río Lind",
        campaign="Bridges for All",
        campaign_address="team@bridges.example",
        title="For the bridge over the Lind",
        is_draft=True,
        message="We would be glad to have you with us.",
        closes_at=timezone.now() + timedelta(days=7),
        zone="America/Bogota",
        link=f"{settings.SITE_URL}/comment/example/",
    )


def _made_up_answers() -> list[Comment]:
    taken = Comment(words="There is a ferry, too.", answer=Comment.Answer.ACCEPTED)
    kept = Comment(words="Could it be shorter?", answer=Comment.Answer.DECLINED, answer_words="The lawyers need it.")
    return [taken, kept]


shows(consultation_invitation, when=gettext_lazy("The team asks a partner for comments on a draft."))(
    lambda: {"": _consultation_invitation(_made_up())}
)
shows(consultation_reminder, when=gettext_lazy("The team reminds the partners that have said nothing."))(
    lambda: {"": _consultation_reminder(_made_up())}
)
shows(comment_answers, when=gettext_lazy("The team has answered a partner’s comments."))(
    lambda: {"": _comment_answers(_made_up(), _made_up_answers())}
)
shows(partner_commented, when=gettext_lazy("A partner has commented or stated its position. To the team."))(
    lambda: {"": _partner_commented(_made_up().title, 2, 1, 3, f"{settings.SITE_URL}/desk/")}
)
