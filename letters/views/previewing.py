"""The desk: what is written, as it will look as a page, on a phone, and as the document."""

from __future__ import annotations

import re
from functools import partial
from urllib.parse import urlencode

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from letters import services
from letters.document import A4, US_LETTER
from letters.models import Letter
from letters.pdf import pictures
from letters.services import working
from letters.views.article import article

WIDTH = 900  # pixels of a picture of a page
HEIGHTS = {A4: 1273, US_LETTER: 1165}
OUTWARD = re.compile(r'<a href="(?!#)')  # in what letters.body has written


def framed(*, holding=None):
    """For answers that our own pages may hold in a frame; nothing else may be framed."""
    policy = {"frame-ancestors": [SELF]} | ({"frame-src": [SELF]} if holding else {})
    return lambda view: xframe_options_sameorigin(csp_replace(policy)(view))


def _seen(request, slug):
    return get_object_or_404(Letter.objects.seen_by(request.user).select_related("campaign", "saved_by"), slug=slug)


def _asked(request, letter):
    """The words as they are saved now, and the text in the language that is asked for, or else the authentic one."""
    words = working.read(letter)
    text = words.text_in(language) if (language := request.GET.get("in", "")) else words.authentic
    if text is None:
        raise Http404
    return words, text


@framed()
@require_safe
def preview_page(request, slug):
    """The public page's article, of what is saved."""
    letter = _seen(request, slug)
    words, text = _asked(request, letter)
    shown = article(text, words.recipients, words.front)
    for part in ("body", "notes"):  # a link leads out of the frame: other sites do not let themselves be framed
        shown[part] = mark_safe(OUTWARD.sub('<a target="_blank" href="', shown[part]))  # noqa: S308 - as it was
    return render(request, "letters/preview_page.html", {"letter": letter, **shown})


@framed(holding=True)
@require_safe
def preview_phone(request, slug):
    """The same, as wide as a phone."""
    letter = _seen(request, slug)
    _words, text = _asked(request, letter)
    return render(request, "letters/preview_phone.html", {"letter": letter, "text": text})


@framed()
@require_safe
def preview_letter(request, slug):
    """The pages of the document, in pictures."""
    letter = _seen(request, slug)
    _words, text = _asked(request, letter)
    query = urlencode({"in": text["language"], "of": services.mark_of(letter)})
    setting = partial(services.preview_kept, letter, text["language"])
    shown = in_pictures(setting, letter.printed_look, "letters:preview_picture", query)
    return render(request, "letters/preview_letter.html", {"letter": letter, "text": text, **shown})


def in_pictures(setting, look, picture, query):
    """For the template: the pages of the PDF that `setting` returns, each an address `picture` with `query`."""
    context = {"width": WIDTH, "height": HEIGHTS[look.paper], "picture": picture, "query": query}
    try:
        count = pictures.page_count(setting())
    except services.RenderingFailed as error:
        return {**context, "cause": error}
    return {**context, "pages": range(1, count + 1), "count": count}


@require_safe
def preview_picture(request, slug, number):
    """One page of it."""
    letter = _seen(request, slug)
    _words, text = _asked(request, letter)
    return picture_of(partial(services.preview_kept, letter, text["language"]), number)


def picture_of(setting, number):
    """One page, counted from 1, of the PDF that `setting` returns."""
    try:
        found = pictures.pictures(setting(), width=WIDTH, first=number, last=number) if number else []
    except services.RenderingFailed as error:
        raise Http404 from error
    if not found:
        raise Http404
    return _kept_nowhere(HttpResponse(found[0], content_type="image/png"))


@require_safe
def preview(request, slug):
    """The document itself, marked as a draft."""
    letter = _seen(request, slug)
    _words, text = _asked(request, letter)
    try:
        content = services.preview(letter, timezone.now(), text["language"])
    except services.RenderingFailed as error:
        messages.error(request, _("The preview could not be set: %(cause)s") % {"cause": error})
        return redirect("letters:overview", slug=slug)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{letter.slug}-draft.pdf"'
    return _kept_nowhere(response)


def _kept_nowhere(response):
    response["Cache-Control"] = "private, no-store"
    return response
