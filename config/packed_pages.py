"""Compression of the pages of signing on. Hot pages are packed where they are held, static files on the disk.

Packing can betray a secret to somebody who watches the line, if one answer holds it beside words that the watcher
chooses (BREACH). So it is a list, and what stands on it keeps to this, which tests/config/test_packed_pages.py holds:

* No page repeats anything of its address, and no cookie decides what is on it but its language. A stranger can make a
  visitor's browser send the sign-on form; what comes back then holds the stranger's own words and what is public.
* What is private on the others is reached by a link of 256 bits alone, which is not on the page: without it nobody can
  make a browser ask for the page, and whoever has it needs to guess nothing.
* A CSRF token, where there is one, is masked anew in each answer; the length varies at random by up to 100 bytes.

Pages behind sign-in, the login and what partners see are not packed.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PACKED = frozenset(
    {
        "signatories:sign",
        "signatories:sign_individual",
        "signatories:sent",
        "signatories:already",
        "signatories:confirm",
        "signatories:amendment",
        "signatories:mine",
        "signatories:decide",
        "signatories:question",
        "signatories:correct",
        "signatories:visibility",
        "signatories:withdraw",
        "signatories:holdings",
        "signatories:new_link",
        "signatories:vouch",
        "signatories:unsubscribe",
    }
)


class Middleware(GZipMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        match = request.resolver_match
        if match is None or match.view_name not in PACKED:
            return response
        return super().process_response(request, response)
