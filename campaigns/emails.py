"""The mails to those who work here; each has its words in templates/emails/<name>.txt and .html."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import tokens
from campaigns.models import Campaign, Mail, TeamInvitation, User
from campaigns.outbox import Message, writes
from campaigns.writing import shows

INVITATION_TOKEN = "team"  # noqa: S105 - the purpose of the token, not a secret
ACCOUNT_MAILS = (  # allauth's templates, of which its own settings say when they are sent
    *("account/email/email_confirmation", "account/email/email_confirmation_signup"),
    *("account/email/account_already_exists", "account/email/unknown_account", "account/email/password_reset_key"),
    *("account/email/password_changed", "account/email/password_set", "account/email/password_reset"),
    *("account/email/email_changed", "account/email/email_confirm", "account/email/email_deleted"),
    *("mfa/email/totp_activated", "mfa/email/totp_deactivated", "mfa/email/recovery_codes_generated"),
    *("mfa/email/webauthn_added", "mfa/email/webauthn_removed"),
)


@writes
def team_invitation(mail: Mail) -> Message | None:
    rows = TeamInvitation.objects.select_related("campaign", "invited_by")
    invitation = rows.filter(pk=mail.about_id, digest=mail.data.get("digest")).first()
    if invitation is None or not invitation.is_open:
        return None
    return _team_invitation(invitation, tokens.token(INVITATION_TOKEN, invitation.nonce))


def _team_invitation(invitation: TeamInvitation, secret: str) -> Message:
    return Message(
        _("Invitation to the team of “%(campaign)s”") % {"campaign": invitation.campaign},
        {"invitation": invitation, "link": settings.SITE_URL + reverse("campaigns:join", args=[secret])},
        reply_to=invitation.campaign.contact_email,
    )


@writes
def delivery_test(mail: Mail) -> Message | None:
    campaign = Campaign.objects.filter(pk=mail.about_id).first()
    return _delivery_test(campaign) if campaign else None


def _delivery_test(campaign: Campaign) -> Message:
    link = settings.SITE_URL + reverse("campaigns:desk")
    return Message(_("Test mail of %(site)s") % {"site": settings.SITE_NAME}, {"campaign": campaign, "link": link})


@writes
def account_mail(mail: Mail) -> Message | None:
    """A mail of allauth's, as campaigns.accounts took it down: {template, context, valid_for}."""
    valid_for = mail.data.get("valid_for")
    if valid_for and timezone.now() - mail.created_at > timedelta(seconds=valid_for):
        return None  # a code that no page accepts any more
    user = User.objects.filter(pk=mail.about_id).first() if mail.about_id else None
    return _account_mail(mail.data["template"], mail.data["context"], user, mail.to)


def _account_mail(template: str, words: dict[str, Any], user: User | None, email: str) -> Message:
    site = {"name": settings.SITE_NAME, "domain": urlsplit(settings.SITE_URL).netloc}
    context = {**words, "user": user, "email": email, "current_site": site}
    subject = render_to_string(f"{template}_subject.txt", context)
    return Message(subject, {"text": render_to_string(f"{template}_message.txt", context).strip()})


def _samples_of_account_mails() -> dict[str, Message]:
    user = User(email="ana@bridges.example", name="Ana María Rojas")
    words = {
        "code": "K7M-2QX",
        "password_reset_url": f"{settings.SITE_URL}/accounts/password/reset/key/example/",
        "signup_url": f"{settings.SITE_URL}/accounts/signup/",
        "from_email": "ana@bridges.example",
        "to_email": "ana@new.example",
        "deleted_email": "ana@old.example",
        "ip": "192.0.2.1",
        "user_agent": "Firefox",
        "timestamp": "3 May 2027, 12:00 UTC",
    }
    return {template: _account_mail(template, words, user, user.email) for template in ACCOUNT_MAILS}


_CAMPAIGN = Campaign(name="Bridges for All", slug="bridges-for-all", contact_email="team@bridges.example")
shows(team_invitation, when=gettext_lazy("A team member invites somebody to the team."))(
    lambda: {
        "": _team_invitation(
            TeamInvitation(
                campaign=_CAMPAIGN,
                email="new@bridges.example",
                invited_by=User(name="Ana María Rojas"),
                expires_at=timezone.now() + timedelta(days=14),
            ),
            "example",
        )
    }
)
shows(delivery_test, when=gettext_lazy("A team member tests whether mails arrive. To the campaign’s contact address."))(
    lambda: {"": _delivery_test(_CAMPAIGN)}
)
shows(account_mail, when=gettext_lazy("Something was done, or tried, on the account pages."))(_samples_of_account_mails)
