from signatories.models.corrections import Correction
from signatories.models.imports import Import, ImportRow
from signatories.models.invalidations import InvalidatedSignatory, Invalidation
from signatories.models.lines import Contact, Line
from signatories.models.nearness import NameKey, Nearness
from signatories.models.news import News
from signatories.models.objections import Objection
from signatories.models.opinions import Opinion
from signatories.models.organizations import Appearance, Organization
from signatories.models.questions import Question
from signatories.models.second_contacts import SecondContact
from signatories.models.signatories import Signatory
from signatories.models.submissions import Submission
from signatories.models.tokens import Purpose, Token

__all__ = [
    "Appearance",
    "Contact",
    "Correction",
    "Import",
    "ImportRow",
    "InvalidatedSignatory",
    "Invalidation",
    "Line",
    "NameKey",
    "Nearness",
    "News",
    "Objection",
    "Opinion",
    "Organization",
    "Purpose",
    "Question",
    "SecondContact",
    "Signatory",
    "Submission",
    "Token",
]
