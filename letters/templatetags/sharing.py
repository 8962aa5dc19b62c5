"""What the letter page says to other sites: see templates/letters/open_graph.html and embed_code.html."""

from __future__ import annotations

import icu
from django import template
from django.conf import settings
from django.urls import reverse

from letters.open_data import embedding

register = template.Library()


@register.filter
def in_open_graph(language):
    """ "fr_FR" for "fr": Open Graph wants a territory, so it gets the likeliest (CLDR)."""
    locale = icu.Locale.forLanguageTag(language)
    locale.addLikelySubtags()
    return "_".join(filter(None, (locale.getLanguage(), locale.getCountry())))


@register.simple_tag
def letter_address(page, letter, text):
    """The absolute address of one of the letter's pages (letters:card, letters:embed …) in the language of the text."""
    at = [letter.slug] if text["is_authentic"] else [letter.slug, text["language"]]
    return settings.SITE_URL + reverse(page, args=at)


@register.simple_tag
def frame_code(letter, text, called):
    """The markup to copy into another site's page; text here, so it is escaped where it is shown."""
    return embedding.code(letter_address("letters:embed", letter, text), called)
