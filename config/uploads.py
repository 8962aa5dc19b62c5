"""What is sent is refused by its length, before anything has read of it.

Django writes files to a disk as it reads a form, and the first who reads is the CSRF check: without this, anybody could
fill the disk through any address. A body without a length (in chunks) is none to Django: nothing of it is read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404

from config import languages

AROUND = 2**18  # bytes that the parts of a form add to what is in them

View = TypeVar("View", bound=Callable[..., Any])


def up_to(files: int, *, fields: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE) -> Callable[[View], View]:
    """Mark a view that takes files, of so many bytes together, beside its fields. A little more than each may have is
    right: then the form itself can say what is too large, and keep the rest."""

    def mark(view: View) -> View:
        view.takes = files + fields  # type: ignore[attr-defined]
        return view

    return mark


def too_large(limit: int) -> HttpResponse:
    """Without the request's context: whoever looks for a form in the request would read it."""
    return HttpResponse(render_to_string("413.html", {"mb": limit >> 20}), status=413)


class Middleware:
    """Stands before the CSRF check, and asks by itself which page it is: the page that says that there is none reads
    what was sent as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = _length(request)
        if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE and length > (limit := _limit(request)) + AROUND:
            return too_large(limit)
        return self.get_response(request)


def _limit(request: HttpRequest) -> int:
    try:
        view = languages.found(request.path_info).func
    except Resolver404:
        view = None
    return getattr(view, "takes", settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:  # to Django none, and so there is no body
        return 0
