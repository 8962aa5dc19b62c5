from letters.models.addressee import AddresseeNames
from letters.models.amendments import Amendment, AmendmentDraft
from letters.models.cards import Card
from letters.models.consultations import Comment, Consultation, Partner
from letters.models.deliveries import Delivery, Reply
from letters.models.editions import Edition, Rendering
from letters.models.letters import Letter
from letters.models.logos import Logo
from letters.models.pasted import PastedRoll
from letters.models.publications import Publication, StaticCopy
from letters.models.revisions import Revision, RevisionName
from letters.models.texts import Recipient, Text
from letters.models.trials import Trial

__all__ = [
    "AddresseeNames",
    "Amendment",
    "AmendmentDraft",
    "Card",
    "Comment",
    "Consultation",
    "Delivery",
    "Edition",
    "Letter",
    "Logo",
    "Partner",
    "PastedRoll",
    "Publication",
    "Recipient",
    "Rendering",
    "Reply",
    "Revision",
    "RevisionName",
    "StaticCopy",
    "Text",
    "Trial",
]
