"""A campaign's team. Everyone on it sees it; only its owners change it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from campaigns import accounts, services, tokens
from campaigns.forms import RoleForm, TeamInvitationForm
from campaigns.models import Campaign, Membership, Role, TeamInvitation, User


@never_cache
def team(request, slug):
    campaign = get_object_or_404(Campaign.objects.seen_by(request.user), slug=slug)
    is_owner = Campaign.objects.owned_by(request.user).filter(pk=campaign.pk).exists()
    if request.method == "POST" and not is_owner:
        raise Http404
    form = TeamInvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _invite(campaign, form, by=request.user):
        messages.success(request, _("The invitation is on its way to %(email)s.") % form.cleaned_data)
        return redirect("campaigns:team", slug)
    context = {
        "campaign": campaign,
        "is_owner": is_owner,
        "form": form,
        "roles": Role.choices,
        "memberships": campaign.memberships.select_related("user").order_by("joined_at"),
        "invitations": campaign.team_invitations.filter(accepted_at=None).order_by("invited_at"),
        "now": timezone.now(),
    }
    return render(request, "campaigns/team.html", context)


def _invite(campaign, form, *, by):
    try:
        services.invite_to_team(campaign, **form.cleaned_data, by=by)
    except services.AlreadyOnTeam:
        form.add_error("email", _("This person is on the team already."))
    except services.TooManyInvitations:
        form.add_error("email", _("This address was invited several times today. Try again tomorrow."))
    return form.is_valid()


@require_POST
def revoke_invitation(request, slug, pk):
    invitations = TeamInvitation.objects.filter(campaign__in=Campaign.objects.owned_by(request.user), accepted_at=None)
    services.revoke_invitation(get_object_or_404(invitations, campaign__slug=slug, pk=pk), by=request.user)
    messages.success(request, _("The invitation no longer works."))
    return redirect("campaigns:team", slug)


@require_POST
def change_role(request, slug, pk):
    memberships = Membership.objects.filter(campaign__in=Campaign.objects.owned_by(request.user))
    membership = get_object_or_404(memberships, campaign__slug=slug, pk=pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            services.change_role(membership, form.cleaned_data["role"], by=request.user)
        except services.LastOwner:
            messages.error(request, _("Somebody on the team must be its owner. Make another member owner first."))
    return redirect("campaigns:team", slug)


@never_cache
def remove_member(request, slug, pk):
    """Owners remove others; anyone may leave."""
    memberships = Membership.objects.filter(campaign__in=Campaign.objects.owned_by(request.user))
    memberships |= Membership.objects.filter(user=request.user)
    membership = get_object_or_404(memberships.select_related("user", "campaign"), campaign__slug=slug, pk=pk)
    if request.method != "POST":
        return render(request, "campaigns/remove_member.html", {"membership": membership})
    leaves = membership.user == request.user
    try:
        services.remove_member(membership, by=request.user)
    except services.LastOwner:
        messages.error(request, _("Somebody on the team must be its owner. Make another member owner first."))
        return redirect("campaigns:team", slug)
    messages.success(request, _("%(member)s is no longer on the team.") % {"member": membership.user})
    return redirect("campaigns:desk") if leaves else redirect("campaigns:team", slug)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request, token):
    """Only a POST does something, so a mail scanner that follows the link joins nobody."""
    invitation = services.open_invitation(tokens.digest(token))
    if invitation is None:
        return render(request, "campaigns/join_closed.html", status=404)
    if request.method != "POST":
        return render(request, "campaigns/join.html", {"invitation": invitation})
    if not request.user.is_authenticated:
        accounts.remember_invitation(request, invitation)
        has_account = User.objects.filter(email=invitation.email).exists()
        return redirect("account_login" if has_account else "account_signup")
    try:
        services.join_team(invitation, by=request.user)
    except services.InvitationClosed:
        return render(request, "campaigns/join_closed.html", status=404)
    messages.success(request, _("You are on the team of “%(campaign)s” now.") % {"campaign": invitation.campaign})
    return redirect("campaigns:desk")
