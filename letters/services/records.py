"""An edition's record: how it came to be, in numbers, moments, roles and hashes. It names nobody.

Taken when it is frozen and kept with it; the journal's entry of the freezing holds its SHA-256, so the chain covers it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from campaigns.models import Membership
from letters.models import Edition, Letter, Rendering

FORM = "undersigned-record-1"
OUTSIDE = "not of the team"  # beside its roles: by the permission of the site, or in the team no more


def taken(letter: Letter, as_of: datetime) -> dict[str, Any]:
    """The record of what is being frozen. The letter is locked."""
    roles = dict(Membership.objects.filter(campaign=letter.campaign_id).values_list("user", "role"))
    real = letter.signatories.real()
    return {
        "form": FORM,
        "letter": settings.SITE_URL + letter.get_absolute_url(),
        "as_of": _moment(as_of),
        "opened_at": _moment(letter.opens_at),
        "closed_at": _moment(letter.closed_at),
        "was_opened_again": bool(letter.reopened_because),
        "consultations": letter.consultations.count(),
        "drafts": letter.revisions.count() - letter.revisions.signed().count(),
        "revisions": [
            {
                "number": one.number,
                "cause": one.cause,
                "substance": one.substance,
                "at": _moment(one.created_at),
                "by": roles.get(one.created_by_id, OUTSIDE),
                "digest": one.digest,
            }
            for one in letter.revisions.signed().order_by("number")
        ],
        "amendments": [
            {"revision": one.revision.number, "weight": one.weight, "at": _moment(one.made_at)}
            for one in letter.amendments.select_related("revision").order_by("made_at")
        ],
        "signatories": real.standing(),
        "decisions": _decisions(real.deciders(), roles),
        "editions": [
            {"number": one.number, "at": _moment(one.as_of), "digest": one.digest, "journal_head": one.journal_head}
            for one in letter.editions.order_by("number")
        ],
    }


def digest(record: dict[str, Any]) -> str:
    """SHA-256, in hex, over compact JSON with sorted keys, in UTF-8."""
    written = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def of(edition: Edition) -> dict[str, Any]:
    """The record as it is given out: what was taken, and what became of it."""
    return {
        **edition.record,
        "edition": edition.number,
        "frozen_at": _moment(edition.frozen_at),
        "digest": edition.digest,
        "record_digest": digest(edition.record),
        "journal_head": edition.journal_head,
        "files": files(edition),
    }


def manifest(edition: Edition) -> dict[str, Any]:
    """What is public of an edition, and the SHA-256 of each of its public files."""
    roll = edition.letter.signatories.in_print(edition)
    return {
        "form": "undersigned-manifest-1",
        "letter": settings.SITE_URL + edition.letter.get_absolute_url(),
        "edition": edition.number,
        "digest": edition.digest,
        "revision": {"number": edition.revision.number, "digest": edition.revision.digest},
        "as_of": _moment(edition.as_of),
        "signatories": {
            "organizations": roll.organizations,
            "individuals": roll.persons,
            "countries": roll.countries,
            "withheld": roll.withheld,
        },
        "journal_head": edition.journal_head,
        "files": files(edition),
    }


def files(edition: Edition) -> list[dict[str, Any]]:
    """The public ones that are set; of the addressee's copies not even that there are any."""
    done: list[Rendering] = list(edition.renderings.done().public())
    return [
        {"language": one.language, "type": "application/pdf", "bytes": one.bytes, "sha256": one.sha256} for one in done
    ]


def _decisions(decided: list[dict[str, Any]], roles: dict[int, str]) -> dict[str, dict[str, int]]:
    """{"listed": {"vetter": 12, "rule": 3}, …}: by state, then by the role of who decided last."""
    counted: dict[str, Counter[str]] = {}
    for one in decided:
        role = "rule" if one["decided_by_rule"] else roles.get(one["decided_by"], OUTSIDE)
        counted.setdefault(one["status"], Counter())[role] += one["n"]
    return {status: dict(sorted(by.items())) for status, by in sorted(counted.items())}


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else None
