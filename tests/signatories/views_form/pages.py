"""The form as somebody fills it in and sends it, and the line that comes back to be checked."""

import re
import time

from django.urls import reverse

from signatories import guarding
from tests.signatories.test_forms import INDIVIDUAL, ORGANIZATION


def a_minute_ago():
    """The mark of a form that somebody took time to fill in."""
    return guarding.stamp(time.time() - 60)


def page(client, letter, *, kind="organization", headers=None, **answers):
    name = {"organization": "signatories:sign", "individual": "signatories:sign_individual"}[kind]
    given = {"organization": ORGANIZATION, "individual": INDIVIDUAL}[kind] | {"began": a_minute_ago()} | answers
    return client.post(reverse(name, args=[letter.slug]), given, headers=headers or {})


def shown_line(response):
    found = re.search(r'<p class="printed-line"[^>]*>(.*?)</p>', response.content.decode(), re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found[1])).strip()
