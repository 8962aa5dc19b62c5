"""Until when sign-on is open."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Mail
from campaigns.outbox import Message, writes
from signatories.emails import samples
from signatories.emails.facts import Facts, Opaque, about, address, facts, message
from signatories.emails.samples import sampled
from signatories.models import Purpose, Signatory

Status = Signatory.Status


@writes
def closing_moved(mail: Mail) -> Message | None:
    """To all who are on the letter or may still come; not if it was moved again since: that has a mail of its own."""
    signatory = about(mail, Status.PENDING, Status.CONFIRMED, Status.LISTED, Status.DUPLICATE)
    closes_at = signatory.letter.closes_at if signatory else None
    if signatory is None or closes_at is None or closes_at != datetime.fromisoformat(mail.data["closes_at"]):
        return None
    was, is_pending = datetime.fromisoformat(mail.data["was"]), signatory.status == Status.PENDING
    return _closing_moved(facts(mail, signatory, link=_way_on(signatory)), closes_at, was, is_pending=is_pending)


def _closing_moved(to: Facts, closes_at: datetime, was: datetime, *, is_pending: bool = False) -> Message:
    closes = to.when(closes_at)
    if is_pending:
        words = _("what you sent us about has another closing time now: %(until)s. To say yes or no until then:")
    else:
        words = _("what you sent us about has another closing time now: %(until)s. What we have from you:")
    opaque = Opaque(_("Another closing time: your message to %(site)s"), words % {"until": closes})
    subject, day = _("Now closes %(day)s: “%(title)s”"), date_format(closes_at, "j F")
    known = {"closes": closes, "was": to.when(was), "is_pending": is_pending, "day": day}
    return message(to, subject, opaque, **known)


@writes
def closes_soon(mail: Mail) -> Message | None:
    """Three days before closing, to those who have not said yes or no."""
    signatory = about(mail, Status.PENDING)
    closes_at = signatory.letter.closes_at if signatory else None
    if signatory is None or closes_at is None or signatory.letter.is_over:
        return None
    is_reviewing = bool(signatory.reviewing_since)
    return _closes_soon(facts(mail, signatory, link=_way_on(signatory)), closes_at, is_reviewing=is_reviewing)


def _closes_soon(to: Facts, closes_at: datetime, *, is_reviewing: bool = False) -> Message:
    closes = to.when(closes_at)
    words = _(
        "what you sent us about closes on %(until)s, and we have no answer from you yet. To say yes or no, open this "
        "page:"
    )
    opaque = Opaque(_("Closes soon: your message to %(site)s"), words % {"until": closes})
    subject, day = _("Closes %(day)s, your answer is missing: “%(title)s”"), date_format(closes_at, "j F")
    return message(to, subject, opaque, closes=closes, is_reviewing=is_reviewing, day=day)


def _way_on(signatory: Signatory) -> str:
    """The page on which it says yes, if it has not; otherwise ("") its own."""
    if signatory.status != Status.PENDING or signatory.reviewing_since:
        return ""
    token = signatory.tokens.filter(purpose=Purpose.CONFIRM, replaced_at__isnull=True).last()
    return address("confirm", token.secret) if token else ""


sampled(
    closing_moved,
    gettext_lazy("The team has moved the closing time of an open letter. Once for each change."),
    lambda to: _closing_moved(to, samples.soon(14), samples.soon()),
)
sampled(
    closes_soon,
    gettext_lazy("Three days before closing there is no answer yet. Once."),
    lambda to: _closes_soon(to, samples.soon(3)),
    page="confirm",
)
