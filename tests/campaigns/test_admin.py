import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from campaigns.models import Campaign, JournalEntry, Mail, User
from tests.factories import PASSWORD, CampaignFactory, MembershipFactory, UserFactory
from tests.signing_in import add_second_factor, sign_in

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")
MAILS = reverse("admin:campaigns_mail_changelist")
ADDRESS = "canary@site.example"


@pytest.fixture
def administrator(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    sign_in(client, user, with_second_factor=True)
    return user


def staff(client, *permissions):
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    sign_in(client, user, with_second_factor=True)
    return user


def mail(state="failed", **fields):
    facts = {"kind": "signatories.confirm", "to": ADDRESS, "to_hash": "", "error": "SMTPDataError 550", **fields}
    return Mail.objects.create(state=state, dedupe_key=str(Mail.objects.count()), **facts)


def test_login_is_that_of_the_site(client):
    response = client.get(MAILS, follow=True)
    assert response.redirect_chain[-1][0].partition("?")[0] == reverse("account_login")
    assert response.context["redirect_field_value"] == MAILS


def test_login_takes_no_password_of_its_own(client):
    user = UserFactory(is_staff=True)
    page = reverse("admin:login")
    client.post(page, {"username": user.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    sign_in(client, user, with_second_factor=True)
    assert client.get(page).url == INDEX


def test_login_refuses_who_is_no_staff(client):
    sign_in(client, UserFactory())
    assert client.get(INDEX, follow=True).status_code == 403


def test_password_is_changed_on_the_account_pages(client, administrator):
    assert client.get(reverse("admin:password_change")).url == reverse("account_change_password")


def test_index_shows_what_failed(client, administrator):
    mail()
    page = client.get(INDEX).content.decode()
    assert "Mails that could not be delivered: 1" in page
    assert f"{MAILS}?state__exact=failed" in page
    assert "SMTPDataError 550" in page
    assert ADDRESS not in page


def test_index_promises_no_mail_that_is_not_written(client, administrator):
    """A sign-on that is held has none, and nothing has failed by that."""
    page = client.get(INDEX).content.decode()
    assert "No mail has failed." in page
    assert "gone out" not in page


def test_index_shows_failed_mails_to_those_who_may_see_them(client):
    mail()
    staff(client)
    assert "could not be delivered" not in client.get(INDEX).content.decode()


def test_mails_never_show_their_address(client, administrator):
    row = mail(data={"context": {"code": "CANARY"}})
    for page in (MAILS, reverse("admin:campaigns_mail_change", args=[row.pk])):
        response = client.get(page)
        assert response.status_code == 200
        assert "signatories.confirm" in response.content.decode()
        assert "canary" not in response.content.decode().lower()


def test_mails_can_be_seen_though_no_key_opens_them(client, administrator, settings):
    mail()
    settings.CONTACT_KEYS = ["aGFsZi1hLWtleS1pcy1ub3QtYS1rZXktaGFsZi1hLWs="]
    assert client.get(MAILS).status_code == 200


def test_mails_can_be_tried_again(client, administrator):
    row, sent = mail(), mail("sent")
    chosen = {"action": "try_again", "_selected_action": [row.pk, sent.pk]}
    response = client.post(MAILS, chosen, follow=True)
    assert "1 mail will be tried again." in response.content.decode()
    assert list(Mail.objects.filter(state="queued")) == [row]
    assert JournalEntry.objects.get().actor_id == administrator.pk


def test_mails_are_not_tried_again_by_those_who_may_only_look(client):
    row = mail()
    staff(client, "view_mail")
    client.post(MAILS, {"action": "try_again", "_selected_action": [row.pk]})
    assert Mail.objects.get().state == "failed"


@pytest.mark.parametrize("model", ["mail", "journalentry"])
def test_outbox_and_journal_are_for_reading(client, administrator, model):
    row = mail() if model == "mail" else JournalEntry.objects.record("created", CampaignFactory(), code="9")
    change = reverse(f"admin:campaigns_{model}_change", args=[row.pk])
    assert client.get(change).status_code == 200
    forbidden = [
        client.get(reverse(f"admin:campaigns_{model}_add")),
        client.post(change, {"verb": "forged", "state": "sent"}),
        client.post(reverse(f"admin:campaigns_{model}_delete", args=[row.pk]), {"post": "yes"}),
    ]
    assert [response.status_code for response in forbidden] == [403, 403, 403]


def test_users_are_for_administrators_alone(client):
    """Who may edit users could make oneself an administrator."""
    user = staff(client, "view_user", "change_user", "add_user")
    page = reverse("admin:campaigns_user_change", args=[user.pk])
    assert client.get(page).status_code == 404
    assert client.post(page, {"is_superuser": "on"}).status_code == 404


def test_users_are_found_by_address_and_name(client, administrator):
    UserFactory(email="grete@site.example", name="Margarete H.")
    for query in ("grete@", "Margarete"):
        page = client.get(reverse("admin:campaigns_user_changelist"), {"q": query})
        assert [user.email for user in page.context["cl"].result_list] == ["grete@site.example"]


def test_user_is_added_with_or_without_a_password(client, administrator):
    page = reverse("admin:campaigns_user_add")
    assert client.get(page).status_code == 200
    client.post(page, {"email": "A@Site.Example", "name": "A", "usable_password": "false"})
    assert not User.objects.get(email="a@site.example").has_usable_password()
    fields = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    client.post(page, {"email": "b@site.example", "name": "B", **fields})
    assert User.objects.get(email="b@site.example").check_password(PASSWORD)
    response = client.post(page, {"email": "B@site.example", "name": "B", "usable_password": "false"})
    assert list(response.context["adminform"].form.errors) == ["email"]


def test_user_is_promoted_in_the_journal_and_keeps_the_address(client, administrator):
    user = UserFactory()
    page = reverse("admin:campaigns_user_change", args=[user.pk])
    assert client.get(page).status_code == 200
    client.post(page, {"email": "thief@site.example", "name": "X", "is_active": "on", "is_staff": "on"})
    promoted = User.objects.get(pk=user.pk)
    assert (promoted.is_staff, promoted.email) == (True, user.email)
    entry = JournalEntry.objects.get()
    assert (entry.actor_id, sorted(entry.data["fields"])) == (administrator.pk, ["is_staff", "name"])


def test_user_is_closed_not_deleted(client, administrator):
    user = UserFactory()
    page = reverse("admin:campaigns_user_delete", args=[user.pk])
    assert client.post(page, {"post": "yes"}).status_code == 403


def team(*rows, initial=0):
    form = {"memberships-TOTAL_FORMS": len(rows), "memberships-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        form |= {f"memberships-{number}-{name}": value for name, value in row.items()}
    return form


def test_campaign_keeps_an_owner(client, administrator):
    member = MembershipFactory()
    campaign = member.campaign
    page = reverse("admin:campaigns_campaign_change", args=[campaign.pk])
    assert client.get(page).status_code == 200
    fields = {"name": "Lakes", "slug": campaign.slug, "contact_email": campaign.contact_email}
    row = {"id": member.pk, "campaign": campaign.pk, "user": member.user.pk, "role": "viewer"}
    refused = client.post(page, {**fields, **team(row, initial=1)})
    assert "Somebody on the team must be its owner." in refused.content.decode()
    client.post(page, {**fields, **team({**row, "role": "owner"}, initial=1)})
    assert Campaign.objects.get().name == "Lakes"
    assert JournalEntry.objects.get().data == {"team": [[member.user.pk, "owner"]]}


def test_lost_factor_can_be_taken_away_but_not_read(client, administrator):
    user = UserFactory(is_staff=True)
    factor = add_second_factor(user)
    page = reverse("admin:mfa_authenticator_change", args=[factor.pk])
    assert factor.data["secret"] not in client.get(page).content.decode()
    client.post(reverse("admin:mfa_authenticator_delete", args=[factor.pk]), {"post": "yes"})
    assert not user.authenticator_set.exists()


def test_team_invitations_are_not_shown(client, administrator):
    assert "teaminvitation" not in client.get(INDEX).content.decode()
