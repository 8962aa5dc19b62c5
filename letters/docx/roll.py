"""The signatories: a few stand under the letter like signatures, many in an annex by country, in columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from letters.document import Document, RollGroup, RollLine
from letters.docx import styles
from letters.docx.markup import el, words
from letters.docx.pen import Look
from letters.docx.sheet import Sheet
from letters.pdf import names, typesetting, writing

COUNTRY = Look(colour=styles.MUTED, size=17)


def write(sheet: Sheet, document: Document, script: writing.Writing) -> None:
    """Count line, names and withheld line, in the language now active, which is written in `script`."""
    document = replace(document, roll=document.look.shown(document.roll))
    count = script.figures(typesetting.count_line(document.roll))
    withheld = script.figures(typesetting.withheld_line(document.roll))
    if document.roll.printed > typesetting.FEW:
        _annex(sheet, document, script, count, withheld)
    elif document.roll.printed:
        sheet.paragraph(styles.UNDERSIGNED, sheet.pen.apart(typesetting.undersigned(document.roll)))
        for group in (*document.roll.groups, *document.roll.individuals):
            for line in group.lines:
                runs = _name(sheet, group, line, Look(is_name=True), script)
                if document.look.countries:
                    country = sheet.pen.apart(group.country_name(line), COUNTRY)
                    runs = [*runs, el("r", words("\u2003")), *country]
                sheet.paragraph(styles.SIGNER, runs)
        _note(sheet, document)
        sheet.paragraph(styles.COUNT, sheet.pen.apart(", ".join(filter(None, (count, withheld)))))
    elif withheld:
        sheet.paragraph(styles.UNDERSIGNED, sheet.pen.apart(withheld))
    _departed(sheet, document, script)
    _seal(sheet, document, script)


def _annex(sheet: Sheet, document: Document, script: writing.Writing, count: str, withheld: str) -> None:
    pen, roll = sheet.pen, document.roll
    sheet.paragraph(styles.UNDERSIGNED, pen.apart(typesetting.undersigned(roll)))
    listed = _("%(count)s, listed in the annex") % {"count": count}
    sheet.paragraph(styles.COUNT, pen.apart(", ".join(filter(None, (listed, withheld)))))
    sheet.end_section(then="nextPage")
    sheet.paragraph(styles.ANNEX, pen.apart(_("Annex: Signatories")))
    as_of = script.figures(typesetting.instant(roll.as_of))
    stood = _("%(count)s, as the list stood on %(as_of)s") % {"count": count, "as_of": as_of}
    sheet.paragraph(styles.LEAD, pen.apart(stood, Look(sans=True)))
    if roll.printed:
        sheet.end_section()
    _columns(sheet, roll.groups, script)
    if roll.heads_individuals:
        sheet.paragraph(styles.COUNTRY, pen.apart(_("Individuals"), Look(sans=True, bold=True)))
    _columns(sheet, roll.individuals, script)
    _note(sheet, document)
    if roll.printed:
        sheet.end_section(names.layout(document).columns)
    if withheld:
        sheet.paragraph(styles.WITHHELD, pen.apart(withheld, Look(sans=True)))


def _columns(sheet: Sheet, groups: Iterable[RollGroup], script: writing.Writing) -> None:
    pen = sheet.pen
    for group in groups:
        if group.title:
            heading = f"\u2002{script.figures(typesetting.number(len(group.lines)))}"
            title = pen.apart(group.title, Look(sans=True))
            sheet.paragraph(styles.COUNTRY, [*title, *pen.runs(heading, Look(colour=styles.MUTED, sans=True))])
        for line in group.lines:
            runs = _name(sheet, group, line, Look(sans=True, is_name=True), script)
            if line.country_name:
                runs = [*runs, *pen.runs(pen.writing.comma), *pen.apart(line.country_name, Look(sans=True))]
            sheet.paragraph(styles.SIGNATORY, runs)


def _note(sheet: Sheet, document: Document) -> None:
    if typesetting.has_affiliations(document.roll):
        said = _("* Affiliations are given for identification only.")
        sheet.paragraph(styles.WITHHELD, sheet.pen.apart(said, Look(sans=True)))


def _name(sheet: Sheet, group: RollGroup, line: RollLine, look: Look, script: writing.Writing) -> list[Any]:
    han = writing.HAN_BY_COUNTRY.get(group.country(line), "")
    number = sheet.pen.runs(f"{script.figures(str(line.number))}. ", Look(sans=look.sans)) if line.number else []
    look = Look(sans=look.sans, is_name=look.is_name, han=han)
    name = f"{line.name} ({line.acronym})" if line.acronym else line.name  # the brackets go the way of the name
    second = [*sheet.pen.runs(" "), *sheet.pen.apart(line.second_name, replace(look, colour=styles.MUTED))]
    affiliation = [*sheet.pen.runs(sheet.pen.writing.comma), *sheet.pen.apart(line.affiliation), *sheet.pen.runs("*")]
    return [
        *number,
        *sheet.pen.apart(name, look),
        *(second if line.second_name else []),
        *(affiliation if line.affiliation else []),
    ]


def _departed(sheet: Sheet, document: Document, script: writing.Writing) -> None:
    """Who was printed in the edition before and has withdrawn since, and when."""
    if not document.roll.departures:
        return
    pen, look = sheet.pen, Look(sans=True)
    runs = pen.apart(typesetting.departed_line(document.roll), look)
    for place, one in enumerate(document.roll.departures):
        acronym = f" ({one.line.acronym})" if one.line.acronym else ""
        runs = [*runs, *pen.runs("; " if place else " ", look)]
        runs = [
            *runs,
            *pen.apart(one.line.name + acronym, Look(sans=True, is_name=True)),
            *pen.runs(script.comma, look),
        ]
        runs = [*runs, *pen.apart(script.figures(typesetting.day(one.at)), look)]
    sheet.paragraph(styles.WITHHELD, runs)


def _seal(sheet: Sheet, document: Document, script: writing.Writing) -> None:
    """Which edition this is, how the list stood, and what names the text: the PDF says it at the foot of its end."""
    number = script.figures(str(document.edition))
    edition = _("Edition %(number)s") % {"number": number} if document.edition else ""
    roll = document.roll
    as_of = ""
    if not document.is_text_alone:
        as_of = _("signatories as of %(as_of)s") % {"as_of": script.figures(typesetting.instant(roll.as_of))}
    look = Look(sans=True)
    where = " · ".join(part for part in (edition, as_of, document.url) if part)
    sheet.paragraph(styles.SEAL, sheet.pen.apart(where, look))
    if document.digest:
        named = " ".join([_("SHA-256 of the signed text:"), document.digest])
        sheet.paragraph(styles.SEAL, sheet.pen.apart(named, look))
