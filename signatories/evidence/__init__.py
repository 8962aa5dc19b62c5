"""What a vetter can see at a glance before deciding who is really who. Offline; no verdict, only reasons to look."""

from signatories.evidence.domains import Fit, is_free_provider, mail_domain_fit
from signatories.evidence.likeness import Likeness, Named, Near, near_names, plain

__all__ = ["Fit", "Likeness", "Named", "Near", "is_free_provider", "mail_domain_fit", "near_names", "plain"]
