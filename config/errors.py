"""What we say when a request cannot be read. The other errors have nothing to tell but their template."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Without the request's context, which may be what is wrong with it."""
    context = {"is_too_large": isinstance(exception, RequestDataTooBig)}
    return HttpResponseBadRequest(render_to_string("400.html", context))
