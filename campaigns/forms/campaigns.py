from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.forms.meanwhile import Meanwhile
from campaigns.models import Campaign


def model_notice(campaign: Campaign) -> str:
    """A privacy notice to start from."""
    return _now(
        "Responsible is %(campaign)s. What you enter is used for this joint letter; a name that was published is"
        " recognized when the organization signs another letter on this site. The organization’s name,"
        " acronym and country are published and delivered if you choose so; if you withhold the name, it appears"
        " nowhere. The contact person’s name, role and e-mail address are encrypted, seen by the campaign’s team and"
        " the vetters only, and never published or passed on. You may see, correct or withdraw your entry at any time:"
        " write to %(address)s."
    ) % {"campaign": campaign, "address": campaign.contact_email}


FOR_OWNERS = ["needs_two_vetters", "needs_two_to_release"]


class NewCampaignForm(forms.ModelForm):
    class Meta:
        model = Campaign
        fields = ["name", "contact_email"]
        error_messages = {
            "name": {"required": _("Enter a name for the campaign.")},
            "contact_email": {
                "required": _("Enter the address to which signatories may write."),
                "invalid": _("Enter an e-mail address, such as letters@example.org."),
            },
        }


class CampaignForm(Meanwhile, NewCampaignForm):
    class Meta(NewCampaignForm.Meta):
        fields = ["name", "contact_email", "privacy_notice", "lists_known", *FOR_OWNERS]
        widgets = {"privacy_notice": forms.Textarea(attrs={"rows": 7, "dir": "auto"})}

    def __init__(self, *args, campaign, is_owner, **kwargs):
        held = {name: getattr(campaign, name) for name in self.base_fields}
        kwargs["initial"] = held | {"privacy_notice": campaign.privacy_notice or model_notice(campaign)}
        super().__init__(*args, **kwargs)
        if not is_owner:  # who checks whom is decided by those who choose the team
            for name in FOR_OWNERS:
                del self.fields[name]
        self.watch(held)  # a notice that is none yet has not been written by anybody
