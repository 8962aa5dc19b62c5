"""Between the clock on a wall somewhere and UTC: deadlines are instants, people think in their own zone."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path

import icu
from django.utils import translation
from django.utils.translation import gettext as _

FIRST = (  # where many letters are addressed or coordinated, above the alphabet of all others
    "UTC Europe/Zurich America/New_York Europe/Brussels Europe/London Europe/Berlin Africa/Johannesburg Africa/Nairobi "
    "Africa/Lagos Africa/Cairo Asia/Beirut Asia/Bangkok Asia/Kathmandu Asia/Kolkata Asia/Manila Asia/Tokyo "
    "America/Sao_Paulo America/Bogota America/Mexico_City Australia/Sydney"
).split()
AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


class Nonexistent(ValueError):
    """The clocks jump over this time. `next_valid` is the first moment after the jump, on the same clocks (naive)."""

    def __init__(self, next_valid: datetime) -> None:
        super().__init__(f"jumped over until {next_valid}")
        self.next_valid = next_valid


class Ambiguous(ValueError):
    """The clocks show this time twice: `earlier` and `later` are the two instants, in UTC."""

    def __init__(self, earlier: datetime, later: datetime) -> None:
        super().__init__(f"either {earlier} or {later}")
        self.earlier, self.later = earlier, later


def at(day: date, clock: time, zone: str, fold: int | None = None) -> datetime:
    """The instant, in UTC, at which clocks in `zone` (an IANA name) show `clock` on `day`.

    `fold` chooses between the first (0) and the second (1) when clocks are set back and show the time twice (PEP 495);
    it is ignored otherwise. Raises Nonexistent, Ambiguous when there are two and `fold` is None, and ValueError
    for an unknown zone or an instant outside the years 1 to 9999.
    """
    local = datetime.combine(day, clock.replace(fold=0, tzinfo=None))
    try:
        there = zoneinfo.ZoneInfo(zone)
        first, second = (local.replace(tzinfo=there, fold=which).astimezone(UTC) for which in (0, 1))
    except (zoneinfo.ZoneInfoNotFoundError, OverflowError) as error:
        raise ValueError(str(error)) from None
    if first.astimezone(there).replace(tzinfo=None) != local:
        raise Nonexistent(_after_the_jump(second, first, there))
    if first == second or fold is not None:
        return second if fold else first
    raise Ambiguous(first, second)


def _after_the_jump(before: datetime, after: datetime, there: zoneinfo.ZoneInfo) -> datetime:
    """Halve the span between two instants around the jump until the first second after it is found."""
    offset = before.astimezone(there).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(there).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.astimezone(there).replace(tzinfo=None, fold=0)


def on_the_wall(instant: datetime, zone: str) -> datetime:
    """What clocks in `zone` show at the aware `instant`: naive, for filling in a form."""
    return instant.astimezone(_zone(zone)).replace(tzinfo=None)


def in_words(instant: datetime, zone: str, language: str | None = None) -> str:
    """An aware instant for readers everywhere: "Saturday 5 September 2026 at 18:00 (Zurich time), 16:00 UTC".

    Where UTC has another date, that is said too. `language` (BCP 47) is the page's own unless given; day and month
    names, their order and the names of cities are CLDR's (UTS #35).
    """
    language = language or translation.get_language() or "en"
    with translation.override(language):
        here, utc = instant.astimezone(_zone(zone)), instant.astimezone(UTC)
        words = {"date": _shown(here, "yMMMMEEEEd", language), "time": _shown(here, "Hm", language)}
        if zone in ("UTC", "Etc/UTC"):
            return _("%(date)s at %(time)s UTC") % words
        words |= {"zone": zone_in_words(zone, language), "utc_time": _shown(utc, "Hm", language)}
        if here.date() == utc.date():
            return _("%(date)s at %(time)s (%(zone)s), %(utc_time)s UTC") % words
        words["utc_date"] = _shown(utc, "MMMMEEEEd", language)
        return _("%(date)s at %(time)s (%(zone)s), %(utc_date)s at %(utc_time)s UTC") % words


def in_utc(instant: datetime, language: str | None = None) -> str:
    """The instant in words and in UTC alone: "Saturday 5 September 2026 at 16:00 UTC"."""
    return in_words(instant, "UTC", language)


def zone_in_words(zone: str, language: str | None = None) -> str:
    """ "Zurich time" for "Europe/Zurich", with the city's name in `language`."""
    if zone == "UTC":
        return "UTC"
    language = language or translation.get_language() or "en"
    return _("%(city)s time") % {"city": _city(zone, language)}


def zones() -> list[str]:
    """IANA zones that are named after a place, each by the name it has today, and UTC; common ones first, then by
    name."""
    return [*FIRST, *(zone for zone in _places() if zone not in FIRST)]


@cache
def _places() -> tuple[str, ...]:
    """Those of zone.tab, where the time zone database lists what to choose from: Asia/Kolkata, and not Asia/Calcutta,
    which still works. All of them where a system comes without that file."""
    there = zoneinfo.available_timezones()
    listed = next((found for folder in zoneinfo.TZPATH if (found := _listed(Path(folder) / "zone.tab"))), there)
    return tuple(sorted(name for name in there & listed if name.partition("/")[0] in AREAS))


def _listed(table: Path) -> set[str]:
    """The third column; nothing where there is no such file."""
    try:
        lines = table.read_text(encoding="utf-8").splitlines()
    except OSError:
        return set()
    return {line.split("\t")[2] for line in lines if line.count("\t") > 1 and not line.startswith("#")}


def _zone(name: str) -> zoneinfo.ZoneInfo:
    """A zone that the machine no longer knows must not take a page down; UTC is always shown beside it."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")


@cache
def _locale(language: str) -> icu.Locale:
    return icu.Locale.forLanguageTag("en-GB" if language == "en" else language)  # day first, as letters are dated


@cache
def _pattern(skeleton: str, language: str) -> str:
    """The locale's own order of the parts. CLDR's comma after the English weekday goes: a comma separates UTC here."""
    pattern = str(icu.DateTimePatternGenerator.createInstance(_locale(language)).getBestPattern(skeleton))
    return pattern.replace("EEEE, d", "EEEE d") if language.startswith("en") else pattern


def _shown(moment: datetime, skeleton: str, language: str) -> str:
    written = icu.SimpleDateFormat(_pattern(skeleton, language), _locale(language))
    written.setTimeZone(icu.TimeZone.getGMT())
    wall = moment.replace(tzinfo=UTC).timestamp()  # its own figures, whatever zone they are from
    return str(written.format(float(wall)))


@cache
def _city(zone: str, language: str) -> str:
    written = icu.SimpleDateFormat("VVV", _locale(language))  # the "exemplar city"
    written.setTimeZone(icu.TimeZone.createTimeZone(zone))
    city = str(written.format(0.0))
    unknown = icu.SimpleDateFormat("VVV", _locale(language))
    unknown.setTimeZone(icu.TimeZone.createTimeZone("Etc/Unknown"))
    return zone if city == str(unknown.format(0.0)) else city
