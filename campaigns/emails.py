"""The mails to those who work here; each has its words in templates/emails/<name>.txt and .html."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import tokens
from campaigns.models import Campaign, Mail, TeamInvitation, User
from campaigns.outbox import Message, writes

INVITATION_TOKEN = "team"  # noqa: S105 - the purpose of the token, not a secret


@writes
def team_invitation(mail: Mail) -> Message | None:
    rows = TeamInvitation.objects.select_related("campaign", "invited_by")
    invitation = rows.filter(pk=mail.about_id, digest=mail.data.get("digest")).first()
    if invitation is None or not invitation.is_open:
        return None
    secret = tokens.token(INVITATION_TOKEN, invitation.nonce)
    return Message(
        _("Invitation to the team of “%(campaign)s”") % {"campaign": invitation.campaign},
        {"invitation": invitation, "link": settings.SITE_URL + reverse("campaigns:join", args=[secret])},
        reply_to=invitation.campaign.contact_email,
    )


@writes
def delivery_test(mail: Mail) -> Message | None:
    campaign = Campaign.objects.filter(pk=mail.about_id).first()
    if campaign is None:
        return None
    link = settings.SITE_URL + reverse("campaigns:desk")
    return Message(_("Test mail of %(site)s") % {"site": settings.SITE_NAME}, {"campaign": campaign, "link": link})


@writes
def account_mail(mail: Mail) -> Message | None:
    """A mail of allauth's, as campaigns.accounts took it down: {template, context, valid_for}."""
    valid_for = mail.data.get("valid_for")
    if valid_for and timezone.now() - mail.created_at > timedelta(seconds=valid_for):
        return None  # a code that no page accepts any more
    context = {
        **mail.data["context"],
        "user": User.objects.filter(pk=mail.about_id).first() if mail.about_id else None,
        "email": mail.to,
        "current_site": {"name": settings.SITE_NAME, "domain": urlsplit(settings.SITE_URL).netloc},
    }
    subject = render_to_string(f"{mail.data['template']}_subject.txt", context)
    text = render_to_string(f"{mail.data['template']}_message.txt", context)
    return Message(subject, {"text": text.strip()})
