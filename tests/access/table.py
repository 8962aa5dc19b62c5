"""The table of who gets what, in pages.txt: read, and written as it stands there."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tests.access.cast import ROLES

FILE = Path(__file__).parent / "pages.txt"


@dataclass
class Page:
    """One line of the table for each method: `answers[method]` has an outcome for each of ROLES."""

    route: str
    thing: str
    answers: dict[str, list[str]] = field(default_factory=dict)


def read(words: str) -> dict[str, Page]:
    pages: dict[str, Page] = {}
    route = ""
    for line in words.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith(" "):
            route, thing = line.split()
            pages[route] = Page(route, thing)
            continue
        method, *outcomes = line.split()
        pages[route].answers[method] = outcomes * len(ROLES) if len(outcomes) == 1 else outcomes
    return pages


def written(page: Page) -> str:
    """As it stands in the file; one outcome alone is that of everybody."""
    lines = [f"{page.route} {page.thing}"]
    for method, outcomes in page.answers.items():
        said = outcomes[:1] if len(set(outcomes)) == 1 else outcomes
        lines.append(f"    {method:<8}" + "".join(f"{one:<12}" for one in said).rstrip())
    return "\n".join(lines) + "\n"
