"""A letter on other sites: its page for a frame, how to frame it, and what is shown of a link to it."""

import html
import json
import re
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from letters.models import Card, Letter
from letters.pdf import cards
from letters.views import embedding
from signatories.models import Line
from tests.factories import LetterFactory, OpenLetterFactory, RevisionFactory, SignatoryFactory, TextFactory
from tests.test_headers import inline

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


class Tags(HTMLParser):
    """(tag, attributes) of a page, in order."""

    def __init__(self, words):
        super().__init__()
        self.found = []
        self.feed(words)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def tags(response, *wanted):
    return [attributes for tag, attributes in Tags(response.content.decode()).found if tag in wanted]


@pytest.fixture
def letter():
    return OpenLetterFactory()


def in_french(**text):
    letter = LetterFactory(status="open", opens_at=timezone.now() - timedelta(days=1), **text)
    TextFactory(letter=letter, language="fr", is_authentic=False, title="Pour le pont sur la Lind")
    RevisionFactory(letter=letter)
    return letter


def embed(client, letter, *language):
    return client.get(reverse("letters:embed", args=[letter.slug, *language]))


# --- The page for a frame ---


def test_embed_shows_title_count_deadline_and_the_way_to_sign(client, letter):
    SignatoryFactory(letter=letter, listed=True, line=Line("River <b>Watch</b>", "", "KE"))
    SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Canary", "", "IS"))
    shown = embed(client, letter).content.decode()
    for words in (
        "For the bridge over the Lind",
        "<b>1 organization from 1 country</b>, and 1 organization whose name is withheld",
        "Sign-on closes",
        "<bdi>River &lt;b&gt;Watch&lt;/b&gt;</bdi>",
        "Sign for your organization",
    ):
        assert words in shown
    assert "Canary" not in shown


def test_embed_may_be_framed_and_nothing_else_may(client, letter):
    response = embed(client, letter)
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    for page in (letter.get_absolute_url(), "/", reverse("letters:board", args=[letter.slug])):
        other = client.get(page)
        assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
        assert other["X-Frame-Options"] == "DENY"


def test_embed_leaves_nothing_and_needs_nothing(client, letter):
    """No cookie, no script, nothing inline, no form; every link leaves the frame."""
    response = embed(client, letter)
    assert not response.cookies
    assert inline(response) == []
    assert tags(response, "script", "form", "img") == []
    links = tags(response, "a")
    assert {(link["target"], link["rel"]) for link in links} == {("_blank", "noopener")}
    assert f"/letters/{letter.slug}/sign/" in [link["href"] for link in links]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"is_paused": True}, "Sign-on is paused"),
        ({"opens_at": timezone.now() + timedelta(hours=2)}, "Sign-on opens"),
        ({"status": Letter.Status.CLOSED, "closed_at": timezone.now()}, "Sign-on closed"),
    ],
)
def test_embed_says_why_it_cannot_be_signed(client, state, words):
    shown = embed(client, OpenLetterFactory(**state)).content.decode()
    assert words in shown
    assert "/sign/" not in shown


def test_embed_in_a_language_leads_on_in_it(client):
    letter = in_french()
    response = embed(client, letter, "fr")
    assert "Pour le pont sur la Lind" in response.content.decode()
    assert f"/letters/{letter.slug}/sign/?in=fr" in [link["href"] for link in tags(response, "a")]
    assert embed(client, letter, "en").status_code == embed(client, letter, "de").status_code == 404


def test_embed_of_a_long_roll_links_to_the_names(client, letter, monkeypatch):
    monkeypatch.setattr(embedding, "MOST_NAMES", 1)
    SignatoryFactory(letter=letter, listed=True, line=Line("River Watch", "", "KE"))
    assert "River Watch" in embed(client, letter).content.decode()
    SignatoryFactory(letter=letter, listed=True)
    shown = embed(client, letter).content.decode()
    assert "River Watch" not in shown
    assert f"/letters/{letter.slug}/#signed" in shown


def test_embed_names_individuals_apart(client, letter):
    SignatoryFactory(letter=letter, listed=True, kind="individual", line=Line("Ada", "", "KE", affiliation="Judge"))
    shown = embed(client, letter).content.decode()
    assert "<bdi>Judge</bdi>*" in shown.split("Individuals")[1]
    assert "for identification only" in shown


def test_embed_of_a_draft_is_not_there(client):
    assert embed(client, LetterFactory()).status_code == 404


# --- oEmbed ---


def oembed(client, url, **more):
    return client.get(reverse("letters:oembed"), {"url": url, **more})


def test_oembed_says_how_to_frame_a_letter(client, letter):
    answer = json.loads(oembed(client, f"{SITE}{letter.get_absolute_url()}", maxwidth="400").content)
    frame = Tags(answer["html"]).found
    assert (answer["type"], answer["version"], answer["width"]) == ("rich", "1.0", 400)
    assert [(tag, given["src"]) for tag, given in frame] == [("iframe", f"{SITE}/letters/{letter.slug}/embed/")]


def test_oembed_in_xml_says_the_same(client, letter):
    url = f"{SITE}{letter.get_absolute_url()}"
    told, read = json.loads(oembed(client, url).content), oembed(client, url, format="xml")
    assert read["Content-Type"] == "text/xml; charset=utf-8"
    assert {one.tag: one.text for one in ElementTree.fromstring(read.content)} == {k: str(v) for k, v in told.items()}


def test_oembed_keeps_the_language_of_the_address(client):
    letter = in_french()
    answer = json.loads(oembed(client, f"{SITE}/letters/{letter.slug}/in/fr/").content)
    assert (answer["title"], answer["thumbnail_url"]) == (
        "Pour le pont sur la Lind",
        f"{SITE}/letters/{letter.slug}/in/fr/card.png",
    )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "http://[::1",
        "http://evil.example/letters/{slug}/",
        "http://evil.example@127.0.0.1:8000/letters/{slug}/",
        "javascript://127.0.0.1:8000/letters/{slug}/",
        f"{SITE}/",
        f"{SITE}/letters/{{slug}}/sign/",
        f"{SITE}/letters/no-such-letter/",
        f"{SITE}/letters/{{slug}}/in/de/",
    ],
)
def test_oembed_knows_nothing_of_other_addresses(client, letter, url):
    response = oembed(client, url.format(slug=letter.slug))
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (404, "*")


def test_oembed_of_a_draft_is_not_there(client):
    assert oembed(client, f"{SITE}{LetterFactory().get_absolute_url()}").status_code == 404


def test_oembed_has_no_other_formats(client, letter):
    assert oembed(client, f"{SITE}{letter.get_absolute_url()}", format="yaml").status_code == 501


@pytest.mark.parametrize("room", ["", "0", "-1", "wide", "٤٠٠", "1" * 5000])
def test_oembed_is_not_confused_by_what_is_no_number(client, letter, room):
    answer = oembed(client, f"{SITE}{letter.get_absolute_url()}", maxwidth=room, maxheight=room)
    assert json.loads(answer.content)["width"] == 600


# --- What the letter page tells other sites ---


def meta(response):
    given = tags(response, "meta")
    return {one.get("property") or one.get("name"): one["content"] for one in given if "content" in one}


def test_letter_page_tells_what_to_show_of_a_link(client):
    letter = in_french(text={"title": 'The "bridge" & <b>more</b>'})
    SignatoryFactory(letter=letter, listed=True, line=Line("River Watch", "", "KE"))
    SignatoryFactory(letter=letter, listed=True, visibility="counted")
    told = meta(client.get(letter.get_absolute_url()))
    assert told["og:title"] == 'The "bridge" & <b>more</b>'
    assert told["og:description"] == (
        "Signed by 1 organization from 1 country, and 1 organization whose name is withheld. Open for sign-on."
    )
    assert told["og:url"] == f"{SITE}/letters/{letter.slug}/"
    assert told["og:image"] == f"{SITE}/letters/{letter.slug}/card.png"
    assert (told["og:locale"], told["og:locale:alternate"]) == ("en_US", "fr_FR")
    french = meta(client.get(f"/letters/{letter.slug}/in/fr/"))
    assert french["og:image"] == f"{SITE}/letters/{letter.slug}/in/fr/card.png"


def test_letter_page_leads_programs_to_the_data(client, letter):
    page = client.get(letter.get_absolute_url())
    links = {one["type"]: one["href"] for one in tags(page, "link") if one.get("rel") == "alternate" and "type" in one}
    assert sorted(links) == [
        "application/atom+xml",
        "application/json",
        "application/json+oembed",
        "text/xml+oembed",
    ]
    assert {kind: client.get(link).status_code for kind, link in links.items()} == dict.fromkeys(links, 200)
    asked = parse_qs(urlsplit(links["text/xml+oembed"]).query)
    assert asked == {"format": ["xml"], "url": [f"{SITE}{letter.get_absolute_url()}"]}


def test_letter_page_has_the_code_to_copy(client):
    letter = OpenLetterFactory(text={"title": 'The "bridge" <script>'})
    page = client.get(letter.get_absolute_url()).content.decode()
    shown = re.search(r'<textarea id="embed-code"[^>]*>(.*?)</textarea>', page, re.DOTALL).group(1)
    (frame,) = Tags(html.unescape(shown)).found
    assert frame[0] == "iframe"
    assert (frame[1]["src"], frame[1]["title"]) == (f"{SITE}/letters/{letter.slug}/embed/", 'The "bridge" <script>')
    assert "<script>" not in page


def test_letter_page_offers_no_files_of_a_list_that_is_not_shared(client, letter):
    assert "signatories.csv" in client.get(letter.get_absolute_url()).content.decode()
    Letter.objects.update(shares_list=False)
    page = client.get(letter.get_absolute_url()).content.decode()
    assert "signatories.csv" not in page
    assert "Counts and facts as JSON" in page


# --- The picture ---


def card(client, letter, *language):
    return client.get(reverse("letters:card", args=[letter.slug, *language]))


def test_card_is_blank_until_it_is_drawn_and_asking_draws_nothing(client, letter, nudges):
    response = card(client, letter)
    assert (response["Content-Type"], response.content) == ("image/png", cards.blank())
    assert (Card.objects.count(), nudges) == (0, [])


def test_card_is_the_one_drawn_last_in_each_language(client):
    letter = in_french()
    for language in ("en", "fr"):
        Card.objects.create(letter=letter, language=language, picture=language.encode(), drawn_at=timezone.now())
    assert [card(client, letter).content, card(client, letter, "fr").content] == [b"en", b"fr"]
    assert card(client, letter, "de").status_code == 404


def test_card_of_a_draft_is_not_there(client):
    assert card(client, LetterFactory()).status_code == 404
