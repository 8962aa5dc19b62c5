"""The mails of a consultation: one function each, its words in templates/emails/<name>.txt and .html."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns import outbox
from campaigns.models import Mail
from campaigns.outbox import Message, Writer, writes
from letters import instants
from letters.models import Comment, Consultation, Partner

SOON = timedelta(minutes=10)  # what is said within them goes into one mail
A_DAY = timedelta(days=1)
COLLECTED_A_DAY = 5  # mails of one kind to one address about one thing; what comes after them waits for the next day


@writes
def consultation_invitation(mail: Mail) -> Message | None:
    partner = _invited(mail)
    if partner is None or partner.digest != mail.data["digest"] or partner.consultation.is_over:
        return None
    return _to_partner(partner, _("%(campaign)s asks for your comments on “%(title)s”"))


@writes
def consultation_reminder(mail: Mail) -> Message | None:
    partner = _invited(mail)
    if partner is None or not partner.consultation.takes_comments:
        return None
    if not Partner.objects.silent().filter(pk=partner.pk).exists():
        return None
    return _to_partner(partner, _("Your comments on “%(title)s”: still time to send them"))


@writes
def comment_answers(mail: Mail) -> Message | None:
    """Everything that has been answered since the mail was put into the outbox."""
    partner = _invited(mail)
    answered = partner and partner.comments.answered().filter(answered_at__gte=_since(mail))
    if partner is None or not answered:
        return None
    return _to_partner(partner, _("Answers to your comments on “%(title)s”"), answered=list(answered))


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
    letter = consultation.letter
    subject = ngettext("%(n)d new comment on “%(title)s”", "%(n)d new comments on “%(title)s”", comments)
    if not comments:
        subject = _("A partner’s position on “%(title)s”")
    return Message(
        subject % {"n": comments, "title": letter},
        {
            "title": str(letter),
            "comments": comments,
            "positions": positions,
            "unanswered": made.unanswered().count(),
            "link": settings.SITE_URL + reverse("letters:consultation", args=[letter.slug]),
        },
        reply_to=letter.campaign.contact_email,
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
    stem = language.partition("-")[0]
    return language if language in offered else stem if stem in offered else settings.LANGUAGE_CODE


def _invited(mail: Mail) -> Partner | None:
    rows = Partner.objects.invited().select_related("consultation__letter__campaign")
    return rows.filter(pk=mail.about_id).first()


def _since(mail: Mail) -> datetime:
    return datetime.fromisoformat(mail.data["since"])


def _to_partner(partner: Partner, subject: str, **context: Any) -> Message:
    consultation = partner.consultation
    letter = consultation.letter
    title = letter.title_for(partner.language)
    return Message(
        subject % {"campaign": letter.campaign, "title": title},
        {
            "name": partner.organization,
            "campaign": letter.campaign,
            "title": title,
            "is_draft": letter.is_draft,
            "message": consultation.message,
            "until": instants.in_words(consultation.closes_at, letter.zone),
            "link": settings.SITE_URL + reverse("letters:comment", args=[partner.secret]),
            **context,
        },
        reply_to=letter.campaign.contact_email,
    )
