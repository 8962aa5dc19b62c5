"""What tells programs that there are letters: feed, sitemap, robots."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone, translation

from letters.models import Amendment, Letter
from letters.services import publishing
from tests.factories import (
    LetterFactory,
    OpenLetterFactory,
    RevisionFactory,
    SignatoryFactory,
    TextFactory,
    UserFactory,
)
from tests.letters.open_data.asked import url

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def read_feed(client):
    return ElementTree.fromstring(client.get(url("feed")).content)


def names(client):
    return [one.text.partition(":letters/")[2] for one in read_feed(client).findall(f"{ATOM}entry/{ATOM}id")]


def amended(letter, number, digest=""):
    letter.texts.update(title=f"Amended {number}")
    revision = RevisionFactory(letter=letter, number=number, cause="amended", **({"digest": digest} if digest else {}))
    previous = letter.revisions.get(number=number - 1)
    facts = {"weight": "typographic", "proposed": "typographic", "made_by": UserFactory()}
    return Amendment.objects.create(letter=letter, previous=previous, revision=revision, **facts)


def test_feed_tells_what_happened_to_letters(client):
    LetterFactory(slug="draft")
    OpenLetterFactory(slug="later", opens_at=timezone.now() + timedelta(hours=1))
    letter = OpenLetterFactory(slug="bridge", opens_at=timezone.now() - timedelta(days=2))
    amended(letter, 2)
    amended(letter, 3, digest=letter.revisions.get(number=2).digest)  # typeset anew
    Letter.objects.filter(pk=letter.pk).update(status="closed", closed_at=timezone.now())
    assert names(client) == ["bridge/closed", "bridge/amended/2", "bridge/opened"]


def test_feed_does_not_move_by_what_is_not_public(client, letter):
    before = client.get(url("feed")).content, client.get(url("sitemap")).content
    SignatoryFactory(letter=letter, listed=True, visibility="counted")
    SignatoryFactory(letter=letter, confirmed=True)
    assert (client.get(url("feed")).content, client.get(url("sitemap")).content) == before


def test_feed_has_the_title_in_the_language_of_its_reader(letter):
    TextFactory(letter=letter, language="fr", is_authentic=False, title="Pour le pont")
    with translation.override("fr"):
        (entry,) = publishing.entries(timezone.now())
    assert entry.title.endswith("Pour le pont")
    assert entry.url == f"http://127.0.0.1:8000/letters/{letter.slug}/in/fr/"


def test_sitemap_has_the_letters_in_their_languages(client, letter):
    TextFactory(letter=letter, language="fr", is_authentic=False, title="Pour le pont")
    LetterFactory(slug="draft")
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    locations = [one.text for one in ElementTree.fromstring(client.get(url("sitemap")).content).iter(f"{space}loc")]
    paths = ["/", f"/letters/{letter.slug}/", f"/letters/{letter.slug}/in/fr/"]
    assert locations == [f"http://127.0.0.1:8000{path}" for path in paths]


def test_robots_are_shown_the_sitemap_and_kept_from_nothing_public(client, letter):
    lines = client.get(url("robots")).content.decode().splitlines()
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in lines
    closed = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")]
    assert closed == ["/desk/", "/accounts/", "/admin/"]


def test_few_queries_however_many_letters(client, django_assert_max_num_queries):
    for _ in range(5):
        amended(OpenLetterFactory(), 2)
    for page in ("feed", "sitemap"):
        with django_assert_max_num_queries(7):
            client.get(url(page))
