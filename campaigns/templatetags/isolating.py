"""Names from everywhere inside sentences of ours: none may turn the words around it about."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def bdi(name: object) -> SafeString:
    """For `{% blocktranslate with title=title|bdi %}`: the sentence to translate is the same as in the text twin."""
    return format_html("<bdi>{}</bdi>", name)
