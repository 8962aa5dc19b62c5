"""Files of a published letter: its editions, what proves them, and what was answered. Gone once it is taken back."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from campaigns import crypto
from letters.hot_pages import hot
from letters.models import Letter
from letters.models.editions import LONG
from letters.services import publications, records, replying
from letters.views.sharing import for_any_site

KEPT = "public, max-age=60"


@login_not_required
@require_safe
def edition_pdf(request, slug, number, language=""):
    """The public document of an edition, in the language of the address or else the authentic one."""
    edition = _edition(slug, number)
    text = edition.revision.text_in(language)
    if language and (text["is_authentic"] or text["language"] != language):
        raise Http404
    document = get_object_or_404(edition.renderings.public().done(), language=text["language"])
    etag = f'"{document.sha256}"'
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    name = f"{slug}-edition-{number}-{text['language']}.pdf"
    response = FileResponse(document.file.open(), content_type="application/pdf", filename=name)
    response["Cache-Control"] = KEPT
    response["ETag"] = etag
    return response


@hot
@login_not_required
@for_any_site
def manifest_file(request, slug, number):
    """What is public of an edition, and the SHA-256 of each of its public files."""
    manifest = records.manifest(_edition(slug, number))
    return JsonResponse(manifest, json_dumps_params={"indent": 1, "ensure_ascii": False})


@login_not_required
@require_safe
def reply_file(request, slug, number):
    """What a recipient answered: somebody else's file, so no browser shows it as a page of ours."""
    letter = get_object_or_404(Letter.objects.public(), slug=slug)
    found = letter.replies.public().filter(number=number)
    sha256 = found.values_list("sha256", flat=True).first()
    if not sha256 or letter.publication is None:
        raise Http404
    etag = f'"{sha256}"'
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    try:
        file = found.values_list("file", flat=True).first()  # only now: it is large, and to be deciphered
    except crypto.Undecipherable as error:  # which who asks can do nothing about
        raise Http404 from error
    if not file:
        raise Http404
    response = HttpResponse(replying.decoded(file), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{slug}-reply-{number}.pdf"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = KEPT
    response["ETag"] = etag
    return response


def _edition(slug, number):
    letter = get_object_or_404(Letter.objects.public(), slug=slug)
    editions = publications.open_editions(letter).select_related("revision", "letter").defer(*LONG)
    return get_object_or_404(editions, number=number)
