from signatories.models.signatories import Line, Signatory
from signatories.models.tokens import Purpose, Token

__all__ = ["Line", "Purpose", "Signatory", "Token"]
