"""The desk's home, and campaigns themselves."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from campaigns import services
from campaigns.forms import SOMEBODY_WAS_FASTER, CampaignForm, NewCampaignForm
from campaigns.models import Campaign
from campaigns.models.campaigns import RUNNING


def desk(request):
    memberships = request.user.memberships.select_related("campaign").order_by("-campaign__created_at")
    teams = [
        {
            "campaign": membership.campaign,
            "runs": membership.role in RUNNING,
            "letters": membership.campaign.letters.with_counts().prefetch_related("texts"),
        }
        for membership in memberships
    ]
    return render(request, "campaigns/desk.html", {"teams": teams})


def new_campaign(request):
    form = NewCampaignForm(request.POST or None, initial={"contact_email": request.user.email})
    if request.method == "POST" and form.is_valid():
        campaign = services.create_campaign(**form.cleaned_data, by=request.user)
        messages.success(request, _("“%(campaign)s” is ready for its first letter.") % {"campaign": campaign})
        return redirect("campaigns:desk")
    return render(request, "campaigns/new_campaign.html", {"form": form})


def campaign(request, slug):
    campaign = get_object_or_404(Campaign.objects.run_by(request.user), slug=slug)
    is_owner = Campaign.objects.owned_by(request.user).filter(pk=campaign.pk).exists()
    form = CampaignForm(request.POST or None, campaign=campaign, is_owner=is_owner)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_campaign(campaign, **form.cleaned_data, by=request.user, seen=campaign)
        except services.CampaignChanged:  # at this very moment: the form as it is asked now has both
            campaign.refresh_from_db()
            form = CampaignForm(request.POST, campaign=campaign, is_owner=is_owner)
            if form.is_valid():  # what has changed is what was typed
                form.add_error(None, SOMEBODY_WAS_FASTER)
        else:
            messages.success(request, _("Saved."))
            return redirect("campaigns:desk")
    return render(
        request,
        "campaigns/campaign.html",
        {"form": form, "campaign": campaign, "is_model": not campaign.privacy_notice},
    )
