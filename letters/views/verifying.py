"""Anybody may ask whether a document is one of ours. Nothing that is sent is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from config import uploads
from letters.pdf import typesetting, writing
from letters.services import verifying

MOST = 32 * 2**20  # bytes; an edition with fifty thousand names has a third of that


@dataclass(frozen=True)
class Weighed:
    """A file of which only this is left."""

    sha256: str
    size: int


class Weighing(FileUploadHandler):
    """Takes a file piece by piece into its SHA-256, and keeps neither piece nor name."""

    is_too_large = False

    def __init__(self, request=None):
        super().__init__(request)
        self.size = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.sha256, self.began_at = hashlib.sha256(), self.size

    def receive_data_chunk(self, raw_data, start):
        self.size += len(raw_data)
        if self.size > MOST:
            self.is_too_large = True
            raise StopUpload(connection_reset=True)
        self.sha256.update(raw_data)

    def file_complete(self, file_size):
        return Weighed(self.sha256.hexdigest(), self.size - self.began_at)


@uploads.up_to(MOST, fields=0)
@csrf_exempt  # asking changes nothing, and so the page needs no cookie
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request):
    """A file is called genuine where it was sent here, or this page's own script has worked its hash out: a link to a
    hash, as on a forged paper, says nothing about what somebody holds in hand."""
    handler = Weighing(request)
    request.upload_handlers = [handler]  # before anything reads the form: Django's own write to a disk
    is_file = request.method == "POST"
    sha256, error = _weighed(request, handler) if is_file else _typed(request.GET.get("hash"))
    if "sum" in request.POST:
        sha256, error = _typed(request.POST["sum"])
        is_file = request.headers.get("Sec-Fetch-Site") == "same-origin"
    found = verifying.verdict(sha256) if sha256 else None
    context = {"sha256": sha256, "verdict": found, "error": error, "is_file": is_file}
    return render(request, "letters/verify.html", context | (_told(found) if found else {}))


def _typed(typed):
    """(hash, what is wrong with it)."""
    if typed is None or not typed.strip():
        return "", ""
    sha256 = verifying.cleaned(typed[:1000])
    return sha256, "" if sha256 else _("A SHA-256 has 64 characters, digits and the letters a to f. Copy it whole.")


def _weighed(request, handler):
    too_large = _("The file is too large to be one of ours: they have %(mb)s MB at most.") % {"mb": MOST >> 20}
    file = request.FILES.get("file")
    if handler.is_too_large:
        return "", too_large
    if file is None or not file.size:
        return "", _("Choose the PDF file first.")
    return file.sha256, ""


def _told(found):
    language = get_language()
    text = found.revision.text_for(language)
    printed = found.letter.signatories.in_print(found.edition) if found.edition else None
    return {
        "title": text["title"] or str(found.letter),
        "direction": writing.of(text["language"]).direction,
        "count": typesetting.count_line(printed) if printed else "",
        "withheld": typesetting.withheld_line(printed) if printed else "",
        "url": found.letter.url_for(language),
    }
