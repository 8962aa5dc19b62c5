"""Setting the PDFs of editions and of texts in force: jobs in the database, claimed with a lease, set in a child."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import nudge
from campaigns.models import JournalEntry, User
from letters import pdf
from letters.document import Document
from letters.models import Edition, Rendering, Revision
from letters.pdf import certifying, folders, pictures
from letters.services import addressee, copies, editions

LEASE = timedelta(seconds=45)
RENEWED_EVERY = 15.0  # seconds
NOTED_EVERY = 2.0
TRIES = 3

logger = logging.getLogger(__name__)


def render_due() -> int:
    """Set every document that waits; how many were finished. One failure does not hold up the next."""
    folders.sweep()
    done = 0
    while rendering := _claim():
        done += _render(rendering)
    return done


def ask_for_texts() -> int:
    """Queue the PDFs of every text in force that has none yet; how many. Nobody who reads can cause a rendering."""
    missing = [
        Rendering(revision=revision, language=text["language"])
        for revision in Revision.objects.in_force().filter(renderings__isnull=True).only("texts")
        for text in revision.texts
    ]
    Rendering.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def render_again(rendering: Rendering, *, by: User) -> None:
    """Queue a failed rendering once more."""
    failed = Rendering.objects.filter(pk=rendering.pk, state=Rendering.State.FAILED)
    if failed.update(state=Rendering.State.QUEUED, attempts=0, run_after=timezone.now(), error=""):
        JournalEntry.objects.record("rendered again", rendering.of, by=by, language=rendering.language)
        nudge.on_commit(editions.TASK)


def _claim() -> Rendering | None:
    now = timezone.now()
    for pk in list(Rendering.objects.due(now).order_by("run_after").values_list("pk", flat=True)[:20]):
        taken = Rendering.objects.due(now).filter(pk=pk)
        claim = {"state": Rendering.State.RENDERING, "leased_until": now + LEASE, "started_at": now, "pages": 0}
        if taken.update(**claim, attempts=F("attempts") + 1):
            related = ("edition__letter", "edition__revision", "revision__letter")
            rendering = Rendering.objects.select_related(*related).get(pk=pk)
            if rendering.attempts <= TRIES:
                return rendering
            _note(rendering, state=Rendering.State.FAILED, error="the worker ended each time while setting it")
    return None


def _render(rendering: Rendering) -> int:
    """Set one claimed document and note the outcome; 1 if it is done."""
    try:
        with _lease_kept(rendering) as progress:
            content = pdf.render(_document(rendering), told=progress.reach)
            content = certifying.certified(content) if rendering.is_public else content
            pages = pictures.page_count(content)
            name = rendering.file.storage.save(_file_name(rendering), ContentFile(_stored(rendering, content)))
    except addressee.NamesDeleted:
        _note(rendering, state=Rendering.State.FAILED, error=str(_("the names are not kept any more")))
        return 0
    except pdf.RenderingFailed as error:
        logger.error("rendering %s failed: %s", rendering.pk, error)
        _note(rendering, state=Rendering.State.FAILED, error=str(error)[:300])
        return 0
    except Exception as error:  # a full disk, a fault of ours: try again, then show it
        _log(rendering, error)
        state = Rendering.State.FAILED if rendering.attempts >= TRIES else Rendering.State.QUEUED
        wait = timedelta(seconds=10 * 2**rendering.attempts)
        _note(rendering, state=state, run_after=timezone.now() + wait, error=type(error).__name__)
        return 0
    facts = {"file": name, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    facts["pages"] = pages
    return _note(rendering, state=Rendering.State.DONE, done_at=timezone.now(), error="", **facts)


def _log(rendering: Rendering, error: Exception) -> None:
    """Of the addressee's copy not what the exception says, which may be a name."""
    if rendering.is_public:
        logger.error("rendering %s cannot be done", rendering.pk, exc_info=error)
    else:
        where = "".join(traceback.format_tb(error.__traceback__))
        logger.error("rendering %s cannot be done: %s\n%s", rendering.pk, type(error).__name__, where)


def _document(rendering: Rendering) -> Document:
    of = rendering.of
    if isinstance(of, Edition) and not rendering.is_public:
        return addressee.printed(of, rendering.language)
    if isinstance(of, Edition):
        return editions.printed(of, rendering.language)
    return copies.text_of(of, rendering.language)


def _stored(rendering: Rendering, content: bytes) -> bytes:
    return addressee.sealed(rendering.edition, content) if rendering.edition and not rendering.is_public else content


def _file_name(rendering: Rendering) -> str:
    if rendering.edition and not rendering.is_public:
        return f"{rendering.edition_id}/{rendering.edition.number}-{rendering.language}-addressee.sealed"
    if rendering.edition:
        return f"{rendering.edition_id}/{rendering.edition.number}-{rendering.language}.pdf"
    return f"texts/{rendering.revision_id}-{rendering.language}.pdf"


def _note(rendering: Rendering, **facts: Any) -> int:
    """Write the outcome, unless the lease ran out and another worker has taken the job since."""
    ours = Rendering.objects.filter(pk=rendering.pk, state=Rendering.State.RENDERING, attempts=rendering.attempts)
    return ours.update(leased_until=None, **facts)


class _Progress:
    """How many pages are laid out, as the typesetter tells while it works."""

    pages = 0

    def reach(self, pages: int) -> None:
        self.pages = pages


@contextmanager
def _lease_kept(rendering: Rendering) -> Iterator[_Progress]:
    """Renew a short lease while the work goes on, so that a killed worker's job is free again within a minute; and
    note how far it is, for whoever waits."""
    finished, progress = threading.Event(), _Progress()

    def renew() -> None:
        noted, renewed_at = 0, time.monotonic()
        while not finished.wait(min(NOTED_EVERY, RENEWED_EVERY)):
            is_due = time.monotonic() - renewed_at >= RENEWED_EVERY
            if is_due or progress.pages != noted:
                ours = Rendering.objects.filter(pk=rendering.pk, attempts=rendering.attempts)
                ours.update(leased_until=timezone.now() + LEASE, pages=progress.pages)
                noted, renewed_at = progress.pages, time.monotonic()
        connection.close()

    keeper = threading.Thread(target=renew, name=f"lease-{rendering.pk}", daemon=True)
    keeper.start()
    try:
        yield progress
    finally:
        finished.set()
        keeper.join()
