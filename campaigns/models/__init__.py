from campaigns.models.campaigns import Campaign, Membership, Role, TeamInvitation
from campaigns.models.heartbeat import Heartbeat
from campaigns.models.journal import JournalEntry
from campaigns.models.mail import Mail
from campaigns.models.users import User

__all__ = ["Campaign", "Heartbeat", "JournalEntry", "Mail", "Membership", "Role", "TeamInvitation", "User"]
