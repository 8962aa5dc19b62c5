"""The page that shows what was recognized, and what it sends back."""

from django.urls import reverse

from tests.letters.desk import fields


def recognized(client, campaign, **sent):
    """The page after the box."""
    return client.post(reverse("letters:recognized"), {"campaign": campaign.pk, **sent})


def sent_back(client, response, **changed):
    """The page as it was shown, with some choices changed."""
    return client.post(reverse("letters:recognized"), fields(response) | changed)


def role(response, number):
    return fields(response)[f"role_{number}"]
