"""What anyone is told of letters: the facts of one, and what happened to all of them. Only what is public anyway."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db.models import F, Max, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from letters import instants, open_data
from letters.document import Addressee
from letters.models import Amendment, Edition, Letter, Publication, Revision, Text
from letters.open_data.feed import Entry
from letters.open_data.pages import Page
from letters.services import published

NEWEST = 50  # entries of the feed
HEAVY = [f"revision__{held}" for held in ("canonical", "texts", "recipients", "front")]
NAMED = ("line", "honorific", "name", "office", "organization")


def facts(letter: Letter, as_of: datetime) -> open_data.Facts:
    """The text in force and the public roll."""
    revision = letter.revisions.latest("number")
    roll = letter.roll(revision.authentic["language"], as_of)
    publication = letter.publication
    return open_data.Facts(
        links=_links(letter, revision, publication),
        campaign=letter.campaign.name,
        texts=tuple(_text(letter, text, publication, roll.organizations) for text in revision.texts),
        state=state_of(letter),
        revision=revision.number,
        digest=revision.digest,
        recipients=tuple(Addressee(**{part: one[part] for part in NAMED}, address="") for one in revision.recipients),
        opened_at=letter.opens_at or revision.created_at,
        closes_at=letter.closes_at or revision.created_at,
        published_at=publication.came_at if publication else None,
        edition=_edition(publication.edition) if publication else None,
        roll=roll,
        shares_list=letter.shares_list,
    )


def state_of(letter: Letter) -> str:
    """ "announced", "open", "paused", "closed" or "archived": what a visitor meets now."""
    if letter.status == Letter.Status.ARCHIVED:
        return "archived"
    if letter.is_over:
        return "closed"
    if letter.opens_later:
        return "announced"
    return "paused" if letter.is_interrupted else "open"


def entries(now: datetime) -> list[Entry]:
    """What happened to letters that may be found, the newest of it, in the language now active."""
    letters = findable().select_related("campaign").prefetch_related(titles())
    opened = letters.filter(opens_at__lte=now).order_by("-opens_at")[:NEWEST]
    closed = letters.alias(over=Coalesce("closed_at", "closes_at")).filter(over__lte=now).order_by("-over")[:NEWEST]
    amended = Amendment.objects.filter(letter__in=findable()).exclude(revision__digest=F("previous__digest"))
    amended = amended.select_related("letter__campaign", "revision").defer(*HEAVY)
    newest = amended.prefetch_related(titles("letter__")).order_by("-made_at")[:NEWEST]
    out = Publication.objects.public().filter(letter__in=findable(), came_at__lte=now)
    out = out.with_edition().select_related("letter__campaign")
    came = list(out.prefetch_related(titles("letter__")).order_by("-came_at")[:NEWEST])
    numbers = published.numbers_in(came)
    found = [
        *map(_opened, opened),
        *(_closed(one) for one in closed if one.is_over),
        *map(_amended, newest),
        *(_published(one, numbers.get(one.letter_id, 0)) for one in came),
    ]
    return sorted(found, key=lambda entry: (entry.at, entry.name))[-NEWEST:]


def pages() -> Iterator[Page]:
    """The pages that search engines may list: the letters that may be found, in each of their languages."""
    yield Page(settings.SITE_URL + reverse("letters:home"))
    letters = findable().prefetch_related(titles()).annotate(revised_at=Max("revisions__created_at"))
    public = Publication.objects.public().filter(letter=OuterRef("pk"))
    letters = letters.annotate(came_at=Subquery(public.values("came_at")[:1]))
    for letter in letters.order_by("-opens_at", "pk")[: open_data.pages.MOST]:
        over = letter.closed_since if letter.is_over else None
        changed_at = max(filter(None, (letter.opens_at, letter.revised_at, over, letter.came_at)))
        for text in letter.texts.all():
            yield Page(settings.SITE_URL + letter.url_in(text.language, is_authentic=text.is_authentic), changed_at)


def findable() -> QuerySet[Letter]:
    """Public letters whose team wants them to be found; the others are for whoever has the address."""
    return Letter.objects.public().filter(may_be_indexed=True)


def titles(of: str = "") -> Prefetch[str]:
    """The texts without their bodies."""
    titles = Text.objects.only("letter_id", "language", "is_authentic", "title").order_by("-is_authentic", "language")
    return Prefetch(f"{of}texts", titles)


def _opened(letter: Letter) -> Entry:
    words = _("%(campaign)s asks for signatures. Sign-on closes %(deadline)s.") % {
        "campaign": letter.campaign.name,
        "deadline": instants.in_words(letter.closes_at, letter.zone) if letter.closes_at else "",
    }
    return _entry(letter, "opened", letter.opens_at, _("Open for sign-on: %(title)s"), words)


def _closed(letter: Letter) -> Entry:
    words = _("Sign-on closed %(deadline)s.") % {
        "deadline": instants.in_words(letter.closed_since, letter.zone) if letter.closed_since else ""
    }
    return _entry(letter, "closed", letter.closed_since, _("Sign-on closed: %(title)s"), words)


def _amended(amendment: Amendment) -> Entry:
    letter, number = amendment.letter, amendment.revision.number
    words = _("The text was amended; the page shows what changed.")
    return _entry(letter, f"amended/{number}", amendment.made_at, _("Amended: %(title)s"), words)


def _published(publication: Publication, organizations: int) -> Entry:
    letter, number = publication.letter, publication.edition.number
    text = letter.text_for(translation.get_language())
    said = published.in_words(publication, letter, text.language if text else letter.language, organizations)
    entry = _entry(letter, f"published/{number}", publication.came_at, _("Published: %(title)s"), said.document_line)
    return replace(entry, title=_("Published: %(title)s") % {"title": said.headline}) if said.headline else entry


def _entry(letter: Letter, name: str, at: datetime | None, title: str, words: str) -> Entry:
    language = translation.get_language()
    return Entry(
        name=f"letters/{letter.slug}/{name}",
        at=at or letter.created_at,
        title=title % {"title": letter.title_for(language)},
        words=words,
        url=settings.SITE_URL + letter.url_for(language),
        author=letter.campaign.name,
    )


def _text(
    letter: Letter, text: dict[str, str | bool], publication: Publication | None, organizations: int
) -> open_data.TextFacts:
    language, is_authentic = str(text["language"]), bool(text["is_authentic"])
    said = published.in_words(publication, letter, language, organizations) if publication else None
    url = settings.SITE_URL + letter.url_in(language, is_authentic=is_authentic)
    return open_data.TextFacts(language, str(text["title"]), is_authentic, url, said.headline if said else "")


def _edition(edition: Edition) -> open_data.EditionFacts:
    documents = edition.renderings.public().done()
    files = {one.language: one.sha256 for one in documents}
    return open_data.EditionFacts(edition.number, edition.digest, edition.as_of, files)


def _links(letter: Letter, revision: Revision, publication: Publication | None) -> dict[str, str | None]:
    def to(page: str, *more: int) -> str:
        return f"{settings.SITE_URL}{reverse(f'letters:{page}', args=[letter.slug, *more])}"

    return {
        "self": to("signatories_json"),
        "letter": to("letter"),
        "csv": to("signatories_csv") if letter.shares_list else None,
        "text": to("signatories_txt") if letter.shares_list else None,
        "embed": to("embed"),
        "card": to("card"),
        "pdf": to("letter_pdf"),
        "word": to("board_copy"),
        "board": to("board"),
        "revision": to("revision_file", revision.number),
        "edition": to("edition_pdf", publication.edition.number) if publication else None,
        "manifest": to("manifest_file", publication.edition.number) if publication else None,
        "press": to("press") if publication else None,
        "feed": settings.SITE_URL + reverse("letters:feed"),
    }
