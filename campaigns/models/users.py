from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaigns import Role

VET = "signatories.vet_signatory"  # the permission, given by administrators, to vet for every campaign


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email=(email or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who works here: a team member, a vetter, an administrator. Signatories have no account."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    is_staff = models.BooleanField(_("may enter the vetting desk"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_demonstration = models.BooleanField(_("demonstration login"), default=False, editable=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def vets_everywhere(self) -> bool:
        return self.has_perm(VET)

    @cached_property
    def vets_campaigns(self) -> bool:
        """Whether a campaign has made this user a vetter of its own."""
        return self.is_active and self.memberships.filter(role=Role.VETTER).exists()

    @property
    def is_vetter(self) -> bool:
        """Of which letters, `vetted_by` says."""
        return self.vets_everywhere or self.vets_campaigns

    @property
    def enters_vetting_desk(self) -> bool:
        return self.is_active and (self.is_staff or self.vets_campaigns)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        super().save(*args, **kwargs)
