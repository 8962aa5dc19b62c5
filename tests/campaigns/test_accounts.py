import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.urls import reverse

from campaigns import accounts, outbox, services, tokens
from campaigns.models import Mail, Membership, Role, User
from tests.factories import PASSWORD, CampaignFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

LOGIN = reverse("account_login")
SIGN_UP = reverse("account_signup")
DESK = reverse("campaigns:desk")
INVITED = "new@guest.example"


@pytest.fixture
def invitation():
    owner = MembershipFactory(role=Role.OWNER)
    return services.invite_to_team(owner.campaign, email=INVITED, role=Role.TRANSLATOR, by=owner.user)


def join_page(invitation):
    return reverse("campaigns:join", args=[tokens.token("team", invitation.nonce)])


def sign_up(client, email):
    return client.post(SIGN_UP, {"email": email, "password1": PASSWORD, "password2": PASSWORD})


def log_in(client, email, password=PASSWORD, **headers):
    return client.post(LOGIN, {"login": email, "password": password}, **headers)


def verified(**fields):
    user = UserFactory(**fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def is_signed_in(client):
    return "_auth_user_id" in client.session


def errors(response):
    return response.context["form"].errors.get_json_data()


def test_sign_up_is_closed_to_the_uninvited(client):
    assert b'name="password1"' not in client.get(SIGN_UP).content
    sign_up(client, "stranger@elsewhere.example")
    assert not User.objects.exists()


def test_sign_up_is_open_to_all_where_the_setting_says_so(client, settings):
    settings.OPEN_SIGN_UP = True
    assert b'name="password1"' in client.get(SIGN_UP).content
    sign_up(client, "stranger@elsewhere.example")
    assert User.objects.get().email == "stranger@elsewhere.example"
    assert not is_signed_in(client)  # the address is still to be proved
    assert Mail.objects.get().kind == "campaigns.account_mail"


def test_sign_up_through_an_invitation_joins_its_team_without_another_proof(client, invitation):
    assert client.post(join_page(invitation)).url == SIGN_UP
    assert INVITED in client.get(SIGN_UP).content.decode()
    assert sign_up(client, INVITED).url == DESK
    user = User.objects.get(email=INVITED)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert EmailAddress.objects.get(user=user).verified
    assert Membership.objects.get(user=user).role == Role.TRANSLATOR
    assert accounts.INVITATION not in client.session
    assert not client.session["account_verified_email"]


def test_sign_up_refuses_an_address_that_was_not_invited(client, invitation):
    client.post(join_page(invitation))
    assert list(errors(sign_up(client, "other@guest.example"))) == ["email"]
    assert not User.objects.filter(email="other@guest.example").exists()


def test_sign_up_closes_again_when_the_invitation_is_revoked(client, invitation):
    client.post(join_page(invitation))
    services.revoke_invitation(invitation, by=invitation.invited_by)
    sign_up(client, INVITED)
    assert not User.objects.filter(email=INVITED).exists()


def test_login_joins_the_team_of_the_invitation_that_was_followed(client, invitation):
    user = verified(email=INVITED)
    assert client.post(join_page(invitation)).url == LOGIN
    assert log_in(client, INVITED).url == DESK
    assert Membership.objects.get(user=user).campaign == invitation.campaign


def test_password_reset_is_open_to_any_address_while_an_invitation_is_followed(client, invitation):
    user = verified()
    client.post(join_page(invitation))
    client.post(reverse("account_reset_password"), {"email": user.email})
    assert Mail.objects.about(user).exists()


def test_demonstration_login_opens_only_while_debugging(client, settings):
    user = verified(is_demonstration=True)
    assert "form" in log_in(client, user.email).context
    assert not is_signed_in(client)
    settings.DEBUG = True
    log_in(client, user.email)
    assert is_signed_in(client)


def test_demonstration_session_ends_with_debugging(client, settings):
    settings.DEBUG = True
    client.force_login(verified(is_demonstration=True))
    assert client.get(reverse("account_email")).status_code == 200
    settings.DEBUG = False
    assert client.get(reverse("account_email")).status_code == 302


def test_backend_refuses_the_demonstration_login(rf):
    user = verified(is_demonstration=True)
    assert authenticate(rf.get("/"), email=user.email, password=PASSWORD) is None


def test_login_by_other_ways_than_a_password_refuses_the_demonstration_too(rf, settings):
    request = rf.get("/")
    request.session = {}
    user = verified(is_demonstration=True)

    def refusal():
        return accounts.Adapter().pre_login(
            request, user, email_verification="", signal_kwargs={}, email=None, signup=False, redirect_url=None
        )

    assert refusal().url == reverse("account_inactive")
    settings.DEBUG = True
    assert refusal() is None


def test_login_answers_alike_for_known_and_unknown_addresses(client):
    known = verified()
    answers = [errors(log_in(client, email, "not the password")) for email in (known.email, "nobody@site.example")]
    assert answers[0] == answers[1]


def test_sign_up_answers_alike_for_known_and_unknown_addresses(client, settings):
    settings.OPEN_SIGN_UP = True
    known = verified()
    answers = [sign_up(client, known.email).url]
    client.session.flush()
    answers += [sign_up(client, "fresh@elsewhere.example").url]
    assert answers[0] == answers[1]


@pytest.mark.parametrize(("proxies", "is_stopped"), [(0, True), (1, False)])
def test_login_limit_believes_forwarded_addresses_only_from_proxies(client, settings, proxies, is_stopped):
    """Ten failures a minute from one network address. With a proxy in front each of these comes from another one;
    without, the header is the visitor's own invention."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    for number in range(10):
        log_in(client, f"a{number}@site.example", headers={"x-forwarded-for": f"203.0.113.{number}"})
    response = log_in(client, "a10@site.example", headers={"x-forwarded-for": "203.0.113.10"})
    codes = [error["code"] for error in errors(response)["__all__"]]
    assert codes == (["too_many_login_attempts"] if is_stopped else ["email_password_mismatch"])


def test_login_limit_takes_the_address_the_nearest_proxy_saw(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(11):
        spoofed = f"203.0.113.{number}, 198.51.100.1"
        response = log_in(client, f"a{number}@site.example", headers={"x-forwarded-for": spoofed})
    assert errors(response)["__all__"][0]["code"] == "too_many_login_attempts"


def test_login_is_stopped_after_five_wrong_passwords(client):
    user = verified()
    for _ in range(5):
        log_in(client, user.email, "not the password")
    log_in(client, user.email)
    assert not is_signed_in(client)


def test_password_reset_goes_out_through_the_outbox(client, mailoutbox, settings):
    user = verified()
    response = client.post(reverse("account_reset_password"), {"email": user.email}, headers={"host": "localhost"})
    assert response.status_code == 302
    assert mailoutbox == []
    outbox.send_due()
    (mail,) = mailoutbox
    assert mail.to == [user.email]
    link = re.search(r"http\S+", mail.body).group()
    assert link.startswith(f"{settings.SITE_URL}/accounts/password/reset/key/")  # whatever host was asked
    assert client.get(link, follow=True).context["form"]
    row = Mail.objects.get()
    assert (row.state, row.to, row.data) == (Mail.State.SENT, "", {})


def test_password_reset_does_not_notice_that_the_mail_server_is_down(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    assert client.post(reverse("account_reset_password"), {"email": verified().email}).status_code == 302
    outbox.send_due()
    assert Mail.objects.unsent().count() == 1


def test_account_mail_with_a_stale_code_is_dropped(client, settings, mailoutbox, time_machine):
    settings.OPEN_SIGN_UP = True
    time_machine.move_to("2026-05-01 12:00Z")
    sign_up(client, "fresh@elsewhere.example")
    time_machine.move_to("2026-05-01 12:16Z")
    outbox.send_due()
    assert (mailoutbox, Mail.objects.get().state) == ([], Mail.State.DROPPED)


def test_sign_up_code_from_the_mail_opens_the_account(client, settings, mailoutbox):
    settings.OPEN_SIGN_UP = True
    page = sign_up(client, "fresh@elsewhere.example").url
    outbox.send_due()
    code = re.search(r"^[A-Z0-9-]{6,9}$", mailoutbox[0].body, re.MULTILINE).group()
    client.post(page, {"code": code})
    assert is_signed_in(client)


def test_notification_says_what_happened_when(client, mailoutbox, time_machine):
    time_machine.move_to("2026-05-01 12:00Z", tick=False)
    user = verified()
    log_in(client, user.email)
    new = "another long password"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), data, headers={"user-agent": "Browser/1.0"})
    outbox.send_due()
    assert "1 May 2026, 12:00 UTC" in mailoutbox[0].body
    assert "Browser/1.0" in mailoutbox[0].body


def test_campaign_of_another_team_is_untouched_by_an_invitation(client, invitation):
    CampaignFactory()
    client.post(join_page(invitation))
    sign_up(client, INVITED)
    assert Membership.objects.filter(user__email=INVITED).count() == 1


@pytest.mark.parametrize(
    ("role", "is_staff", "page"),
    [(None, False, DESK), (None, True, "/admin/"), (Role.VETTER, False, "/admin/"), (Role.COORDINATOR, True, DESK)],
)
def test_who_only_vets_comes_to_the_vetting_desk(client, role, is_staff, page):
    user = verified(is_staff=is_staff)
    if role:
        MembershipFactory(user=user, role=role)
    assert log_in(client, user.email).headers["Location"] == page


def test_who_only_vets_comes_where_it_wanted_to_go(client):
    answer = client.post(
        f"{LOGIN}?next={DESK}", {"login": verified(is_staff=True).email, "password": PASSWORD, "next": DESK}
    )
    assert answer.headers["Location"] == DESK
