"""Where a form was sent from."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether another site has sent this: then whoever sits there gets the page to look at, and may send it.

    Browsers say so themselves; an Origin of "null" hides the site and is no sign of another one.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    return origin != "null" and urlsplit(origin).netloc not in {request.get_host(), urlsplit(settings.SITE_URL).netloc}
