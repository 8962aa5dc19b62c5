from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, Role


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


class CampaignForm(NewCampaignForm):
    class Meta(NewCampaignForm.Meta):
        fields = ["name", "contact_email", "privacy_notice", "lists_known", *FOR_OWNERS]
        widgets = {"privacy_notice": forms.Textarea(attrs={"rows": 7, "dir": "auto"})}

    def __init__(self, *args, is_owner, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_owner:  # who checks whom is decided by those who choose the team
            for name in FOR_OWNERS:
                del self.fields[name]


class TeamInvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={
            "required": _("Enter the address of the person you invite."),
            "invalid": _("Enter an e-mail address, such as name@example.org."),
        },
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        initial=Role.COORDINATOR,
        help_text=_(
            "Owners manage the team and its letters, coordinators the letters; translators and viewers look on. Vetters"
            " look on too, and decide at the vetting desk which sign-ons are genuine: they see who signed, also in"
            " confidence, and need a second step to sign in."
        ),
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
