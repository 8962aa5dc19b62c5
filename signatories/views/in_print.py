"""In print: what My sign-on shows of the editions that a signatory stands in, and the words it can pass on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict

from django.conf import settings
from django.utils import translation

from letters.models import Edition, Rendering
from letters.pdf import writing
from letters.services import publications
from signatories import names, receipts
from signatories.models.vocabulary import Visibility


def in_print(signatory):
    """Nothing of a test, and nothing while nothing is frozen."""
    found = [] if signatory.trial_id else receipts.of(signatory)
    if not found:
        return {}
    open_editions = set(publications.open_editions(signatory.letter).values_list("pk", flat=True))
    documents = _documents([one.edition for one in found])
    shown = [_shown(one, signatory, documents[one.edition.pk]) for one in found]
    for one in shown:
        one["is_public"] = one["receipt"].edition.pk in open_editions
    return {"in_print": shown, "forward": _forward(signatory)}


def warned(signatory):
    """Whether what it does now leaves behind an edition that counts it, and one that prints its name for all."""
    found = receipts.visibilities(signatory)
    return {"is_counted": bool(found), "is_printed": Visibility.PUBLIC in found}


def held(signatory):
    """The same as data, and the lines that are kept because an edition has them."""
    found = [] if signatory.trial_id else receipts.of(signatory)
    earlier = [{"edition": int(number), **kept} for number, kept in signatory.earlier.items()]
    return {"in_print": [_as_data(one) for one in found], "earlier": earlier}


def _as_data(receipt):
    told = {
        "edition": receipt.edition.number,
        "frozen_at": receipt.as_of.isoformat(),
        "visibility": str(receipt.visibility),
    }
    if receipt.is_lost:
        return told | {"is_known": False}
    if receipt.line is None:
        return told | {"is_named_to_the_addressee": receipt.visibility == Visibility.RECIPIENT}
    line = {part: words for part, words in asdict(receipt.line).items() if words}
    return told | {"line": line, "heading": receipt.heading, "place": receipt.place, "of": receipt.of}


def _shown(receipt, signatory, documents):
    return {
        "receipt": receipt,
        "language": writing.name_of(receipt.language, translation.get_language()),
        "writing": writing.of(receipt.language),
        "sha256": documents.get(receipt.language, ""),
        "is_line_changed": _is_changed(receipt, signatory),
        "was_named": receipt.visibility == Visibility.PUBLIC,
    }


def _is_changed(receipt, signatory):
    """Whether it would be printed in other words now, or under another country."""
    line, printed = signatory.line, receipt.line
    if printed is None:
        return False
    look = receipt.edition.printed_look
    now = (
        line.name,
        line.acronym * look.acronyms,
        line.second_name * look.second_names,
        line.affiliation,
        line.country,
    )
    acronym = names.beside(printed.name, printed.acronym)
    return now != (printed.name, acronym, printed.second_name, printed.affiliation, receipt.country)


def _documents(editions: list[Edition]) -> dict[int, dict[str, str]]:
    """The SHA-256 of the public documents that are set, by edition and language."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    public = Rendering.objects.public().done().filter(edition__in=editions)
    for edition, language, sha256 in public.values_list("edition", "language", "sha256"):
        found[edition][language] = sha256
    return found


def _forward(signatory):
    """Words of a letter that is published; of who is named, with its name."""
    letter = signatory.letter
    if letter.publication is None:
        return None
    url = settings.SITE_URL + letter.url_for(signatory.language)
    return receipts.forward(letter, signatory.language, url)
