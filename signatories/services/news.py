"""What became of a letter, told to its signatories: by the team, and by itself once an edition is published."""

from __future__ import annotations

import logging
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from campaigns import nudge
from campaigns.models import JournalEntry, Mail, User
from campaigns.models.mail import MailQuerySet
from letters import instants
from letters.models import Edition, Letter, Publication
from signatories import emails
from signatories.models import News
from signatories.models.querysets import SignatoryQuerySet
from signatories.services import cohorts

TASK = "signatories.tasks.tell_news"
TWICE = timedelta(minutes=1)  # in which the same news is a second click
BATCH = 200

logger = logging.getLogger(__name__)


def recipients(letter: Letter) -> SignatoryQuerySet:
    """Those on the letter who still want such mails, and have answered one: the others were never asked."""
    theirs = letter.signatories.real().listed().known_to_their_owners()
    return theirs.filter(unsubscribed_at__isnull=True).exclude(contact_email="")


def not_told(letter: Letter) -> SignatoryQuerySet:
    """Those on the letter who came in a list and have not answered themselves."""
    return letter.signatories.real().listed().on_proof()


@transaction.atomic
def announce(
    letter: Letter,
    *,
    kind: str,
    happened_on: date,
    by: User,
    edition: Edition | None = None,
    whom: str = "",
    words: str = "",
    url: str = "",
) -> News:
    """Note news and have it told; the same once more within a minute is a second click and changes nothing.

    With `edition`, everybody's mail says how it stands in that one.
    """
    letter = Letter.objects.locked(letter.pk)
    if edition and edition.letter_id != letter.pk:
        raise ValueError("an edition of another letter")
    said = {"kind": kind, "happened_on": happened_on, "edition": edition, "whom": whom, "words": words, "url": url}
    since = timezone.now() - TWICE
    if twin := letter.news.filter(**said, made_at__gt=since).first():
        return twin
    return _noted(News(letter=letter, made_by=by, **said))


def announce_published() -> int:
    """Have the signatories told of what has been published since, as its team chose; of how many publications.

    Each is told of once, whoever asks how often: the database refuses a second time. Of one that was taken back or
    replaced before, nothing is said. A fault with one does not hold up the next.
    """
    done = 0
    fresh = Publication.objects.public().filter(tells_signatories=True, news__isnull=True)
    for letter, pk in list(fresh.values_list("letter", "pk")):
        try:
            done += _announced(letter, pk)
        except Exception:
            logger.exception("publication %s cannot be told of", pk)
    return done


@transaction.atomic
def _announced(letter: int, pk: int) -> bool:
    held = Letter.objects.locked(letter)
    fresh = Publication.objects.public().filter(pk=pk, tells_signatories=True, news__isnull=True)
    publication = fresh.with_edition().select_related("released_by").first()
    if publication is None or publication.came_at is None or publication.released_by is None:
        return False
    news = News(letter=held, kind=News.Kind.PUBLISHED, edition=publication.edition, publication=publication)
    news.made_by = publication.released_by
    news.happened_on = instants.on_the_wall(publication.came_at, held.zone).date()
    news.url = settings.SITE_URL + held.get_absolute_url()
    _noted(news)
    return True


def _noted(news: News) -> News:
    news.save(force_insert=True)
    facts = {"news": news.pk, "kind": str(news.kind)}
    if news.edition:
        facts["edition"] = news.edition.number
    JournalEntry.objects.record("announced", news.letter, by=news.made_by, **facts)
    nudge.on_commit(TASK)
    return news


def tell_news() -> int:
    """Write to everybody whom news concerns; how many mails. May run twice: a mail is written once.

    Where it goes wrong it is tried again by the next sweep, and does not hold up other news.
    """
    written = 0
    for news in News.objects.untold().select_related("letter", "publication"):
        try:
            if not news.is_taken_back:
                written += _told(news)
            News.objects.untold().filter(pk=news.pk).update(told_at=timezone.now())
        except Exception:
            logger.exception("news %s cannot be told", news.pk)
    return written


def _told(news: News) -> int:
    written = 0
    writer, told = emails.writer_of(news), set(_mails(news).values_list("about_id", flat=True)) | _told_before(news)
    chosen = recipients(news.letter).select_related("letter")
    left = [pk for pk in chosen.order_by("pk").values_list("pk", flat=True) if str(pk) not in told]
    for some in cohorts.batches(left, BATCH):  # no cursor stays open where one of them is at fault
        for signatory in chosen.filter(pk__in=some):
            with transaction.atomic():
                emails.tell(writer, signatory, dedupe=f"news {news.pk}", data={"news": news.pk})
            written += 1
    return written


def _told_before(news: News) -> set[str]:
    """Who has read, or is about to, that the same edition came out before: that it did so again is no news to them."""
    if news.publication is None:
        return set()
    told: set[str] = set()
    before = News.objects.filter(publication__isnull=False, edition=news.edition, letter=news.letter, pk__lt=news.pk)
    for earlier in before.select_related("publication"):
        mails = _mails(earlier).exclude(state__in=[Mail.State.DROPPED, Mail.State.FAILED])
        if earlier.is_taken_back:  # what waits of it does not go
            mails = mails.filter(state=Mail.State.SENT)
        told.update(mails.values_list("about_id", flat=True))
    return told


def progress(news: News) -> dict[str, int]:
    """How many mails about it have been written, and how many of these are out."""
    mails = _mails(news)
    return {"written": mails.count(), "sent": mails.filter(state=Mail.State.SENT).count()}


def _mails(news: News) -> MailQuerySet:
    kind = f"signatories.{emails.writer_of(news).__name__}"
    return Mail.objects.filter(kind=kind, created_at__gte=news.made_at, dedupe_key__endswith=f":news {news.pk}")
