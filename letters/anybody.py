"""What the site answers to a reader whom it knows nothing of: the only one for whom public pages are made.

Pages held in memory (letters.hot_pages) and those written as files (letters.services.static_copies) are asked for in
this way, so that nothing of one reader can reach another, and page and copy are the same.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http.response import HttpResponseBase
from django.urls import set_urlconf
from django.utils import translation

KEPT = [  # of the WSGI environment: where the page is, nothing about who asks
    *("SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "SCRIPT_NAME", "PATH_INFO", "wsgi.url_scheme"),
    *("HTTP_HOST", "HTTP_X_FORWARDED_PROTO"),
]
PORTS = {"http": 80, "https": 443}


class Request(WSGIRequest):
    """Of our own making, without cookies, network address or anything else of whoever asks. No page is held for it, nor
    taken from those held: it wants to know what is so now."""


def request(environ: Mapping[str, Any], language: str = "") -> Request:
    """For the page that `environ` asks for, by one who reads `language`, or asks for none."""
    kept: dict[str, Any] = {name: environ[name] for name in KEPT if name in environ}
    kept.update({"REQUEST_METHOD": "GET", "HTTP_ACCEPT_LANGUAGE": language, "wsgi.input": io.BytesIO()})
    return Request(kept)


class Site:
    """The site itself, asked from within a worker, through the same middleware and views."""

    def __init__(self) -> None:
        self._handler = BaseHandler()
        self._handler.load_middleware()

    def answer(self, path: str) -> HttpResponseBase:
        """What stands at a path, for one who asks for no language."""
        own = urlsplit(settings.SITE_URL)
        environ = {
            "SERVER_NAME": own.hostname or "localhost",
            "SERVER_PORT": str(own.port or PORTS.get(own.scheme, 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "wsgi.url_scheme": own.scheme,
            "HTTP_HOST": own.netloc,
            "HTTP_X_FORWARDED_PROTO": own.scheme,
        }
        language = translation.get_language()
        try:
            return self._handler.get_response(request(environ))
        finally:  # as the next one in this thread expects it
            set_urlconf(None)
            translation.activate(language) if language else translation.deactivate_all()
