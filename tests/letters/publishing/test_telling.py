"""Where else the words of a published letter stand: press kit, frame, card, links, data, feed, sitemap, front page."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings
from django.utils import timezone

from letters.models import Letter
from letters.services import cards, publications
from signatories.models import Line
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.desk import words
from tests.letters.publishing.published import WORDS, over, published

pytestmark = pytest.mark.django_db
HEADLINE = "5+ organizations ask for a heron bridge"


@pytest.fixture
def letter():
    letter = over(7, courtesy=True)
    published(letter, words={"en": WORDS, "fr": {"headline": "{n} organisations demandent un pont"}})
    return letter


def press(client, letter, language=""):
    at = f"in/{language}/" if language else ""
    return words(client.get(f"/letters/{letter.slug}/{at}press/"))


def test_press_kit_has_what_others_need(client, letter):
    kit = press(client, letter)
    assert f"{HEADLINE}</h1>" in kit
    assert "<li>7 organizations</li><li>1 country</li></ul>" in kit
    assert 'data-copy="Copy"' in kit
    assert f"{HEADLINE} {settings.SITE_URL}/letters/{letter.slug}/</textarea>" in kit
    assert "The bittern is to close in spring. Signed by 7 organizations from 1 country." in kit
    assert f'<iframe src="{settings.SITE_URL}/letters/{letter.slug}/embed/" title="{HEADLINE}"' in kit
    assert f'src="/letters/{letter.slug}/card.png"' in kit
    assert f'href="/letters/{letter.slug}/1.pdf"' in kit
    assert f"mailto:{letter.campaign.contact_email}" in kit


def test_press_kit_asks_nothing_of_third_parties(client, letter):
    kit = client.get(f"/letters/{letter.slug}/press/").content.decode()
    assert [
        one for one in re.findall(r'(?:src|href)="(https?:[^"]*)"', kit) if not one.startswith(settings.SITE_URL)
    ] == []


def test_press_kit_is_there_in_each_language_and_only_once_published(client, letter):
    assert "5+ organisations demandent un pont</h1>" in press(client, letter, "fr")
    missing = [f"/letters/{letter.slug}/in/en/press/", f"/letters/{over(1).slug}/press/"]
    assert [client.get(path).status_code for path in missing] == [404, 404]


def figures(kit):
    """The numbers, and what stands below them."""
    listed, _, rest = kit.partition('<ul class="figures">')[2].partition("</ul>")
    return re.findall("<li>(.*?)</li>", listed), re.findall("^ <p>(.*?)</p>", rest)


def test_numbers_are_the_same_whoever_is_withheld_but_for_that_number(client, letter):
    for name, country in (("Reef Watch", "FJ"), ("Fjord Fund", "NO")):
        SignatoryFactory(letter=letter, listed=True, line=Line(name, "", country))
    numbers = ["9 organizations", "3 countries", "3 regions of the world"]
    assert figures(press(client, letter)) == (numbers, [])
    SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Withheld", "", "IS"))
    assert figures(press(client, letter)) == (numbers, ["and 1 organization whose name is withheld"])


def test_numbers_count_individuals_and_no_organizations_where_there_are_none(client):
    letter = over(0, open_to="both")
    SignatoryFactory.create_batch(2, letter=letter, listed=True, kind="individual")
    published(letter)
    assert figures(press(client, letter)) == (["2 individuals", "1 country"], [])


def test_numbers_where_nobody_is_named_are_of_the_withheld_alone(client):
    letter = over(0)
    SignatoryFactory.create_batch(2, letter=letter, listed=True, visibility="counted")
    published(letter)
    kit = press(client, letter)
    assert "figures" not in kit
    assert "<p>2 organizations whose names are withheld</p>" in kit


def test_frame_and_its_code_are_called_by_the_headline(client, letter):
    frame = words(client.get(f"/letters/{letter.slug}/embed/"))
    assert f">{HEADLINE}</a></h1>" in frame
    assert "Joint plover letter to the Commissioner – " in frame
    assert "Sign-on closed" not in frame
    told = client.get("/oembed", {"url": f"{settings.SITE_URL}/letters/{letter.slug}/"}).json()
    assert told["title"] == HEADLINE
    assert f'title="{HEADLINE}"' in told["html"]


def test_links_to_it_show_headline_and_lead(client, letter):
    head = client.get(letter.get_absolute_url()).content.decode().partition("</head>")[0]
    said = {key: unescape(value) for key, value in re.findall(r'<meta property="([\w:]+)" content="([^"]*)">', head)}
    assert said["og:title"] == HEADLINE
    assert said["og:description"] == "The bittern is to close in spring."
    assert said["article:published_time"] == f"{letter.publication.came_at:%Y-%m-%dT%H:%M:%SZ}"
    assert "<title>5+ organizations ask for a heron bridge · " in head


def test_card_has_the_headline_and_the_day(letter):
    drawn = cards.content(letter, "en", timezone.now())
    assert drawn.title == HEADLINE
    assert drawn.state.startswith("Published on ")
    assert cards.content(letter, "fr", timezone.now()).title == "5+ organisations demandent un pont"


def test_card_is_drawn_anew_as_soon_as_it_is_published():
    letter = over(2)
    card = letter.cards.create(language="en", look_after=timezone.now() + timedelta(hours=1))
    published(letter)
    card.refresh_from_db()
    assert card.look_after <= timezone.now()


def test_data_tells_when_what_was_published(client, letter):
    told = json.loads(client.get(f"/letters/{letter.slug}/signatories.json").content)
    edition = letter.editions.get()
    assert told["published_at"] == f"{letter.publication.came_at:%Y-%m-%dT%H:%M:%SZ}"
    assert told["edition"] == {
        "number": 1,
        "digest": edition.digest,
        "as_of": f"{edition.as_of:%Y-%m-%dT%H:%M:%SZ}",
        "files": {one.language: one.sha256 for one in edition.renderings.all()},
    }
    assert [text["headline"] for text in told["texts"]] == [HEADLINE, "5+ organisations demandent un pont"]
    links = {name: told["links"][name] for name in ("edition", "manifest", "press")}
    assert {name: client.get(link).status_code for name, link in links.items()} == dict.fromkeys(links, 200)


def test_feed_has_an_entry_once_it_is_published(client, letter):
    feed = client.get("/feed/").content.decode()
    assert f"<title>Published: {HEADLINE}</title>" in feed
    assert f"letters/{letter.slug}/published/1" in feed
    assert "Published: 5+ organisations demandent un pont" not in feed
    publications.take_back(letter.publication, reason="A slip.", by=UserFactory())
    assert [one for one in ("Published:", "published/1") if one in client.get("/feed/").content.decode()] == []


def test_sitemap_says_when_the_page_became_another(client, letter):
    assert (
        f"<lastmod>{letter.publication.came_at:%Y-%m-%dT%H:%M:%SZ}</lastmod>"
        in client.get("/sitemap.xml").content.decode()
    )


def test_front_page_lists_published_letters_by_their_headline(client, letter):
    closed, opened = over(1, text={"title": "A closed one"}), OpenLetterFactory(text={"title": "An open one"})
    front = words(client.get("/"))
    part = dict(re.findall(r'<h2 id="(\w+)">(.*?)</section>', front))
    assert HEADLINE in part["published"]
    assert "Joint plover letter to the Commissioner – " in part["published"]
    assert (HEADLINE in part["closed"], closed.text.title in part["closed"]) == (False, True)
    assert opened.text.title in part["open"]
    assert "5+ organisations demandent un pont" in words(client.get("/fr/"))


def test_letter_that_is_not_to_be_found_is_in_none_of_the_lists(client, letter):
    Letter.objects.filter(pk=letter.pk).update(may_be_indexed=False)
    assert [HEADLINE in client.get(path).content.decode() for path in ("/", "/feed/", letter.get_absolute_url())] == [
        False,
        False,
        True,
    ]
    assert client.get(f"/letters/{letter.slug}/1.pdf")["X-Robots-Tag"] == "noindex"


def test_press_kit_leads_to_itself_in_the_other_languages_and_to_the_list(client, letter):
    at = f"/letters/{letter.slug}"
    nav = '<nav aria-label="Languages of the letter">'
    own, french = press(client, letter), press(client, letter, "fr")
    assert f'href="{at}/in/fr/press/" hreflang="fr"' in own.partition(nav)[2].partition("</nav>")[0]
    assert f'href="{at}/press/" hreflang="en"' in french.partition(nav)[2].partition("</nav>")[0]
    assert f'href="{at}/signatories.csv"' in own
    Letter.objects.filter(pk=letter.pk).update(shares_list=False)
    assert f'href="{at}/signatories.csv"' not in press(client, letter)


def test_press_kit_of_a_letter_in_one_language_offers_no_other(client):
    letter = over(2)
    published(letter)
    assert "Languages of the letter" not in press(client, letter)
