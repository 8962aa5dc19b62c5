from signatories.models.signatories import Contact, Line, Objection, Signatory
from signatories.models.tokens import Purpose, Token

__all__ = ["Contact", "Line", "Objection", "Purpose", "Signatory", "Token"]
