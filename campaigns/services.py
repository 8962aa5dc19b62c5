"""What people do with campaigns and teams. Each is one transaction and leaves a line in the journal."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from campaigns import emails, nudge, outbox, tokens
from campaigns.models import Campaign, JournalEntry, Mail, Membership, Role, TeamInvitation, User
from campaigns.models.mail import MailQuerySet

INVITATION_LASTS = timedelta(days=14)
MAILS_A_DAY = 5  # invitations to one address, from all campaigns together
RESERVED_SLUGS = {"new"}
EDITED = ["name", "contact_email", "privacy_notice", "lists_known", "needs_two_vetters", "needs_two_to_release"]


class CampaignChanged(Exception):
    """Somebody else has saved it since it was compared with what was typed."""


class LastOwner(Exception):
    """The campaign would be left without an owner."""


class AlreadyOnTeam(Exception):
    """A member of the team has this address."""


class TooManyInvitations(Exception):
    """This address was invited often enough for a day."""


class InvitationClosed(Exception):
    """Used, revoked or too old."""


@transaction.atomic
def test_delivery(campaign: Campaign, *, by: User) -> None:
    """Send a mail to the contact address, to see whether mails arrive; once a minute at most."""
    outbox.put(emails.delivery_test, campaign, to=campaign.contact_email, dedupe=f"{timezone.now():%Y-%m-%d %H:%M}")
    JournalEntry.objects.record("tested delivery", campaign, by=by)


def create_campaign(*, name: str, contact_email: str, by: User, privacy_notice: str = "") -> Campaign:
    """Make a campaign that its creator owns; its address comes from its name."""
    for slug in _slugs(name):
        try:
            with transaction.atomic():
                campaign = Campaign.objects.create(
                    name=name, slug=slug, contact_email=contact_email, privacy_notice=privacy_notice
                )
                Membership.objects.create(campaign=campaign, user=by, role=Role.OWNER)
                JournalEntry.objects.record("created", campaign, by=by)
        except IntegrityError:  # somebody took the address a moment ago
            continue
        break
    return campaign


def _slugs(name: str) -> Iterator[str]:
    stem = slugify(name)[:70].strip("-") or "campaign"  # a name in another script leaves nothing
    for number in itertools.count(1):
        slug = stem if number == 1 else f"{stem}-{number}"
        if slug not in RESERVED_SLUGS and not Campaign.objects.filter(slug=slug).exists():
            yield slug


@transaction.atomic
def edit_campaign(
    campaign: Campaign,
    *,
    name: str,
    contact_email: str,
    by: User,
    privacy_notice: str | None = None,
    lists_known: bool | None = None,
    needs_two_vetters: bool | None = None,
    needs_two_to_release: bool | None = None,
    seen: Campaign | None = None,
) -> None:
    """With `seen`, the campaign as it was when somebody compared it with what was typed, raises CampaignChanged if it
    is another by now."""
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if seen is not None and any(getattr(campaign, name) != getattr(seen, name) for name in EDITED):
        raise CampaignChanged
    campaign.name, campaign.contact_email = name, contact_email
    if privacy_notice is not None:
        campaign.privacy_notice = privacy_notice
    if lists_known is not None and lists_known != campaign.lists_known:
        campaign.lists_known = lists_known
        JournalEntry.objects.record("lists known ones", campaign, by=by, now=lists_known)
    if needs_two_vetters is not None and needs_two_vetters != campaign.needs_two_vetters:
        campaign.needs_two_vetters = needs_two_vetters
        JournalEntry.objects.record("needs two vetters", campaign, by=by, now=needs_two_vetters)
    if needs_two_to_release is not None and needs_two_to_release != campaign.needs_two_to_release:
        campaign.needs_two_to_release = needs_two_to_release
        JournalEntry.objects.record("needs two to release", campaign, by=by, now=needs_two_to_release)
    campaign.save(update_fields=EDITED)
    JournalEntry.objects.record("edited", campaign, by=by)


@transaction.atomic
def invite_to_team(campaign: Campaign, *, email: str, role: str, by: User) -> TeamInvitation:
    """Send a link that opens sign-up for this address and the team to whoever holds it.

    Inviting an address again replaces the earlier invitation, whose link dies. Raises AlreadyOnTeam or
    TooManyInvitations.
    """
    _locked(campaign)
    email = email.strip().lower()
    if campaign.memberships.filter(user__email=email).exists():
        raise AlreadyOnTeam
    email_hash = outbox.address_hash(email)
    yesterday = timezone.now() - timedelta(days=1)
    sent = Mail.objects.filter(kind="campaigns.team_invitation", created_at__gt=yesterday)
    sent = sent.filter(to_hash=outbox.mailbox_hash(email))
    if sent.count() >= MAILS_A_DAY:
        raise TooManyInvitations
    fresh = tokens.fresh(emails.INVITATION_TOKEN)
    facts = {
        "email": email,
        "role": role,
        "nonce": fresh.nonce,
        "digest": fresh.digest,
        "invited_by": by,
        "invited_at": timezone.now(),
        "expires_at": timezone.now() + INVITATION_LASTS,
    }
    invitation, _ = campaign.team_invitations.update_or_create(email_hash=email_hash, accepted_at=None, defaults=facts)
    outbox.put(emails.team_invitation, invitation, to=email, dedupe=fresh.digest, data={"digest": fresh.digest})
    JournalEntry.objects.record("invited", campaign, by=by, invitation=invitation.pk, role=str(role))
    return invitation


@transaction.atomic
def revoke_invitation(invitation: TeamInvitation, *, by: User) -> None:
    JournalEntry.objects.record("revoked_invitation", invitation.campaign, by=by, invitation=invitation.pk)
    invitation.delete()


def open_invitation(digest: str) -> TeamInvitation | None:
    """The invitation whose token has this SHA-256, while it may still be accepted."""
    rows = TeamInvitation.objects.select_related("campaign", "invited_by")
    return rows.filter(digest=digest, accepted_at=None, expires_at__gt=timezone.now()).first()


@transaction.atomic
def join_team(invitation: TeamInvitation, *, by: User) -> Membership:
    """Accept, once, and forget the address. Who is on the team already keeps the role. Raises InvitationClosed."""
    now = timezone.now()
    unused = TeamInvitation.objects.filter(pk=invitation.pk, accepted_at=None, expires_at__gt=now)
    if not unused.update(accepted_at=now, email=""):
        raise InvitationClosed
    membership, _ = Membership.objects.get_or_create(
        campaign_id=invitation.campaign_id, user=by, defaults={"role": invitation.role}
    )
    JournalEntry.objects.record("joined", invitation.campaign, by=by, invitation=invitation.pk, role=membership.role)
    return membership


@transaction.atomic
def change_role(membership: Membership, role: str, *, by: User) -> None:
    """Raises LastOwner rather than leave the campaign without one."""
    membership = _held(membership)
    if role == membership.role:
        return
    was, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    _check_owned(membership.campaign)
    if role != Role.OWNER:
        _revoke_those_of(membership)
    JournalEntry.objects.record(
        "changed_role", membership.campaign, by=by, member=membership.user_id, was=was, now=str(role)
    )


@transaction.atomic
def remove_member(membership: Membership, *, by: User) -> None:
    """Take somebody, or oneself, off the team. Raises LastOwner."""
    membership = _held(membership)
    membership.delete()
    _check_owned(membership.campaign)
    _revoke_those_of(membership)
    JournalEntry.objects.record("removed", membership.campaign, by=by, member=membership.user_id)


@transaction.atomic
def retry_mails(mails: MailQuerySet, *, by: User) -> int:
    """Put failed mails back into the outbox; return how many."""
    retried = 0
    for mail in mails.failed().only("pk"):
        failed = Mail.objects.failed().filter(pk=mail.pk)
        if failed.update(state=Mail.State.QUEUED, run_after=timezone.now(), error=""):
            JournalEntry.objects.record("retried", mail, by=by)
            retried += 1
    nudge.on_commit(outbox.TASK)
    return retried


def _locked(campaign: Campaign) -> Campaign:
    """Changes of one team happen one after the other: two owners cannot step down at the same moment."""
    return Campaign.objects.select_for_update().get(pk=campaign.pk)


def _held(membership: Membership) -> Membership:
    _locked(membership.campaign)
    return Membership.objects.select_related("campaign").get(pk=membership.pk)


def _check_owned(campaign: Campaign) -> None:
    if not campaign.memberships.filter(role=Role.OWNER).exists():
        raise LastOwner


def _revoke_those_of(membership: Membership) -> None:
    """Who may no longer invite must not come back through an invitation still under way."""
    membership.campaign.team_invitations.filter(invited_by=membership.user_id, accepted_at=None).delete()
