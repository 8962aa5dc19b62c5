from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, Role


class CampaignForm(forms.ModelForm):
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
            "Owners manage the team and its letters, coordinators the letters; translators and viewers look on."
        ),
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
