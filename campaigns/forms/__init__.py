from campaigns.forms.campaigns import CampaignForm, NewCampaignForm
from campaigns.forms.meanwhile import SOMEBODY_WAS_FASTER, Meanwhile
from campaigns.forms.team import RoleForm, TeamInvitationForm

__all__ = [
    "SOMEBODY_WAS_FASTER",
    "CampaignForm",
    "Meanwhile",
    "NewCampaignForm",
    "RoleForm",
    "TeamInvitationForm",
]
