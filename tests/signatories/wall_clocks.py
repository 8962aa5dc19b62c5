"""What clocks on walls have shown, from the published changes alone: no zone database, no library that knows zones.

Each zone is a list of (since when, in UTC; minutes ahead of UTC). All of it is past, so that no parliament changes it.
"""

from datetime import datetime, timedelta


def utc(text):
    return datetime.fromisoformat(text)  # naive, and UTC throughout this module


BEFORE = utc("1970-01-01T00:00")

CLOCKS = {
    # An hour, on the last Sundays of March and October at 01:00 UTC.
    "Europe/Brussels": [
        (BEFORE, 60),
        (utc("2025-03-30T01:00"), 120),
        (utc("2025-10-26T01:00"), 60),
    ],
    # An hour, at 02:00 on the second Sunday of March and the first of November.
    "America/New_York": [
        (BEFORE, -300),
        (utc("2025-03-09T07:00"), -240),
        (utc("2025-11-02T06:00"), -300),
    ],
    # Half an hour, at 02:00 on the first Sundays of October and April.
    "Australia/Lord_Howe": [
        (BEFORE, 630),
        (utc("2024-10-05T15:30"), 660),
        (utc("2025-04-05T15:00"), 630),
    ],
    # A quarter of an hour, once and for all: after the last midnight of 1985 came 00:15.
    "Asia/Kathmandu": [
        (BEFORE, 330),
        (utc("1985-12-31T18:30"), 345),
    ],
    # Back for Ramadan: the clocks are set back in spring, and forward after the feast.
    "Africa/Casablanca": [
        (BEFORE, 60),
        (utc("2025-02-23T02:00"), 0),
        (utc("2025-04-06T02:00"), 60),
    ],
    # From one side of the date line to the other: there was no 30 December 2011.
    "Pacific/Apia": [
        (BEFORE, -660),
        (utc("2011-09-24T14:00"), -600),
        (utc("2011-12-30T10:00"), 840),
        (utc("2012-03-31T14:00"), 780),
    ],
    # At midnight: Sunday 4 November 2018 began at 01:00, and Saturday 17 February 2018 had 25 hours.
    "America/Sao_Paulo": [
        (BEFORE, -120),
        (utc("2018-02-18T02:00"), -180),
        (utc("2018-11-04T03:00"), -120),
    ],
    # At midnight too, and half an hour off everybody else.
    "Asia/Tehran": [
        (BEFORE, 210),
        (utc("2022-03-21T20:30"), 270),
        (utc("2022-09-21T19:30"), 210),
    ],
}


def minutes_at(zone, instant):
    """How far clocks in the zone are ahead of UTC at an instant."""
    return [minutes for since, minutes in CLOCKS[zone] if since <= instant][-1]


def shown(zone, instant):
    """What they show then."""
    return instant + timedelta(minutes=minutes_at(zone, instant))


def instants_of(zone, wall):
    """When they show a time: never, once or twice."""
    tried = {wall - timedelta(minutes=minutes) for _, minutes in CLOCKS[zone]}
    return sorted(instant for instant in tried if shown(zone, instant) == wall)


def changes(zone):
    """The instants at which they are set, without those that only lead up to them."""
    return [since for since, _ in CLOCKS[zone][1:] if since != utc("2011-09-24T14:00")]


def walls_around(zone, change):
    """Times on the wall from an hour and a half before the clocks are set until that long after, on both sides of it.

    Every third minute, and every minute next to where clocks jump to or from.
    """
    before, after = shown(zone, change - timedelta(minutes=1)) + timedelta(minutes=1), shown(zone, change)
    near = [edge + timedelta(minutes=minute) for edge in (before, after) for minute in (-2, -1, 0, 1, 2)]
    far = [edge + timedelta(minutes=minute) for edge in (before, after) for minute in range(-90, 91, 3)]
    return sorted({*near, *far})
