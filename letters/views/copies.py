"""Word files: the draft and the editions for the team, the text in force for anyone."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
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
    text = letter.revisions.latest("number").text_in(language)
    if language and (text["is_authentic"] or text["language"] != language):
        raise Http404
    return _file(services.board_copy(letter, language), f"{slug}-{text['language']}")


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
