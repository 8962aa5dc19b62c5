"""What a static copy holds: whatever the site answers to anybody at the addresses of a letter, byte for byte but for
the links that lead out of the copy: those name the site.

From the letter's page in each language and its data, along the links of the pages, as far as they stay with the letter.
What the site does not show to anybody cannot come in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Max
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, reverse
from django.utils import formats, timezone, translation

from config import languages
from letters.anybody import Site
from letters.hot_pages import Marked
from letters.models import Delivery, Letter, Publication, Rendering
from letters.services.static_copies import folder, leading

MOST = 1000  # addresses of one letter
NOTHING = {301, 302, 403, 404, 503}  # not for anybody, not there, or a document that is being set: looked for again
LISTS = ("index.html", "signatories.json", "signatories.csv", "signatories.txt")
LINE = ("name", "acronym", "second_name", "affiliation", "country", "scope", "reading", "is_initiator")


class Unanswered(Exception):
    """The site has a fault at an address, or no page where one must be."""

    def __init__(self, path: str, code: int) -> None:
        super().__init__(path, code)
        self.path, self.code = path, code

    def __str__(self) -> str:
        return f"the site answers {self.code} at {self.path}"


@dataclass(frozen=True)
class Asked:
    """A file to be: its name, and where it is staged; None if it stands there already, as it is to be. `said` stays the
    same while only the time has passed.
    """

    name: str
    staged: Path | None
    sha256: str
    said: str
    bytes: int


@dataclass(frozen=True)
class Page:
    """One that waits until it is known what else the copy has: as the site answered, at `at`."""

    path: str
    said: str
    at: Path


def telling(site: Site, letter: Letter) -> str:
    """Hex digits that change with whatever may change in a copy, at the price of one page: 32 of it, after 32 of rows.

    Raises Unanswered.
    """
    rows = telling_rows(letter)  # before the page: what changes from here on shows the next time
    page = _taken(site, letter.get_absolute_url())
    return rows + hashlib.sha256((page[1] if page else "").encode()).hexdigest()[:32]


def telling_rows(letter: Letter) -> str:
    """32 hex digits, at the price of a few rows: who is on the list and who has gone, and what is on another page than
    the letter's, or in a picture or document that is made later.
    """
    everyone = letter.signatories.all()
    renderings = Rendering.objects.public().filter(edition__letter=letter) | Rendering.objects.filter(
        revision__letter=letter
    )
    told = [
        list(Letter.objects.filter(pk=letter.pk).values()),
        letter.campaign.name,
        list(everyone.listed().public().order_by("pk").values_list("pk", *LINE)),
        everyone.public().count(),
        everyone.aggregate(Max("withdrawn_at"), Max("erased_at")),
        list(letter.cards.order_by("language").values_list("digest", flat=True)),
        list(renderings.order_by("pk").values_list("pk", "sha256")),
        list(letter.publications.order_by("pk").values_list("pk", "status")),
        list(letter.replies.order_by("pk").values_list("pk", "sha256", "published_at")),
        list(Delivery.objects.filter(edition__letter=letter).order_by("pk").values_list("pk", "status", "sent_at")),
    ]
    return hashlib.sha256(json.dumps(told, cls=DjangoJSONEncoder).encode()).hexdigest()[:32]


def everything(
    site: Site, letter: Letter, into: Path, going_on: Callable[[], None]
) -> tuple[list[Asked], list[Unanswered]]:
    """Ask for every address of a letter and stage what is answered and does not stand there yet; `going_on` is called
    before each. The second of what is returned: the addresses at which the site has a fault, which holds up no other.

    Raises Unanswered for the letter's own page, and whatever `going_on` raises.
    """
    home, todo, asked, faults = letter.get_absolute_url(), list(_first(letter)), list[Asked](), list[Unanswered]()
    seen, pages = set(todo), list[Page]()
    for path in todo:  # grows
        going_on()
        try:
            taken = _taken(site, path)
        except Unanswered as fault:
            if path == home:
                raise
            faults.append(fault)
            asked += _as_it_was(path)
            continue
        if taken is None:
            if path == home:
                raise Unanswered(path, 404)
            continue
        content, said, is_page = taken
        at = into / str(len(asked) + len(pages))
        if not is_page:
            asked.append(_staged(path, content, said, at))
            continue
        at.write_bytes(content)  # until it is known what else the copy has
        pages.append(Page(path, said, at))
        further = [link for link in _links(content, path) if _belongs(link, letter)]
        todo += [link for link in dict.fromkeys(further) if link not in seen][: MOST - len(todo)]
        seen.update(todo)
    held = {one.name for one in asked} | {folder.name_of(page.path) for page in pages}
    for page in pages:
        going_on()
        asked.append(_led_out(page, held))
    return asked, faults


def _led_out(page: Page, held: Set[str]) -> Asked:
    """The page with its links as they lead in a copy with the files `held`."""
    content = leading.out_of(held, page.at.read_bytes(), page.path)
    page.at.unlink()
    return _staged(page.path, content, page.said, page.at)


def _staged(path: str, content: bytes, said: str, at: Path) -> Asked:
    name, digest = folder.name_of(path), hashlib.sha256(content).hexdigest()
    stands = folder.holds(name, digest)
    if stands:
        folder.spare(name)
    else:
        folder.write(at, content)
    return Asked(name, None if stands else at, digest, said, len(content))


def _as_it_was(path: str) -> list[Asked]:
    """What stands there of an address with a fault. No page and no list: they may name who has withdrawn since."""
    name = folder.name_of(path)
    if name.endswith(LISTS):
        return []
    content = folder.read(name)
    digest = hashlib.sha256(content).hexdigest()
    return [Asked(name, None, digest, digest, len(content))] if content else []


def _first(letter: Letter) -> Iterator[str]:
    """Where asking begins; the pages lead on."""
    home = letter.get_absolute_url()
    yield home
    yield from (f"/{code}{home}" for code in languages.offered())
    for name in ("signatories_json", "embed", "card"):
        yield reverse(f"letters:{name}", args=[letter.slug])
    came = letter.publications.filter(status__in=[Publication.Status.PUBLIC, Publication.Status.REPLACED])
    editions = letter.editions.filter(pk__in=came.values("edition"))
    for edition in editions.select_related("revision").only("number", "revision__texts"):
        yield reverse("letters:manifest_file", args=[letter.slug, edition.number])
        for text in edition.revision.texts:
            own = [] if text["is_authentic"] else [text["language"]]
            yield reverse("letters:edition_pdf", args=[letter.slug, *own, edition.number])


def _taken(site: Site, path: str) -> tuple[bytes, str, bool] | None:
    """What is answered, a name for what it says, and whether it is a page; None where there is nothing for anybody."""
    began = timezone.now()
    response = site.answer(path)
    content = _content(response)
    if response.status_code in NOTHING:
        return None
    if response.status_code != 200:
        raise Unanswered(path, response.status_code)
    kind = response.get("Content-Type", "").partition(";")[0]
    if isinstance(response, Marked):
        said = response.mark
    else:
        dateless = _without_time(content, {began, timezone.now()}) if kind.startswith("text/") else content
        said = hashlib.sha256(dateless).hexdigest()
    return content, said, kind == "text/html"


def _content(response: HttpResponseBase) -> bytes:
    if not response.streaming:
        return cast(HttpResponse, response).content
    content = b"".join(cast(StreamingHttpResponse, response))
    if isinstance(response, FileResponse) and response.file_to_stream:
        response.file_to_stream.close()  # response.close() would end the request that this worker is not in
    return content


def _without_time(content: bytes, moments: set[datetime]) -> bytes:
    """Without "as of", which is now: a page that says nothing else anew has not changed."""
    for moment in moments:
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                words = formats.date_format(moment.astimezone(UTC), "DATETIME_FORMAT")
            content = content.replace(words.encode(), b"")
    return content


def _links(page: bytes, path: str) -> list[str]:
    """The paths on this site that a page leads to, without what follows the "?"."""
    found = (leading.to(link, path) for _name, link in leading.LINK.findall(page))
    return [at.path for at in found if at is not None]


def _belongs(path: str, letter: Letter) -> bool:
    """Whether it is a file that pages are shown with, or a public address of this letter among ours."""
    try:
        folder.name_of(path)
        if path.startswith(f"/{settings.STATIC_URL.lstrip('/')}"):
            return True
        match = languages.found(path)
    except (folder.Outside, Resolver404):
        return False
    is_public = not getattr(match.func, "login_required", True)
    return is_public and match.app_name == "letters" and match.kwargs.get("slug") == letter.slug
