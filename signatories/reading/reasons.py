"""Certainty, reasons and columns in words, for whoever looks a list over."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from signatories.reading.known import Certainty, Code, Reason

CERTAINTIES = {
    Certainty.CLEAR: gettext_noop("clear"),
    Certainty.LIKELY: gettext_noop("probably right"),
    Certainty.DOUBTFUL: gettext_noop("please check"),
}
WORDS = {
    Code.NOTHING: gettext_noop("nothing in it that could be a name"),
    Code.HEADING: gettext_noop("a heading"),
    Code.PLACE_HEADING: gettext_noop("a country or region over the names below: %(piece)s"),
    Code.HEADER: gettext_noop("the headings of the columns"),
    Code.SENTENCE: gettext_noop("a sentence, not a name"),
    Code.GREETING: gettext_noop("a greeting"),
    Code.MAIL_HEADER: gettext_noop("from the head of an e-mail"),
    Code.FOOTNOTE: gettext_noop("a footnote"),
    Code.SENDER: gettext_noop("below the greeting: who sent the list"),
    Code.NO_NAME: gettext_noop("no name in it"),
    Code.WRAPPED: gettext_noop("put together from several lines"),
    Code.MERGED: gettext_noop("several names stood on one line"),
    Code.RUNNING: gettext_noop("taken from a list that runs on"),
    Code.AND: gettext_noop("cut at an “and”, which may belong to a name"),
    Code.MAYBE_MERGED: gettext_noop("there may be two names in it"),
    Code.MAYBE_WRAPPED: gettext_noop("may go on with the line above"),
    Code.ACRONYM: gettext_noop("“%(piece)s” is taken for the acronym"),
    Code.PLACE_KEPT: gettext_noop("%(piece)s is taken for the country and stays in the name"),
    Code.PLACE_ABOVE: gettext_noop("the country stood over it: %(piece)s"),
    Code.PLACES: gettext_noop("which country is meant by “%(piece)s”?"),
    Code.CITY: gettext_noop("“%(piece)s” is taken for the city and left out of the name"),
    Code.COMMA: gettext_noop("“%(piece)s” stays in the name"),
    Code.DASH: gettext_noop("“%(piece)s” stays in the name"),
    Code.COLON: gettext_noop("“%(piece)s” stays in the name"),
    Code.BRACKETS: gettext_noop("“%(piece)s” stays in the name"),
    Code.SLASH: gettext_noop("there may be two names, or one in two languages"),
    Code.OTHER_SCRIPT: gettext_noop("“%(piece)s” is taken for the name in another language"),
    Code.MARK: gettext_noop("a footnote mark was left out: %(piece)s"),
    Code.ROLE: gettext_noop("a role or a remark was put aside: %(piece)s"),
    Code.LONG: gettext_noop("very long for a name"),
    Code.UNPRINTABLE: gettext_noop("cannot be printed as a name"),
    Code.COLUMN: gettext_noop("which column has the names was told by what stands in it"),
    Code.ENCODING: gettext_noop("the letters were guessed (%(piece)s): look whether accents are right"),
    Code.QUOTES: gettext_noop("quotation marks do not pair, so columns were cut at every separator"),
    Code.HIDDEN_SHEET: gettext_noop("a hidden sheet was left out: %(piece)s"),
}
COLUMNS = {
    "organization": gettext_noop("name of the organization"),
    "acronym": gettext_noop("acronym"),
    "second_name": gettext_noop("name in another language"),
    "country": gettext_noop("country"),
    "role": gettext_noop("kind or role"),
    "note": gettext_noop("note"),
    "website": gettext_noop("website"),
    "email": gettext_noop("e-mail"),
    "contact": gettext_noop("contact"),
    "contact_role": gettext_noop("role of the contact"),
    "number": gettext_noop("number, not used"),
    "when": gettext_noop("date, not used"),
    "phone": gettext_noop("telephone, not used"),
    "": gettext_noop("not used"),
}


def in_words(reasons: Iterable[Reason]) -> str:
    """In the current language, after a colon: "put together from several lines; a heading"."""
    told = (_(WORDS[one.code]) % {"piece": one.piece} for one in reasons)
    return pgettext("between reasons", "; ").join(told)


def certainty_in_words(certainty: Certainty) -> str:
    return _(CERTAINTIES[certainty])


def column_in_words(field: str) -> str:
    return _(COLUMNS[field])
