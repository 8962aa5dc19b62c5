import gzip
import threading
import time

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client, RequestFactory

from letters import hot_pages
from signatories import services
from signatories.models import Signatory
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory
from tests.signing_in import sign_in

HOME = "/"


@pytest.fixture(autouse=True)
def hot(settings):
    settings.HOT_PAGES = True
    hot_pages._is_hot.cache_clear()
    hot_pages._language.cache_clear()
    hot_pages._is_ours.cache_clear()


@pytest.fixture
def clock(monkeypatch):
    """time.monotonic() of the module, moved by hand."""
    now = [1000.0]
    monkeypatch.setattr(hot_pages.time, "monotonic", lambda: now[0])
    return now


class House:
    """What stands behind the middleware: a page that says how often it was made and all it knows of who asked."""

    def __init__(self, **headers):
        self.made = []
        self.headers = headers
        self.status = 200
        self.middleware = hot_pages.Middleware(self.page)

    def page(self, request):
        self.made.append(request)
        response = HttpResponse(f"{len(self.made)} {sorted(request.META)} {request.META}", status=self.status)
        response["Content-Length"] = str(len(response.content))
        for name, value in self.headers.items():
            response[name] = value
        return response

    def get(self, path=HOME, method="get", **headers):
        return self.middleware(getattr(RequestFactory(), method)(path, **headers))

    def number(self, *arguments, **headers):
        """Which copy is shown."""
        return int(self.get(*arguments, **headers).content.split()[0])


def test_holds_a_page_for_a_second(clock):
    house = House()
    assert [house.number(), house.number()] == [1, 1]
    clock[0] += hot_pages.REBUILT_AFTER
    assert house.number() == 1
    clock[0] += 0.01
    assert [house.number(), house.number()] == [2, 2]


def test_tells_caches_how_much_of_two_seconds_is_left(clock):
    house = House()
    first = house.get()
    clock[0] += 0.9
    second = house.get()
    assert first["Cache-Control"] == second["Cache-Control"] == "public, max-age=2"
    assert (first["Age"], second["Age"]) == ("0", "1")


def test_a_page_that_takes_long_counts_from_its_beginning(clock):
    """What it shows was read at the beginning."""
    house = House()
    make = house.middleware.get_response

    def slowly(request):
        clock[0] += 5
        return make(request)

    house.middleware.get_response = slowly
    assert [house.number(), house.number()] == [1, 2]


def test_one_makes_the_next_copy_while_others_get_the_old_one_and_later_wait(clock):
    house = House()
    house.get()
    started, go_on = threading.Event(), threading.Event()
    make = house.middleware.get_response

    def slowly(request):
        started.set()
        assert go_on.wait(10)
        return make(request)

    house.middleware.get_response = slowly
    clock[0] += 1.5
    numbers = []
    threads = [threading.Thread(target=lambda: numbers.append(house.number()))]
    threads[0].start()
    assert started.wait(10)
    assert house.number() == 1  # not two seconds old: no reason to wait
    clock[0] += 0.6
    threads += [threading.Thread(target=lambda: numbers.append(house.number())) for _ in range(5)]
    for thread in threads[1:]:
        thread.start()
    time.sleep(0.1)
    assert numbers == []  # too old to be shown, so all wait for the one that is being made
    house.middleware.get_response = make
    go_on.set()
    for thread in threads:
        thread.join()
    assert len(house.made) <= 3
    assert min(numbers) == 2


def test_keeps_schemes_and_languages_apart(settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "French"), ("ar", "Arabic")]
    house = House()
    asked = [
        {},
        {"secure": True},
        {"HTTP_ACCEPT_LANGUAGE": "fr-CH, en;q=0.5"},
        {"HTTP_COOKIE": "django_language=ar"},
    ]
    assert [house.number(**one) for one in asked] == [1, 2, 3, 4]
    assert [house.number(**one) for one in asked] == [1, 2, 3, 4]
    assert house.number(HTTP_ACCEPT_LANGUAGE="fr") == 3
    assert [one.META["HTTP_ACCEPT_LANGUAGE"] for one in house.made] == ["en", "en", "fr", "ar"]


def test_holds_one_copy_whatever_name_and_port_it_is_asked_by(settings):
    """Else a stranger could fill the memory by asking site:1, site:2 …"""
    settings.ALLOWED_HOSTS = ["site.example", ".wide.example"]
    house = House()
    names = ["site.example", "SITE.example:1", "site.example:2", "a.wide.example", "b.wide.example:80"]
    assert [house.number(HTTP_HOST=name) for name in names] == [1] * 5
    assert len(house.middleware._slots) == 1


def test_holds_nothing_for_a_name_that_is_not_ours(settings):
    settings.ALLOWED_HOSTS = ["site.example"]
    house = House()
    house.number(HTTP_HOST="site.example")
    assert [house.number(HTTP_HOST=name) for name in ("other.example", "site.example:x", "other.example")] == [2, 3, 4]
    assert len(house.middleware._slots) == 1


def test_each_language_prefix_has_a_copy_of_its_own():
    house = House()
    asked = [HOME, "/fr/", "/ar/", "/en/"]
    assert [house.number(path) for path in asked] == [1, 2, 3, 4]
    assert [house.number(path, HTTP_ACCEPT_LANGUAGE="es") for path in asked] == [5, 2, 3, 4]


def test_what_follows_the_question_mark_makes_no_other_page():
    house = House()
    assert [house.number("/?a=1"), house.number("/?a=2")] == [1, 1]
    assert house.made[0].GET == {}


def test_the_view_learns_nothing_of_who_asks():
    personal = {
        "HTTP_COOKIE": "sessionid=secret; csrftoken=secret",
        "HTTP_AUTHORIZATION": "secret",
        "HTTP_USER_AGENT": "secret",
        "HTTP_REFERER": "secret",
        "HTTP_X_FORWARDED_FOR": "secret",
        "REMOTE_ADDR": "secret",
        "QUERY_STRING": "secret",
        "HTTP_IF_NONE_MATCH": "secret",
    }
    house = House()
    assert b"secret" not in house.get(**personal).content
    assert house.made[0].COOKIES == {}
    assert b"secret" in house.page(RequestFactory().get(HOME, **personal)).content  # the control: it would show


@pytest.mark.parametrize(
    "facts",
    [
        {"Cache-Control": "private"},
        {"Content-Security-Policy": "script-src 'nonce-abc'"},
    ],
)
def test_does_not_hold_what_is_for_one_reader_or_one_answer(facts):
    house = House(**facts)
    assert [house.number(), house.number()] == [1, 2]
    assert "ETag" not in house.get()


def test_does_not_hold_errors_or_answers_that_set_cookies():
    house = House()
    house.status = 503
    assert [house.number(), house.number()] == [1, 2]
    house.status = 200
    make = house.middleware.get_response

    def with_cookie(request):
        response = make(request)
        response.set_cookie("a", "b")
        return response

    house.middleware.get_response = with_cookie
    assert [house.number(), house.number()] == [3, 4]
    assert house.middleware._slots == {}
    house.middleware.get_response = make
    assert [house.number(), house.number()] == [5, 5]  # the control


def test_leaves_other_methods_and_other_pages_alone():
    house = House()
    assert [house.number(), house.number(HOME, "post"), house.number(HOME, "options")] == [1, 2, 3]
    assert [house.number("/desk/"), house.number("/desk/"), house.number("/no/such/page")] == [4, 5, 6]


def test_holds_no_more_than_it_may(monkeypatch, clock):
    monkeypatch.setattr(hot_pages, "MOST_PAGES", 3)
    house = House()
    for n in (1, 2, 3, 1, 4):
        clock[0] += 1.1
        house.get(f"/letters/{n}/")
    assert [key[1] for key in house.middleware._slots] == ["/letters/3/", "/letters/1/", "/letters/4/"]
    monkeypatch.setattr(hot_pages, "MOST_BYTES", 1)
    assert house.get("/letters/5/").status_code == 200
    assert house.middleware._slots == {}


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


@pytest.mark.django_db
def test_a_vetters_decision_and_a_closing_are_seen_within_two_seconds(clock):
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, confirmed=True)
    everyone = Signatory.objects.filter(pk=signatory.pk)
    client, vetter = Client(), UserFactory()

    def shows(words):
        return words in client.get(letter.get_absolute_url()).content.decode()

    name = signatory.line.name
    assert not shows(name)
    services.approve(everyone, by=vetter)
    assert not shows(name)  # the control: there is something to wait for
    clock[0] += hot_pages.LONGEST
    assert shows(name)
    services.decline(everyone, by=vetter, reason="other")
    clock[0] += hot_pages.LONGEST
    assert not shows(name)
    assert shows("Sign for your organization")
    letter.move_to("closed", closed_at=letter.opens_at)
    clock[0] += hot_pages.LONGEST
    assert not shows("Sign for your organization")


@pytest.mark.django_db
def test_closing_time_passes_without_anybody_doing_anything(clock):
    letter = OpenLetterFactory()
    client = Client()
    assert b"Sign for your organization" in client.get(letter.get_absolute_url()).content
    with time_machine.travel(letter.closes_at):
        clock[0] += hot_pages.LONGEST
        assert b"Sign for your organization" not in client.get(letter.get_absolute_url()).content


@pytest.mark.django_db
def test_a_page_that_is_gone_is_not_shown_from_memory(clock):
    client = Client()
    assert client.get("/letters/nothing-here/").status_code == 404
    letter = OpenLetterFactory(slug="nothing-here")
    assert client.get(letter.get_absolute_url()).status_code == 200


@pytest.mark.django_db
def test_the_desk_is_each_ones_own():
    one, other = Client(), Client()
    sign_in(one, UserFactory(name="Ama Mensah"))
    page = one.get("/desk/")
    assert (page.status_code, page.has_header("ETag")) == (200, False)
    assert other.get("/desk/").status_code == 302
