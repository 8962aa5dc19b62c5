"""Files to keep: the draft and the editions for the team, the text in force for anyone."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.log import log_response
from django.views.decorators.http import require_safe

from letters import services
from letters.hot_pages import hot
from letters.models import Edition, Letter
from letters.services import working

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@hot
@login_not_required
@require_safe
def board_copy(request, slug, language=""):
    """The letter as it is signed, for a board that decides on paper."""
    letter = get_object_or_404(Letter.objects.public().select_related("campaign"), slug=slug)
    text = _asked(letter.revisions.latest("number"), language)
    return _file(services.board_copy(letter, language), f"{slug}-{text['language']}")


def _asked(revision, language):
    """The text at the address with this language in it, or without one, where the authentic text is."""
    text = revision.text_in(language)
    if language and (text["is_authentic"] or text["language"] != language):
        raise Http404
    return text


def _not_ready(request, letter, language, *, has_failed):
    """Not there yet, or not to be waited for. Neither is a fault of the site that its log should cry about."""
    context = {"letter": letter, "language": language, "has_failed": has_failed}
    answer = render(request, "letters/pdf_not_ready.html", context, status=503)
    log_response("Not ready: %s", request.path, response=answer, request=request, level="info")
    if not has_failed:
        answer["Retry-After"] = "10"
    return answer


@login_not_required
@require_safe
def letter_pdf(request, slug, language=""):
    """The same as a PDF, set once by a worker when the text came into force. Nobody who reads causes a rendering."""
    letter = get_object_or_404(Letter.objects.public().select_related("campaign"), slug=slug)
    revision = letter.revisions.latest("number")
    text = _asked(revision, language)
    rendering = revision.renderings.filter(language=text["language"]).first()
    if rendering is None or rendering.state != rendering.State.DONE:
        return _not_ready(request, letter, language, has_failed=rendering is not None and rendering.is_failed)
    etag = f'"{rendering.sha256}"'
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    name = f"{slug}-{text['language']}.pdf"
    response = FileResponse(rendering.file.open(), content_type="application/pdf", filename=name)
    response["Cache-Control"] = "public, max-age=60"
    response["ETag"] = etag
    return response


@require_safe
def draft_copy(request, slug, language=""):
    """What is written now, marked as a draft."""
    letter = _seen(request, slug)
    text = working.read(letter).text_in(language) if language else working.read(letter).authentic
    if text is None:
        raise Http404
    return _file(services.draft_copy(letter, timezone.now(), text["language"]), f"{slug}-draft-{text['language']}")


@require_safe
def edition_copy(request, slug, number, language):
    """An edition with its roll, to be worked on; what is delivered is its PDF."""
    edition = get_object_or_404(Edition.objects.select_related("revision"), letter=_seen(request, slug), number=number)
    if language not in [text["language"] for text in edition.revision.texts]:
        raise Http404
    return _file(services.edition_copy(edition, language), f"{slug}-edition-{number}-{language}")


def _seen(request, slug):
    return get_object_or_404(Letter.objects.seen_by(request.user).select_related("campaign"), slug=slug)


def _file(content, name):
    response = HttpResponse(content, content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return response
