"""For an organization whose board has to decide first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Mail
from campaigns.outbox import Message, writes
from config import languages
from letters.models import Letter
from signatories.emails import samples
from signatories.emails.facts import Facts, Opaque, about, facts, message
from signatories.emails.samples import sampled
from signatories.models import Signatory


@writes
def board_pack(mail: Mail) -> Message | None:
    """What a board needs. With a withheld name all of it stands behind the link."""
    signatory = _undecided(mail)
    if signatory is None:
        return None
    letter = signatory.letter
    until = letter.confirmable_until or signatory.signed_at
    return _board_pack(facts(mail, signatory), until, _recipients(letter), _pack(letter, signatory.language))


def _board_pack(to: Facts, until: datetime, recipients: Sequence[str], pack: str) -> Message:
    opaque = Opaque(
        _("For your board: your message to %(site)s"),
        _(
            "you told us that your board has to decide first. All it needs, to read and to print, and the question to "
            "answer once it has decided, stand on this page:"
        ),
        _("We need the answer by %(until)s, and remind you once a week.") % {"until": to.when(until)},
    )
    subject = _("For your board: “%(title)s”")
    return message(to, subject, opaque, until=to.when(until), recipients=recipients, pack=pack)


@writes
def review_reminder(mail: Mail) -> Message | None:
    """Once a week, three times at most."""
    signatory = _undecided(mail)
    if signatory is None:
        return None
    letter = signatory.letter
    until = letter.confirmable_until or signatory.signed_at
    return _review_reminder(facts(mail, signatory), until, _pack(letter, signatory.language))


def _review_reminder(to: Facts, until: datetime, pack: str) -> Message:
    opaque = Opaque(
        _("Has your board decided? Your message to %(site)s"),
        _("you told us that your board has to decide first. Once it has, please say yes or no on this page:"),
        _("We need the answer by %(until)s.") % {"until": to.when(until)},
    )
    return message(to, _("Has your board decided? “%(title)s”"), opaque, until=to.when(until), pack=pack)


def _undecided(mail: Mail) -> Signatory | None:
    signatory = about(mail, Signatory.Status.PENDING)
    if signatory is None or not signatory.reviewing_since:
        return None
    return signatory if signatory.letter.accepts_confirmations else None


def _pack(letter: Letter, language: str) -> str:
    text = letter.text_for(language)
    args = [letter.slug] if text is None or text.is_authentic else [letter.slug, text.language]
    return f"{settings.SITE_URL}{languages.kept(reverse('letters:board', args=args), language)}"


def _recipients(letter: Letter) -> list[str]:
    revision = letter.revision
    to = [one for one in revision.recipients if one["line"] == "to"] if revision else []
    return [", ".join(filter(None, (one["name"], one["office"], one["organization"]))) for one in to]


PACK = f"{samples.LETTER}board/"
sampled(
    board_pack,
    gettext_lazy("The mailbox has said that a board has to decide first."),
    lambda to: _board_pack(to, samples.soon(), ["Ada Example, Commissioner for Bridges"], PACK),
)
sampled(
    review_reminder,
    gettext_lazy("Once a week while a board decides, three times at most."),
    lambda to: _review_reminder(to, samples.soon(), PACK),
)
