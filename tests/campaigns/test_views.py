import re
from html import unescape

import pytest
from django.urls import reverse

from campaigns import services, tokens
from campaigns.models import Campaign, Membership, Role, TeamInvitation
from tests.factories import CampaignFactory, LetterFactory, MembershipFactory, SignatoryFactory, UserFactory
from tests.letters.desk import fields
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

DESK = reverse("campaigns:desk")
NEW = reverse("campaigns:new_campaign")


@pytest.fixture
def owner(client):
    membership = MembershipFactory(role=Role.OWNER)
    client.force_login(membership.user)
    return membership


def team_page(campaign, name="team", *arguments):
    return reverse(f"campaigns:{name}", args=[campaign.slug, *arguments])


def signed_in_as(client, campaign, role):
    member = MembershipFactory(campaign=campaign, role=role)
    sign_in(client, member.user, with_second_factor=role == Role.VETTER)
    return member


def words(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def messages(response):
    return [str(message) for message in response.context["messages"]]


def invitation_of(owner, **options):
    facts = {"email": "new@guest.example", "role": Role.VIEWER, **options}
    return services.invite_to_team(owner.campaign, by=owner.user, **facts)


def join_page(invitation):
    return reverse("campaigns:join", args=[tokens.token("team", invitation.nonce)])


# --- The desk ---


def test_desk_is_closed_to_strangers(client):
    assert client.get(DESK).url == f"{reverse('account_login')}?next={DESK}"


def test_desk_begins_with_a_campaign(client):
    client.force_login(UserFactory())
    page = client.get(DESK)
    assert "No letters yet" in words(page)
    assert NEW in page.content.decode()


def test_desk_shows_the_letters_of_ones_campaigns_only(client, owner):
    LetterFactory(campaign=owner.campaign, text={"title": "Ours"})
    LetterFactory(text={"title": "Theirs"})
    page = words(client.get(DESK))
    assert "Ours" in page
    assert "Theirs" not in page


def test_desk_counts_signatories_by_what_they_wait_for(client, owner):
    signatory = SignatoryFactory(letter__campaign=owner.campaign)
    SignatoryFactory.create_batch(2, letter=signatory.letter, confirmed=True)
    SignatoryFactory.create_batch(3, letter=signatory.letter, listed=True)
    assert "3 listed · 2 to check · 1 not confirmed" in words(client.get(DESK))


def test_desk_offers_new_letters_to_those_who_run_the_campaign(client, owner):
    link = f"{reverse('letters:new')}?campaign={owner.campaign.slug}"
    assert link in client.get(DESK).content.decode()
    signed_in_as(client, owner.campaign, Role.VIEWER)
    assert link not in client.get(DESK).content.decode()


# --- Campaigns ---


def test_new_campaign_makes_one(client):
    user = UserFactory()
    client.force_login(user)
    response = client.post(NEW, {"name": "Rivers", "contact_email": "rivers@site.example"})
    assert response.url == DESK
    assert Campaign.objects.owned_by(user).get().name == "Rivers"


def test_new_campaign_says_what_is_missing(client):
    client.force_login(UserFactory())
    page = words(client.post(NEW, {"name": "", "contact_email": "rivers"}))
    assert "Enter a name for the campaign." in page
    assert "Enter an e-mail address, such as letters@example.org." in page
    assert not Campaign.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), [("owner", 302), ("coordinator", 302), ("translator", 404), ("viewer", 404), (None, 404)]
)
def test_campaign_is_edited_by_those_who_run_it(client, role, status):
    campaign = CampaignFactory(name="Rivers")
    signed_in_as(client, campaign if role else CampaignFactory(), role or Role.OWNER)
    typed = {"name": "Lakes", "contact_email": "l@site.example"}
    response = client.post(team_page(campaign, "campaign"), fields(client.get(team_page(campaign, "campaign"))) | typed)
    assert response.status_code == status
    assert Campaign.objects.get(pk=campaign.pk).name == ("Lakes" if status == 302 else "Rivers")


# --- The team ---


@pytest.mark.parametrize("role", Role.values)
def test_team_is_seen_by_its_members(client, role):
    member = signed_in_as(client, CampaignFactory(), role)
    page = client.get(team_page(member.campaign))
    assert member.user.email in words(page)
    assert ("Send the invitation" in words(page)) == (role == Role.OWNER)


def test_team_of_others_is_not_there(client, owner):
    assert client.get(team_page(CampaignFactory())).status_code == 404


def test_team_invites(client, owner):
    response = client.post(team_page(owner.campaign), {"email": "new@guest.example", "role": "viewer"}, follow=True)
    assert messages(response) == ["The invitation is on its way to new@guest.example."]
    assert "new@guest.example" in words(response)
    assert TeamInvitation.objects.get().role == Role.VIEWER


def test_team_does_not_invite_members(client, owner):
    response = client.post(team_page(owner.campaign), {"email": owner.user.email, "role": "viewer"})
    assert "This person is on the team already." in words(response)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.TRANSLATOR, Role.VIEWER, None])
def test_team_is_changed_by_owners_only(client, owner, role):
    invitation = invitation_of(owner)
    signed_in_as(client, owner.campaign if role else CampaignFactory(), role or Role.OWNER)
    answers = [
        client.post(team_page(owner.campaign), {"email": "more@guest.example", "role": "owner"}),
        client.post(team_page(owner.campaign, "revoke_invitation", invitation.pk)),
        client.post(team_page(owner.campaign, "change_role", owner.pk), {"role": "viewer"}),
        client.post(team_page(owner.campaign, "remove_member", owner.pk)),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert Membership.objects.get(pk=owner.pk).role == Role.OWNER
    assert TeamInvitation.objects.get() == invitation


def test_team_page_of_one_campaign_changes_no_other(client, owner):
    """The owner of both A and B names a member of B on a page of A."""
    other = MembershipFactory(user=owner.user, role=Role.OWNER)
    member = MembershipFactory(campaign=other.campaign, role=Role.VIEWER)
    assert client.post(team_page(owner.campaign, "remove_member", member.pk)).status_code == 404
    assert client.post(team_page(other.campaign, "remove_member", member.pk)).status_code == 302


def test_change_role_changes_it(client, owner):
    member = MembershipFactory(campaign=owner.campaign, role=Role.VIEWER)
    client.post(team_page(owner.campaign, "change_role", member.pk), {"role": "coordinator"})
    assert Membership.objects.get(pk=member.pk).role == Role.COORDINATOR


def test_change_role_explains_why_the_last_owner_stays(client, owner):
    response = client.post(team_page(owner.campaign, "change_role", owner.pk), {"role": "viewer"}, follow=True)
    assert messages(response) == ["Somebody on the team must be its owner. Make another member owner first."]


def test_remove_member_asks_first(client, owner):
    member = MembershipFactory(campaign=owner.campaign, role=Role.VIEWER)
    page = team_page(owner.campaign, "remove_member", member.pk)
    assert "from the team?" in words(client.get(page))
    assert Membership.objects.filter(pk=member.pk).exists()
    assert client.post(page).url == team_page(owner.campaign)
    assert not Membership.objects.filter(pk=member.pk).exists()


def test_remove_member_lets_anyone_leave_and_bites_at_once(client, owner):
    member = signed_in_as(client, owner.campaign, Role.VIEWER)
    assert client.post(team_page(owner.campaign, "remove_member", member.pk)).url == DESK
    assert client.get(team_page(owner.campaign)).status_code == 404


@pytest.mark.parametrize("name", ["revoke_invitation", "change_role"])
def test_changes_of_the_team_refuse_get(client, owner, name):
    assert client.get(team_page(owner.campaign, name, 1)).status_code == 405


# --- Joining ---


@pytest.mark.parametrize("method", ["get", "head"])
def test_join_page_changes_nothing(client, owner, method):
    invitation = invitation_of(owner)
    client.logout()
    response = getattr(client, method)(join_page(invitation))
    assert response.status_code == 200
    assert not client.session.keys()
    client.force_login(UserFactory())
    getattr(client, method)(join_page(invitation))
    assert Membership.objects.count() == 1


def test_join_page_says_who_invites_to_what(client, owner):
    invitation = invitation_of(owner)
    client.logout()
    page = words(client.get(join_page(invitation)))
    assert f"Join the team of {owner.campaign}" in page
    assert f"{owner.user} invites you" in page
    assert "Your role: Viewer" in page
    assert "new@guest.example" not in page


def test_join_makes_a_member_of_who_is_signed_in(client, owner):
    invitation, guest = invitation_of(owner), UserFactory()
    client.force_login(guest)
    response = client.post(join_page(invitation), follow=True)
    assert response.redirect_chain == [(DESK, 302)]
    assert Membership.objects.get(user=guest).role == Role.VIEWER
    assert client.post(join_page(invitation)).status_code == 404
    assert Membership.objects.count() == 2


def test_join_answers_alike_for_all_links_that_do_not_work(client, owner):
    used, revoked = invitation_of(owner), invitation_of(owner, email="b@guest.example")
    links = [join_page(used), join_page(revoked), reverse("campaigns:join", args=["never-issued"])]
    services.join_team(used, by=UserFactory())
    services.revoke_invitation(revoked, by=owner.user)
    client.logout()
    answers = [client.get(link) for link in links]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({words(answer) for answer in answers}) == 1
