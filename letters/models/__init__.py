from letters.models.editions import Edition, Rendering
from letters.models.letters import Letter
from letters.models.revisions import Revision
from letters.models.texts import Recipient, Text

__all__ = ["Edition", "Letter", "Recipient", "Rendering", "Revision", "Text"]
