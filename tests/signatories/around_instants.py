"""The settings of clocks that deadlines are tried at, and how far around an instant one asks."""

from datetime import UTC, timedelta

from tests.signatories.wall_clocks import CLOCKS, changes

DAY = timedelta(days=1)
TINY = timedelta(microseconds=1)
SPANS = [timedelta(0), TINY, *(timedelta(milliseconds=ms) for ms in (1, 500, 1000, 1500, 2000))]
AROUND = sorted({sign * span for span in SPANS for sign in (-1, 1)})
FEW = [off for off in AROUND if abs(off) in (SPANS[0], TINY, SPANS[4], SPANS[6])]


ALL = [(zone, change) for zone in CLOCKS for change in changes(zone)]
NAMES = [f"{zone} {change:%Y-%m-%d}" for zone, change in ALL]


def aware(instant):
    return instant.replace(tzinfo=UTC)
