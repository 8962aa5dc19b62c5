"""The pictures of letters: what is on them, and when they are drawn."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from letters import tasks
from letters.models import Card, Letter
from letters.pdf import cards as drawing
from letters.services import cards
from signatories.models import Line
from tests.factories import LetterFactory, OpenLetterFactory, SignatoryFactory, TextFactory

SCRIPTS = {
    "en": "For the bridge over the Lind",
    "ar": "من أجل الجسر فوق نهر ليند",
    "zh-hans": "关于保护河流及沿岸居民致联合国人权事务高级专员的联名信" * 5,
    "th": "จดหมายร่วมว่าด้วยการคุ้มครองแม่น้ำ",
    "de": "W" * 300,
}


def a_card(language="en", title="For the bridge over the Lind", **more):
    facts = {
        "words": "en",
        "site": "Undersigned",
        "campaign": "A " * 200,
        "count": "133 organizations from 31 countries",
    }
    facts |= {"withheld": "and 5 organizations whose names are withheld", "state": "Open for sign-on"}
    return drawing.Card(language=language, title=title, **facts | more)


@pytest.mark.parametrize("language", SCRIPTS)
def test_card_is_a_small_picture_in_every_script(language):
    picture = drawing.draw(a_card(language, SCRIPTS[language]))
    assert Image.open(BytesIO(picture)).size == (drawing.WIDTH, drawing.HEIGHT)
    assert len(picture) <= drawing.MOST_BYTES


def test_card_is_one_page_whose_words_are_words():
    page = drawing.typeset(a_card(title="<script>alert(1)</script>", campaign="</style><b>"))
    assert "<script" not in page
    assert "<b>" not in page


@pytest.mark.parametrize(("title", "size"), [("Short", 74), ("Long enough " * 12, 45), ("字" * 300, 36), ("", 74)])
def test_title_is_set_as_large_as_there_is_room(title, size):
    assert drawing.fitting(title)[0] == size


def test_digest_follows_all_that_is_said():
    facts = ("title", "campaign", "count", "withheld", "state", "site", "words", "language")
    others = {drawing.Card(**vars(a_card()) | {name: "fr"}).digest for name in facts}
    assert len(others | {a_card().digest}) == len(facts) + 1


def test_blank_card_is_as_large():
    assert Image.open(BytesIO(drawing.blank())).size == (drawing.WIDTH, drawing.HEIGHT)


# --- When they are drawn ---


@pytest.fixture
def letter(db):
    return OpenLetterFactory()


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as moved:
        yield moved


def swept():
    return tasks.draw_cards()


def test_says_title_count_and_state(letter):
    SignatoryFactory(letter=letter, listed=True, line=Line("River Watch", "", "KE"))
    SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Canary", "", "IS"))
    said = cards.content(letter, "en", timezone.now())
    assert (said.title, said.campaign) == ("For the bridge over the Lind", letter.campaign.name)
    assert (said.count, said.withheld) == (
        "1 organization from 1 country",
        "and 1 organization whose name is withheld",
    )
    assert said.state.startswith("Open for sign-on until ")
    assert "River Watch" not in repr(said)
    assert "Canary" not in repr(said)


def test_says_the_day_of_closing_as_the_letter_has_it(db, clock):
    clock.move_to("2031-08-29T12:00:00Z")
    letter = OpenLetterFactory(closes_at=timezone.now() + timedelta(hours=8), zone="Asia/Tokyo")
    assert cards.content(letter, "en", timezone.now()).state == "Open for sign-on until 30 August 2031"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"is_paused": True}, "Sign-on is paused for the moment"),
        ({"status": "closed", "closed_at": timezone.now()}, "Sign-on closed"),
    ],
)
def test_says_that_it_cannot_be_signed(db, state, words):
    assert cards.content(OpenLetterFactory(**state), "en", timezone.now()).state == words


def test_every_text_of_a_public_letter_gets_one(letter):
    TextFactory(letter=letter, language="fr", is_authentic=False)
    LetterFactory()
    assert swept() == 2
    assert sorted(Card.objects.drawn().values_list("letter", "language")) == [(letter.pk, "en"), (letter.pk, "fr")]


def test_is_drawn_once_however_often_it_is_looked_after(letter, clock):
    assert swept() == 1
    clock.shift(cards.EVERY * 2)
    assert swept() == 0


def test_is_drawn_anew_when_the_count_has_changed_and_at_most_once_a_minute(letter, clock):
    swept()
    first = bytes(Card.objects.get().picture)
    for _ in range(5):
        SignatoryFactory(letter=letter, listed=True)
        assert swept() == 0
    clock.shift(cards.EVERY)
    assert swept() == 1
    assert bytes(Card.objects.get().picture) != first
    assert Card.objects.get().digest == cards.content(letter, "en", timezone.now()).digest


def test_is_not_drawn_for_what_is_not_public(letter, clock):
    swept()
    SignatoryFactory(letter=letter, confirmed=True)
    SignatoryFactory(letter=letter)
    clock.shift(cards.EVERY)
    assert swept() == 0


def test_letter_closed_for_long_is_looked_after_seldom(letter, clock):
    Letter.objects.update(status="closed", closed_at=timezone.now() - cards.SETTLED - timedelta(hours=1))
    swept()
    assert Card.objects.get().look_after == timezone.now() + cards.SELDOM


def test_one_is_drawn_at_a_time(letter, clock):
    OpenLetterFactory()
    cards.ask_for_missing()
    assert cards._claim(timezone.now()) is not None
    assert (cards._claim(timezone.now()), swept()) == (None, 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Card.objects.update(is_being_drawn=True, leased_until=timezone.now())


def test_what_a_dead_worker_left_is_taken_up_after_the_others(letter, clock):
    OpenLetterFactory()
    cards.ask_for_missing()
    dead = cards._claim(timezone.now())
    clock.shift(cards.LEASE + timedelta(seconds=1))
    assert cards._claim(timezone.now()).pk != dead.pk
    clock.shift(cards.LEASE + timedelta(seconds=1))
    assert cards._claim(timezone.now()).pk == dead.pk


def test_failure_keeps_the_old_picture_and_waits_longer_each_time(letter, clock, settings):
    swept()
    first = bytes(Card.objects.get().picture)
    settings.RENDER_MEGABYTES = 32
    SignatoryFactory(letter=letter, listed=True)
    waits = []
    for _ in range(3):
        clock.move_to(Card.objects.get().look_after)
        assert swept() == 0
        waits.append(Card.objects.get().look_after - timezone.now())
    assert waits == [cards.EVERY, cards.EVERY * 2, cards.EVERY * 4]
    assert bytes(Card.objects.get().picture) == first


def test_any_other_fault_puts_the_card_back_and_holds_up_no_other(letter, clock, caplog):
    end_of_time = datetime.max.replace(tzinfo=UTC)  # there is no such hour on the clocks of the place
    broken = OpenLetterFactory(zone="Pacific/Kiritimati", closes_at=end_of_time)
    cards.ask_for_missing()
    waits = []
    for drawn in (1, 0):
        assert swept() == drawn
        card = Card.objects.get(letter=broken)
        assert (card.is_being_drawn, card.leased_until, card.drawn_at) == (False, None, None)
        waits.append(card.look_after - timezone.now())
        clock.move_to(card.look_after)
    assert (waits, card.failures) == ([cards.EVERY, cards.EVERY * 2], 2)
    assert Card.objects.get(letter=letter).drawn_at is not None
    assert [record.message for record in caplog.records if record.exc_info] == [f"card {card.pk} cannot be drawn"] * 2
