import pytest
from django.core.cache import cache
from django.urls import reverse

from letters import services
from letters.models import Letter
from letters.pdf import pictures
from letters.services import drafting, editions
from tests.factories import LetterFactory, OpenLetterFactory, TextFactory, UserFactory
from tests.letters.desk import team_member, words

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LOOKS = ["preview_page", "preview_phone", "preview_letter"]


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def letter():
    return LetterFactory(place="Geneva")


@pytest.fixture
def viewer(client, letter):
    team_member(client, letter, role="viewer")
    return client


def url(letter, look="preview_page", *more):
    return reverse(f"letters:{look}", args=[letter.slug, *more])


def write(letter, **words):
    before = drafting.current(letter)
    after = services.Draft(**(drafting.as_initial(before) | {"recipients": before.recipients} | words))
    services.save_draft(letter, after, base=before.fingerprint(), by=UserFactory())


@pytest.fixture
def rendered(monkeypatch):
    """The titles of what was really set."""
    titles, render = [], editions.pdf.render
    monkeypatch.setattr(
        editions.pdf, "render", lambda document, **limits: titles.append(document.title) or render(document, **limits)
    )
    return titles


def test_page_shows_what_is_saved_as_the_public_page_has_it(viewer, letter):
    write(letter, title="A newer title", body='<p>See <a href="https://example.org/">it</a>.</p>')
    shown = words(viewer.get(url(letter)))
    assert "Geneva" in shown
    assert "<h1>A newer title</h1>" in shown
    assert '<p>See <a target="_blank" href="https://example.org/">it</a>.</p>' in shown
    assert "not for circulation" in shown


def test_page_keeps_the_links_to_footnotes_in_the_frame(viewer, letter):
    write(letter, body='<p>One<sup data-footnote="">A note.</sup>.</p>')
    shown = words(viewer.get(url(letter)))
    assert '<a id="fnref-1" href="#fn-1"' in shown
    assert ' <a href="#fnref-1"' in shown


def test_page_shows_the_amendment_in_preparation_and_nobody_else_does(client):
    letter = OpenLetterFactory()
    services.prepare_amendment(letter, by=UserFactory())
    write(letter, title="An amended title")
    team_member(client, letter, role="viewer")
    assert "An amended title" in words(client.get(url(letter)))
    assert "An amended title" not in words(client.get(letter.get_absolute_url()))


def test_page_of_an_open_letter_is_no_draft(client):
    letter = OpenLetterFactory()
    team_member(client, letter, role="viewer")
    shown = words(client.get(url(letter)))
    assert "As it is in force." in shown
    assert "not for circulation" not in shown


@pytest.mark.parametrize("look", LOOKS)
def test_looks_show_a_courtesy_text(viewer, letter, look):
    TextFactory(letter=letter, language="ar", is_authentic=False, title="من أجل الجسر")
    shown = words(viewer.get(url(letter, look) + "?in=ar"))
    assert "?in=ar" in shown or '<article class="letter" lang="ar" dir="rtl">' in shown
    assert viewer.get(url(letter, look) + "?in=xx").status_code == 404


def test_letter_shows_pages_in_pictures(viewer, letter):
    write(letter, body="<p>Word.</p>" * 50)
    shown = words(viewer.get(url(letter, "preview_letter")))
    assert 'alt="Page 1 of 2"' in shown
    assert 'alt="Page 2 of 2"' in shown
    picture = viewer.get(url(letter, "preview_picture", 2))
    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    for number in (0, 3, 10**6):
        assert viewer.get(url(letter, "preview_picture", number)).status_code == 404


def test_letter_is_set_once_for_all_its_pages(viewer, letter, rendered):
    for _ in range(2):
        viewer.get(url(letter, "preview_letter"))
        viewer.get(url(letter, "preview_picture", 1))
    assert rendered == ["For the bridge over the Lind"]
    write(letter, title="A newer title")
    viewer.get(url(letter, "preview_picture", 1))
    assert rendered == ["For the bridge over the Lind", "A newer title"]


def test_letter_is_kept_for_each_language(viewer, letter, rendered):
    TextFactory(letter=letter, language="fr", is_authentic=False, title="Pour le pont")
    for query in ("", "?in=fr", "", "?in=fr"):
        viewer.get(url(letter, "preview_letter") + query)
    assert rendered == ["For the bridge over the Lind", "Pour le pont"]


def test_letter_says_why_it_could_not_be_set(viewer, letter):
    write(letter, body="<p>\U0001f000\U000e0001 \U00011f02\ue000</p>")  # a private character, which no font has
    response = viewer.get(url(letter, "preview_letter"))
    assert "The document could not be set." in words(response)
    assert viewer.get(url(letter, "preview_picture", 1)).status_code == 404


def test_preview_is_the_pdf_in_the_language_asked_for(viewer, letter):
    TextFactory(letter=letter, language="fr", is_authentic=False, title="Pour le pont")
    found = viewer.get(url(letter, "preview") + "?in=fr")
    assert found["Content-Type"] == "application/pdf"
    assert pictures.page_count(found.content) == 1
    assert viewer.get(url(letter, "preview") + "?in=de").status_code == 404


@pytest.mark.parametrize("look", [*LOOKS, "preview", "preview_picture"])
def test_looks_are_not_there_for_strangers(client, letter, look):
    address = url(letter, look, *([1] if look == "preview_picture" else []))
    assert client.get(address).status_code == 302
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("look", LOOKS)
def test_looks_may_stand_in_our_own_frames_only(viewer, letter, look):
    response = viewer.get(url(letter, look))
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"].split("; ")
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert ("frame-src 'self'" in response["Content-Security-Policy"]) == (look == "preview_phone")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("page", ["overview", "preview"])
def test_other_pages_may_stand_in_no_frame(viewer, letter, page):
    """The control of the test above; tests/test_headers.py looks at every kind of page."""
    response = viewer.get(url(letter, page))
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"].split("; ")
    assert response["X-Frame-Options"] == "DENY"


def test_looks_change_nothing(viewer, letter):
    before = Letter.objects.values().get()
    for look in LOOKS:
        viewer.get(url(letter, look))
        assert viewer.post(url(letter, look)).status_code == 405
    assert Letter.objects.values().get() == before
