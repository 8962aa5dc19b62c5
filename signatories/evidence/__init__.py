"""What a vetter can see at a glance before deciding who is really who. Offline; no verdict, only reasons to look."""

from signatories.evidence.domains import Fit, is_own_domain, mail_domain_fit, spelled_out
from signatories.evidence.providers import is_disposable_provider, is_free_provider
from signatories.evidence.typos import suggested

__all__ = [
    "Fit",
    "is_disposable_provider",
    "is_free_provider",
    "is_own_domain",
    "mail_domain_fit",
    "spelled_out",
    "suggested",
]
