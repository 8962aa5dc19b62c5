from signatories.models.signatories import Contact, Line, Signatory
from signatories.models.tokens import Purpose, Token

__all__ = ["Contact", "Line", "Purpose", "Signatory", "Token"]
