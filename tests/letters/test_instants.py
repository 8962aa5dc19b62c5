import zoneinfo
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import instants

SUMMER = datetime(2026, 9, 5, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        ("Europe/Zurich", "2026-09-05T16:00"),
        ("Asia/Kathmandu", "2026-09-05T12:15"),
        ("Pacific/Kiritimati", "2026-09-05T04:00"),
        ("America/St_Johns", "2026-09-05T20:30"),
        ("UTC", "2026-09-05T18:00"),
    ],
)
def test_at_finds_the_instant(zone, utc):
    expected = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert instants.at(date(2026, 9, 5), time(18, 0), zone) == expected


@pytest.mark.parametrize(
    ("zone", "day", "clock", "next_valid"),
    [
        ("Europe/Zurich", date(2026, 3, 29), time(2, 30), datetime.fromisoformat("2026-03-29T03:00")),
        ("Europe/Zurich", date(2026, 3, 29), time(2, 0), datetime.fromisoformat("2026-03-29T03:00")),
        ("America/New_York", date(2026, 3, 8), time(2, 59), datetime.fromisoformat("2026-03-08T03:00")),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), datetime.fromisoformat("2026-10-04T02:30")),
        (
            "Pacific/Apia",
            date(2011, 12, 30),
            time(12, 0),
            datetime.fromisoformat("2011-12-31T00:00"),
        ),  # a day that never was
    ],
)
def test_at_refuses_a_time_the_clocks_jump_over(zone, day, clock, next_valid):
    with pytest.raises(instants.Nonexistent) as caught:
        instants.at(day, clock, zone)
    assert caught.value.next_valid == next_valid


def test_at_asks_which_of_two():
    with pytest.raises(instants.Ambiguous) as caught:
        instants.at(date(2026, 10, 25), time(2, 30), "Europe/Zurich")
    assert caught.value.earlier == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert caught.value.later == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(("fold", "hour"), [(0, 0), (1, 1)])
def test_at_takes_the_chosen_one(fold, hour):
    chosen = instants.at(date(2026, 10, 25), time(2, 30), "Europe/Zurich", fold)
    assert chosen == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)


def test_at_ignores_fold_where_there_is_nothing_to_choose():
    assert instants.at(date(2026, 9, 5), time(18, 0), "Europe/Zurich", 1) == SUMMER


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd"])
def test_at_refuses_an_unknown_zone(zone):
    with pytest.raises(ValueError):
        instants.at(date(2026, 9, 5), time(18, 0), zone)


def test_at_refuses_an_instant_before_the_calendar():
    with pytest.raises(ValueError):
        instants.at(date(1, 1, 1), time(0, 0), "Asia/Tokyo")


MOMENTS = st.datetimes(datetime.fromisoformat("1980-01-01"), datetime.fromisoformat("2099-12-31"))


def found(wall, zone):
    """Every instant at which clocks there show this time: none in a gap, two where they are set back."""
    try:
        return [instants.at(wall.date(), wall.time(), zone)]
    except instants.Nonexistent:
        return []
    except instants.Ambiguous as twice:
        return [twice.earlier, twice.later]


@given(MOMENTS, st.sampled_from(instants.zones()))
def test_at_undoes_on_the_wall(moment, zone):
    instant = moment.replace(microsecond=0, tzinfo=UTC)
    wall = instants.on_the_wall(instant, zone)
    candidates = found(wall, zone)
    assert candidates == sorted(set(candidates))
    assert instants.at(wall.date(), wall.time(), zone, wall.fold) == instant
    assert instant in candidates


def days_that_jump(zone, year):
    """The days whose end has clocks further ahead of UTC than their beginning."""
    midnights = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(366)]
    ahead = [midnight.astimezone(zoneinfo.ZoneInfo(zone)).utcoffset() for midnight in midnights]
    return [day for day, before, after in zip(midnights, ahead, ahead[1:], strict=False) if after > before]


@pytest.mark.parametrize("zone", ["Europe/Zurich", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca"])
def test_next_valid_exists_and_nothing_before_it_does(zone):
    jumps = 0
    for day in days_that_jump(zone, 2026):
        for minutes in range(0, 24 * 60, 15):
            wall = instants.on_the_wall(day, zone) + timedelta(minutes=minutes)
            try:
                instants.at(wall.date(), wall.time(), zone, 0)
            except instants.Nonexistent as jump:
                next_valid = jump.next_valid
            else:
                continue
            jumps += 1
            assert found(next_valid, zone) != []
            assert found(next_valid - timedelta(seconds=1), zone) == []
    assert jumps > 0


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Zurich", "Saturday 5 September 2026 at 18:00 (Zurich time), 16:00 UTC"),
        ("Asia/Kathmandu", "Saturday 5 September 2026 at 21:45 (Kathmandu time), 16:00 UTC"),
        (
            "Pacific/Kiritimati",
            "Sunday 6 September 2026 at 06:00 (Kiritimati time), Saturday 5 September at 16:00 UTC",
        ),
        ("UTC", "Saturday 5 September 2026 at 16:00 UTC"),
        ("Nowhere/Gone", "Saturday 5 September 2026 at 16:00 (Nowhere/Gone time), 16:00 UTC"),
    ],
)
def test_in_words_names_zone_and_utc(zone, words):
    assert instants.in_words(SUMMER, zone, "en") == words


def test_in_words_speaks_the_language():
    assert "samedi 5 septembre 2026" in instants.in_words(SUMMER, "Asia/Kathmandu", "fr")
    assert "Katmandou" in instants.in_words(SUMMER, "Asia/Kathmandu", "fr")


def test_zones_begin_with_common_ones_and_are_all_known():
    zones = instants.zones()
    assert zones[:3] == ["UTC", "Europe/Zurich", "America/New_York"]
    assert len(zones) == len(set(zones))
    assert set(zones) <= zoneinfo.available_timezones()


def test_zones_have_the_name_of_today_and_no_twin():
    zones = set(instants.zones())
    twins = {"Asia/Calcutta": "Asia/Kolkata", "Europe/Kiev": "Europe/Kyiv", "Asia/Rangoon": "Asia/Yangon"}
    assert (zones & set(twins), set(twins.values()) - zones) == (set(), set())
    assert set(twins) <= zoneinfo.available_timezones()  # or nothing would have been left out


def test_zones_are_all_there_where_the_system_lists_none(monkeypatch, tmp_path):
    monkeypatch.setattr(zoneinfo, "TZPATH", (str(tmp_path),))
    monkeypatch.setattr(zoneinfo, "available_timezones", lambda: {"Asia/Calcutta", "Asia/Kolkata", "Etc/GMT"})
    assert instants._places.__wrapped__() == ("Asia/Calcutta", "Asia/Kolkata")
