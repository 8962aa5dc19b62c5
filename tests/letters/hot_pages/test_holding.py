"""Which pages are held in memory, and for whom."""

import pytest
from django.test import Client, RequestFactory

from letters import hot_pages
from tests.factories import UserFactory
from tests.letters.hot_pages.house import HOME, House
from tests.signing_in import sign_in


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


@pytest.mark.django_db
def test_the_desk_is_each_ones_own():
    one, other = Client(), Client()
    sign_in(one, UserFactory(name="Ama Mensah"))
    page = one.get("/desk/")
    assert (page.status_code, page.has_header("ETag")) == (200, False)
    assert other.get("/desk/").status_code == 302


@pytest.mark.parametrize(
    ("remembered", "words"),
    [
        (hot_pages._language, ("/", "en", "fr;q=0.9{}")),
        (hot_pages._language, ("/", "en{}", "fr;q=0.9")),
        (hot_pages._is_hot, ("/{}/",)),
        (hot_pages._is_ours, ("site{}.example",)),
    ],
)
def test_nothing_long_is_remembered_of_what_strangers_send(remembered, words):
    """Thousands of cookies of eight thousand characters would take up memory as long as the process lives."""
    for length, held in ((20, 1), (8000, 0)):
        remembered.cache_clear()
        remembered(*(one.format("x" * length) for one in words))
        assert remembered.cache_info().currsize == held
