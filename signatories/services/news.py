"""What became of a letter, told to its signatories by the team."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from campaigns import nudge
from campaigns.models import JournalEntry, Mail, User
from campaigns.models.mail import MailQuerySet
from letters.models import Letter
from signatories import emails
from signatories.models import News
from signatories.models.querysets import SignatoryQuerySet

TASK = "signatories.tasks.tell_news"
TWICE = timedelta(minutes=1)  # in which the same news is a second click
BATCH = 200


def recipients(letter: Letter) -> SignatoryQuerySet:
    """Those on the letter who still want such mails."""
    return letter.signatories.real().listed().filter(unsubscribed_at__isnull=True).exclude(contact_email="")


@transaction.atomic
def announce(
    letter: Letter, *, kind: str, happened_on: date, by: User, whom: str = "", words: str = "", url: str = ""
) -> News:
    """Note news and have it told; the same once more within a minute is a second click and changes nothing."""
    letter = Letter.objects.locked(letter.pk)
    said = {"kind": kind, "happened_on": happened_on, "whom": whom, "words": words, "url": url}
    since = timezone.now() - TWICE
    if twin := letter.news.filter(**said, made_at__gt=since).first():
        return twin
    news = News.objects.create(letter=letter, made_by=by, **said)
    JournalEntry.objects.record("announced", letter, by=by, news=news.pk, kind=str(kind))
    nudge.on_commit(TASK)
    return news


def tell_news() -> int:
    """Write to everybody whom news concerns; how many mails. May run twice: a mail is written once."""
    written = 0
    for news in News.objects.untold().select_related("letter"):
        writer, told = emails.writer_of(news), set(_mails(news).values_list("about_id", flat=True))
        for signatory in recipients(news.letter).select_related("letter").iterator(chunk_size=BATCH):
            if str(signatory.pk) not in told:
                with transaction.atomic():
                    emails.tell(writer, signatory, dedupe=f"news {news.pk}", data={"news": news.pk})
                written += 1
        News.objects.untold().filter(pk=news.pk).update(told_at=timezone.now())
    return written


def progress(news: News) -> dict[str, int]:
    """How many mails about it have been written, and how many of these are out."""
    mails = _mails(news)
    return {"written": mails.count(), "sent": mails.filter(state=Mail.State.SENT).count()}


def _mails(news: News) -> MailQuerySet:
    kind = f"signatories.{emails.writer_of(news).__name__}"
    return Mail.objects.filter(kind=kind, created_at__gte=news.made_at, dedupe_key__endswith=f":news {news.pk}")
