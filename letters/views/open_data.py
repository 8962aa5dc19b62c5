"""The public roll to take away, and what tells programs of letters: feed, sitemap, robots.txt. docs/open-data.md."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from letters import open_data
from letters.hot_pages import Marked, hot
from letters.models import Letter
from letters.pdf import typesetting, writing
from letters.services import publishing
from letters.views.sharing import for_any_site

CLOSED = ("/desk/", "/accounts/", "/admin/")


@hot
@login_not_required
@for_any_site
def signatories_json(request, slug):
    """The letter and its roll. Polled, so it counts as unchanged while only the time has passed."""
    facts = publishing.facts(_public(slug), timezone.now())
    content, mark = open_data.structured.write(facts), open_data.structured.mark(facts)
    return Marked(content, mark=mark, content_type="application/json; charset=utf-8")


@hot
@login_not_required
@for_any_site
def signatories_csv(request, slug):
    """The roll as a table."""
    letter = _public(slug)
    if not letter.shares_list:
        return _not_shared(request, letter)
    content = open_data.table.write(_roll(letter))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = f'attachment; filename="{slug}-signatories.csv"'
    return response


@hot
@login_not_required
@for_any_site
def signatories_txt(request, slug):
    """The roll as lines to paste, in the language of the authentic text."""
    letter = _public(slug)
    if not letter.shares_list:
        return _not_shared(request, letter)
    roll = _roll(letter)
    language = typesetting.language_of_words(_language(letter))
    with translation.override(language):
        content = open_data.listing.write(
            roll,
            comma=writing.of(_language(letter)).comma,
            note=_("* Affiliations are given for identification only."),
            withheld=typesetting.withheld_line(roll),
        )
    return HttpResponse(content, content_type="text/plain; charset=utf-8")


@hot
@login_not_required
@for_any_site
def feed(request):
    """What happened to letters."""
    content = open_data.feed.write(
        publishing.entries(timezone.now()),
        title=_("Joint letters at %(site)s") % {"site": settings.SITE_NAME},
        site_url=settings.SITE_URL,
        feed_url=settings.SITE_URL + reverse("letters:feed"),
        language=translation.get_language(),
    )
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


@hot
@login_not_required
@require_safe
def sitemap(request):
    content = open_data.pages.sitemap(publishing.pages())
    return HttpResponse(content, content_type="application/xml; charset=utf-8")


@hot
@login_not_required
@require_safe
def robots(request):
    content = open_data.pages.robots(CLOSED, settings.SITE_URL + reverse("letters:sitemap"))
    return HttpResponse(content, content_type="text/plain; charset=utf-8")


def _public(slug):
    return get_object_or_404(Letter.objects.public().select_related("campaign"), slug=slug)


def _language(letter):
    return letter.revisions.latest("number").authentic["language"]


def _roll(letter):
    return letter.roll(_language(letter), timezone.now())


def _not_shared(request, letter):
    return render(request, "letters/list_not_shared.html", {"letter": letter}, status=403)
