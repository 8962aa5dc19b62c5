"""When the text has changed: who has to agree again, who may object, and who is left out."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Mail
from campaigns.outbox import Message, writes
from campaigns.writing import shows
from letters.models import Amendment
from signatories.emails import samples
from signatories.emails.facts import Facts, Opaque, about, address, facts, message, said
from signatories.emails.samples import sampled
from signatories.models import Objection, Signatory, Token

Status = Signatory.Status


@writes
def agree_again(mail: Mail) -> Message | None:
    asked = _asked(mail)
    return _agree_again(*asked) if asked else None


def _agree_again(to: Facts, until: datetime, reason: str) -> Message:
    opaque = Opaque(
        _("Please answer again: your message to %(site)s"),
        _(
            "the text that you agreed to has been changed in substance. It does not count any more until you agree "
            "to the new one. To see what changed, and to agree or to be taken off, open this page:"
        ),
        _("Please answer by %(until)s. Who has not agreed then is left out.") % {"until": to.when(until)},
    )
    subject = _("The text changed: please agree again for %(name)s")
    return message(to, subject, opaque, until=to.when(until), amendment_reason=reason)


@writes
def agree_reminder(mail: Mail) -> Message | None:
    asked = _asked(mail)
    return _agree_reminder(*asked) if asked else None


def _agree_reminder(to: Facts, until: datetime, reason: str) -> Message:
    opaque = Opaque(
        _("Still to be answered: your message to %(site)s"),
        _(
            "the text that you agreed to has been changed in substance, and we have no answer from you yet. Until you "
            "agree to the new one, it does not count. To see what changed, and to agree or to be taken off:"
        ),
        _("Please answer by %(until)s. Who has not agreed then is left out.") % {"until": to.when(until)},
    )
    subject = _("%(name)s is not on the letter until you agree again")
    return message(to, subject, opaque, until=to.when(until))


@writes
def corrected(mail: Mail) -> Message | None:
    signatory = about(mail, Status.CONFIRMED, Status.LISTED, Status.DUPLICATE)
    newest = _newest(signatory, Amendment.Class.CORRECTION)
    if signatory is None or newest is None or newest.object_by is None or not newest.takes_objections:
        return None
    return _corrected(facts(mail, signatory, link=_answer_link(signatory)), newest.object_by, newest.reason)


def _corrected(to: Facts, until: datetime, reason: str) -> Message:
    opaque = Opaque(
        _("A correction: your message to %(site)s"),
        _(
            "the text that you agreed to has been corrected. It still counts, and you need do nothing. To see what "
            "changed, and to object if you want to:"
        ),
        _("You can object until %(until)s.") % {"until": to.when(until)},
    )
    subject = _("A correction in “%(title)s”, which you signed")
    return message(to, subject, opaque, until=to.when(until), amendment_reason=reason)


@writes
def left_out(mail: Mail) -> Message | None:
    return said(mail, _left_out, Status.LAPSED)


def _left_out(to: Facts) -> Message:
    opaque = Opaque(
        _("Not counted any more: your message to %(site)s"),
        _(
            "the text that you agreed to was changed, and we had no answer from you in time. It does not count any "
            "more. What we have from you:"
        ),
    )
    return message(to, _("%(name)s has been left out of “%(title)s”"), opaque)


@writes
def objection(mail: Mail) -> Message | None:
    """To the team. It names nobody: who objects is to be seen at the desk, behind the login."""
    made = Objection.objects.select_related("signatory__letter__campaign").filter(pk=mail.about_id).first()
    if made is None:
        return None
    letter = made.signatory.letter
    return _objection(str(letter), settings.SITE_URL + reverse("signatories:answers", args=[letter.slug]))


def _objection(title: str, link: str) -> Message:
    return Message(_("Objection to a correction of “%(title)s”") % {"title": title}, {"title": title, "link": link})


def _asked(mail: Mail) -> tuple[Facts, datetime, str] | None:
    """Whom to ask, until when, and the campaign's reason; None once it has agreed or it is too late."""
    signatory = about(mail, Status.CONFIRMED, Status.LISTED, Status.DUPLICATE)
    newest = _newest(signatory, Amendment.Class.SUBSTANCE)
    if signatory is None or newest is None or newest.agree_by is None:
        return None
    if signatory.agrees or not newest.takes_agreement:
        return None
    return facts(mail, signatory, link=_answer_link(signatory)), newest.agree_by, newest.reason


def _answer_link(signatory: Signatory) -> str:
    return address("amendment", Token.objects.mine(signatory).secret)


def _newest(signatory: Signatory | None, weight: str) -> Amendment | None:
    if signatory is None:
        return None
    return signatory.letter.amendments.filter(weight=weight).order_by("-revision__number").first()


REASON = "The ministry has changed its plan since."
sampled(
    agree_again,
    gettext_lazy("The text was changed in substance."),
    lambda to: _agree_again(to, samples.soon(), REASON),
)
sampled(
    agree_reminder,
    gettext_lazy("The team reminds those who have not agreed again. Once a day at most."),
    lambda to: _agree_reminder(to, samples.soon(), REASON),
)
sampled(corrected, gettext_lazy("The text was corrected."), lambda to: _corrected(to, samples.soon(2), REASON))
sampled(left_out, gettext_lazy("The time to agree again has run out without an answer."), _left_out)
shows(objection, when=gettext_lazy("A signatory objects to a correction. To the team."))(
    lambda: {"": _objection(samples.facts().title, f"{settings.SITE_URL}/desk/letters/bridge-over-the-lind/answers/")}
)
