"""The signatories: a few stand under the letter like signatures, many in an annex by country, in columns."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letters.document import Document, RollGroup, RollLine
from letters.docx import styles
from letters.docx.markup import el, words
from letters.docx.pen import Look
from letters.docx.sheet import Sheet
from letters.pdf import typesetting, writing

COUNTRY = Look(colour=styles.MUTED, size=17)


def write(sheet: Sheet, document: Document, script: writing.Writing) -> None:
    """Count line, names and withheld line, in the language now active, which is written in `script`."""
    count = script.figures(typesetting.count_line(document.roll))
    withheld = script.figures(typesetting.withheld_line(document.roll))
    if document.roll.organizations > typesetting.FEW:
        _annex(sheet, document, script, count, withheld)
    elif document.roll.organizations:
        said = ngettext("The undersigned organization", "The undersigned organizations", document.roll.organizations)
        sheet.paragraph(styles.UNDERSIGNED, sheet.pen.apart(said))
        for group in document.roll.groups:
            for line in group.lines:
                country = sheet.pen.apart(group.title, COUNTRY)
                runs = _name(sheet, group, line, Look(is_name=True))
                sheet.paragraph(styles.SIGNER, [*runs, el("r", words("\u2003")), *country])
        sheet.paragraph(styles.COUNT, sheet.pen.apart(", ".join(filter(None, (count, withheld)))))
    elif withheld:
        sheet.paragraph(styles.UNDERSIGNED, sheet.pen.apart(withheld))
    _seal(sheet, document, script)


def _annex(sheet: Sheet, document: Document, script: writing.Writing, count: str, withheld: str) -> None:
    pen, roll = sheet.pen, document.roll
    sheet.paragraph(styles.UNDERSIGNED, pen.apart(_("The undersigned organizations")))
    listed = _("%(count)s, listed in the annex") % {"count": count}
    sheet.paragraph(styles.COUNT, pen.apart(", ".join(filter(None, (listed, withheld)))))
    sheet.end_section(then="nextPage")
    sheet.paragraph(styles.ANNEX, pen.apart(_("Annex: Signatories")))
    as_of = script.figures(typesetting.instant(roll.as_of))
    stood = _("%(count)s, as the list stood on %(as_of)s") % {"count": count, "as_of": as_of}
    sheet.paragraph(styles.LEAD, pen.apart(stood, Look(sans=True)))
    if roll.groups:
        sheet.end_section()
    for group in roll.groups:
        heading = f"\u2002{script.figures(typesetting.number(len(group.lines)))}"
        title = pen.apart(group.title, Look(sans=True))
        sheet.paragraph(styles.COUNTRY, [*title, *pen.runs(heading, Look(colour=styles.MUTED, sans=True))])
        for line in group.lines:
            sheet.paragraph(styles.SIGNATORY, _name(sheet, group, line, Look(sans=True, is_name=True)))
    if roll.groups:
        sheet.end_section(2 if roll.organizations > typesetting.THREE_COLUMNS else 3)
    if withheld:
        sheet.paragraph(styles.WITHHELD, pen.apart(withheld, Look(sans=True)))


def _name(sheet: Sheet, group: RollGroup, line: RollLine, look: Look) -> list[Any]:
    han = writing.HAN_BY_COUNTRY.get(group.code, "")
    look = Look(sans=look.sans, is_name=look.is_name, han=han)
    acronym = [*sheet.pen.runs(" ("), *sheet.pen.apart(line.acronym, look), *sheet.pen.runs(")")]
    return [*sheet.pen.apart(line.name, look), *(acronym if line.acronym else [])]


def _seal(sheet: Sheet, document: Document, script: writing.Writing) -> None:
    """Which edition this is, how the list stood, and what names the text: the PDF says it at the foot of its end."""
    edition = _("Edition %(number)s") % {"number": document.edition} if document.edition else ""
    roll = document.roll
    as_of = ""
    if document.edition or roll.organizations or roll.withheld:  # a text by itself has no list
        as_of = _("signatories as of %(as_of)s") % {"as_of": script.figures(typesetting.instant(roll.as_of))}
    look = Look(sans=True)
    where = " · ".join(part for part in (edition, as_of, document.url) if part)
    sheet.paragraph(styles.SEAL, sheet.pen.apart(where, look))
    if document.digest:
        named = f"{_('SHA-256 of the signed text:')} {document.digest}"
        sheet.paragraph(styles.SEAL, sheet.pen.apart(named, look))
