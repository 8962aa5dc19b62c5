"""Before its instant nothing of a publication is to be seen anywhere; then it is; and taken back it is gone."""

import base64
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings

from letters import tasks
from letters.models import Reply
from letters.services import cards, publications
from tests.factories import UserFactory
from tests.letters.publishing.published import CANARIES, WORDS, over, prepared, release, soon
from tests.signatories.public_outputs import MADE_UP, addresses, in_every_language

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FRENCH = {part: f"{words} – francolin" for part, words in WORDS.items()}
ALL = (*CANARIES, "francolin", "avocet office")
ONLY_THEN = ("/press/", "/1.pdf", "/editions/1.json")


@pytest.fixture
def letter():
    """In English and French; an answer is to be read with it."""
    letter = over(7, courtesy=True)
    file = {"file": base64.b64encode(b"%PDF-").decode(), "sha256": "0" * 64}
    answer = {"by_whom": "The avocet office", "words": "Not so soon.", **file}
    received = {"received_on": letter.closed_at.date(), "entered_by": UserFactory(), "published_at": letter.closed_at}
    Reply.objects.create(letter=letter, number=1, **answer, **received)
    return letter


def everywhere(letter):
    every = [*addresses(slug=letter.slug, courtesy=["fr"], numbers=[1]), f"/oembed?url={at(letter)}"]
    return [one for path in every if MADE_UP not in path for one in in_every_language(path)]


def at(letter):
    return f"{settings.SITE_URL}{letter.get_absolute_url()}"


def seen(client, letter):
    """(where which canary is, what each address answers)."""
    found, answers = {}, {}
    for path, headers in everywhere(letter):
        response = client.get(path, headers=headers)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        words = content.decode(errors="replace") + str(response.headers)
        answers[path] = response.status_code
        if told := [one for one in ALL if one in words]:
            found[path] = told
    for language in ("en", "fr"):
        said = repr(cards.content(letter, language, letter.closed_at))
        if told := [one for one in ALL if one in said]:
            found[f"card {language}"] = told
    return found, answers


def test_embargo_holds_everywhere_until_its_instant(client, letter):
    before, comes_at = seen(client, letter)[1], soon()
    publication = prepared(letter, words={"en": WORDS, "fr": FRENCH}, comes_at=comes_at)
    assert seen(client, letter) == ({}, before)
    release(publication)
    assert seen(client, letter) == ({}, before)
    with time_machine.travel(comes_at - timedelta(seconds=1), tick=False):
        tasks.publish_due()
        assert seen(client, letter) == ({}, before)
    with time_machine.travel(comes_at + timedelta(seconds=1), tick=False):
        tasks.publish_due()
        shown, then = seen(client, letter)
    shown_in = {path for path in shown if "francolin" not in shown[path]}
    assert {f"/en/letters/{letter.slug}/", f"/letters/{letter.slug}/embed/", "/en/", "/feed/", "card en"} <= shown_in
    assert {f"/fr/letters/{letter.slug}/", f"/letters/{letter.slug}/in/fr/embed/", "/fr/", "card fr"} <= shown.keys()
    opened = {path for path in then if then[path] != before[path]}
    assert {then[path] for path in opened} == {200}
    assert {path for path in then if path.endswith(ONLY_THEN)} == opened
    publications.take_back(publication, reason="A slip.", by=UserFactory())
    assert seen(client, letter) == ({}, before)


def test_what_was_called_back_or_thrown_away_is_not_seen_either(client, letter):
    before = seen(client, letter)[1]
    publication = release(prepared(letter, words={"en": WORDS, "fr": FRENCH}, comes_at=soon()))
    publications.call_back(publication, by=UserFactory())
    publications.discard(publication, by=UserFactory(), seen=publications.fingerprint(publication))
    with time_machine.travel(soon(hours=3), tick=False):
        tasks.publish_due()
        assert seen(client, letter) == ({}, before)


def test_card_is_blank_from_the_moment_it_is_taken_back(client, letter):
    publication = release(prepared(letter))
    letter.cards.create(language="en", picture=b"a picture of it", digest="1" * 64, drawn_at=publication.came_at)
    assert client.get(f"/letters/{letter.slug}/card.png").content == b"a picture of it"
    being_drawn = letter.cards.get()
    being_drawn.is_being_drawn, being_drawn.leased_until = True, soon()
    being_drawn.save()
    publications.take_back(publication, reason="A slip.", by=UserFactory())
    cards._put_back(being_drawn, picture=b"what was being drawn", digest="2" * 64, drawn_at=publication.came_at)
    assert client.get(f"/letters/{letter.slug}/card.png").content not in (b"a picture of it", b"what was being drawn")


def test_card_drawn_before_it_is_taken_back_does_not_come_back_while_another_worker_draws_it(client, letter):
    publication = release(prepared(letter))
    cards.ask_for_missing()
    claimed = cards._claim(soon(seconds=0))
    publications.take_back(publication, reason="A slip.", by=UserFactory())
    with time_machine.travel(soon(seconds=1), tick=False):
        claimed.letter.cards.exclude(pk=claimed.pk).update(look_after=soon())
        assert cards._claim(soon(seconds=0)).pk == claimed.pk
        cards._put_back(claimed, picture=b"what was being drawn", digest="2" * 64, drawn_at=publication.came_at)
        assert client.get(f"/letters/{letter.slug}/card.png").content != b"what was being drawn"
