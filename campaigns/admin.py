import allauth.mfa.admin  # noqa: F401 - registers what is registered anew below
from allauth.account.admin import EmailAddressAdmin as AllauthEmailAddressAdmin
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns import pausing, services
from campaigns.large_tables import CappedPaginator, KindFilter, SubjectFilter, VerbFilter
from campaigns.models import Campaign, JournalEntry, Mail, Membership, Role, SitePause, Suppression, User
from campaigns.scoping import ReadOnly, Scoped


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name")

    def clean_email(self):
        return self.cleaned_data["email"].lower()  # before the form asks whether it is taken


class UserForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"


class ForAdministrators(Scoped):
    """No permission that can be given away opens these."""

    def has_module_permission(self, request):
        return request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser


@admin.register(User)
class UserAdmin(ForAdministrators, DjangoUserAdmin):
    """For administrators alone: who may edit users could make oneself anything. Accounts are closed, not deleted."""

    in_a_line = gettext_lazy("Who can sign in.")
    form = UserForm
    add_form = NewUserForm
    list_display = ["email", "name", "is_staff", "is_superuser", "is_active", "last_login"]
    list_filter = ["is_staff", "is_superuser", "is_active", "groups"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        (
            gettext_lazy("Permissions"),
            {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]},
        ),
        (gettext_lazy("Important dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})]

    def get_readonly_fields(self, request, obj=None):
        """The owner changes the address, on the account pages: there the new mailbox is proved and the old one told."""
        return ["last_login", "date_joined", *(["email"] if obj else [])]

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        fields = [name for name in form.changed_data if "password" not in name]
        JournalEntry.objects.record("edited" if change else "created", obj, by=request.user, fields=fields)


class MembershipFormSet(forms.BaseInlineFormSet):
    def clean(self):
        super().clean()
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        if not any(data.get("role") == Role.OWNER for data in kept):
            raise ValidationError(_("Somebody on the team must be its owner."))


class MembershipInline(admin.TabularInline):
    model = Membership
    formset = MembershipFormSet
    autocomplete_fields = ["user"]
    readonly_fields = ["joined_at"]
    extra = 0
    min_num = 1


@admin.register(Campaign)
class CampaignAdmin(Scoped):
    in_a_line = gettext_lazy("Joint actions: each has letters, and a team that runs them.")
    list_display = ["name", "contact_email", "created_at"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["created_at"]
    inlines = [MembershipInline]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        team = list(form.instance.memberships.order_by("user").values_list("user", "role"))
        JournalEntry.objects.record("edited" if change else "created", form.instance, by=request.user, team=team)


@admin.register(SitePause)
class SitePauseAdmin(ReadOnly):
    """Adding one stops sign-on to every letter; the action lets it go on. Confirming and vetting go on meanwhile."""

    in_a_line = gettext_lazy("Stops sign-on to every letter at once, until somebody ends it.")
    list_display = ["started_at", "started_by", "reason", "ended_at", "ended_by"]
    fields = ["reason", "started_at", "started_by", "ended_at", "ended_by"]
    readonly_fields = ["started_at", "started_by", "ended_at", "ended_by"]
    actions = ["end"]

    def has_add_permission(self, request):
        return request.user.has_perm("campaigns.add_sitepause")

    def has_end_permission(self, request):
        return request.user.has_perm("campaigns.change_sitepause")

    def save_model(self, request, obj, form, change):
        running = pausing.start(reason=obj.reason, by=request.user)
        obj.pk, obj.started_at, obj.started_by = running.pk, running.started_at, running.started_by

    @admin.action(description=gettext_lazy("Let sign-on go on"), permissions=["end"])
    def end(self, request, queryset):
        if pausing.end(by=request.user):
            messages.success(request, _("Sign-on goes on, everywhere, within a second."))
        else:
            messages.warning(request, _("Sign-on was not paused."))


@admin.register(JournalEntry)
class JournalEntryAdmin(ReadOnly):
    in_a_line = gettext_lazy("Who did what and when. It never changes, and holds keys instead of names.")
    list_display = ["at", "verb", "subject_type", "subject_id", "actor_id"]
    list_filter = [VerbFilter, SubjectFilter]
    search_fields = ["=subject_id"]
    ordering = ["-pk"]
    newest_first = ("-pk",)
    paginator = CappedPaginator
    show_full_result_count = False
    fields = ["at", "verb", "subject_type", "subject_id", "actor_id", "data"]


@admin.register(Mail)
class MailAdmin(ReadOnly):
    """The outbox without its addresses: who runs the site need not read to whom it writes."""

    in_a_line = gettext_lazy("Every mail of the site, whether it waits, was sent or failed; without addresses.")
    list_display = ["kind", "state", "attempts", "created_at", "error"]
    list_filter = ["state", KindFilter]
    search_fields = ["=about_id", "=id"]
    ordering = ["-created_at"]
    newest_first = ("-created_at",)
    paginator = CappedPaginator
    show_full_result_count = False
    fields = ["id", "kind", "about_id", "state", "attempts", "created_at", "run_after", "sent_at", "error"]
    actions = ["try_again"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("to", "data")

    def has_retry_permission(self, request):
        return request.user.has_perm("campaigns.change_mail")

    @admin.action(description=gettext_lazy("Try again"), permissions=["retry"])
    def try_again(self, request, queryset):
        retried = services.retry_mails(queryset, by=request.user)
        words = ngettext("%(count)d mail will be tried again.", "%(count)d mails will be tried again.", retried)
        messages.info(request, words % {"count": retried})


admin.site.unregister([Authenticator, EmailAddress, Group])


@admin.register(Group)
class GroupAdmin(ForAdministrators, DjangoGroupAdmin):
    """Who may edit groups could add to what one's own may do."""

    in_a_line = gettext_lazy("Permissions that several users share.")


@admin.register(EmailAddress)
class EmailAddressAdmin(ForAdministrators, AllauthEmailAddressAdmin):
    """Who may edit addresses could have the link for a forgotten password come to one's own."""

    in_a_line = gettext_lazy("The addresses that users sign in with.")


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnly):
    """To take a lost second factor away, so that its owner can set up a new one; the secret stays unseen."""

    in_a_line = gettext_lazy("Second steps of signing in. Delete a lost one, and its owner can set up another.")
    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    search_fields = ["user__email"]
    fields = ["user", "type", "created_at", "last_used_at"]

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser


@admin.register(Suppression)
class SuppressionAdmin(ReadOnly):
    """Addresses that said they never asked, as keyed hashes. Deleting the line lets forms write to one again."""

    in_a_line = gettext_lazy(
        "Mailboxes that have answered “we did not ask for this”: no form makes us write to them again."
        " Delete a line to undo that."
    )
    list_display = ["__str__", "made_at"]

    def has_view_permission(self, request, obj=None):
        return request.user.vets_everywhere  # a line is of no campaign

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_delete_permission(self, request, obj=None):
        return self.has_view_permission(request)
