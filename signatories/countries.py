"""Where an organization is: countries by ISO 3166-1 alpha-2, wider areas by UN M.49 (three digits)."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from letters import collation

WIDER = {
    "001": _("International"),
    "002": _("Africa (regional)"),
    "019": _("Americas (regional)"),
    "142": _("Asia (regional)"),
    "150": _("Europe (regional)"),
    "145": _("Middle East and Western Asia (regional)"),
    "009": _("Oceania (regional)"),
}


def choices() -> tuple[tuple[str, str], ...]:
    """(code, name) in the current language, wider areas first."""
    return _choices(translation.get_language())


@lru_cache(maxsize=64)
def _choices(language: str | None) -> tuple[tuple[str, str], ...]:
    """256 names: translating and sorting them costs more than the rest of a sign-on, so they are kept by language."""
    with translation.override(language):
        wider = [(code, str(name)) for code, name in WIDER.items()]
        by_name = collation.sort_key(language or settings.LANGUAGE_CODE)
        return (*wider, *sorted(((code, str(name)) for code, name in countries), key=lambda one: by_name(one[1])))


def is_known(code: str) -> bool:
    return code in WIDER or code in countries


def is_wider(code: str) -> bool:
    """Whether the code names more than one country."""
    return code in WIDER


def name(code: str, language: str | None = None) -> str:
    """The name in `language` (default: the current one); the code itself where it is unknown."""
    return _name(code, language or translation.get_language())


@lru_cache(maxsize=20_000)
def _name(code: str, language: str | None) -> str:
    with translation.override(language):
        return str(WIDER.get(code) or countries.name(code) or code)
