from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.fields import EncryptedTextField


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    COORDINATOR = "coordinator", _("Coordinator")
    TRANSLATOR = "translator", _("Translator")
    VETTER = "vetter", _("Vetter")
    VIEWER = "viewer", _("Viewer")


RUNNING = (Role.OWNER, Role.COORDINATOR)
TRANSLATING = (*RUNNING, Role.TRANSLATOR)


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def run_by(self, user: Any) -> Self:
        """Those the user may change: as owner or coordinator."""
        return self.filter(
            pk__in=Membership.objects.filter(user=user, role__in=RUNNING).values("campaign")  # no join, no doubles
        )

    def translated_by(self, user: Any) -> Self:
        """Those whose courtesy texts the user may write."""
        return self.filter(pk__in=Membership.objects.filter(user=user, role__in=TRANSLATING).values("campaign"))

    def owned_by(self, user: Any) -> Self:
        return self.filter(pk__in=Membership.objects.filter(user=user, role=Role.OWNER).values("campaign"))

    def vetted_by(self, user: Any) -> Self:
        """Those whose signatories the user decides on: as a vetter of theirs, or, by permission, all."""
        if user.vets_everywhere:
            return self.all()
        return self.filter(pk__in=Membership.objects.filter(user=user, role=Role.VETTER).values("campaign"))

    def seen_by(self, user: Any) -> Self:
        """Those the user may look at: any role in the team."""
        return self.filter(pk__in=Membership.objects.filter(user=user).values("campaign"))


class Campaign(models.Model):
    """A joint action and the team that runs it."""

    name = models.CharField(_("name"), max_length=200, help_text=_("Stands at the head of the letter."))
    slug = models.SlugField(unique=True, max_length=80)
    contact_email = models.EmailField(
        _("contact address"), help_text=_("Signatories' answers go here; it is shown on the letter's page.")
    )
    privacy_notice = models.TextField(
        _("privacy notice"),
        blank=True,
        max_length=4000,
        help_text=_("Who keeps what organizations enter, for what, and until when. It stands on the sign-on form."),
    )
    lists_known = models.BooleanField(
        _("organizations already known are listed without waiting"),
        default=False,
        help_text=_(
            "Those that a person has checked for an earlier public letter, that sign under the same name, and that"
            " confirm from an address at their own website’s domain. The sign-on form says so. Everybody else waits for"
            " a person; so does everybody once somebody has signed the letter in confidence."
        ),
    )
    needs_two_vetters = models.BooleanField(
        _("two vetters check every sign-on"),
        default=False,
        help_text=_(
            "The approval of the first is noted; that of a second person lists. Nobody is listed by rule then, and the"
            " team needs at least two vetters. One alone still declines."
        ),
    )
    needs_two_to_release = models.BooleanField(
        _("two people release what goes out"),
        default=False,
        help_text=_(
            "Who prepares a delivery or a publication cannot release it: another owner or coordinator looks at exactly"
            " what will go out, and releases it. Nor does who enters a reply publish it."
        ),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership", related_name="campaigns")

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def lists_by_rule(self) -> bool:
        """Whether some are listed that no vetter has looked at for this letter."""
        return self.lists_known and not self.needs_two_vetters


class Membership(models.Model):
    """A user's role in a campaign."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "campaign"], name="one_role_per_campaign"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.campaign_id}"


class TeamInvitation(models.Model):
    """An invitation by mail to join a campaign's team; its link opens sign-up for that address only."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="team_invitations")
    email = EncryptedTextField()
    email_hash = models.CharField(max_length=64)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.COORDINATOR)
    nonce = models.CharField(max_length=43, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "email_hash"],
                condition=models.Q(accepted_at__isnull=True),
                name="one_open_team_invitation_per_address",
            )
        ]

    def __str__(self) -> str:
        return f"Team invitation {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.expires_at > timezone.now()
