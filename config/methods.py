"""GET, HEAD and POST, on every page; nothing else is asked of us, and Django would answer most of it as a GET."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

KNOWN = ["GET", "HEAD", "POST"]


class Middleware:
    """A view that answers what browsers ask before they read from another site says so: `answers_options`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.method in KNOWN or getattr(view, "answers_options", False):
            return None
        return HttpResponseNotAllowed(KNOWN)
