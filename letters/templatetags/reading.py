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


@register.simple_tag
def called_here(letter, said):
    """Its headline, where it is published with one (`said` is letters.services.published.of_each), or its title."""
    published = said.get(letter.pk)
    return (published and published.headline) or title_here(letter)


@register.filter
def of(said, letter):
    """What is published of the letter."""
    return said.get(letter.pk)
