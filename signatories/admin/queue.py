from copy import copy
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Exists, OuterRef, When
from django.http import HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from campaigns.large_tables import MOST, CappedPaginator
from campaigns.scoping import ReadOnly
from signatories import countries
from signatories.admin import bulk, decisions, filters, searching, sheet
from signatories.admin.glance import glances
from signatories.models import Opinion, Signatory
from signatories.models.keeping import SINCE

TURN = Case(
    When(Exists(Signatory.objects.doubted().filter(pk=OuterRef("pk"))), then=0),
    When(Exists(Signatory.objects.answered().filter(pk=OuterRef("pk"))), then=1),
    When(Exists(Opinion.objects.open().asking().filter(signatory=OuterRef("pk"))), then=2),
    default=3,
)  # who is called wrong comes first, then who has answered a question, then on whom another's opinion is asked for


class Queue(ChangeList):
    """A page of signatories, each with its glance."""

    def get_results(self, request):
        super().get_results(request)
        self.is_capped = self.result_count > MOST
        self.result_list = list(self.result_list)
        found = glances(self.result_list)
        for signatory in self.result_list:
            signatory.glance = found[signatory.pk]


class Order(ChangeList):
    """Whose turn it is under the filters at hand; nothing is read of them."""

    def get_results(self, request):
        self.result_count = self.full_result_count = 0
        self.result_list, self.multi_page, self.show_all, self.can_show_all = [], False, False, False
        self.show_full_result_count, self.show_admin_actions = False, False


class SignatoryAdmin(ReadOnly):
    """Reading and deciding; a signatory is neither added, edited nor deleted here."""

    in_a_line = _("All sign-ons, each with its evidence; first those that wait to be checked.")
    list_display = ["printed", "letter_title", "country_name", "state", "evidence", "waiting"]
    list_display_links = ["printed"]
    list_filter = [
        *(filters.StateFilter, filters.LetterFilter, filters.CountryFilter, filters.AgeFilter),
        filters.HeldFilter,
        *(filters.MailFilter, filters.OpinionFilter),
    ]
    search_fields = ["name"]  # shows the box; get_search_results does the searching
    search_help_text = _(
        "Name or acronym, accents and script do not matter; a contact’s whole e-mail address; @ and a mail domain;"
        " or a reference"
    )
    ordering = [SINCE]
    paginator = CappedPaginator
    sortable_by = ["waiting", "state"]
    list_per_page = 30  # the register is asked about each
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = ["approve", "decline", "release"]

    # --- Who may ---

    def has_vet_permission(self, request):
        return request.user.is_vetter

    def has_view_permission(self, request, obj=None):
        return self.has_vet_permission(request)

    def has_module_permission(self, request):
        return self.has_vet_permission(request)

    # --- The queue ---

    def get_changelist(self, request, **kwargs):
        return Order if filters.shows_no_list(request) else Queue

    def get_ordering(self, request):
        """Whose turn it is matters among those that wait; the others come by an index."""
        state = request.GET.get(filters.StateFilter.parameter_name)
        return [SINCE] if state == "all" or state in Signatory.Status.values else [TURN, SINCE]

    def get_queryset(self, request):
        rows = super().get_queryset(request).vetted_by(request.user)
        rows = rows.filter(trial__isnull=True).annotate(since=SINCE, turn=TURN)
        return rows.select_related("letter__campaign", "agreed_revision").prefetch_related("letter__texts")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Signatories"), **(extra_context or {})})

    def get_search_results(self, request, queryset, search_term):
        return searching.found(request, queryset, search_term), False

    @admin.display(description=_("organization"))
    def printed(self, signatory):
        line = signatory.line
        if signatory.erased_at:
            return _("deleted")
        acronym = f" ({line.acronym})" if line.acronym else ""
        shown = format_html("<bdi>{}</bdi>", line.name + acronym)
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
        context = {"glance": signatory.glance, "turn": signatory.turn}
        return render_to_string("admin/signatories/signatory/glance.html", context)

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

    @admin.action(permissions=["vet"], description=_("Let through what is held"))
    def release(self, request, queryset):
        return bulk.decide(self.admin_site, request, queryset, "release")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Not Django's form: a page to read, with the decisions that are open now."""
        if not self.has_vet_permission(request):
            raise PermissionDenied
        signatory = self.get_object(request, unquote(object_id))
        glance = glances([signatory], limit=5)[signatory.pk]
        posted = request.POST if request.method == "POST" else None
        following = self._following(request, signatory)  # before it is decided on and has no place any more
        open_now = decisions.open_for(signatory, [near.signatory for near in glance.near], posted, by=request.user)
        if posted and (told := decisions.take(signatory, open_now, posted, by=request.user)):
            return self._decided(request, signatory, posted, following, *told)
        context = {**self.admin_site.each_context(request), "opts": self.opts}
        context |= sheet.about(signatory, glance, open_now)
        context |= {"next_url": following, "queue_url": self._filtered(request, self._queue_url())}
        return TemplateResponse(request, "admin/signatories/signatory/change_form.html", context)

    def _following(self, request, signatory):
        """The page of the one after it in the filtered queue, of the first if it is not in it, or "" at the end."""
        asked = copy(request)
        asked.asks_for_the_next = True
        asked.GET = QueryDict(request.GET.get("_changelist_filters", ""))
        try:
            rows = self.get_changelist_instance(asked).queryset
        except IncorrectLookupParameters:
            return ""
        keys = list(rows.select_related(None).values_list("pk", flat=True)[:MOST])
        after = keys[keys.index(signatory.pk) + 1 :] if signatory.pk in keys else keys
        if not after:
            return ""
        page = reverse("admin:signatories_signatory_change", args=[after[0]], current_app=self.admin_site.name)
        return self._filtered(request, page)

    def _queue_url(self):
        return reverse("admin:signatories_signatory_changelist", current_app=self.admin_site.name)

    def _filtered(self, request, address):
        chosen: dict[str, Any] = {"opts": self.opts, "preserved_filters": self.get_preserved_filters(request)}
        return add_preserved_filters(chosen, address)

    def _decided(self, request, signatory, posted, following, level, words):
        """To the next one of the queue; to the page itself when somebody else was faster."""
        told = {"reference": signatory.reference, "words": words}  # no name: the message may be kept in a cookie
        messages.add_message(request, level, _("%(reference)s: %(words)s") % told if following else words)
        if level != messages.SUCCESS:
            return HttpResponseRedirect(request.get_full_path())
        self.log_change(request, signatory, decisions.KINDS[posted["decision"]].logged)
        return HttpResponseRedirect(following or self._filtered(request, self._queue_url()))
