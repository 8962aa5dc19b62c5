"""Every address the site answers to, and what it answers whom."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection, transaction
from django.urls import URLPattern, get_resolver

PART = re.compile(r"<(?:\w+:)?(\w+)>")
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
KEPT_OF_A_VISIT = re.compile(r'"django_session"|UPDATE "campaigns_user" SET "last_login"')
LOGINS = ("/accounts/login/", "/admin/login/")
ENVIRON = {
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "REMOTE_ADDR": "127.0.0.1",
    "wsgi.url_scheme": "http",
    "CONTENT_TYPE": "application/x-www-form-urlencoded",
    "CONTENT_LENGTH": "0",
    "SCRIPT_NAME": "",
}


def routes(resolver: Any = None, prefix: str = "/") -> Iterator[str]:
    """The route of every pattern, as it stands in urls.py; regular expressions begin with ^ somewhere."""
    for one in (resolver or get_resolver()).url_patterns:
        route = f"{prefix}{one.pattern}"
        if isinstance(one, URLPattern):
            yield route
        else:
            yield from routes(one, route)


def address(route: str, thing: dict[str, Any]) -> str:
    path = thing.get("address") or PART.sub(lambda part: str(thing[part[1]]), route)
    return f"{path}?{thing['query']}" if "query" in thing else path


class Site:
    """The site without a server or the test client, whose copies of every template's context take longer than most
    pages: `ask` gives the outcome in a word, and what was written to the database. Nothing stays written.
    """

    def __init__(self, kept: dict[str, Any]) -> None:
        self.kept = kept  # in the cache; what takes long to make anew
        self.handler = BaseHandler()
        self.handler.load_middleware()

    def ask(self, method: str, path: str, cookie: str = "", body: bytes = b"") -> tuple[str, list[str]]:
        if method in {"GET", "POST"}:
            cache.clear()  # limits on attempts
            cache.set_many(self.kept)
        with _undone(), _writes() as written:
            response = self.handler.get_response(_request(method, path, cookie, body))
            if response.streaming:
                b"".join(response)
                _closed(response)
        return _outcome(response), written

    def content(self, path: str, cookie: str) -> bytes:
        return self.handler.get_response(_request("GET", path, cookie, b"")).content


def _request(method: str, path: str, cookie: str, body: bytes) -> WSGIRequest:
    path, _, query = path.partition("?")
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_COOKIE": cookie}
    environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    request = WSGIRequest({**ENVIRON, **environ})
    request._dont_enforce_csrf_checks = True  # who may is asked here; that a form needs its token has tests of its own
    return request


def _closed(response: Any) -> None:
    """Without the signal at the end of a request, at which Django lets go of the database."""
    for close in response._resource_closers:
        close()


def _outcome(response: Any) -> str:
    location = response.get("Location", "")
    if location.startswith(LOGINS):
        return "login"
    return str(response.status_code)


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _writes() -> Iterator[list[str]]:
    """What is written meanwhile, but for what a visit leaves in its session."""
    written: list[str] = []

    def watch(execute, sql, params, many, context):
        if WRITES.match(sql) and not KEPT_OF_A_VISIT.search(sql):
            written.append(sql.partition("(")[0][:80])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written
