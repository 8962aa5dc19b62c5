"""What the mails to a signatory are made of, and the two forms that they have.

A withheld signatory's mail is opaque: it shows in previews, over shoulders, to whoever keeps the mailbox. It names
neither letter nor organization, campaign or addressee, and its links hold a token and nothing else. What it is about
stands behind the link. None of that can slip in, because an opaque mail's template is given none of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from campaigns import silence
from campaigns.models import Mail
from campaigns.outbox import Message
from config import languages
from letters import instants
from letters.pdf import writing
from signatories import countries
from signatories.emails.kinds import OPTIONAL
from signatories.models import Line, Signatory, Token

LONGEST = 60  # characters of a name or a title in a subject


@dataclass(frozen=True)
class Facts:
    """Read from the rows, or made up for the page that shows all mails."""

    line: Line
    country: str  # as the roll calls it, in `printed_in`
    contact_name: str
    title: str
    campaign: str
    campaign_address: str
    letter_url: str
    link: str  # the one link: to the signatory's own page, or to the choice it has to make first
    zone: str = "UTC"
    printed_in: str = settings.LANGUAGE_CODE  # the language of the authentic text
    unsubscribe: str = ""  # of an optional mail
    told_by: str = ""  # who says that it signed, where no form of its own does
    is_entered: bool = False  # from a list that is the proof: nothing asked it, and it has not answered
    is_withheld: bool = False
    is_trial: bool = False

    def when(self, instant: datetime) -> str:
        """In words; with the letter's zone, unless that would tell something."""
        return instants.in_utc(instant) if self.is_withheld else instants.in_words(instant, self.zone)


@dataclass(frozen=True)
class Opaque:
    """What a withheld signatory is told instead: what happened and what the link is for. It fits any letter."""

    subject: str
    words: str
    after: str = ""


def address(page: str, token: str) -> str:
    """The absolute link to a page that a token opens."""
    return f"{settings.SITE_URL}{reverse(f'signatories:{page}', args=[token])}"


def about(mail: Mail, *statuses: str) -> Signatory | None:
    """The signatory the mail is about, if it still is what the mail would say and may be told."""
    found = Signatory.objects.select_related("letter__campaign").filter(pk=mail.about_id, erased_at__isnull=True)
    signatory = (found.filter(status__in=statuses) if statuses else found).first()
    if signatory is None or not signatory.contact_email:
        return None
    return None if is_optional(mail) and not may_be_told(signatory) else signatory


def may_be_told(signatory: Signatory) -> bool:
    """Whether mails that one can do without may go to it."""
    if signatory.unsubscribed_at or (signatory.confirmed_at and not signatory.has_answered):
        return False
    return signatory.status != Signatory.Status.PENDING or not silence.is_kept(signatory.contact_email)


def is_optional(mail: Mail) -> bool:
    return mail.kind.partition(".")[2] in OPTIONAL


def facts(mail: Mail, signatory: Signatory, *, link: str = "") -> Facts:
    """With the link to its own page, unless another is given."""
    letter, line = signatory.letter, signatory.line
    page = languages.kept(letter.url_for(signatory.language), signatory.language)
    if signatory.trial_id:
        page = reverse("letters:overview", args=[letter.slug])
    optional = Token.objects.unsubscribing(signatory) if is_optional(mail) else None
    return Facts(
        line=line,
        country=countries.name(line.country, letter.language),
        contact_name=signatory.contact_name,
        title=letter.title_for(signatory.language),
        campaign=letter.campaign.name,
        campaign_address=letter.campaign.contact_email,
        letter_url=settings.SITE_URL + page,
        link=link or address("mine", Token.objects.mine(signatory).secret),
        zone=letter.zone,
        printed_in=letter.language,
        unsubscribe=address("unsubscribe", optional.secret) if optional else "",
        told_by=letter.campaign.name if signatory.came_in_a_list else "",
        is_entered=bool(signatory.confirmed_at) and not signatory.has_answered,
        is_withheld=signatory.is_withheld,
        is_trial=bool(signatory.trial_id),
    )


def said(mail: Mail, words: Callable[[Facts], Message], *statuses: str) -> Message | None:
    """A mail that says nothing but what all know of the signatory."""
    signatory = about(mail, *statuses)
    return words(facts(mail, signatory)) if signatory else None


def message(to: Facts, subject: str, opaque: Opaque, **context: Any) -> Message:
    """The mail in the form the signatory gets it. Subjects may hold %(name)s, %(title)s, %(site)s and the context's."""
    words = {**context, "name": _short(to.line.name), "title": _short(to.title), "site": settings.SITE_NAME}
    subject = (opaque.subject if to.is_withheld else subject) % words
    if to.is_trial:
        subject = _("[Test] %(subject)s") % {"subject": subject}
    if to.is_withheld:
        return Message(
            subject,
            {"words": opaque.words, "after": opaque.after, "link": to.link},
            reply_to=settings.HELP_EMAIL,  # the campaign's address would tell
            template="opaque",
            unsubscribe=to.unsubscribe,
        )
    return Message(
        subject,
        {
            "name": to.contact_name,
            "line": to.line,
            "country": to.country,
            "printed_in": to.printed_in,
            "printed": writing.of(to.printed_in),
            "title": to.title,
            "campaign": to.campaign,
            "told_by": to.told_by,
            "is_entered": to.is_entered,
            "letter_url": to.letter_url,
            "link": to.link,
            **context,
        },
        reply_to=to.campaign_address,
        unsubscribe=to.unsubscribe,
    )


def _short(name: str) -> str:
    return Truncator(name).chars(LONGEST)
