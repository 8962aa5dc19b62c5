"""Sessions as the account pages leave them."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from campaigns import second_factor
from campaigns.crypto import decrypt


def add_second_factor(user):
    return TOTP.activate(user, generate_totp_secret()).instance


def code(authenticator, *, moment):
    """What the authenticator app shows at `moment`, in seconds since 1970."""
    return format_hotp_value(hotp_value(decrypt(authenticator.data["secret"]), int(moment) // 30))


def sign_in(client, user, *, with_second_factor=False):
    """Sign in past the account pages; `with_second_factor` for vetters and administrators."""
    client.force_login(user)
    if with_second_factor:
        if not Authenticator.objects.filter(user=user).exists():
            add_second_factor(user)
        session = client.session
        session[second_factor.SHOWN_BY] = user.pk
        session.save()
