"""In which language the site speaks: by the prefix of the address (/fr/…), else a cookie, else Accept-Language.

Without a prefix no address changes, whatever language it is read in: Django's i18n_patterns would have one language
own the plain addresses. With one, `request.urlconf` is the same site with its pages under the prefix, so that every
link on a page keeps the language that was chosen. Only what an app's urls.py calls `pages` is there under a prefix;
files, data and whatever is behind sign-in have one address each.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.urls import Resolver404, get_script_prefix, include, path, resolve
from django.utils import translation
from django.utils.cache import add_never_cache_headers

PLAIN = settings.ROOT_URLCONF
ON_EVERY_PAGE = "Skip to the content"  # templates/base.html: where this is translated, the site speaks the language
CHOSEN = "in"  # /mine/…/?in=fr: how a page that must not repeat its own address leads to itself in another language


class Prefixed:
    """A URLconf: the site with its pages under the prefix of one language."""

    def __init__(self, language: str) -> None:
        plain = import_module(PLAIN)
        self.handler400 = plain.handler400
        self.urlpatterns = [_prefixed(one, language) for one in plain.urlpatterns]


def _prefixed(app: Any, language: str) -> Any:
    pages = getattr(getattr(app, "urlconf_module", None), "pages", None)
    if not pages:
        return app
    others = [one for one in app.url_patterns if one not in pages]
    return path("", include(([path(f"{language}/", include(pages)), *others], app.app_name)))


@cache
def urlconf(language: str) -> Any:
    """Where the addresses of a language are looked up; "" for those without a prefix."""
    return Prefixed(language) if language else PLAIN


def in_path(path_info: str) -> str:
    """The language an address forces, or ""."""
    first = path_info[1:].partition("/")[0]
    return first if first in dict(settings.LANGUAGES) else ""


def without(path_info: str) -> str:
    """The address without its prefix."""
    language = in_path(path_info)
    return path_info.removeprefix(f"/{language}") or "/" if language else path_info


def found(path_info: str) -> Any:
    """The view of an address and its arguments, whatever language it is in. Raises Resolver404."""
    return resolve(path_info, urlconf(in_path(path_info)))


def asked(request: HttpRequest) -> str:
    """The language the reader wants, of those the site offers."""
    return in_path(request.path_info) or translation.get_language_from_request(request)


def spoken(language: str) -> str:
    """The same if our words exist in it, otherwise the site's own: no page is half in each, or set the wrong way."""
    return language if language in dict(settings.LANGUAGES) and _has_words(language) else settings.LANGUAGE_CODE


@cache
def _has_words(language: str) -> bool:
    with translation.override(language):
        return language == settings.LANGUAGE_CODE or translation.gettext(ON_EVERY_PAGE) != ON_EVERY_PAGE


def kept(path: str, language: str) -> str:
    """The plain address of a page as somebody gets it who reads `language`, whatever its browser asks for."""
    prefix = language if language != settings.LANGUAGE_CODE and spoken(language) == language else ""
    return f"/{prefix}{path}" if prefix else path


def choices(request: HttpRequest) -> list[dict[str, Any]]:
    """This page in each of the site's languages, for its foot; none for a page that no prefix leads to.

    A secret link is not repeated on its page, which Middleware leads to its other languages; and nothing behind the
    "?" is, for others may have written it.
    """
    here = without(request.path_info)
    match = request.resolver_match
    if match is None or not _has_page(here):
        return []
    is_secret = "token" in match.kwargs
    return [
        {
            "code": code,
            "name": translation.get_language_info(code)["name_local"],
            "direction": "rtl" if translation.get_language_info(code)["bidi"] else "ltr",
            "path": f"?{CHOSEN}={code}" if is_secret else f"{get_script_prefix()}{code}{here}",
            "is_shown": code == translation.get_language(),
        }
        for code in offered()
    ]


def offered() -> list[str]:
    """The languages that pages have a prefix for and our words exist in."""
    return [code for code, _ in settings.LANGUAGES if code == spoken(code)]


def _has_page(path_info: str) -> bool:
    try:
        return bool(found(f"/{settings.LANGUAGE_CODE}{path_info}"))
    except Resolver404:
        return False


class Middleware(LocaleMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        if prefix := in_path(request.path_info):
            request.urlconf = urlconf(prefix)
        translation.activate(spoken(asked(request)))
        request.LANGUAGE_CODE = translation.get_language()

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """From a page behind a secret link to the same in the language that was chosen on it."""
        code, here = request.GET.get(CHOSEN), without(request.path_info)
        if request.method not in ("GET", "HEAD") or "token" not in kwargs or code not in offered():
            return None
        if not _has_page(here):
            return None
        answer = HttpResponseRedirect(quote(f"{get_script_prefix()}{code}{here}"))
        add_never_cache_headers(answer)
        return answer

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not in_path(request.path_info):
            return super().process_response(request, response)
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response
