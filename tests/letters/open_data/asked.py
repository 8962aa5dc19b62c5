"""The files of a letter, and what programs ask for, as tests reach them."""

import json

from django.urls import reverse

FORMS = ["signatories_json", "signatories_csv", "signatories_txt"]
OPEN_TO_SITES = [*FORMS, "feed", "oembed"]


def url(page, letter=None):
    if page == "oembed":
        return f"{reverse('letters:oembed')}?url=http://127.0.0.1:8000{letter.get_absolute_url()}"
    return reverse(
        f"letters:{page}", args=[letter.slug] if letter and page not in {"feed", "sitemap", "robots"} else []
    )


def told(client, letter):
    return json.loads(client.get(url("signatories_json", letter)).content)


def everything(client, letter):
    pages = [*OPEN_TO_SITES, "sitemap", "robots", "embed"]
    return {page: client.get(url(page, letter)).content.decode() for page in pages}
