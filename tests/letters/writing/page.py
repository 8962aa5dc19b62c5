"""The writing page: where it is, what it sends, and what it has saved."""

from django.urls import reverse

from letters.models import Letter
from letters.services import drafting
from tests.letters.desk import fields


def url(letter, page="write"):
    return reverse(f"letters:{page}", args=[letter.slug])


def opened(client, letter, query=""):
    """The writing page, and what it would send."""
    return fields(client.get(url(letter) + query))


def draft(letter):
    return drafting.current(Letter.objects.get(pk=letter.pk))
