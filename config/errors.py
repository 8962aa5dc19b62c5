"""What we say when a request cannot be read. The other errors have nothing to tell but their template."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string

from config import uploads


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Without the request's context, which may be what is wrong with it."""
    if isinstance(exception, RequestDataTooBig):  # its fields alone
        return uploads.too_large(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    return HttpResponseBadRequest(render_to_string("400.html"))
