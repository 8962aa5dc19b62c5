"""Where the links of a copy lead: to its own files, or to the site by its whole address."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings

from letters.models import Letter
from letters.pdf.typesetting import FEW
from letters.services import static_copies
from letters.services.static_copies import leading
from letters.views import rolls
from tests.letters.publishing.published import over, published, soon
from tests.letters.static_copies.copied import address, at, copied, copied_in_two_languages, names, row, swept

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SITE = settings.SITE_URL
LINK = re.compile(r"""\b(?:href|src|action|poster|data|srcset|formaction)\s*=\s*["']([^"']*)["']""")


def dead_ends(name, page):
    """What a page of the copy leads to beside it that is not there, when any host serves the folder."""
    there = {address(one) for one in names()} | {f"/{one}" for one in names()}
    found = []
    for link in map(unescape, LINK.findall(page)):
        at = urlsplit(urljoin(f"https://elsewhere.example{address(name)}", link))
        if at.netloc == "elsewhere.example" and not link.startswith("#") and (at.path not in there or at.query):
            found.append(link)
    return found


def pages():
    return {name: at(name).read_text() for name in names() if name.endswith(".html")}


@pytest.mark.parametrize("kind", ["in two languages", "long", "open again"])
def test_copy_leads_to_nothing_beside_it_that_it_does_not_have(client, clock, kind):
    """With the control: the site's own answer would."""
    if kind == "in two languages":
        letter = copied_in_two_languages()
    elif kind == "long":
        letter = copied(FEW + 3)
    else:
        letter = published(over(3)).letter
        Letter.objects.update(status="open", closed_at=None, closes_at=soon(days=9))
        letter = swept(letter)
    found = {name: dead_ends(name, page) for name, page in pages().items()}
    assert {name: links for name, links in found.items() if links} == {}
    home = f"letters/{letter.slug}/index.html"
    answered = client.get(letter.get_absolute_url()).content.decode()
    assert {"/", "/verify/", f"/letters/{letter.slug}/mine/"} <= set(dead_ends(home, answered))


def test_what_is_the_sites_alone_has_its_whole_address(clock):
    letter = copied(FEW + 3)
    page = pages()[f"letters/{letter.slug}/index.html"]
    assert f'href="{SITE}/verify/"' in page
    assert f'href="{SITE}/letters/{letter.slug}/mine/"' in page
    assert f'href="{SITE}/feed/"' in page
    assert f'<form method="get" action="{SITE}/letters/{letter.slug}/signatories/"' in page
    assert f'href="{SITE}/letters/{letter.slug}/signatories/?by=name"' in page
    assert 'href="#signed"' in page
    assert f'href="/letters/{letter.slug}/1.pdf"' in page
    assert 'href="/static/css/undersigned.css"' in page


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("/letters/x/1.pdf", "/letters/x/1.pdf"),
        ("/letters/x/1.pdf#page=2", "/letters/x/1.pdf#page=2"),
        ("1.pdf", "1.pdf"),
        ("/letters/x/?a=1&amp;b=2", f"{SITE}/letters/x/?a=1&amp;b=2"),
        ("?by=name", f"{SITE}/letters/x/?by=name"),
        ("/letters/x/sign/?in=fr#top", f"{SITE}/letters/x/sign/?in=fr#top"),
        ("/letters/../x/", f"{SITE}/x/"),
        ("/", f"{SITE}/"),
        ("#signed", "#signed"),
        ("", ""),
        ("mailto:a@site.example", "mailto:a@site.example"),
        ("https://elsewhere.example/?q=1", "https://elsewhere.example/?q=1"),
        ("//elsewhere.example/", "//elsewhere.example/"),
        ("http://[broken/", "http://[broken/"),
        ("data:image/svg+xml,%3Csvg", "data:image/svg+xml,%3Csvg"),
    ],
)
def test_link_stays_or_names_the_site(link, leads):
    held = {"letters/x/index.html", "letters/x/1.pdf"}
    page = f'<p>/verify/ <a class="b" href="{link}">"/verify/"</a>'
    assert leading.out_of(held, page.encode(), "/letters/x/").decode() == page.replace(f'"{link}"', f'"{leads}"')


def test_copies_that_were_written_another_way_are_written_anew(later, monkeypatch):
    letter = copied()
    assert later(static_copies.COMPARED) == 0
    before = row(letter).said
    monkeypatch.setattr(leading, "WRITTEN", leading.WRITTEN + 1)
    assert later(static_copies.COMPARED) == 1
    assert row(letter).said != before


def test_whole_list_is_readable_in_a_copy(clock, monkeypatch):
    """The page for searching shows the beginning of a long one, and leads to the page that has all of it."""
    monkeypatch.setattr(rolls, "MOST_SHOWN", FEW + 5)
    letter = copied(FEW + 9)
    everybody = [f"<bdi>Org {n}</bdi>" for n in range(FEW + 9)]
    page, whole = pages()[f"letters/{letter.slug}/signatories/index.html"], f"/letters/{letter.slug}/"
    assert sum(one in page for one in everybody) == FEW + 5
    assert f'<a href="{whole}#signed">' in page
    assert [one for one in everybody if one not in pages()[f"letters/{letter.slug}/index.html"]] == []
