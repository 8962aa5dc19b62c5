"""From a Document to finished HTML: everything is decided here and in templates/letters/pdf/, nothing in the engine."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import formats, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letters import body
from letters.document import Addressee, Document, Roll, RollGroup
from letters.pdf import writing

FEW = 20  # so many signatories still stand under the letter itself, like signatures
BALANCED = 200  # a roll of so many is shared out evenly over the columns; a longer one fills column after column
THREE_COLUMNS = 5000  # a longer roll is set in two: fewer, longer lines are a fifth cheaper to set
PAGE_OF_PAGES = "Page {page} of {pages}"


def typeset(document: Document) -> str:
    """Return one HTML page, style sheet included. Our own words are in the document's language where translated."""
    language = language_of_words(document.language)
    with translation.override(language):
        return render_to_string("letters/pdf/letter.html", {**_letter(document), **_furniture(document, language)})


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
        "other_serifs": writing.OTHER_SERIFS,
        "other_sans": writing.OTHER_SANS,
        "start": "right" if rtl else "left",
        "end": "left" if rtl else "right",
        "headline": document.title or document.re_line or document.letterhead,
        "dateline": [part for part in (document.place, document.date) if part],
        "to": [lines_of(addressee) for addressee in document.recipients if addressee.line == "to"],
        "cc": [script.comma.join(lines_of(addressee)) for addressee in document.recipients if addressee.line == "cc"],
        "body": mark_safe(body.for_print(document.body)),  # noqa: S308 - written anew from a closed schema
        "created": document.roll.as_of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _furniture(document: Document, language: str) -> dict[str, Any]:
    """All that is said in our words rather than the letter's: counts, page numbers, the roll's headings."""
    script = writing.of(language)
    roll = document.roll
    before, _page, rest = _(PAGE_OF_PAGES).partition("{page}")
    between, _pages, after = rest.partition("{pages}")
    return {
        "words": {"language": language, "direction": script.direction, "digits": script.digits},
        "folio": {"before": before, "between": between, "after": after},
        "circulation": circulation_line(document),
        "courtesy": courtesy_line(document),
        "as_of": script.figures(instant(roll.as_of)),
        "count": script.figures(count_line(roll)),
        "withheld": script.figures(withheld_line(roll)),
        "annexed": roll.organizations > FEW,
        "columns": 2 if roll.organizations > THREE_COLUMNS else 3,
        "balanced": roll.organizations <= BALANCED,
        "guided": len(roll.groups) > 1,
        "groups": [_group(group, script) for group in roll.groups],
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
        f"{said} {_('Some of it is not translated, or older than the authentic text.')}" if document.is_behind else said
    )


def count_line(roll: Roll) -> str:
    """Return "3 organizations from 2 countries", without the countries if no line stands under one."""
    organizations = ngettext("%(n)s organization", "%(n)s organizations", roll.organizations)
    organizations %= {"n": number(roll.organizations)}
    if not roll.countries:
        return organizations
    countries = ngettext("%(n)s country", "%(n)s countries", roll.countries) % {"n": number(roll.countries)}
    return _("%(organizations)s from %(countries)s") % {"organizations": organizations, "countries": countries}


def withheld_line(roll: Roll) -> str:
    """Return "and 5 organizations whose names are withheld", or ""."""
    if not roll.withheld:
        return ""
    if roll.organizations:
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


def number(value: int) -> str:
    """Return `value` grouped as the language now active groups figures."""
    return formats.number_format(value, use_l10n=True, force_grouping=True)


def instant(moment: datetime) -> str:
    """Return "30 August 2031, 12:00 UTC", in the language now active."""
    moment = moment.astimezone(UTC)
    american = translation.get_language() in ("en", "en-us")  # Django's English puts the month first; letters do not
    return f"{formats.date_format(moment, 'j F Y' if american else 'DATE_FORMAT')}, {moment:%H:%M} UTC"


def dateline(document: Document) -> str:
    """Return "Orrinport, 30 August 2031" with the comma of the letter's script."""
    return writing.of(document.language).comma.join(part for part in (document.place, document.date) if part)


def lines_of(addressee: Addressee) -> list[str]:
    """Return the lines of an address block, the person first; parts left empty leave no gap."""
    person = f"{addressee.honorific} {addressee.name}"
    lines = [person, addressee.office, addressee.organization, *addressee.address.splitlines()]
    return [line.strip() for line in lines if line.strip()]


def _group(group: RollGroup, script: writing.Writing) -> dict[str, Any]:
    return {
        "title": group.title,
        "count": script.figures(number(len(group.lines))),
        "han": writing.HAN_BY_COUNTRY.get(group.code, ""),
        "lines": [(line.name, line.acronym, writing.direction_of(line.name)) for line in group.lines],
    }
