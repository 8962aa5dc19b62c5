"""What a report of a fault says: its kind and where it happened, and nothing of what was sent or who sent it.

None is mailed as the site comes. Whoever adds a handler for it must not find names, addresses or links in a mailbox:
any form may hold a name that is withheld, so may any variable, and what an exception says of itself. On one's own
machine, with DEBUG, all is shown.
"""

from __future__ import annotations

import types
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from config.logs import masked

KEPT = ("REQUEST_METHOD", "SERVER_PROTOCOL", "CONTENT_TYPE", "CONTENT_LENGTH", "wsgi.url_scheme")


class Filter(SafeExceptionReporterFilter):
    """Leaves the names of fields and variables, and none of their values."""

    def get_post_parameters(self, request: HttpRequest | None) -> Any:
        if request is None or not self.is_active(request):
            return super().get_post_parameters(request)
        names = QueryDict(mutable=True)
        for name in request.POST:
            names[name] = self.cleansed_substitute
        return names

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: types.FrameType) -> Any:
        if not self.is_active(request):
            return super().get_traceback_frame_variables(request, tb_frame)
        return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]

    def get_safe_request_meta(self, request: HttpRequest | None) -> dict[str, Any]:
        if request is None:
            return {}
        if not self.is_active(request):
            return dict(super().get_safe_request_meta(request))
        return {name: request.META[name] for name in KEPT if name in request.META}

    def get_safe_cookies(self, request: HttpRequest | None) -> dict[str, Any]:
        if request is None:
            return {}
        if not self.is_active(request):
            return dict(super().get_safe_cookies(request))
        return dict.fromkeys(request.COOKIES, self.cleansed_substitute)


class Reporter(ExceptionReporter):
    """As Django's, without what follows the "?" and what exceptions say; tokens and addresses masked elsewhere too."""

    def get_traceback_data(self) -> dict[str, Any]:
        data: dict[str, Any] = super().get_traceback_data()
        if not self.filter.is_active(self.request):
            return data
        unsaid = self.filter.cleansed_substitute
        for frame in data["frames"]:
            frame["exc_cause"] = frame["exc_cause"] and type(frame["exc_cause"]).__name__
        if data["template_info"]:
            data["template_info"] = data["template_info"] | {"message": unsaid}
        unsaid_parts = {"exception_value": unsaid, "exception_notes": "", "unicode_hint": ""}
        return data | unsaid_parts | {"request_GET_items": [], "request_insecure_uri": ""}

    def get_traceback_text(self) -> SafeString:
        return self._masked(super().get_traceback_text())

    def get_traceback_html(self) -> SafeString:
        return self._masked(super().get_traceback_html())

    def _masked(self, report: str) -> SafeString:
        return SafeString(masked(report) if self.filter.is_active(self.request) else report)
