"""Public pages, finished and held in memory for a second: putting one together costs fifty times what sending it does.

A view marked `hot` runs about once a second and process for each address, however many ask; the others get its bytes.
Nothing of one reader can reach another: the view is given a request of our own making, without cookies, address or
anything else of whoever asked. A copy is shown for LONGEST at most, counting from when its view began to read the
database, and caches on the way are told how old it is: what changes is visible everywhere within two seconds.
"""

from __future__ import annotations

import gzip
import hashlib
import math
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.request import split_domain_port, validate_host
from django.http.response import ResponseHeaders
from django.urls import Resolver404
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from config import languages
from letters import anybody

REBUILT_AFTER = 1.0  # seconds
LONGEST = 2.0  # seconds; past REBUILT_AFTER a copy is shown only while somebody makes the next one
MOST_PAGES = 500
MOST_BYTES = 50_000_000  # a page of 10,000 names takes about a million
LONGEST_PREFIX = 40  # characters of a path: more than "/zh-hans/"
LONGEST_KEY = 300  # characters that are remembered of what strangers send: more than any browser of its own accord
TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")

Key = tuple[str, ...]
View = TypeVar("View", bound=Callable[..., HttpResponse])
Held = TypeVar("Held")


def hot(view: View) -> View:
    """Mark a view whose page is the same for everybody, whatever follows the "?". The outermost of its decorators.

    A view that returns a Marked response says what its page says: the ETag stays while only the time has passed.
    """
    view.is_hot = True  # type: ignore[attr-defined]
    return view


class Marked(HttpResponse):
    """A page with a `mark`, hex digits that name what it says, for one whose bytes change with the clock as well."""

    def __init__(self, *args: Any, mark: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark = mark


class Headers(ResponseHeaders):
    """Headers that were checked once and are copied for each answer, to which others may add."""

    def again(self) -> Headers:
        twin = Headers({})
        twin._store = self._store.copy()
        return twin


@dataclass(frozen=True)
class Copy:
    """A finished page. `begun_at`: time.monotonic() before its view read anything."""

    begun_at: float
    etag: str
    headers: Headers
    plain: bytes
    packed_headers: Headers
    packed: bytes

    @property
    def age(self) -> float:
        return time.monotonic() - self.begun_at

    @property
    def bytes(self) -> int:
        return len(self.plain) + len(self.packed)

    def is_among(self, etags: str) -> bool:
        """Whether If-None-Match names this very page; some proxies drop the mark of a weak tag."""
        given = [tag.removeprefix("W/") for tag in parse_etags(etags)]
        return self.etag.removeprefix("W/") in given or given == ["*"]


@dataclass
class Slot(Generic[Held]):
    """The place of one page, or of what one is made from; whoever holds the lock is making the next copy."""

    copy: Held | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class Middleware:
    """Stands first, so that a page held costs none of the others; their headers are on it already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.HOT_PAGES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self._slots: dict[Key, Slot[Copy]] = {}  # the one rebuilt longest ago comes first
        self._changing = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"} or isinstance(request, anybody.Request):
            return self.get_response(request)
        meta = request.META
        cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "") if "HTTP_COOKIE" in meta else ""
        language = _language(request.path_info[:LONGEST_PREFIX], cookie, meta.get("HTTP_ACCEPT_LANGUAGE", ""))
        if not _is_ours(meta.get("HTTP_HOST") or meta.get("SERVER_NAME", "")):
            return self.get_response(request)
        key = (request.scheme or "", request.path, language)
        slot = self._slots.get(key)
        if slot is None:
            if not _is_hot(request.path_info):
                return self.get_response(request)
            with self._changing:
                slot = self._slots.setdefault(key, Slot())
        found = slot.copy
        if found is None or found.age > REBUILT_AFTER:
            made = self._renewed(key, slot, request)
            if isinstance(made, HttpResponse):
                return made
            found = made
        return _answer(request, found)

    def _renewed(self, key: Key, slot: Slot[Copy], request: HttpRequest) -> Copy | HttpResponse:
        """A copy young enough to show, made here unless another thread does; or an answer that must not be kept."""
        old = slot.copy
        if old is None or old.age > LONGEST:
            slot.lock.acquire()
        elif not slot.lock.acquire(blocking=False):
            return old
        try:
            if slot.copy and slot.copy.age <= REBUILT_AFTER:  # made while we waited
                return slot.copy
            begun_at = time.monotonic()
            response = self.get_response(anybody.request(request.META, key[-1]))
            slot.copy = _copy(response, begun_at, old) if _may_be_kept(response) else None
            self._put(key, slot)
            return slot.copy or response
        finally:
            slot.lock.release()

    def _put(self, key: Key, slot: Slot[Copy]) -> None:
        """Move to the end, or away where there is nothing to show; let go of the oldest if there is too much."""
        with self._changing:
            self._slots.pop(key, None)
            if slot.copy:
                self._slots[key] = slot
            held = sum(one.copy.bytes for one in self._slots.values() if one.copy)
            while self._slots and (len(self._slots) > MOST_PAGES or held > MOST_BYTES):
                gone = self._slots.pop(next(iter(self._slots))).copy
                held -= gone.bytes if gone else 0


def remembered(work: Callable[..., Held]) -> Callable[..., Held]:
    """What was found out lately, by the words it was asked about; of long ones, that only take up memory, nothing."""
    lately = lru_cache(maxsize=4096)(work)

    @wraps(work)
    def found(*words: str) -> Held:
        return (lately if sum(map(len, words)) <= LONGEST_KEY else work)(*words)

    found.cache_clear, found.cache_info = lately.cache_clear, lately.cache_info  # type: ignore[attr-defined]
    return found


@remembered
def _language(path: str, cookie: str, accepted: str) -> str:
    """What the middleware will choose; for a browser in a language that we lack, Django searches at length."""
    asked = HttpRequest()
    asked.path_info = path
    asked.COOKIES[settings.LANGUAGE_COOKIE_NAME] = cookie
    asked.META["HTTP_ACCEPT_LANGUAGE"] = accepted
    return languages.asked(asked)


@remembered
def _is_hot(path: str) -> bool:
    try:
        return getattr(languages.found(path).func, "is_hot", False)
    except Resolver404:
        return False


@remembered
def _is_ours(host: str) -> bool:
    """Whether a page is for this name; under every name and port we are known by it is the same, so no key holds it.

    No page takes its addresses from the name it was asked by, but from SITE_URL.
    """
    name, _port = split_domain_port(host)
    return bool(name) and validate_host(name, settings.ALLOWED_HOSTS)


def _may_be_kept(response: HttpResponse) -> bool:
    """Not an error, not for one reader, and without a nonce, which is good for one answer."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "Cache-Control" not in response
        and "'nonce-" not in response.get("Content-Security-Policy", "")
    )


def _copy(response: HttpResponse, begun_at: float, old: Copy | None) -> Copy:
    """`old`: the copy before, which is packed already; most often nothing has changed."""
    plain = response.content
    packed = old.packed if old and old.plain == plain else gzip.compress(plain, 6, mtime=0)
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])  # a cookie may choose the language
    mark = response.mark if isinstance(response, Marked) else hashlib.sha256(plain).hexdigest()
    etag = f'W/"{mark[:32]}"'  # weak: the same for both encodings
    headers = {**response.headers, "ETag": etag, "Cache-Control": f"public, max-age={LONGEST:.0f}"}
    return Copy(
        begun_at=begun_at,
        etag=etag,
        headers=Headers(headers),
        plain=plain,
        packed=packed,
        packed_headers=Headers({**headers, "Content-Encoding": "gzip", "Content-Length": str(len(packed))}),
    )


def _answer(request: HttpRequest, copy: Copy) -> HttpResponse:
    meta = request.META
    if (tags := meta.get("HTTP_IF_NONE_MATCH")) and copy.is_among(tags):
        response: HttpResponse = HttpResponseNotModified()
        response.headers = copy.headers.again()
        for name in ("Content-Type", "Content-Length"):
            del response.headers[name]
    elif TAKES_GZIP.search(meta.get("HTTP_ACCEPT_ENCODING", "")):
        response = HttpResponse(copy.packed)
        response.headers = copy.packed_headers.again()
    else:
        response = HttpResponse(copy.plain)
        response.headers = copy.headers.again()
    response.headers["Age"] = str(math.ceil(copy.age))
    return response
