"""The page of a published letter."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from letters import services
from letters.models import Delivery, Letter, Reply
from letters.services import publications, working
from signatories.models import Line, Signatory
from tests.factories import SignatoryFactory, UserFactory
from tests.letters.desk import words
from tests.letters.publishing.published import CANARIES, WORDS, frozen, over, published

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LATE = datetime(2018, 9, 4, 22, 30, tzinfo=UTC)  # in Geneva it is the fifth already


def page(client, letter, **headers):
    return words(client.get(letter.get_absolute_url(), headers=headers))


def test_page_has_what_was_published_around_the_signed_text(client):
    letter = over(7)
    published(letter)
    shown = page(client, letter)
    assert "5+ organizations ask for a heron bridge</h1>" in shown
    assert "The bittern is to close in spring." in shown
    assert "Dear Commissioner," not in shown
    assert "Respectfully," not in shown
    assert f'href="/letters/{letter.slug}/1.pdf"' in shown
    assert letter.editions.get().renderings.get().sha256 in shown
    assert [
        path for path in ("/verify/", f"/letters/{letter.slug}/editions/1.json") if f'href="{path}"' not in shown
    ] == []
    note = shown.partition('<aside class="panel conveners"')[2].partition("</aside>")[0]
    assert "We convened this with the curlew fund." in note
    assert "They are no part of the letter, and nobody has signed them." in note
    assert shown.count("curlew fund") == 1


def test_document_line_ends_with_place_and_day_where_the_letter_is_at_home(client):
    letter = over(7, courtesy=True, place="Geneva", zone="Europe/Zurich")
    with time_machine.travel(LATE, tick=False):
        published(letter, words={"en": WORDS, "fr": {"document_line": "Lettre conjointe d’ONG"}})
    assert "Joint plover letter to the Commissioner – Geneva, 5 September 2018</p>" in page(client, letter)
    french = words(client.get(f"/letters/{letter.slug}/in/fr/"))
    assert "Lettre conjointe d’ONG – Geneva, 5 septembre 2018</p>" in french
    assert ">Pour le pont sur la Lind</h1>" in french


def test_salutation_and_closing_stand_where_they_were_chosen(client):
    letter = over(7)
    published(letter, shows_salutation=True)
    assert [one in page(client, letter) for one in ("Dear Commissioner,", "Respectfully,")] == [True, False]
    published(letter, edition=letter.editions.get(), shows_closing=True)
    assert [one in page(client, letter) for one in ("Dear Commissioner,", "Respectfully,")] == [False, True]


def test_words_are_words(client):
    letter = over(7)
    hostile = "<script>alert(1)</script>{% now 'Y' %}"
    published(letter, words={"en": dict.fromkeys(WORDS, hostile)})
    for path in ("", "press/", "embed/"):
        content = client.get(f"{letter.get_absolute_url()}{path}").content
        assert b"&lt;script&gt;alert(1)&lt;/script&gt;{% now &#x27;Y&#x27; %}" in content
        assert b"<script>alert" not in content


def test_page_names_who_joined_and_who_left_since_the_edition(client):
    letter = over(3)
    publication = published(letter)
    SignatoryFactory(letter=letter, listed=True, line=Line("Late Heron Trust", "", "KE"))
    gone = letter.signatories.get(name="Org 1")
    gone.move_to(Signatory.Status.WITHDRAWN, withdrawn_at=timezone.now())
    shown = page(client, letter)
    joined = shown.partition(f"New in the list since edition {publication.edition.number} of ")[2].partition("<h3>")[0]
    assert "Late Heron Trust" in joined
    assert "Org 1" not in joined
    left = shown.partition("Withdrawn since they were printed")[2].partition("</section>")[0]
    assert "Org 1" in left
    assert "Org 0" not in left


def test_line_that_was_corrected_is_not_said_to_have_joined(client):
    letter = over(3)
    published(letter)
    mended = letter.signatories.get(name="Org 1")
    mended.set_line(Line("Heron Alliance", "", "KE"), Signatory.Visibility.PUBLIC)
    mended.save()
    shown = page(client, letter)
    assert "Heron Alliance" in shown.partition("New in the list since edition 1 of ")[2].partition("</section>")[0]
    assert "Joined" not in shown


def test_who_withholds_its_name_now_is_named_nowhere(client):
    letter = over(3)
    published(letter)
    hides = letter.signatories.get(name="Org 1")
    hides.set_line(hides.line, Signatory.Visibility.COUNTED)
    hides.visibility = Signatory.Visibility.COUNTED
    hides.save()
    shown = page(client, letter)
    assert "Org 1" not in shown
    assert "Org 2" in shown
    assert "whose name is withheld" in shown


def test_page_of_an_older_edition_tells_who_left_since_that_one(client):
    letter = over(3)
    published(letter)
    letter.signatories.get(name="Org 1").move_to(Signatory.Status.WITHDRAWN, withdrawn_at=timezone.now())
    frozen(letter)
    assert "Org 1" in page(client, letter).partition("Withdrawn since they were printed")[2]


def deliver(edition, **facts):
    now = timezone.now()
    released = {"released_at": now, "released_by": UserFactory(), "sha256": "0" * 64, "sent_at": LATE}
    made = {"edition": edition, "recipient": 0, "channel": "hand", "language": "en", "status": "sent"}
    return Delivery.objects.create(**made | released | {"prepared_by": UserFactory(), **facts})


def test_page_says_what_reached_whom(client):
    letter = over(3, zone="Europe/Zurich")
    edition = published(letter).edition
    deliver(edition)
    deliver(edition, channel="email", email="ada@bridges.example", sent_at=timezone.now())
    shown = page(client, letter)
    assert shown.count("delivered to") == 1
    assert (
        'Edition 1 delivered to <bdi lang="en">Ada Example, Commissioner for Bridges</bdi> on 5 September 2018' in shown
    )
    assert "ada@bridges.example" not in shown


@pytest.mark.parametrize(
    "facts", [{"status": "prepared"}, {"status": "released"}, {"status": "bounced", "bounced_at": LATE}]
)
def test_page_does_not_say_that_something_was_delivered_which_was_not(client, facts):
    letter = over(3)
    deliver(published(letter).edition, **facts)
    assert "delivered to" not in page(client, letter)


def test_page_says_nothing_of_what_was_delivered_in_confidence(client):
    letter = over(3)
    published(letter)
    deliver(frozen(letter))
    assert "delivered to" not in page(client, letter)


def test_reply_is_announced_right_under_the_headline(client):
    letter = over(3)
    published(letter)
    said = {"by_whom": "Office <of> Ada", "received_on": date(2018, 9, 20), "words": "Thank you.\n\nWe <b>read</b> it."}
    Reply.objects.create(letter=letter, number=1, entered_by=UserFactory(), published_at=timezone.now(), **said)
    Reply.objects.create(letter=letter, number=2, entered_by=UserFactory(), **said | {"words": "For the team alone"})
    shown = page(client, letter)
    assert '</h1> <p class="update"><a href="#replies"><b>UPDATE:</b> read the reply</a></p>' in shown
    assert "We <b>read</b> it." in shown  # unescaped by the helper: in the page it is text
    assert b"We &lt;b&gt;read" in client.get(letter.get_absolute_url()).content
    assert "For the team alone" not in shown


def amend(letter):
    services.prepare_amendment(letter, by=UserFactory())
    letter = Letter.objects.get(pk=letter.pk)
    said = working.read(letter)
    said.authentic["body"] = "<p>We ask you to keep both bridges open.</p>"
    working.write(letter, said, by=UserFactory())
    services.amend(letter, weight="substance", by=UserFactory(), until=timezone.now() + timedelta(days=3))


def test_page_says_when_the_text_is_another_by_now(client):
    letter = over(3)
    published(letter)
    services.reopen(letter, closes_at=timezone.now() + timedelta(days=9), reason="late answers", by=UserFactory())
    letter = Letter.objects.get(pk=letter.pk)
    assert "The text was amended after edition 1" not in page(client, letter)
    amend(letter)
    assert "The text was amended after edition 1" in page(client, letter)
    assert "Sign for your organization" in page(client, letter)


def test_taken_back_nothing_of_it_is_left(client):
    letter = over(7)
    before = client.get(letter.get_absolute_url()).content
    publication = published(letter)
    publications.take_back(publication, reason="A name was wrong.", by=UserFactory())
    assert [one for one in CANARIES if one in page(client, letter)] == []
    assert b"Dear Commissioner," in before
    assert client.get(f"/letters/{letter.slug}/1.pdf").status_code == 404
