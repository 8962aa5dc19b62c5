"""The Content-Security-Policy, put together once instead of for every answer."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase


class Middleware(CSPMiddleware):
    """What a view changes for its own answer, and whatever is not the plain case, is left to django-csp."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self.policy = build_policy()
        self.is_plain = not settings.DEBUG and not hasattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        has_own = hasattr(request, "_csp_nonce") or any(name.startswith("_csp") for name in response.__dict__)
        if has_own or not self.is_plain:
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.policy)
        return response
