"""What the forms make of naughty strings: lines to put on a roll, and for each a plain one of its shape."""

import re
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError

from signatories import services
from signatories.forms import IndividualForm, SignOnForm
from signatories.models import Line
from signatories.names import beside
from tests.factories import SignatoryFactory
from tests.naughty.strings import STRINGS

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TOKEN = re.compile(r"Plain\d{4}[nasrgw]")
PRINTED = {"name": "n", "acronym": "a", "second_name": "s", "affiliation": "r"}
UNPRINTED = {"reading": "g", "website": "w"}
NEIGHBOURS = [
    Line(f"{name} of {country}", acronym, country, second_name=f"Second {name}")
    for country in ("CH", "GH", "KE")
    for name, acronym in (("Aardvark Society", "AS"), ("Meadow Union", "MU"), ("Zebra Trust", "ZT"))
]


def taken(form, field, typed):
    """What the form makes of it, or "" if it does not take it."""
    try:
        return form.base_fields[field].clean(typed) or ""
    except (ValidationError, KeyError):
        return ""


class Names:
    """The naughty lines, and for each a plain one of its shape; `renamed` leads from plain words to naughty ones."""

    def __init__(self, strings=STRINGS):
        self.rows, self.words, folds = [], {}, set()
        for number, typed in enumerate(strings):
            for kind, form in (("organization", SignOnForm), ("individual", IndividualForm))[: 2 - number % 2]:
                line = {field: taken(form, field, typed) for field in PRINTED}
                line["acronym"] = taken(form, "acronym", strings[number - 1])  # one that the name says is not printed
                if not any(line.values()):
                    continue
                key = number * 2 + (kind == "individual")
                country = ("GH", "KE", "CH")[key % 3]
                plain = {field: f"Plain{key:04d}{letter}" for field, letter in PRINTED.items()}
                if kind == "individual":
                    plain["acronym"] = ""
                else:
                    plain["affiliation"] = ""
                naughty = {field: line[field] or plain[field] for field in PRINTED} | {
                    field: "" for field in PRINTED if not plain[field]
                }
                if not beside(naughty["name"], naughty["acronym"]):
                    plain["acronym"] = naughty["acronym"] = ""
                fold = services.identity_hash(0, Line(country=country, **naughty | {"acronym": ""}), kind)
                if fold in folds or len(self.rows) == 900:  # of a longer roll a frame shows no names
                    continue
                folds.add(fold)
                for field, letter in UNPRINTED.items():
                    naughty[field] = taken(form, field, typed)
                    plain[field] = f"Plain{key:04d}{letter}" if naughty[field] else ""
                self.words |= {plain[field]: naughty[field] for field in plain if plain[field]}
                self.rows.append((kind, country, plain, naughty))

    def renamed(self, words):
        return TOKEN.sub(lambda match: self.words[match[0]], words)

    def put(self, letter, by, *, naughty):
        """All of them, and the neighbours, as listed signatories."""
        for line in NEIGHBOURS:
            SignatoryFactory(letter=letter, line=line, listed=True, decided_by=by, at=NOW)
        for number, (kind, country, plain, other) in enumerate(self.rows, 1):
            line = Line(country=country, **(other if naughty else plain))
            more = {"kind": kind, "scope": "" if kind == "individual" else "local", "decided_by": by, "at": NOW}
            more["signed_at"] = NOW - timedelta(seconds=number)  # of a long list the desk shows those that came last
            key = services.identity_hash(letter.pk, line, kind)
            SignatoryFactory(letter=letter, line=line, listed=True, identity_hash=key, **more)
