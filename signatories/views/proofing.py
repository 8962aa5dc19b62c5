"""The desk: names looked over before they are frozen."""

from __future__ import annotations

import html

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from letters.models import Letter
from letters.pdf import coverage
from signatories.hygiene import Doubt

MOST = 100  # names shown under one doubt
WHY = {
    Doubt.NO_FONT: (
        _("A character that no font has"),
        _("The document cannot be set with it: another spelling, or a font on the server, is needed first."),
    ),
    Doubt.HIDDEN: (_("Something that nobody sees"), _("A control character; it came along when a name was pasted.")),
    Doubt.PICTURE: (_("A picture or symbol"), _("It is printed like a letter, if at all.")),
    Doubt.LOOKALIKE: (
        _("Letters of two scripts in one word"),
        _("Such as a Cyrillic а in a Latin word: it looks right, is found by nobody, and may be meant to deceive."),
    ),
    Doubt.SAME_LOOK: (
        _("Spelled otherwise than another, and looking the same"),
        _("Perhaps the same organization twice, or one that passes for another."),
    ),
    Doubt.NO_COUNTRY: (_("No country"), _("It stands apart from all the others, and is in no count of countries.")),
    Doubt.CAPITALS: (_("All in capitals"), _("Among names in ordinary letters it looks like shouting.")),
    Doubt.TWICE: (
        _("Something said twice"),
        _("An acronym that stands in the name too, or a second name that is the first: lists often have it so."),
    ),
    Doubt.SPACES: (_("Spaces or commas doubled or astray"), _("They show in print.")),
    Doubt.LEGAL_FORM: (
        _("A legal form at the end"),
        _("“Inc.”, “Ltd”, “e.V.”: most letters leave it out; a list looks best if all do or none does."),
    ),
    Doubt.LONG: (_("Very long"), _("It takes three lines or more in a column.")),
}


@require_safe
def proof(request, slug):
    """Only for who runs the letter: names for the addressee alone are looked over, too."""
    letter = get_object_or_404(Letter.objects.run_by(request.user).with_counts().select_related("campaign"), slug=slug)
    found = letter.signatories.listed().doubted_names()
    shown = {pk for keys in found.values() for pk in keys[:MOST]}
    named = letter.signatories.with_line_only("letter", "visibility").in_bulk(shown)
    doubts = [
        {"title": WHY[doubt][0], "why": WHY[doubt][1], "number": len(keys), "key": doubt.value}
        | {"some": [named[pk] for pk in keys[:MOST] if pk in named]}
        for doubt, keys in found.items()
    ]
    context = {
        "letter": letter,
        "doubts": doubts,
        "vets": Letter.objects.vetted_by(request.user).filter(pk=letter.pk).exists(),
        "lacking": " ".join(coverage.lacking(_words(letter))),
    }
    return render(request, "signatories/proof.html", context)


def _words(letter):
    """All that is set of the letter besides its names."""
    texts = letter.texts.values_list("title", "re_line", "salutation", "body", "closing")
    recipients = letter.recipients.values_list("honorific", "name", "office", "organization", "address")
    return html.unescape("".join(part for parts in (*texts, *recipients) for part in parts))
