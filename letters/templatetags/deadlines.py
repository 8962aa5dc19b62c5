from django import template

from letters import instants

register = template.Library()


@register.filter
def in_words(at, zone):
    """As letters.instants.in_words says it; nothing for no instant."""
    return instants.in_words(at, str(zone)) if at else ""


@register.filter
def in_zone_words(zone):
    """ "Zurich time" for "Europe/Zurich"."""
    return instants.zone_in_words(zone)
