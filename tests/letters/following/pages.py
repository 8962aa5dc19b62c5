"""The overview and the pages it leads to, as tests reach them."""

from django.urls import reverse

from tests.letters.desk import words


def url(letter, page="overview", **more):
    return reverse(f"letters:{page}", kwargs={"slug": letter.slug, **more})


def main_button(response):
    """The one next step of the page."""
    buttons = [part.split("</")[0] for part in words(response).split('class="button"')[1:]]
    assert len(buttons) == 1
    return buttons[0].rsplit(">", 1)[1]
