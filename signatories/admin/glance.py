"""What can be seen at a glance about signatories, for a page of them in a constant number of queries."""

from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from signatories.evidence import Fit, mail_domain_fit
from signatories.matching import in_words
from signatories.models import Opinion, Signatory
from signatories.services import cohorts, filing, registering, seconding

FITS = {
    Fit.SAME: ("good", _("Mail and website: same domain")),
    Fit.OTHER: ("doubt", _("Mail comes from another domain than the website")),
    Fit.LOOKS_SAME: ("bad", _("Mail domain only looks like the right one: letters that pass for others")),
    Fit.FREE: ("doubt", _("Mail comes from a free provider")),
    Fit.DISPOSABLE: ("bad", _("Mail comes from a provider of throw-away addresses")),
    Fit.NO_WEBSITE: ("unknown", _("No website to compare the mail with")),
}


@dataclass(frozen=True)
class Burst:
    """What else came from the same place to the letter, while places can be told apart: its number, and how much."""

    place: int
    number: int
    unanswered: int


@dataclass(frozen=True)
class NearSignatory:
    """Another signatory of the letter with a name like it, and why it is thought so."""

    signatory: Signatory
    reason: str


@dataclass(frozen=True)
class Glance:
    """`says` is good, doubt, bad or unknown; `mail` the words for it; `near` the nearest first."""

    says: str
    mail: str | Promise
    near: list[NearSignatory]
    held: str = ""
    burst: Burst | None = None
    is_behind: bool = False  # more names have come in than have been compared
    known: registering.Hit | None = None  # in the register, from another letter
    opinions: list[Opinion] = field(default_factory=list)  # of other vetters or one's own, since the last decision

    @property
    def is_doubtful(self) -> bool:
        return self.says != "good" or bool(self.near)


def glances(signatories, limit=2):
    """A Glance for each of `signatories`, by primary key; at most `limit` near names each."""
    signatories = list(signatories)
    nearest = filing.nearest(signatories, limit)
    behind = filing.is_behind({one.letter_id for one in signatories})
    bursts = _bursts(signatories)
    known = registering.known_as(signatories)
    opinions = seconding.opinions_on(signatories)
    found = {}
    for signatory in signatories:
        says, mail = FITS[mail_domain_fit(signatory.contact_email, signatory.line.website)]
        named = [NearSignatory(other, in_words(match.reasons)) for other, match in nearest[signatory.pk]]
        held = signatory.get_held_because_display()
        burst = bursts.get((signatory.letter_id, signatory.source))
        hit = next(iter(known.get(signatory.pk, [])), None)
        found[signatory.pk] = Glance(says, mail, named, held, burst, behind, hit, opinions[signatory.pk])
    return found


def _bursts(signatories):
    """By letter and source, of those places that sent more than one."""
    letters = {one.letter_id for one in signatories if one.source}
    numbers = cohorts.place_numbers(letters) if letters else {}
    pending = Count("pk", filter=Q(status=Signatory.Status.PENDING))
    rows = Signatory.objects.filter(letter__in=letters, source__in={one.source for one in signatories if one.source})
    counts = rows.order_by().values("letter", "source").annotate(number=Count("pk"), pending=pending)
    return {
        (row["letter"], row["source"]): Burst(numbers[row["letter"]][row["source"]], row["number"], row["pending"])
        for row in counts
        if row["number"] > 1
    }
