"""When a sign-on ends, and when what it was made of is deleted."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Mail
from campaigns.outbox import Message, writes
from signatories.emails import samples
from signatories.emails.facts import Facts, Opaque, about, facts, message, said
from signatories.emails.samples import sampled
from signatories.models import Signatory

Status = Signatory.Status


@writes
def withdrawn(mail: Mail) -> Message | None:
    return said(mail, _withdrawn, Status.WITHDRAWN)


def _withdrawn(to: Facts) -> Message:
    opaque = Opaque(
        _("Your message to %(site)s: taken back"),
        _("as you asked, what you sent us is taken back and does not count any more. What we still have from you:"),
        _("If it was not you who asked for this, open the page and tell us."),
    )
    return message(to, _("%(name)s has been taken off “%(title)s”"), opaque)


@writes
def data_will_be_deleted(mail: Mail) -> Message | None:
    """Two weeks before, once."""
    signatory = about(mail)
    if signatory is None or not signatory.confirmed_at or signatory.status == Status.INVALID:
        return None
    day = datetime.fromisoformat(mail.data["day"])
    return _data_will_be_deleted(facts(mail, signatory), day, keeps_line=signatory.status == Status.LISTED)


def _data_will_be_deleted(to: Facts, day: datetime, *, keeps_line: bool) -> Message:
    named = date_format(day, "j F Y")
    opaque = Opaque(
        _("We will delete your details at %(site)s"),
        _(
            "on %(day)s we delete what you told us about yourself: name, role and address. Links from our mails end "
            "then. Until then you can see here what we have:"
        )
        % {"day": named},
    )
    return message(to, _("We will delete your contact details on %(day)s"), opaque, keeps_line=keeps_line, day=named)


sampled(withdrawn, gettext_lazy("The signatory has taken its sign-on back."), _withdrawn)
sampled(
    data_will_be_deleted,
    gettext_lazy("Two weeks before contact data of a letter is deleted. Once."),
    lambda to: _data_will_be_deleted(to, samples.soon(14), keeps_line=True),
)
