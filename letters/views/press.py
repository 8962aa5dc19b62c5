"""For the press, and for signatories' own pages: what to say, show and link, ready to be taken."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from letters import areas
from letters.hot_pages import hot
from letters.models import Letter
from letters.pdf import typesetting, writing
from letters.services import published as publishing
from letters.views import letter_page


@hot
@login_not_required
@require_safe
def press(request, slug, language=""):
    """The kit of a published letter, in one of its texts."""
    letter = get_object_or_404(Letter.objects.public().select_related("campaign"), slug=slug)
    revision = letter.revisions.latest("number")
    text = revision.text_in(language)
    if language and (text["is_authentic"] or text["language"] != language):
        raise Http404
    publication = letter.publication
    if publication is None:  # first: the list costs much, and anybody can ask
        raise Http404
    roll = letter.roll(text["language"], timezone.now())
    words = publishing.in_words(publication, letter, text["language"], roll.organizations)
    context = {
        "letter": letter,
        "text": text,
        "direction": writing.of(text["language"]).direction,
        "published": words,
        "called": letter_page.called(text, words),
        "figures": _figures(roll),
        "versions": _versions(letter, revision, text) if len(revision.texts) > 1 else [],
        "card_url": letter_page.url_of("card", letter, text),
        "letter_url": letter.url_in(text["language"], is_authentic=text["is_authentic"]),
        "roll": roll,
        "count": typesetting.count_line(roll) if roll.printed else "",
        "withheld": typesetting.withheld_line(roll),
        **letter_page.edition_files(letter, words.edition, text),
    }
    return render(request, "letters/press.html", context)


def _versions(letter, revision, shown):
    """The kit in each of the letter's languages."""
    return [
        {
            "language": text["language"],
            "direction": writing.of(text["language"]).direction,
            "name": writing.name_of(text["language"], text["language"]),
            "url": letter_page.url_of("press", letter, text),
            "is_shown": text["language"] == shown["language"],
        }
        for text in sorted(revision.texts, key=lambda text: (not text["is_authentic"], text["language"]))
    ]


def _figures(roll):
    """In words: what is named on the list. Of the others the number stands below, and nothing here goes by it."""
    organizations = ngettext("%(n)s organization", "%(n)s organizations", roll.organizations)
    individuals = ngettext("%(n)s individual", "%(n)s individuals", roll.persons)
    countries = ngettext("%(n)s country", "%(n)s countries", roll.countries)
    found = {areas.region(group.country(line)) for _side, group, line in roll.every()} - {areas.WORLD}
    regions = ngettext("%(n)s region of the world", "%(n)s regions of the world", len(found))
    said = [
        (organizations, roll.organizations),
        (individuals, roll.persons),
        (countries, roll.countries),
        (regions, len(found) if len(found) > 1 else 0),
    ]
    return [words % {"n": typesetting.number(number)} for words, number in said if number]
