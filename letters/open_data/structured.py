"""A letter and its roll as JSON (RFC 8259)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from letters.document import Roll
from letters.open_data.facts import Facts

NAMED = ("line", "honorific", "name", "office", "organization")  # of a recipient; the letter has the address
VERSION = 1  # raised when a field changes its meaning or goes; a field more raises nothing


def write(facts: Facts) -> bytes:
    """Return the document in UTF-8. Signatories stand in the order of the roll, null where the list is not shared."""
    return json.dumps(_document(facts), ensure_ascii=False).encode(errors="replace")  # indented, it takes twice as long


def mark(facts: Facts) -> str:
    """Return a name for what is said, but for the minute at which it was so: 64 hexadecimal digits."""
    said = _document(facts)
    del said["count"]["as_of"]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _document(facts: Facts) -> dict[str, Any]:
    roll = facts.roll
    return {
        "type": "letter",
        "version": VERSION,
        "links": facts.links,
        "campaign": facts.campaign,
        "texts": [asdict(text) for text in facts.texts],
        "state": facts.state,
        "revision": {"number": facts.revision, "digest": facts.digest},
        "recipients": [{part: getattr(one, part) for part in NAMED} for one in facts.recipients],
        "opened_at": _instant(facts.opened_at),
        "closes_at": _instant(facts.closes_at),
        "published_at": facts.published_at and _instant(facts.published_at),
        "edition": facts.edition and asdict(facts.edition) | {"as_of": _instant(facts.edition.as_of)},
        "count": {
            "organizations": roll.organizations,
            "individuals": roll.persons,
            "countries": roll.countries,
            "withheld": roll.withheld,
            "as_of": _instant(roll.as_of.replace(second=0, microsecond=0)),
        },
        "arrangement": asdict(roll.arrangement),
        "by_country": _by_country(roll),
        "signatories": list(_signatories(roll)) if facts.shares_list else None,
    }


def _by_country(roll: Roll) -> list[dict[str, Any]]:
    """Both kinds together, in the order in which the roll comes to the countries."""
    counted: dict[str, dict[str, Any]] = {}
    for is_individual, group, line in roll.every():
        code = group.country(line)
        if code not in counted:
            named = {"country": code, "name": group.country_name(line)}
            counted[code] = {**named, "organizations": 0, "individuals": 0}
        counted[code]["individuals" if is_individual else "organizations"] += 1
    return list(counted.values())


def _signatories(roll: Roll) -> Iterator[dict[str, str | int | None]]:
    for is_individual, group, line in roll.every():
        yield {
            "kind": "individual" if is_individual else "organization",
            "name": line.name,
            "acronym": line.acronym,
            "second_name": line.second_name,
            "affiliation": line.affiliation,
            "country": group.country(line),
            "group": group.title,
            "number": line.number or None,
        }


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
