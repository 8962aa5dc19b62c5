from campaigns.models.campaigns import Campaign, Membership, Role, TeamInvitation
from campaigns.models.heartbeat import Heartbeat
from campaigns.models.journal import JournalEntry, JournalLink
from campaigns.models.mail import Mail
from campaigns.models.pauses import SitePause
from campaigns.models.salts import Salt
from campaigns.models.suppressions import Suppression
from campaigns.models.users import User

__all__ = [
    "Campaign",
    "Heartbeat",
    "JournalEntry",
    "JournalLink",
    "Mail",
    "Membership",
    "Role",
    "Salt",
    "SitePause",
    "Suppression",
    "TeamInvitation",
    "User",
]
