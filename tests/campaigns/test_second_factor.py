import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.urls import reverse

from campaigns import second_factor
from campaigns.crypto import encrypt
from tests.factories import PASSWORD, MembershipFactory, UserFactory
from tests.signing_in import add_second_factor, code, sign_in

pytestmark = pytest.mark.django_db

ADMIN = reverse("admin:index")
TEAMS = reverse("campaigns:new_campaign")  # a page for every account
SET_UP = reverse("mfa_index")
SHOW = reverse("mfa_reauthenticate")


def vetter():
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="vet_signatory"))
    return user


def with_address(user):
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


OWING = {
    "staff": lambda: UserFactory(is_staff=True),
    "administrator": lambda: UserFactory(is_superuser=True),
    "vetter": vetter,
}


@pytest.mark.parametrize("make", OWING.values(), ids=OWING)
@pytest.mark.parametrize("page", [ADMIN, TEAMS])
def test_middleware_leads_those_who_owe_a_second_factor_to_setting_one_up(client, make, page):
    sign_in(client, make())
    response = client.get(page, follow=True)
    assert response.redirect_chain == [(SET_UP, 302)]
    assert "Set one up here" in response.content.decode()
    assert client.post(page, {"name": "A", "contact_email": "a@b.example"}).url == SET_UP


def test_middleware_lets_others_through_without(client):
    sign_in(client, MembershipFactory().user)
    assert client.get(TEAMS).status_code == 200
    assert client.get(SET_UP).status_code == 200  # and lets them have one


def test_middleware_lets_staff_through_who_showed_theirs(client):
    sign_in(client, UserFactory(is_staff=True), with_second_factor=True)
    assert [client.get(page).status_code for page in (ADMIN, TEAMS)] == [200, 200]


def test_middleware_asks_a_session_that_began_without_the_factor(client):
    user = with_address(UserFactory(is_staff=True))
    sign_in(client, user)
    authenticator = add_second_factor(user)  # elsewhere
    response = client.get(ADMIN)
    assert response.url.partition("?")[0] == SHOW
    response = client.post(response.url, {"code": code(authenticator, moment=time.time())})
    assert response.url == ADMIN
    assert client.get(ADMIN).status_code == 200


def test_middleware_shuts_out_who_gives_the_factor_up(client):
    user = UserFactory(is_staff=True)
    sign_in(client, user, with_second_factor=True)
    user.authenticator_set.all().delete()
    assert client.get(ADMIN).url == SET_UP


def test_middleware_catches_a_promotion_in_mid_session(client):
    user = UserFactory()
    sign_in(client, user)
    assert client.get(TEAMS).status_code == 200
    user.is_staff = True
    user.save()
    assert client.get(TEAMS).url == SET_UP


def test_middleware_does_not_count_a_factor_shown_by_another_user(client):
    user = UserFactory(is_staff=True)
    sign_in(client, user, with_second_factor=True)
    session = client.session
    session[second_factor.SHOWN_BY] = user.pk + 1
    session.save()
    assert client.get(ADMIN).url.partition("?")[0] == SHOW


@pytest.mark.parametrize(("debug", "expected"), [(True, 200), (False, 302)])
def test_middleware_exempts_demonstration_logins_only_while_debugging(client, settings, debug, expected):
    settings.DEBUG = debug
    sign_in(client, UserFactory(is_staff=True, is_demonstration=True))
    assert client.get(ADMIN).status_code == expected


def test_middleware_exempts_no_ordinary_login_while_debugging(client, settings):
    settings.DEBUG = True
    sign_in(client, UserFactory(is_staff=True))
    assert client.get(ADMIN).url == SET_UP


def test_middleware_leaves_the_way_out_open(client):
    sign_in(client, UserFactory(is_staff=True))
    assert client.post(reverse("account_logout")).status_code == 302
    assert "_auth_user_id" not in client.session


def test_middleware_needs_no_session_on_public_pages(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(reverse("campaigns:live")).status_code == 200


def test_login_without_its_second_step_opens_nothing(client):
    user = with_address(UserFactory(is_staff=True))
    add_second_factor(user)
    response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert response.url == reverse("mfa_authenticate")
    for page in (ADMIN, TEAMS, SET_UP):  # skipping it
        assert client.get(page, follow=True).request["PATH_INFO"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_login_with_its_second_step_opens_the_desk(client):
    user = with_address(UserFactory(is_staff=True))
    authenticator = add_second_factor(user)
    page = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD}).url
    client.post(page, {"code": code(authenticator, moment=time.time())})
    assert client.get(ADMIN).status_code == 200


def set_up_app(client):
    page = reverse("mfa_activate_totp")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    app = Authenticator(data={"secret": encrypt(client.get(page).context["form"].secret)})
    return client.post(page, {"code": code(app, moment=time.time())})


@pytest.mark.django_db(transaction=True)  # allauth tells of a new factor on commit
def test_setting_up_the_app_counts_as_showing_it(client):
    user = with_address(UserFactory(is_staff=True))
    sign_in(client, user)
    assert set_up_app(client).url == reverse("mfa_view_recovery_codes")
    assert client.get(ADMIN).status_code == 200


@pytest.mark.parametrize("page", ["mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_index"])
def test_a_factor_cannot_be_exchanged_before_it_is_shown(client, page):
    user = with_address(UserFactory(is_staff=True))
    sign_in(client, user)
    add_second_factor(user)  # elsewhere: this session has never shown it
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse(page)).url.startswith(SHOW)
