"""What an answer from memory says of itself."""

import gzip

import pytest
from django.test import Client

from tests.factories import OpenLetterFactory
from tests.letters.hot_pages.house import HOME, House


def test_compresses_once_for_those_who_take_it():
    house = House()
    packed, plain, refused = (
        house.get(HTTP_ACCEPT_ENCODING=accepted) for accepted in ("br, gzip;q=0.8", "br", "gzip;q=0, identity")
    )
    assert (packed["Content-Encoding"], gzip.decompress(packed.content)) == ("gzip", plain.content)
    assert (plain.has_header("Content-Encoding"), refused.content) == (False, plain.content)
    assert int(packed["Content-Length"]) == len(packed.content) != int(plain["Content-Length"]) == len(plain.content)
    assert {"Accept-Encoding", "Cookie"} <= set(packed["Vary"].split(", "))


def test_answers_304_to_who_has_the_page():
    house = House(**{"Content-Security-Policy": "default-src 'none'"})
    etag = house.get()["ETag"]
    for given in (etag, etag.removeprefix("W/"), f'"other", {etag}', "*"):
        again = house.get(HTTP_IF_NONE_MATCH=given, HTTP_ACCEPT_ENCODING="gzip")
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
        assert again["Content-Security-Policy"] == "default-src 'none'"
        assert not again.has_header("Content-Length")
    assert house.get(HTTP_IF_NONE_MATCH='"other"').status_code == 200


def test_answers_share_no_headers():
    house = House()
    house.get()["X-Mine"] = "1"
    assert not house.get().has_header("X-Mine")


@pytest.mark.django_db
def test_public_pages_carry_the_same_defences_from_memory(settings):
    letter = OpenLetterFactory()
    for path in (HOME, letter.get_absolute_url()):
        settings.HOT_PAGES = False
        bare = Client().get(path, HTTP_ACCEPT_ENCODING="identity")
        settings.HOT_PAGES = True
        client = Client()
        first, second = client.get(path), client.get(path)
        assert second.content == first.content
        added = {"ETag", "Cache-Control", "Age"}
        assert set(second.headers) == set(bare.headers) | added
        same = set(bare.headers) - {"Vary", "Content-Length"}
        assert {name: sorted(second[name].split("; ")) for name in same} == {
            name: sorted(bare[name].split("; ")) for name in same
        }
        assert "frame-ancestors 'none'" in second["Content-Security-Policy"]


@pytest.mark.django_db
def test_head_has_the_headers_of_get():
    client = Client()
    page, head = client.get(HOME), client.head(HOME)
    assert (head.content, head["Content-Length"], head["ETag"]) == (b"", page["Content-Length"], page["ETag"])
