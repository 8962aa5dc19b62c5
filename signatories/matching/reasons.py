"""The reasons of a match in words, for whoever decides."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from signatories import countries
from signatories.matching.known import Kind, Reason

WORDS = {
    Kind.NAME: gettext_noop("same name"),
    Kind.ACCENTS: gettext_noop("same but for accents"),
    Kind.LOOKS: gettext_noop("looks the same, with letters of another script"),
    Kind.LEGAL_FORM: gettext_noop("same but for the legal form (%(piece)s)"),
    Kind.SMALL_WORDS: gettext_noop("same but for articles and other small words"),
    Kind.WORD_ORDER: gettext_noop("same words in another order"),
    Kind.SPACES: gettext_noop("same but for spaces"),
    Kind.INFLECTION: gettext_noop("same words in another form"),
    Kind.LETTERS: gettext_noop("one or two letters differ"),
    Kind.SCRIPT: gettext_noop("sounds the same in another script"),
    Kind.ACRONYM: gettext_noop("same name or acronym (%(piece)s)"),
    Kind.INITIALS: gettext_noop("“%(piece)s” can be the initials"),
    Kind.ADDITION: gettext_noop("same but for what one adds: “%(piece)s”"),
    Kind.PLACE: gettext_noop("same but for the place that one adds: %(piece)s"),
    Kind.OTHER_NAME: gettext_noop("by the name in another language"),
    Kind.WEBSITE: gettext_noop("same website (%(piece)s)"),
    Kind.MAIL_DOMAIN: gettext_noop("same mail domain (%(piece)s)"),
    Kind.OTHER_COUNTRY: gettext_noop("but from another country"),
}


def in_words(reasons: Iterable[Reason]) -> str:
    """In the current language, after a colon: "same acronym (CWN), same website (cwn.example)"."""
    return _(", ").join(_(WORDS[one.kind]) % {"piece": _piece(one.piece)} for one in reasons)


def _piece(piece: str) -> str:
    return " ".join(countries.name(word[1:]) if word[:1] == "=" else word for word in piece.split())
