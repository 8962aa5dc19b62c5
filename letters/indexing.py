"""What asks search engines to stay away: all of a letter that is not to be listed, and every page by a secret link.

In one place, so that no page, file or picture of such a letter is forgotten. Only answers that show something are
marked, and only those of pages that anyone may open: the others show search engines nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from letters.models import Letter

HEADER, VALUE = "X-Robots-Tag", "noindex"


class Middleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match is None or response.status_code != 200 or getattr(match.func, "login_required", True):
            return response
        if "token" in match.kwargs or _is_hidden(match.kwargs):
            response[HEADER] = VALUE
        return response


def _is_hidden(named: dict[str, Any]) -> bool:
    slug = named.get("slug")
    return bool(slug) and Letter.objects.filter(slug=slug, may_be_indexed=False).exists()
