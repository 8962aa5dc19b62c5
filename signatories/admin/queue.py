from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from campaigns import outbox
from signatories import countries
from signatories.admin import bulk, decisions, filters, sheet
from signatories.admin.glance import glances
from signatories.evidence import plain

SINCE = Coalesce("confirmed_at", "signed_at")


class Queue(ChangeList):
    """A page of signatories, each with its glance."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        found = glances(self.result_list)
        for signatory in self.result_list:
            signatory.glance = found[signatory.pk]


class SignatoryAdmin(admin.ModelAdmin):
    """Reading and deciding; a signatory is neither added, edited nor deleted here."""

    list_display = ["printed", "letter_title", "country_name", "state", "evidence", "waiting"]
    list_display_links = ["printed"]
    list_filter = [filters.StateFilter, filters.LetterFilter, filters.CountryFilter, filters.AgeFilter]
    search_fields = ["name"]  # shows the box; get_search_results does the searching
    search_help_text = _("Name or acronym, accents and script do not matter; or a contact’s whole e-mail address")
    ordering = [SINCE]
    sortable_by = ["waiting", "state"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = ["approve", "decline"]

    # --- Who may ---

    def has_vet_permission(self, request):
        return request.user.has_perm("signatories.vet_signatory")

    def has_view_permission(self, request, obj=None):
        return self.has_vet_permission(request)

    def has_module_permission(self, request):
        return self.has_vet_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    # --- The queue ---

    def get_changelist(self, request, **kwargs):
        return Queue

    def get_queryset(self, request):
        rows = super().get_queryset(request).filter(trial__isnull=True).annotate(since=SINCE)
        return rows.select_related("letter", "agreed_revision").prefetch_related("letter__texts")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Signatories"), **(extra_context or {})})

    def get_search_results(self, request, queryset, search_term):
        """Compared here, not in the database: SQLite folds ASCII only, and withheld names are encrypted there."""
        if "@" in search_term:
            return queryset.filter(contact_hash=outbox.address_hash(search_term)), False
        if not search_term.strip():
            return queryset, False
        sought = plain(search_term)
        rows = queryset.order_by().prefetch_related(None).only("name", "acronym", "country", "website", "sealed")
        rows = rows.select_related(None)
        found = [one.pk for one in rows if sought in plain(one.line.name) or sought in plain(one.line.acronym)]
        return queryset.filter(pk__in=found), False

    @admin.display(description=_("organization"))
    def printed(self, signatory):
        line = signatory.line
        shown = format_html("<bdi>{}</bdi>", line.name)
        if line.acronym:
            shown = format_html("{} (<bdi>{}</bdi>)", shown, line.acronym)
        return format_html("{} <small>{}</small>", shown, _("name withheld")) if signatory.is_withheld else shown

    @admin.display(description=_("letter"))
    def letter_title(self, signatory):
        return format_html("<bdi>{}</bdi>", signatory.letter)

    @admin.display(description=_("country"))
    def country_name(self, signatory):
        return countries.name(signatory.line.country)

    @admin.display(description=_("state"), ordering="status")
    def state(self, signatory):
        shown = '<span class="pill" data-state="{}">{}</span>'
        return format_html(shown, signatory.status, signatory.state_in_words)

    @admin.display(description=_("evidence"))
    def evidence(self, signatory):
        return render_to_string("admin/signatories/signatory/glance.html", {"glance": signatory.glance})

    @admin.display(description=_("since"), ordering=SINCE)
    def waiting(self, signatory):
        since = signatory.since
        shown = '<time datetime="{}">{}</time>'
        return format_html(shown, since.isoformat(timespec="minutes"), timesince(since, depth=1))

    # --- Decisions ---

    @admin.action(permissions=["vet"], description=_("Approve and list"))
    def approve(self, request, queryset):
        return bulk.decide(self.admin_site, request, queryset, "approve")

    @admin.action(permissions=["vet"], description=_("Decline with a reason"))
    def decline(self, request, queryset):
        return bulk.decide(self.admin_site, request, queryset, "decline")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Not Django's form: a page to read, with the decisions that are open now."""
        if not self.has_vet_permission(request):
            raise PermissionDenied
        signatory = self.get_object(request, unquote(object_id))
        if signatory is None:
            raise Http404
        glance = glances([signatory], limit=5)[signatory.pk]
        posted = request.POST if request.method == "POST" else None
        open_now = decisions.open_for(signatory, [near.signatory for near in glance.near], posted)
        if posted and (told := decisions.take(signatory, open_now, posted, by=request.user)):
            return self._decided(request, signatory, posted, *told)
        context = {**self.admin_site.each_context(request), "opts": self.opts}
        context |= sheet.about(signatory, glance, open_now)
        return TemplateResponse(request, "admin/signatories/signatory/change_form.html", context)

    def _decided(self, request, signatory, posted, level, words):
        """Back to the queue; to the page itself when somebody else was faster."""
        messages.add_message(request, level, words)
        if level != messages.SUCCESS:
            return HttpResponseRedirect(request.get_full_path())
        self.log_change(request, signatory, decisions.KINDS[posted["decision"]].logged)
        queue = reverse("admin:signatories_signatory_changelist", current_app=self.admin_site.name)
        chosen: dict[str, Any] = {"opts": self.opts, "preserved_filters": self.get_preserved_filters(request)}
        return HttpResponseRedirect(add_preserved_filters(chosen, queue))
