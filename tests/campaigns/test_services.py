from contextlib import suppress
from threading import Thread

import pytest
from django.db import connection, transaction

from campaigns import outbox, services, tokens
from campaigns.models import Campaign, JournalEntry, Mail, Membership, Role, TeamInvitation
from tests.factories import CampaignFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return MembershipFactory(role=Role.OWNER)


def invite(owner, email="new@guest.example", role=Role.COORDINATOR):
    return services.invite_to_team(owner.campaign, email=email, role=role, by=owner.user)


def verbs(subject):
    return list(JournalEntry.objects.about(subject).values_list("verb", "actor_id"))


def secret(invitation):
    return tokens.token("team", invitation.nonce)


def test_create_campaign_makes_its_creator_owner():
    user = UserFactory()
    campaign = services.create_campaign(name="Rivers", contact_email="rivers@site.example", by=user)
    assert campaign.slug == "rivers"
    assert list(Campaign.objects.owned_by(user)) == [campaign]
    assert verbs(campaign) == [("created", user.pk)]


@pytest.mark.parametrize(
    ("names", "slugs"),
    [
        (["Rivers", "Rivers", "rivers!"], ["rivers", "rivers-2", "rivers-3"]),
        (["New"], ["new-2"]),  # /desk/campaigns/new/ is another page
        (["河流", "Реки"], ["campaign", "campaign-2"]),
    ],
)
def test_create_campaign_finds_a_free_address(names, slugs):
    user = UserFactory()
    made = [services.create_campaign(name=name, contact_email="a@site.example", by=user).slug for name in names]
    assert made == slugs


def test_edit_campaign_leaves_the_address(owner):
    slug = owner.campaign.slug
    services.edit_campaign(owner.campaign, name="Lakes", contact_email="lakes@site.example", by=owner.user)
    campaign = Campaign.objects.get()
    assert (campaign.name, campaign.contact_email, campaign.slug) == ("Lakes", "lakes@site.example", slug)


def test_invite_sends_a_link_that_the_database_does_not_hold(owner, mailoutbox, settings):
    invitation = invite(owner, "New@Guest.Example")
    outbox.send_due()
    (mail,) = mailoutbox
    assert mail.to == ["new@guest.example"]
    assert f"{settings.SITE_URL}/join/{secret(invitation)}/" in mail.body
    assert invitation.digest == tokens.digest(secret(invitation))
    assert verbs(owner.campaign) == [("invited", owner.user.pk)]


def test_invite_again_replaces_the_first_invitation(owner, mailoutbox):
    first = secret(invite(owner))
    second = secret(invite(owner, role=Role.VIEWER))
    outbox.send_due()
    assert TeamInvitation.objects.get().role == Role.VIEWER
    assert services.open_invitation(tokens.digest(first)) is None
    assert services.open_invitation(tokens.digest(second)) is not None
    assert len(mailoutbox) == 1  # the mail with the dead link has become pointless
    assert second in mailoutbox[0].body


def test_invite_refuses_members(owner):
    with pytest.raises(services.AlreadyOnTeam):
        invite(owner, owner.user.email.upper())


def test_invite_stops_after_five_mails_a_day_to_one_address(owner, time_machine):
    time_machine.move_to("2026-05-01 12:00Z")
    for _ in range(5):
        invite(owner)
    with pytest.raises(services.TooManyInvitations):
        invite(MembershipFactory(role=Role.OWNER))  # by another campaign
    invite(owner, "another@guest.example")
    time_machine.move_to("2026-05-02 12:01Z")
    invite(owner)


def test_revoke_closes_the_invitation_and_stops_its_mail(owner, mailoutbox):
    invitation = invite(owner)
    digest = invitation.digest
    services.revoke_invitation(invitation, by=owner.user)
    assert services.open_invitation(digest) is None
    outbox.send_due()
    assert (mailoutbox, Mail.objects.get().state) == ([], Mail.State.DROPPED)


def test_open_invitation_ends_after_two_weeks(owner, time_machine):
    time_machine.move_to("2026-05-01 12:00Z", tick=False)
    digest = invite(owner).digest
    time_machine.move_to("2026-05-15 11:59Z", tick=False)
    assert services.open_invitation(digest) is not None
    time_machine.move_to("2026-05-15 12:00Z", tick=False)
    assert services.open_invitation(digest) is None


def test_join_accepts_once_and_forgets_the_address(owner):
    invitation, guest = invite(owner, role=Role.VIEWER), UserFactory()
    assert services.join_team(invitation, by=guest).role == Role.VIEWER
    assert TeamInvitation.objects.get().email == ""
    with pytest.raises(services.InvitationClosed):
        services.join_team(invitation, by=UserFactory())
    assert Membership.objects.filter(campaign=owner.campaign).count() == 2
    assert verbs(owner.campaign)[-1] == ("joined", guest.pk)


def test_join_keeps_the_role_of_a_member(owner):
    services.join_team(invite(owner, role=Role.VIEWER), by=owner.user)
    assert Membership.objects.get().role == Role.OWNER


def test_change_role_is_journaled(owner):
    member = MembershipFactory(campaign=owner.campaign, role=Role.VIEWER)
    services.change_role(member, Role.COORDINATOR, by=owner.user)
    assert Membership.objects.get(pk=member.pk).role == Role.COORDINATOR
    assert JournalEntry.objects.get().data == {"member": member.user.pk, "was": "viewer", "now": "coordinator"}


def test_last_owner_stays_owner(owner):
    MembershipFactory(campaign=owner.campaign, role=Role.COORDINATOR)
    with pytest.raises(services.LastOwner):
        services.change_role(owner, Role.VIEWER, by=owner.user)
    with pytest.raises(services.LastOwner):
        services.remove_member(owner, by=owner.user)
    assert Membership.objects.get(pk=owner.pk).role == Role.OWNER
    assert not JournalEntry.objects.exists()


def leave_together():
    """Two owners, the only ones, leave at once; return how many owners are left."""
    one = MembershipFactory(role=Role.OWNER)
    other = MembershipFactory(campaign=one.campaign, role=Role.OWNER)

    def leave():
        with suppress(services.LastOwner):
            services.remove_member(other, by=other.user)
        connection.close()

    second = Thread(target=leave)
    with transaction.atomic():
        services.remove_member(Membership.objects.get(pk=one.pk), by=one.user)
        second.start()
        second.join(timeout=0.5)
    second.join()
    return one.campaign.memberships.filter(role=Role.OWNER).count()


@pytest.mark.django_db(transaction=True)
def test_last_two_owners_cannot_leave_at_the_same_moment():
    assert leave_together() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_last_two_owners_could_leave_at_the_same_moment_without_the_lock(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time anyway")
    monkeypatch.setattr(services, "_locked", lambda campaign: campaign)
    assert leave_together() == 0


@pytest.mark.parametrize(
    "step_down", [services.remove_member, lambda *who, by: services.change_role(*who, "viewer", by=by)]
)
def test_owner_may_go_where_there_is_another(owner, step_down):
    MembershipFactory(campaign=owner.campaign, role=Role.OWNER)
    step_down(owner, by=owner.user)
    assert not Campaign.objects.owned_by(owner.user).exists()


def test_remove_takes_the_members_open_invitations_along(owner):
    other = MembershipFactory(campaign=owner.campaign, role=Role.OWNER)
    theirs, ours = invite(other, "a@guest.example"), invite(owner, "b@guest.example")
    services.remove_member(other, by=owner.user)
    assert services.open_invitation(theirs.digest) is None
    assert services.open_invitation(ours.digest) == ours


def test_retry_takes_only_failed_mails():
    user = UserFactory()
    states = ["failed", "failed", "sent", "queued"]
    for number, state in enumerate(states):
        Mail.objects.create(
            kind="campaigns.x", dedupe_key=str(number), to_hash="", state=state, error="SMTPDataError 550"
        )
    assert services.retry_mails(Mail.objects.all(), by=user) == 2
    assert sorted(Mail.objects.values_list("state", flat=True)) == ["queued", "queued", "queued", "sent"]
    assert JournalEntry.objects.filter(verb="retried").count() == 2


def test_run_by_is_for_owners_and_coordinators():
    campaign = CampaignFactory()
    runs = {role: MembershipFactory(campaign=campaign, role=role).user for role in Role}
    assert [role for role, user in runs.items() if Campaign.objects.run_by(user)] == [Role.OWNER, Role.COORDINATOR]
    assert all(Campaign.objects.seen_by(user).exists() for user in runs.values())
    assert not Campaign.objects.seen_by(UserFactory()).exists()
