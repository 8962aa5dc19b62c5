from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.lifecycle import ForbiddenMove
from letters import instants, services
from letters.models import Letter
from tests.factories import LetterFactory, OpenLetterFactory, UserFactory
from tests.letters.desk import fields, team_member, words
from tests.letters.test_amending import amended

pytestmark = [pytest.mark.django_db, pytest.mark.once]
YEAR = timezone.now().year + 1


def last_sunday(month):
    """When clocks in the European Union change, next year."""
    return max(day for day in range(25, 32) if datetime(YEAR, month, day, tzinfo=UTC).weekday() == 6)


def sent(client, letter, page="timetable", **values):
    address = reverse(f"letters:{page}", args=[letter.slug])
    return client.post(address, fields(client.get(address)) | values)


@pytest.fixture
def letter(client):
    letter = LetterFactory(closes_at=None, zone="Europe/Zurich")
    team_member(client, letter)
    return letter


def test_timetable_turns_clocks_into_instants_and_back(client, letter):
    times = {"opens_at": f"{YEAR}-01-05T09:00", "closes_at": f"{YEAR}-07-05T18:00"}
    response = sent(client, letter, zone="Africa/Nairobi", **times)
    letter.refresh_from_db()
    assert letter.opens_at == datetime(YEAR, 1, 5, 6, 0, tzinfo=UTC)
    assert letter.closes_at == datetime(YEAR, 7, 5, 15, 0, tzinfo=UTC)
    assert "at 18:00 (Nairobi time), 15:00 UTC" in words(client.get(response.url))
    shown = fields(client.get(reverse("letters:timetable", args=[letter.slug])))
    assert {name: shown[name] for name in times} == times
    assert shown["zone"] == "Africa/Nairobi"


@pytest.mark.parametrize(
    ("times", "error"),
    [
        ({"closes_at": ""}, "Say until when organizations can sign."),
        ({"closes_at": "soon"}, "Enter date and time like"),
        ({"closes_at": "2020-01-01T12:00"}, "This lies in the past."),
        ({"closes_at": "9999-12-31T23:59", "zone": "America/Bogota"}, "Check the year."),
        ({"closes_at": "0001-01-01T00:00"}, "Check the year."),
        (
            {"opens_at": f"{YEAR}-02-02T12:00", "closes_at": f"{YEAR}-02-02T12:00"},
            "Sign-on has to close after it opens.",
        ),
        ({"closes_at": f"{YEAR}-03-{last_sunday(3)}T02:30"}, f"that exists is {YEAR}-03-{last_sunday(3)} 03:00."),
    ],
)
def test_timetable_says_what_is_wrong_with_a_time(client, letter, times, error):
    assert error in words(sent(client, letter, **times))
    letter.refresh_from_db()
    assert letter.closes_at is None


@pytest.mark.parametrize(("choice", "hour"), [("0", 0), ("1", 1)])
def test_timetable_asks_which_when_clocks_show_a_time_twice(client, letter, choice, hour):
    day = last_sunday(10)
    twice = {"closes_at": f"{YEAR}-10-{day}T02:30"}
    asked = words(sent(client, letter, **twice))
    assert f"{YEAR}-10-{day} 00:30 UTC" in asked
    assert f"{YEAR}-10-{day} 01:30 UTC" in asked
    assert asked.index("id_closes_at_fold_0") < asked.index('id="id_slug"')
    kept = words(sent(client, letter, **twice, closes_at_fold=choice, slug="not an address"))
    assert f'name="closes_at_fold" value="{choice}"' in kept
    sent(client, letter, **twice, closes_at_fold=choice)
    letter.refresh_from_db()
    assert letter.closes_at == datetime(YEAR, 10, day, hour, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("slug", "error"),
    [("taken", "This address is taken"), ("new", "This address is taken"), ("a b", "Use the letters a to z"), ("", "")],
)
def test_timetable_refuses_an_address(client, letter, slug, error):
    LetterFactory(slug="taken")
    shown = words(sent(client, letter, slug=slug, closes_at=f"{YEAR}-01-05T09:00"))
    assert (error or "Enter the last part of the web address") in shown
    assert Letter.objects.get(pk=letter.pk).slug == letter.slug


def test_timetable_moves_the_address_of_a_draft(client, letter):
    response = sent(client, letter, slug="bridge", closes_at=f"{YEAR}-01-05T09:00")
    assert response.url == reverse("letters:overview", args=["bridge"])
    assert client.get(response.url).status_code == 200


def test_timetable_of_an_open_letter_has_the_closing_time_alone(client):
    letter = OpenLetterFactory()
    team_member(client, letter)
    values = {"slug": "elsewhere", "opens_at": f"{YEAR}-01-01T00:00", "closes_at": f"{YEAR}-07-05T18:00"}
    sent(client, letter, **values)
    after = Letter.objects.get()
    assert (after.slug, after.opens_at) == (letter.slug, letter.opens_at)
    assert after.closes_at == datetime(YEAR, 7, 5, 18, 0, tzinfo=UTC)


def test_timetable_of_a_closed_letter_leads_to_opening_it_again(client):
    letter = OpenLetterFactory()
    team_member(client, letter)
    services.close(letter, by=UserFactory())
    address = reverse("letters:timetable", args=[letter.slug])
    assert "open it again" in words(client.get(address, follow=True))
    client.post(address, {"zone": "UTC", "closes_at": f"{YEAR}-07-05T18:00"})
    assert Letter.objects.get().closes_at == letter.closes_at


@pytest.fixture
def closed(client):
    letter = OpenLetterFactory(zone="Asia/Kathmandu")
    team_member(client, letter)
    services.close(letter, by=UserFactory())
    return letter


def test_reopen_opens_until_a_new_time_for_a_reason(client, closed):
    response = sent(client, closed, "reopen", closes_at=f"{YEAR}-07-05T18:00", reason="Floods in the north")
    closed.refresh_from_db()
    assert (closed.status, closed.closes_at) == ("open", datetime(YEAR, 7, 5, 12, 15, tzinfo=UTC))
    assert "Floods in the north" in words(client.get(response.url))


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"reason": ""}, "Say why, in a few words"),
        ({"closes_at": ""}, "Say until when."),
        ({"closes_at": "2020-01-01T12:00"}, "This lies in the past."),
    ],
)
def test_reopen_needs_a_reason_and_a_time_to_come(client, closed, values, error):
    response = sent(client, closed, "reopen", **{"closes_at": f"{YEAR}-07-05T18:00", "reason": "Floods"} | values)
    assert error in words(response)
    closed.refresh_from_db()
    assert closed.status == "closed"


def test_reopen_says_in_which_zone_it_is_asked(client, closed):
    page = client.get(reverse("letters:reopen", args=[closed.slug]))
    assert "Enter the time in Kathmandu time." in words(page)


def test_reopen_is_for_closed_letters(client, letter):
    response = client.get(reverse("letters:reopen", args=[letter.slug]), follow=True)
    assert "Only a closed letter can be opened again." in words(response)


def test_reopen_opens_no_draft(client, letter):
    """It would be open without a revision: nothing anybody could have agreed to."""
    letter.opens_at = timezone.now()
    letter.closes_at = letter.opens_at + timedelta(days=1)
    letter.save()
    address = reverse("letters:reopen", args=[letter.slug])
    client.post(address, {"closes_at": f"{YEAR}-07-05T18:00", "reason": "Why not"})
    with pytest.raises(services.ForbiddenMove):
        services.reopen(letter, closes_at=letter.closes_at, reason="Why not", by=UserFactory())
    assert Letter.objects.get().status == "draft"


def test_closing_leaves_the_time_promised_for_answering_an_amendment(client):
    letter = OpenLetterFactory(zone="UTC", closes_at=timezone.now() + timedelta(days=30))
    promised = amended(letter).agree_by
    by = team_member(client, letter)
    early = promised - timedelta(days=1, seconds=1)
    on_the_wall = f"{instants.on_the_wall(early, 'UTC'):%Y-%m-%dT%H:%M}"
    assert "they can answer the last amendment until" in words(sent(client, letter, closes_at=on_the_wall))
    with pytest.raises(ForbiddenMove):
        services.set_timetable(letter, slug=letter.slug, by=by, closes_at=early)
    services.set_timetable(letter, slug=letter.slug, by=by, closes_at=promised - timedelta(days=1))
    services.close(letter, by=by)
    with pytest.raises(services.PastClosing):
        services.reopen(letter, closes_at=early, reason="More are coming", by=by)
    page = sent(client, letter, page="reopen", closes_at=on_the_wall, reason="More are coming")
    assert "they can answer the last amendment until" in words(page)


def test_timetable_keeps_a_zone_under_the_name_it_had(client, letter):
    Letter.objects.update(zone="Asia/Calcutta")
    address = reverse("letters:timetable", args=[letter.slug])
    shown = fields(client.get(address))
    assert shown["zone"] == "Asia/Calcutta"
    assert client.post(address, shown | {"closes_at": f"{YEAR}-07-05T18:00"}).status_code == 302
    saved = Letter.objects.get()
    assert (saved.zone, saved.closes_at.hour) == ("Asia/Calcutta", 12)
    Letter.objects.update(zone="Asia/Kolkata")
    assert client.post(address, shown).status_code == 200  # whoever has another name chooses none of the old ones
