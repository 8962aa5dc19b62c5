"""Who gets an account and who may use it: what allauth asks us."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.stagekit import clear_login
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from campaigns import crypto, emails, outbox, services
from campaigns.models import Role, TeamInvitation, User

INVITATION = "team_invitation"  # session key: the digest of the invitation the visitor came through
NOT_FOR_RENDERING = {"user", "request", "email", "current_site"}  # emails.account_mail puts them back in


def may_sign_in(user: User) -> bool:
    """The demonstration's passwords are printed on the terminal, so they open nothing outside DEBUG."""
    return settings.DEBUG or not user.is_demonstration


def remember_invitation(request: HttpRequest, invitation: TeamInvitation) -> None:
    """Open sign-up to this visitor, for the invited address; they join when they are signed in."""
    request.session[INVITATION] = invitation.digest
    Adapter(request).stash_verified_email(request, invitation.email)  # the sign-up form starts with it


def remembered_invitation(request: HttpRequest) -> TeamInvitation | None:
    digest = request.session.get(INVITATION)
    return services.open_invitation(digest) if digest else None


class Backend(AuthenticationBackend):
    def user_can_authenticate(self, user: Any) -> bool:
        """Asked at sign-in, and again for every request of a session."""
        return super().user_can_authenticate(user) and may_sign_in(user)


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.OPEN_SIGN_UP or remembered_invitation(request) is not None

    def clean_email(self, email: str) -> str:
        """At sign-up, an invitation is for its own address only; the forms of password and address ask here too."""
        request = allauth_context.request
        if request.resolver_match.url_name == "account_signup":
            invitation = remembered_invitation(request)
            if invitation and email.lower() != invitation.email:
                raise ValidationError(_("Enter the address to which the invitation was sent."))
        return email

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Who came through the link of an invitation has read the mail it was in."""
        invitation = remembered_invitation(request)
        return invitation is not None and email.lower() == invitation.email

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """allauth lets through whom the backend refused, to tell the inactive so; we only say it did not match."""
        user = super().authenticate(request, **credentials)
        return user if user and may_sign_in(user) else None

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Every way to sign in comes through here, passkeys included."""
        if not may_sign_in(user):
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        invitation = remembered_invitation(request)
        request.session.pop(INVITATION, None)
        self.unstash_verified_email(request)
        if invitation:
            self._join(request, invitation, user)
        return response

    def _join(self, request: HttpRequest, invitation: TeamInvitation, user: User) -> None:
        try:
            services.join_team(invitation, by=user)
        except services.InvitationClosed:  # revoked a moment ago
            messages.warning(request, _("The invitation no longer works. Ask for a new one."))
        else:
            words = _("You are on the team of “%(campaign)s” now.") % {"campaign": invitation.campaign}
            messages.success(request, words)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Under our own name, whatever name the request came in by: the link must not lead elsewhere."""
        return settings.SITE_URL + urlsplit(super().get_reset_password_from_key_url(key)).path

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the vetting desk who has nothing to do at the other: no letter of its own is there."""
        user: Any = request.user
        if user.enters_vetting_desk and not user.memberships.exclude(role=Role.VETTER).exists():
            return reverse("admin:index")
        return str(super().get_login_redirect_url(request))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Into the outbox like every mail: allauth would send it here and now, and break the page if it cannot."""
        data: dict[str, Any] = {
            "template": template_prefix,
            "context": {name: _plain(value) for name, value in context.items() if name not in NOT_FOR_RENDERING},
        }
        if "code" in context:
            data["valid_for"] = app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT
        outbox.put(emails.account_mail, context.get("user"), to=email, dedupe=uuid.uuid4().hex, data=data)


def _plain(value: Any) -> Any:
    """What JSON can hold: a moment becomes words, with its zone."""
    if isinstance(value, datetime):
        return f"{formats.date_format(value.astimezone(UTC), 'j F Y, H:i')} UTC"
    return value if isinstance(value, str | int | float | bool | None) else str(value)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of authenticator apps and recovery codes as contact data is kept: encrypted."""

    def encrypt(self, text: str) -> str:
        return crypto.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.decrypt(encrypted_text)
