"""Keeping the static copies of published letters true, and taking them away: jobs in the database, like the cards."""

from __future__ import annotations

import hashlib
import logging
import time
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from campaigns import nudge
from campaigns.models import JournalEntry
from letters.anybody import Site
from letters.models import Letter, Publication, StaticCopy
from letters.services.static_copies import asking, folder, leading

TASK = "letters.tasks.keep_static_copies"
EVERY = timedelta(minutes=1)  # looked after: by its page, which tells whether anything has changed
COMPARED = timedelta(hours=1)  # file by file, whatever that page says
SETTLED = timedelta(days=2)  # after closing: then that page, too, is asked for only if a row has changed
LEASE = timedelta(minutes=1)
RENEWED_EVERY = 10.0  # seconds, between two addresses or files
MOST_DOUBLED = 6  # failures after which it is tried about once an hour: a name may have to come off it

logger = logging.getLogger(__name__)


class Taken(Exception):
    """The lease ran out, and another worker has taken the copy, or the letter has been taken back."""


def follow(letter: Letter) -> None:
    """Have its copy look after what the transaction at hand changes: written soon, or gone as soon as it commits."""
    StaticCopy.objects.filter(letter=letter).update(look_after=timezone.now())
    transaction.on_commit(lambda: _followed(letter.pk, letter.slug), robust=True)
    nudge.on_commit(TASK)


def keep_due() -> int:
    """Look after every copy whose time has come by now, and take away those of letters that are not published any more;
    how many were written anew. What is due by the time that it ends is left to the next: other work waits, too."""
    _ask_for_missing()
    _let_go()
    _take_orphans_away()
    _tidied()
    site, written, began = None, 0, timezone.now()
    while copy := _claim(began):
        site = site or Site()
        written += _looked_after(copy, site)
    return written


def published() -> QuerySet[Letter]:
    """Letters that have a copy, or are to have one."""
    public = Publication.objects.public().filter(letter=OuterRef("pk"))
    return Letter.objects.public().filter(Exists(public))


def _ask_for_missing() -> None:
    missing = published().filter(static_copy__isnull=True).only("pk")
    StaticCopy.objects.bulk_create([StaticCopy(letter=letter) for letter in missing], ignore_conflicts=True)


def _let_go() -> None:
    """Of letters that were taken back. One that cannot be taken away does not hold up the next."""
    ended = StaticCopy.objects.exclude(letter__in=published()).filter(look_after__lte=timezone.now())
    for copy in ended.select_related("letter"):
        _take_away(copy)


def _take_orphans_away() -> None:
    """What stands there of no letter that is published: its row is gone, or the address was another."""
    there = folder.slugs()  # before asking whose copies there are: one begun since is not among them
    known = Q(static_copy__isnull=False) | Q(pk__in=published().values("pk"))
    wanted = set(Letter.objects.filter(known, slug__in=there).values_list("slug", flat=True))
    for slug in sorted(there - wanted):
        if _taken_away(slug) and (letter := Letter.objects.filter(slug=slug).first()):
            JournalEntry.objects.record("static copy removed", letter)


def _taken_away(slug: str) -> bool:
    try:
        return folder.take_away(slug)
    except OSError:
        logger.exception("what is left of a static copy cannot be taken away")
        return False


def _followed(pk: int, slug: str) -> None:
    """In the process that took it back, without waiting for a worker."""
    if published().filter(pk=pk).exists():
        return
    copy = StaticCopy.objects.select_related("letter").filter(letter=pk).first()
    if copy:
        _take_away(copy)


def _take_away(copy: StaticCopy) -> None:
    """Files first, then the row: as long as it is there, somebody tries again."""
    try:
        folder.take_away(copy.letter.slug)
    except (OSError, folder.Outside) as error:
        logger.exception("static copy %s cannot be taken away", copy.pk)
        failed = StaticCopy.objects.filter(pk=copy.pk)
        failed.update(failures=copy.failures + 1, error=_in_words(error), look_after=timezone.now() + EVERY)
        return
    with transaction.atomic():
        deleted, _of = StaticCopy.objects.filter(pk=copy.pk).delete()
        if deleted and copy.digest:
            JournalEntry.objects.record("static copy removed", copy.letter, files=copy.files)


def _claim(began: datetime) -> StaticCopy | None:
    """One copy to oneself, of those that were due then."""
    for pk in list(_due(began).values_list("pk", flat=True)[:20]):
        until = timezone.now() + LEASE
        # to the end of the queue at once: what ends the worker must not stand first again
        if _due(began).filter(pk=pk).update(leased_until=until, look_after=timezone.now() + EVERY):
            ours = StaticCopy.objects.select_related("letter__campaign").filter(pk=pk, leased_until=until).first()
            if ours:  # or it has been taken away since
                return ours
    return None


def _due(now: datetime) -> QuerySet[StaticCopy]:
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    return StaticCopy.objects.due(now).filter(free, letter__in=published())


def _looked_after(copy: StaticCopy, site: Site) -> int:
    """Bring it up to date if something has changed; 1 if it was written."""
    lease, written = _Lease(copy), 0
    try:
        written = _brought_up_to_date(copy, site, lease)
    except Taken:
        pass
    except asking.Unanswered as error:
        logger.error("static copy %s: %s", copy.pk, error)
        _put_off(copy, lease, str(error))
    except Exception as error:  # a full disk, a fault of ours: it must not hold up the others
        logger.exception("static copy %s cannot be written", copy.pk)
        _put_off(copy, lease, _in_words(error))
    if not published().filter(pk=copy.letter_id).exists():  # taken back while we wrote
        _taken_away(copy.letter.slug)
    return written


def _brought_up_to_date(copy: StaticCopy, site: Site, lease: _Lease) -> int:
    letter, began = copy.letter, timezone.now()
    is_recent = copy.compared_at is not None and copy.compared_at > began - _compared_after(copy)
    if is_recent and _is_settled(letter, began) and copy.told[:32] == asking.telling_rows(letter):
        lease.give_back(look_after=began + EVERY)
        return 0
    told = asking.telling(site, letter)  # before the others: what changes from here on shows the next time
    whole = folder.is_whole(letter.slug, copy.digest)
    if whole and is_recent and told == copy.told:
        lease.give_back(look_after=began + EVERY)
        return 0
    with folder.stage(letter.slug) as staged:
        asked, faults = asking.everything(site, letter, staged, lease.renew)
        lines = [f"{one.said} {one.name}\n" for one in sorted(asked, key=lambda one: one.name)]
        said = _digest("".join([f"{leading.WRITTEN}\n", *lines]).encode())
        facts: dict[str, Any] = {"told": told, "compared_at": began, **_faults(copy, faults)}
        if not whole or said != copy.said:
            facts |= {"said": said, "written_at": began, **_written(letter, asked, lease)}
    lease.give_back(look_after=began + EVERY, **facts)
    if "digest" not in facts:
        return 0
    if not copy.digest:
        JournalEntry.objects.record("static copy written", letter, files=facts["files"])
    _tidied()
    return 1


def _compared_after(copy: StaticCopy) -> timedelta:
    """Sooner after a fault at some address, but later each time."""
    return min(COMPARED, _later(copy.failures - 1)) if copy.failures else COMPARED


def _is_settled(letter: Letter, now: datetime) -> bool:
    closed = letter.closed_since if letter.is_over else None
    return closed is not None and closed < now - SETTLED


def _faults(copy: StaticCopy, faults: list[asking.Unanswered]) -> dict[str, Any]:
    """What the desk is told of them."""
    if not faults:
        return {"failures": 0, "error": ""}
    for fault in faults:
        logger.error("static copy %s: %s", copy.pk, fault)
    return {"failures": copy.failures + 1, "error": str(faults[0])[:200]}


def _written(letter: Letter, asked: list[asking.Asked], lease: _Lease) -> dict[str, Any]:
    """Put every file in its place, the sums last, and drop what is there no longer."""
    sums = folder.summed(letter.slug, {one.name: one.sha256 for one in asked})
    for one in asked:
        lease.renew()
        if one.staged:
            lease.check()
            folder.put(one.staged, one.name)
    for name in folder.files(letter.slug) - {one.name for one in asked} - {f"letters/{letter.slug}/{folder.SUMS}"}:
        folder.drop(name)
    lease.check()
    folder.write_sums(letter.slug, sums)
    return {"digest": _digest(sums), "files": len(asked) + 1, "bytes": sum(one.bytes for one in asked) + len(sums)}


def _put_off(copy: StaticCopy, lease: _Lease, words: str) -> None:
    """Longer each time; then every file is asked for."""
    later = timezone.now() + _later(copy.failures)
    lease.give_back(failures=copy.failures + 1, error=words[:200], look_after=later, compared_at=None)


def _later(failures: int) -> timedelta:
    return EVERY * (1 << min(failures, MOST_DOUBLED))


def _in_words(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}"[:200] if error.filename else error.strerror[:200]
    return str(error)[:200] if isinstance(error, folder.Outside) else type(error).__name__


def _tidied() -> None:
    try:
        folder.tidy()
    except OSError:
        logger.exception("the folder of static copies cannot be tidied")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class _Lease:
    """Of one copy: renewed while the work goes on, so that a killed worker's is free again within a minute; whoever has
    lost it, or whose letter has been taken back, writes not one file more."""

    def __init__(self, copy: StaticCopy) -> None:
        self.pk, self.until, self.renewed_at = copy.pk, copy.leased_until, time.monotonic()

    def renew(self) -> None:
        """Raises Taken."""
        if time.monotonic() - self.renewed_at < RENEWED_EVERY:
            return
        until = timezone.now() + LEASE
        if not self._ours().update(leased_until=until):
            raise Taken
        self.until, self.renewed_at = until, time.monotonic()

    def check(self) -> None:
        """Before anything is put where others see it. Raises Taken."""
        if not self._ours().exists():
            raise Taken

    def give_back(self, **facts: Any) -> None:
        """Unless another worker has it since, whose word counts."""
        self._ours().update(leased_until=None, **facts)

    def _ours(self) -> QuerySet[StaticCopy]:
        return StaticCopy.objects.filter(pk=self.pk, leased_until=self.until, letter__in=published())
