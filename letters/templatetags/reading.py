from django import template
from django.utils import translation

register = template.Library()


@register.filter
def title_here(letter):
    """The letter's title as readers of this page have it: in their language, where there is a text in it."""
    return letter.title_for(translation.get_language())


@register.filter
def url_here(letter):
    """The letter's page with the text that they read."""
    return letter.url_for(translation.get_language())
