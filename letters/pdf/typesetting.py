"""From a Document to finished HTML: everything is decided here and in templates/letters/pdf/, nothing in the engine."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import formats, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from letters import body
from letters.document import A4, US_LETTER, Addressee, Document, Roll
from letters.open_data import table
from letters.pdf import logos, names, sealing, writing
from letters.pdf.pieces import cut

SHEETS = {A4: "a4", US_LETTER: "letter"}  # as the style sheet calls them
ACROSS = 156.0  # millimetres between the margins of an A4 sheet, of which US Letter has more
FEW = 20  # so many signatories still stand under the letter itself, like signatures
PAGE_OF_PAGES = gettext_noop("Page {page} of {pages}")


# What a page of HTML has of the letter.
WHOLE, FRONT, PIECE, BACK, FURNITURE = "whole", "front", "piece", "back", "furniture"


@dataclass(frozen=True)
class Parts:
    """A long letter as HTML: the letter with an overview of the annex, the pieces of the annex, and the furniture that
    is laid upon all pages, with `seal` on the last."""

    front: str
    pieces: list[str]
    furniture: str
    seal: str


def typeset(document: Document) -> str:
    """Return one HTML page, style sheet included. Our own words are in the document's language where translated."""
    with _in_words_of(document) as words:
        return _page(_context(document, words), WHOLE)


def typeset_parts(document: Document) -> Parts:
    """Return the same in parts that can be set apart from one another. No piece says what changes with every sign-on,
    unless the names are numbered."""
    with _in_words_of(document) as words:
        context = _context(document, words)
        pieces = cut(context["sides"])
        return Parts(
            _page(context, FRONT),
            [
                *(_page({**context, "sides": one, "is_last": one is pieces[-1]}, PIECE) for one in pieces),
                *([_page(context, BACK)] if document.seal else []),
            ],
            _page(context, FURNITURE),
            render_to_string("letters/pdf/seal.html", context),
        )


def _page(context: dict[str, Any], part: str) -> str:
    told = {"part": part, "is_furnished": part in (WHOLE, FURNITURE), "is_last": True, "ends_in_column": False}
    if part == WHOLE and context["annexed"] and not context["for_addressee"]:
        told["ends_in_column"] = context["layout"].fills_columns  # a page for the seal alone would be nearly empty
    return render_to_string("letters/pdf/letter.html", told | context)


@contextmanager
def _in_words_of(document: Document) -> Iterator[str]:
    language = language_of_words(document.language)
    with translation.override(language):
        yield language


def _context(document: Document, language: str) -> dict[str, Any]:
    return {**_letter(document), **_furniture(document, language), **sealing.last(document, language)}


def language_of_words(language: str) -> str:
    """The document's language if our words exist in it, otherwise the site's: never a line half in each."""
    with translation.override(settings.LANGUAGE_CODE):
        fallback = _(PAGE_OF_PAGES)
    with translation.override(language):
        return language if _(PAGE_OF_PAGES) != fallback else settings.LANGUAGE_CODE


def _letter(document: Document) -> dict[str, Any]:
    script = writing.of(document.language)
    rtl = script.direction == "rtl"
    return {
        "document": document,
        "writing": script,
        "sheet": SHEETS.get(document.look.paper, SHEETS[A4]),
        "other_serifs": writing.OTHER_SERIFS,
        "other_sans": writing.OTHER_SANS,
        "start": "right" if rtl else "left",
        "end": "left" if rtl else "right",
        "headline": document.title or document.re_line or document.letterhead,
        "logos": logos_of(document),
        "dateline": [part for part in (document.place, document.date) if part],
        "to": [directed(lines_of(addressee)) for addressee in document.recipients if addressee.line == "to"],
        "cc": [directed(lines_of(addressee)) for addressee in document.recipients if addressee.line == "cc"],
        "body": mark_safe(body.for_print(document.body)),  # noqa: S308 - written anew from a closed schema
        "list_as_file": base64.b64encode(table.write(document.roll)).decode() if document.edition else "",
        "created": document.roll.as_of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def directed(lines: list[str]) -> list[tuple[str, str]]:
    """Each with its own direction: a street of Geneva stays in order in an Arabic letter."""
    return [(line, writing.direction_of(line)) for line in lines]


def _furniture(document: Document, language: str) -> dict[str, Any]:
    """All that is said in our words rather than the letter's: counts, page numbers, the roll's headings."""
    script = writing.of(language)
    roll = document.roll
    before, _page, rest = _(PAGE_OF_PAGES).partition("{page}")
    between, _pages, after = rest.partition("{pages}")
    sides = names.sides(document, script)
    return {
        "words": {"language": language, "direction": script.direction, "digits": script.digits},
        "folio": {"before": before, "between": between, "after": after},
        "circulation": circulation_line(document),
        "courtesy": courtesy_line(document),
        "as_of": script.figures(instant(roll.as_of)),
        "edition": script.figures(str(document.edition)),
        "count": script.figures(count_line(roll)),
        "withheld": script.figures(withheld_line(roll)),
        "is_text_alone": document.is_text_alone,
        "undersigned": undersigned(roll),
        "annexed": roll.printed > FEW,
        "guided": names.headings(sides) > 1,
        "sides": sides,
        "titles": [(group["title"], group["count"]) for side in sides for group in side["groups"] if group["title"]],
        "layout": names.layout(document),
        "identifies": has_affiliations(roll),
        "departed": departed_line(roll),
        "departures": [
            (one.line.name, one.line.acronym, writing.direction_of(one.line.name), script.figures(day(one.at)))
            for one in document.look.shown(roll).departures
        ],
    }


def circulation_line(document: Document) -> str:
    """Return what a draft says at the head of every page, or ""."""
    return _("Draft: not for circulation") if document.draft else ""


def courtesy_line(document: Document) -> str:
    """Return "Courtesy translation. The authentic text is in French.", or "" for an authentic text."""
    if not document.authentic_language:
        return ""
    authentic = writing.name_of(document.authentic_language, translation.get_language())
    said = _("Courtesy translation. The authentic text is in %(language)s.") % {"language": authentic}
    return (
        " ".join([said, _("Some of it is not translated, or older than the authentic text.")])
        if document.is_behind
        else said
    )


def count_line(roll: Roll) -> str:
    """Return "3 organizations from 2 countries", or "3 organizations and 2 individuals from 2 countries".

    Without the countries if no line stands under one.
    """
    organizations = ngettext("%(n)s organization", "%(n)s organizations", roll.organizations)
    signed = organizations % {"n": number(roll.organizations)}
    if roll.persons:
        individuals = ngettext("%(n)s individual", "%(n)s individuals", roll.persons) % {"n": number(roll.persons)}
        both = _("%(organizations)s and %(individuals)s")
        signed = both % {"organizations": signed, "individuals": individuals} if roll.organizations else individuals
    if not roll.countries:
        return signed
    countries = ngettext("%(n)s country", "%(n)s countries", roll.countries) % {"n": number(roll.countries)}
    return _("%(organizations)s from %(countries)s") % {"organizations": signed, "countries": countries}


def undersigned(roll: Roll) -> str:
    """Return what stands above the names."""
    if not roll.persons:
        return ngettext("The undersigned organization", "The undersigned organizations", roll.organizations)
    if not roll.organizations:
        return ngettext("The undersigned individual", "The undersigned individuals", roll.persons)
    return _("The undersigned organizations and individuals")


def has_affiliations(roll: Roll) -> bool:
    """Return whether an individual's line needs the note that an affiliation only says who it is."""
    return any(line.affiliation for group in roll.individuals for line in group.lines)


def withheld_line(roll: Roll) -> str:
    """Return "and 5 organizations whose names are withheld", or ""; an individual signs to be named."""
    if not roll.withheld:
        return ""
    if roll.organizations or roll.persons:
        text = ngettext(
            "and %(n)s organization whose name is withheld",
            "and %(n)s organizations whose names are withheld",
            roll.withheld,
        )
    else:
        text = ngettext(
            "%(n)s organization whose name is withheld", "%(n)s organizations whose names are withheld", roll.withheld
        )
    return text % {"n": number(roll.withheld)}


def departed_line(roll: Roll) -> str:
    """Return what stands before the names of those who have withdrawn since the edition before, or ""."""
    if not roll.departures:
        return ""
    return _("Withdrawn since edition %(number)s:") % {"number": number(roll.departures[0].edition)}


def number(value: int) -> str:
    """Return `value` grouped as the language now active groups figures."""
    return formats.number_format(value, use_l10n=True, force_grouping=True)


def instant(moment: datetime) -> str:
    """Return "30 August 2031, 12:00 UTC", in the language now active."""
    comma = writing.of(translation.get_language() or settings.LANGUAGE_CODE).comma
    return f"{day(moment)}{comma}{moment.astimezone(UTC):%H:%M} UTC"


def day(moment: datetime) -> str:
    """Return "30 August 2031", in the language now active."""
    return formats.date_format(moment.astimezone(UTC), "DATE_FORMAT")


def logos_of(document: Document) -> list[dict[str, Any]]:
    """Return the logos with their size in print and their bytes, which go along in the page: nothing is fetched."""
    names = {logo.digest: logo.name for logo in document.look.logos}
    return [
        {
            "digest": one.digest,
            "picture": one,
            "name": names[one.digest],
            "size": size,
            "content": base64.b64encode(one.content).decode(),
        }
        for one, size in zip(document.pictures, logos.sizes(document.pictures, ACROSS), strict=True)
    ]


def dateline(document: Document) -> str:
    """Return "Orrinport, 30 August 2031" with the comma of the letter's script."""
    return writing.of(document.language).comma.join(part for part in (document.place, document.date) if part)


def lines_of(addressee: Addressee) -> list[str]:
    """Return the lines of an address block, the person first; parts left empty leave no gap."""
    person = f"{addressee.honorific} {addressee.name}"
    lines = [person, addressee.office, addressee.organization, *addressee.address.splitlines()]
    return [line.strip() for line in lines if line.strip()]
