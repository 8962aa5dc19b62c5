"""A revision as a file: what `manage.py digest` and anybody else's program recompute its digest from."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from letters import canonical
from letters.models import Letter, Revision


@login_not_required
@require_safe
def revision_file(request, slug, number):
    """One that is or was in force. It never changes, so it may be kept for ever, but asked for: a letter may go."""
    letter = get_object_or_404(Letter.objects.public(), slug=slug)
    revision = get_object_or_404(Revision.objects.signed().filter(letter=letter), number=number)
    etag = f'"{revision.digest}-{revision.number}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = answer(revision)
    response["ETag"], response["Cache-Control"] = etag, "public, max-age=300"
    return response


def answer(revision):
    held = {
        "form": canonical.FORM,
        "digest": revision.digest,
        "number": revision.number,
        "created_at": revision.created_at.isoformat(),
        "texts": revision.texts,
        "recipients": revision.recipients,
    }
    return HttpResponse(json.dumps(held, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8")
