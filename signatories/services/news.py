"""What became of a letter, told to its signatories: by the team, and by itself once an edition is published."""

from __future__ import annotations

import logging
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from campaigns import nudge
from campaigns.models import JournalEntry, Mail, User
from campaigns.models.mail import MailQuerySet
from letters import instants
from letters.models import Edition, Letter, Publication
from letters.models.publications import PublicationQuerySet
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
    """Have the signatories told of what has been published or taken back since, as its team chose; of how many.

    Each is told of once, whoever asks how often: the database refuses a second time. Of one that was taken back or
    replaced before, it is not said that it came out; nor that it was taken back of one after which another came out. A
    fault with one does not hold up the next.
    """
    done = 0
    for letter, pk in [*_fresh().values_list("letter", "pk"), *_gone().values_list("letter", "pk")]:
        try:
            done += _announced(letter, pk)
        except Exception:
            logger.exception("publication %s cannot be told of", pk)
    return done


def _fresh() -> PublicationQuerySet:
    return Publication.objects.public().filter(tells_signatories=True, news__isnull=True)


def _gone() -> PublicationQuerySet:
    """Taken back, of which the signatories are to be told that, and have not been."""
    told = News.objects.filter(publication=OuterRef("pk"), kind=News.Kind.TAKEN_BACK)
    return Publication.objects.gone().filter(~Exists(told), tells_removal=True)


@transaction.atomic
def _announced(letter: int, pk: int) -> bool:
    held = Letter.objects.locked(letter)
    news = News(letter=held, url=settings.SITE_URL + held.get_absolute_url())
    if fresh := _fresh().filter(pk=pk).with_edition().select_related("released_by").first():
        news.kind, news.publication, news.edition = News.Kind.PUBLISHED, fresh, fresh.edition
        by, at = fresh.released_by, fresh.came_at
    elif gone := _gone().filter(pk=pk).select_related("removed_by").first():
        news.kind, news.publication = News.Kind.TAKEN_BACK, gone
        by, at = gone.removed_by, gone.went_at
    else:
        return False
    if by is None or at is None:
        return False
    news.made_by, news.happened_on = by, instants.on_the_wall(at, held.zone).date()
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
            if not news.is_over:
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
    """Who has read, or is about to, that the same edition came out before: that it did so again is no news to them,
    unless they have read as well that it was taken back."""
    if news.publication is None or news.kind != News.Kind.PUBLISHED:
        return set()
    told: set[str] = set()
    before = News.objects.filter(kind=news.kind, publication__isnull=False, edition=news.edition, letter=news.letter)
    for earlier in before.filter(pk__lt=news.pk).select_related("publication"):
        mails = _mails(earlier).exclude(state__in=[Mail.State.DROPPED, Mail.State.FAILED])
        if earlier.is_taken_back:  # what waits of it does not go
            mails = mails.filter(state=Mail.State.SENT)
        told |= set(mails.values_list("about_id", flat=True)) - _told_that_it_went(earlier)
    return told


def _told_that_it_went(published: News) -> set[str]:
    back = News.objects.filter(kind=News.Kind.TAKEN_BACK, publication=published.publication).first()
    return set(_mails(back).filter(state=Mail.State.SENT).values_list("about_id", flat=True)) if back else set()


def progress(news: News) -> dict[str, int]:
    """How many mails about it have been written, and how many of these are out."""
    mails = _mails(news)
    return {"written": mails.count(), "sent": mails.filter(state=Mail.State.SENT).count()}


def _mails(news: News) -> MailQuerySet:
    kind = f"signatories.{emails.writer_of(news).__name__}"
    return Mail.objects.filter(kind=kind, created_at__gte=news.made_at, dedupe_key__endswith=f":news {news.pk}")
