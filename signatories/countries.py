"""Where an organization is: countries by ISO 3166-1 alpha-2, wider areas by UN M.49 (three digits)."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_countries import countries

WIDER = {
    "001": _("International"),
    "002": _("Africa (regional)"),
    "019": _("Americas (regional)"),
    "142": _("Asia (regional)"),
    "150": _("Europe (regional)"),
    "145": _("Middle East and Western Asia (regional)"),
    "009": _("Oceania (regional)"),
}


def choices() -> list[tuple[str, str]]:
    """(code, name) in the current language, wider areas first."""
    return [(code, str(name)) for code, name in WIDER.items()] + [(code, str(name)) for code, name in countries]


def is_wider(code: str) -> bool:
    """Whether the code names more than one country."""
    return code in WIDER


def name(code: str, language: str | None = None) -> str:
    """The name in `language` (default: the current one); the code itself where it is unknown."""
    with translation.override(language or translation.get_language()):
        return str(WIDER.get(code) or countries.name(code) or code)
