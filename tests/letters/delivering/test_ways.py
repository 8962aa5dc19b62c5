"""Choosing another way while a delivery is prepared: nothing that was typed is lost."""

import pytest

from letters.models import Delivery
from tests.letters.delivering import pages, parcels
from tests.letters.desk import fields, words

pytestmark = pytest.mark.django_db

TYPED = {
    "email": "office@ministry.example",
    "from_name": "Three of us",
    "reply_to": "answers@campaign.example",
    "subject": "A subject of ours",
    "note": "Words of ours\n\nover two lines",
    "document": "en:addressee",
    "follow_up_days": "3",
}


@pytest.fixture
def desk(client, coordinator):
    client.force_login(coordinator)
    return client


def switched(desk, page, shown, to):
    """The page after the button of another way is pressed."""
    return desk.post(page, fields(shown) | {"switch": to})


def test_what_was_typed_is_kept_there_and_back(desk, edition):
    page = pages.prepare(edition)
    shown = desk.get(page)
    assert 'name="switch" value="post"' in shown.content.decode()
    by_post = desk.post(page, fields(shown) | TYPED | {"switch": "post"})
    kept = fields(by_post)
    assert {name: kept[name] for name in TYPED} == TYPED
    assert (kept["channel"], by_post.status_code) == ("post", 200)
    assert 'type="hidden" name="email"' in by_post.content.decode()  # it is not asked for by post
    back = fields(switched(desk, page, by_post, "email"))
    assert {name: back[name] for name in TYPED} == TYPED
    assert back["channel"] == "email"
    assert not Delivery.objects.exists()


def test_it_goes_by_the_way_that_was_chosen_last(desk, edition):
    page = pages.prepare(edition)
    by_hand = desk.post(page, fields(desk.get(page)) | TYPED | {"switch": "hand"})
    assert desk.post(page, fields(by_hand)).status_code == 302
    made = Delivery.objects.get()
    assert (made.channel, made.note) == ("hand", TYPED["note"])
    assert (made.variant, made.follow_up_days) == ("addressee", 3)
    assert (made.email, made.subject, made.is_attached) == ("", "", True)


def test_what_was_set_aside_outlives_an_error(desk, edition):
    page = pages.prepare(edition)
    by_post = desk.post(page, fields(desk.get(page)) | TYPED | {"switch": "post"})
    wrong = desk.post(page, fields(by_post) | {"follow_up_days": ""})
    assert "Enter a number of days, or 0." in words(wrong)
    back = fields(switched(desk, page, wrong, "email"))
    assert (back["email"], back["subject"]) == (TYPED["email"], TYPED["subject"])


def test_note_that_nobody_has_touched_is_said_for_the_other_way(desk, edition):
    page = pages.prepare(edition)
    shown = desk.get(page)
    assert "please find with this mail the joint letter" in fields(shown)["note"]  # the control
    by_post = switched(desk, page, shown, "post")
    assert "please find enclosed the joint letter" in fields(by_post)["note"]
    assert fields(by_post)["note"] == fields(desk.get(pages.prepare(edition, channel="post")))["note"]
    assert "please find with this mail" in fields(switched(desk, page, by_post, "email"))["note"]
    copy = fields(desk.get(pages.prepare(edition, place=1, channel="post")))["note"]
    assert "please find enclosed a copy of the joint letter" in copy


def test_what_came_back_is_prepared_again_by_another_way_with_its_words(desk, edition, prepared, coordinator):
    delivery = parcels.sent(prepared, coordinator)
    pages.sent_from(desk, pages.of(delivery, "note_bounce"), words="moved")
    page = pages.prepare(edition, channel="email", again=delivery.pk)
    by_post = switched(desk, page, desk.get(page), "post")
    assert fields(by_post)["note"] == delivery.note
    assert "The last one came back" in words(by_post)


def test_way_that_there_is_not_is_no_page(desk, edition):
    page = pages.prepare(edition)
    for typed in ({"switch": "pigeon"}, {"channel": "pigeon"}):
        assert desk.post(page, fields(desk.get(page)) | typed).status_code == 404


def test_enter_saves_and_does_not_choose_another_way(desk, edition):
    """The first button of a form is the one that the key presses."""
    form = desk.get(pages.prepare(edition)).content.decode().partition('<form method="post" novalidate>')[2]
    first, second = (one.partition(">")[0] for one in form.split("<button")[1:3])
    assert ("name=" in first, 'name="switch"' in second) == (False, True)


def test_way_of_what_is_prepared_is_not_offered(desk, prepared):
    html = desk.get(pages.of(prepared, "change_delivery")).content.decode()
    assert ('name="switch"' in html, 'name="channel"' in html) == (False, False)
