"""Vetters and administrators work with a second factor, or not at all.

allauth asks those who have one for it at sign-in, but obliges nobody to have one. Here a session of theirs reaches only
the account pages until it has shown a factor, be it at sign-in, later, or by adding the first one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_used
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _

from campaigns.models import User

SHOWN_BY = "second_factor"  # session key: the id of the user who showed a factor in this session
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes alone are none


def is_owed(user: User | AnonymousUser) -> bool:
    """Whether this login opens more than its own team's letters."""
    if settings.DEBUG and user.is_authenticated and user.is_demonstration:
        return False
    return user.is_authenticated and (user.is_staff or user.is_superuser or user.is_vetter)


@receiver(authenticator_used, dispatch_uid="second_factor_used")
def note_used(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    request.session[SHOWN_BY] = user.pk


@receiver(authenticator_added, dispatch_uid="second_factor_added")
def note_first(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Setting one up takes having it in hand. A further one proves nothing where the first was not shown."""
    if not Authenticator.objects.filter(user=user, type__in=FACTORS).exclude(pk=authenticator.pk).exists():
        request.session[SHOWN_BY] = user.pk


class Middleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Public pages are the same for everybody and are let through without a look at the session."""
        if not getattr(view, "login_required", True) or not is_owed(request.user):
            return None
        types = set(Authenticator.objects.filter(user=request.user, type__in=FACTORS).values_list("type", flat=True))
        shown = request.session.get(SHOWN_BY) == request.user.pk
        if _is_account_page(request.resolver_match) and (not types or shown or _is_way_in(request.resolver_match)):
            return None
        if not types:
            messages.warning(
                request, _("Vetters and administrators sign in with a second step. Set one up here to go on.")
            )
            return redirect("mfa_index")
        if not shown:
            messages.warning(request, _("Show your second step to go on."))
            page = "mfa_reauthenticate" if Authenticator.Type.TOTP in types else "mfa_reauthenticate_webauthn"
            return redirect(f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}")
        return None


def _is_account_page(match: ResolverMatch | None) -> bool:
    return match is not None and not match.namespaces and (match.url_name or "").startswith(("account_", "mfa_"))


def _is_way_in(match: ResolverMatch | None) -> bool:
    """The pages on which a factor is shown, and the way out; not those on which it could be exchanged."""
    name = (match and match.url_name) or ""
    return name.startswith("mfa_reauthenticate") or name in {"account_reauthenticate", "account_logout"}
