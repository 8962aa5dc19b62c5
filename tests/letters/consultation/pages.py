"""The two pages of a consultation: what a partner sees and sends, and where the desk is."""

from django.urls import reverse
from django.utils import timezone

from letters.models import Comment, Partner
from tests.letters.desk import fields, words

NOW = timezone.now
Answer, Position = Comment.Answer, Partner.Position


def page_of(partner):
    return reverse("letters:comment", args=[partner.secret])


def see(client, partner, **query):
    return words(client.get(page_of(partner), query))


def send(client, partner, act, query="", **values):
    """What the page has filled in, and these."""
    shown = client.get(page_of(partner) + query)
    return client.post(page_of(partner) + query, fields(shown) | {"act": act} | values)


def comment(client, partner, paragraph=2, **values):
    named = {f"unit-{name}": value for name, value in values.items()}
    return send(client, partner, "comment", f"?on={paragraph}", part="unit", **named)


def desk(letter, name="consultation", *more):
    return reverse(f"letters:{name}", args=[letter.slug, *more])


def post(client, letter, name, *more, **values):
    return client.post(desk(letter, name, *more), values, follow=True)
