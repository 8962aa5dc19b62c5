"""The vetting desk: Django's admin behind the site's own sign-in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import health
from campaigns.models import Mail

NOT_OFFERED = {"view_on_site"}  # it leads any of the staff to the page of any object, and thereby tells its address

QueueBlock = Callable[[HttpRequest], dict[str, Any] | None]


def failed_mails(request: HttpRequest) -> dict[str, Any] | None:
    """The block of the front page that shows what the outbox could not deliver."""
    if not request.user.has_perm("campaigns.view_mail"):
        return None
    outbox = reverse("admin:campaigns_mail_changelist") + "?state__exact=failed"
    failed = Mail.objects.failed().order_by("created_at").defer("to", "data")
    return {
        "title": _("Mails that could not be delivered: %(count)d") % {"count": health.failed_mails()},
        "url": outbox,
        "items": [
            {
                "url": reverse("admin:campaigns_mail_change", args=[mail.pk]),
                "label": mail.kind,
                "age": timesince(mail.created_at, depth=1),
                "why": mail.error,
            }
            for mail in failed[:5]
        ],
        "empty": _("No mail has failed."),
    }


class VettingSite(AdminSite):
    site_header = gettext_lazy("Vetting desk")
    site_title = gettext_lazy("Vetting desk")
    index_title = gettext_lazy("What waits")

    queue_blocks: list[QueueBlock] = [failed_mails]
    """Each gives one block of the front page, or None for those it does not concern:
    {"title", "url" (of all), "items": [{"url", "label", "age" (words, optional), "why" (optional)}], "empty" (words)}.
    An app appends its own in its admin.py: VettingSite.queue_blocks.append(…).
    """

    def get_urls(self) -> list[Any]:
        return [one for one in super().get_urls() if getattr(one, "name", None) not in NOT_OFFERED]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """With what stands behind each name: the `in_a_line` of its admin."""
        apps = super().get_app_list(request, app_label)
        for model in (model for app in apps for model in app["models"]):
            model["in_a_line"] = getattr(self._registry.get(model["model"]), "in_a_line", "")
        return apps

    def has_permission(self, request: HttpRequest) -> bool:
        """The staff, and whom a campaign has made its vetter."""
        return request.user.is_authenticated and request.user.enters_vetting_desk

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        blocks = [block(request) for block in self.queue_blocks]
        return super().index(request, {"queue": [block for block in blocks if block], **(extra_context or {})})

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """allauth's page, with its limits and second step. Who is signed in and comes here lacks the permission."""
        desk = reverse("admin:index", current_app=self.name)
        if request.user.is_authenticated:
            if self.has_permission(request):
                return redirect(desk)
            raise PermissionDenied
        query = urlencode({REDIRECT_FIELD_NAME: request.GET.get(REDIRECT_FIELD_NAME, desk)})
        return redirect(f"{reverse('account_login')}?{query}")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_change_password")
