"""What can be seen at a glance about signatories, for a page of them in a constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from signatories.evidence import Fit, Likeness, Named, mail_domain_fit
from signatories.evidence.likeness import Shelf
from signatories.models import Signatory

# Unconfirmed ones prove nothing, who withdrew or lapsed may well sign again, and a double says what its original says.
COMPARED = [Signatory.Status.CONFIRMED, Signatory.Status.LISTED, Signatory.Status.DECLINED]

FITS = {
    Fit.SAME: ("good", _("Mail and website: same domain")),
    Fit.OTHER: ("doubt", _("Mail comes from another domain than the website")),
    Fit.FREE: ("doubt", _("Mail comes from a free provider")),
    Fit.NO_WEBSITE: ("unknown", _("No website to compare the mail with")),
}
REASONS = {
    Likeness.SAME: _("same name"),
    Likeness.LOOKS_SAME: _("looks the same, with letters of another script"),
    Likeness.SPELLING: _("same but for accents, script or spaces"),
    Likeness.WORD_ORDER: _("same words in another order"),
    Likeness.SMALL_WORDS: _("same but for articles or legal form"),
    Likeness.LETTERS: _("one or two letters differ"),
    Likeness.ACRONYM: _("same acronym or initials"),
}


@dataclass(frozen=True)
class NearSignatory:
    """Another signatory of the letter with a name like it, and why it is thought so."""

    signatory: Signatory
    reason: str | Promise


@dataclass(frozen=True)
class Glance:
    """`says` is good, doubt or unknown; `mail` the words for it; `near` the nearest first."""

    says: str
    mail: str | Promise
    near: list[NearSignatory]

    @property
    def is_doubtful(self) -> bool:
        return self.says != "good" or bool(self.near)


def glances(signatories, limit=2):
    """A Glance for each of `signatories`, by primary key; at most `limit` near names each."""
    signatories = list(signatories)
    others = _compared_with({signatory.letter_id for signatory in signatories})
    shelves = {letter: Shelf(_named(other) for other in rows.values()) for letter, rows in others.items()}
    found = {}
    for signatory in signatories:
        rows, shelf = others.get(signatory.letter_id, {}), shelves.get(signatory.letter_id)
        near = shelf.near(_named(signatory), limit) if shelf else []
        says, mail = FITS[mail_domain_fit(signatory.contact_email, signatory.line.website)]
        named = [NearSignatory(rows[one.key], REASONS[one.likeness]) for one in near]
        found[signatory.pk] = Glance(says, mail, named)
    return found


def _compared_with(letters):
    rows = Signatory.objects.filter(letter__in=letters, status__in=COMPARED)
    by_letter: dict[int, dict[str, Signatory]] = defaultdict(dict)
    for other in rows.only("pk", "letter", "status", "visibility", "name", "acronym", "country", "website", "sealed"):
        by_letter[other.letter_id][str(other.pk)] = other
    return by_letter


def _named(signatory):
    line = signatory.line
    return Named(str(signatory.pk), line.name, line.acronym)
