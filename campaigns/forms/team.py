from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Role


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
