"""What a forger leaves behind: two bursts, one for the vetter to find and one that a vetter has set aside."""

from __future__ import annotations

from dataclasses import dataclass

FIRST = "Upland Lakeside Northern Harbor Meadow Granite Amber Cedar".split()
THEN = "Growth Prosperity Vision Impact".split()
LAST = "Alliance Partners Initiative".split()


@dataclass(frozen=True)
class Burst:
    """`number` sign-ons with addresses at `domain`, from `places` network addresses, `hours` ago."""

    number: int
    domain: str
    places: int
    hours: int

    def names(self) -> list[str]:
        parts = [f"{one} {two} {three}" for three in LAST for two in THEN for one in FIRST]
        start = self.hours  # bursts differ
        return parts[start : start + self.number]


TO_FIND = Burst(24, "quickpost.example", places=2, hours=5)
SET_ASIDE = Burst(16, "bulkline.example", places=1, hours=30)
WHY = "Forged: one machine, names from a list"
MISTAKEN = "Looks forged"  # a cohort that was put back at once
