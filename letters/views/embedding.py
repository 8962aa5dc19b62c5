"""A letter on other sites: the page for a frame, what tells how to frame it (oEmbed), and the picture beside a link."""

from __future__ import annotations

from urllib.parse import urlsplit

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, reverse
from django.utils import timezone, translation
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from config import languages
from letters import indexing
from letters.hot_pages import hot
from letters.models import Letter
from letters.open_data import embedding
from letters.pdf import cards, typesetting, writing
from letters.services import publishing
from letters.services.published import published
from letters.views import letter_page
from letters.views.sharing import for_any_site

FRAMED = {"letters:letter", "letters:letter_in", "letters:embed", "letters:board"}
MOST_NAMES = 1000  # of a longer roll the frame shows the count and a link


def framed_anywhere(view):
    """For the one page that any site may hold in a frame: nothing on it can be pressed that does anything."""
    return xframe_options_exempt(csp_replace({"frame-ancestors": ["*"]})(view))


@hot
@login_not_required
@require_safe
@framed_anywhere
def embed(request, slug, language=""):
    """For a frame on any site, in the language of its text: a frame has no other readers than the site around it."""
    letter = _public(slug)
    text = _asked(letter, language)
    roll = letter.roll(text["language"], timezone.now())
    said = published(letter, text["language"], roll.organizations)
    with translation.override(typesetting.language_of_words(text["language"])):
        context = {
            "letter": letter,
            "text": text,
            "published": said,
            "called": letter_page.called(text, said),
            "direction": writing.of(text["language"]).direction,
            "state": publishing.state_of(letter),
            "letter_url": letter.url_in(text["language"], is_authentic=text["is_authentic"]),
            "roll": roll,
            "count": typesetting.count_line(roll) if roll.printed else "",
            "withheld": typesetting.withheld_line(roll),
            "names": letter.shares_list and 0 < roll.printed <= MOST_NAMES,
            "identifies": typesetting.has_affiliations(roll),
        }
        return render(request, "letters/embed.html", context)


@login_not_required
@for_any_site
def oembed(request):
    """How to frame the letter at `url`, for sites that ask by themselves."""
    form = request.GET.get("format", "json")
    if form not in {"json", "xml"}:
        return HttpResponse("Only json and xml.\n", status=501, content_type="text/plain; charset=utf-8")
    letter, language = _at(request.GET.get("url", ""))
    text = _asked(letter, language)
    at = [letter.slug] if text["is_authentic"] else [letter.slug, text["language"]]
    told = embedding.Embedding(
        title=letter_page.called(text, published(letter, text["language"])),
        campaign=letter.campaign.name,
        site=settings.SITE_NAME,
        site_url=settings.SITE_URL,
        embed_url=settings.SITE_URL + reverse("letters:embed", args=at),
        card_url=settings.SITE_URL + reverse("letters:card", args=at),
    )
    room = (_pixels(request.GET.get("maxwidth")), _pixels(request.GET.get("maxheight")))
    if form == "xml":
        response = HttpResponse(embedding.to_xml(told, room), content_type="text/xml; charset=utf-8")
    else:
        response = HttpResponse(embedding.to_json(told, room), content_type="application/json; charset=utf-8")
    response["Cache-Control"] = "public, max-age=60"
    if not letter.may_be_indexed:
        response[indexing.HEADER] = indexing.VALUE
    return response


@hot
@login_not_required
@require_safe
def card(request, slug, language=""):
    """The picture as it was drawn last, or a blank one. Nobody who asks for it causes a drawing."""
    letter = _public(slug)
    text = _asked(letter, language)
    drawn = letter.cards.drawn().filter(language=text["language"]).first()
    return HttpResponse(bytes(drawn.picture) if drawn else cards.blank(), content_type="image/png")


def _public(slug):
    return get_object_or_404(Letter.objects.public().select_related("campaign"), slug=slug)


def _asked(letter, language):
    """The text at the address with this language in it, or without one, where the authentic text is."""
    text = letter.revisions.latest("number").text_in(language)
    if language and (text["is_authentic"] or text["language"] != language):
        raise Http404
    return text


def _at(url):
    """The letter whose page has this address, and the language in it, or ""."""
    try:
        asked = urlsplit(url)
        if asked.scheme not in {"http", "https"} or asked.netloc != urlsplit(settings.SITE_URL).netloc:
            raise Http404
        match = languages.found(asked.path)
    except (ValueError, Resolver404) as error:
        raise Http404 from error
    if match.view_name not in FRAMED:
        raise Http404
    return _public(match.kwargs["slug"]), match.kwargs.get("language", "")


def _pixels(given):
    """What is no number of pixels limits nothing."""
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 6 and int(given) else None
