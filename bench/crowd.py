"""What `bench.desk` measures on: a site with many letters, of which one has tens of thousands of sign-ons.

The rows of one letter are made by the models; those of the others are copies of them that the database makes, since
half a million through the models would take longer than all measurements. Names repeat from letter to letter, as they
do in life. Of all sign-ons 2 in 100 wait for a vetter, 3 for their mailbox, 2 are declined; 5 withhold their names.
"""

from __future__ import annotations

import hashlib
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from bench import invented, seeding, site

STATES = ["listed"] * 91 + ["confirmed"] * 2 + ["pending"] * 3 + ["declined"] * 2 + ["withdrawn", "lapsed"]
PROVIDERS = ("gmail.com", "yahoo.com", "proton.me")
WITHHELD_EVERY = 20
SOURCES = 400  # places that the newest sign-ons came from
COPIED = ("id", "letter_id", "agreed_revision_id", "identity_hash", "contact_hash")

REGISTER = """
    WITH known AS (
        SELECT row_number() OVER () AS id, name, country FROM signatories_signatory
        WHERE status = 'listed' AND visibility = 'public' GROUP BY name, country
    ), made AS (
        INSERT INTO signatories_organization (id, known_since) OVERRIDING SYSTEM VALUE SELECT id, now() FROM known
    )
    INSERT INTO signatories_appearance (signatory_id, organization_id, origin_id)
    SELECT signatory.id, known.id, known.id FROM signatories_signatory signatory JOIN known USING (name, country)
    WHERE status = 'listed' AND visibility = 'public'
"""  # one organization for each name, whatever letters it is on


def fill(in_one: int, letters: int) -> None:
    """One letter with so many sign-ons, and others with as many each; with what the journal and the outbox hold."""
    seeding.seed(0)
    _sign(in_one)
    _file()
    for number in range(1, letters):
        _copy(number)
    _remember()


def _sign(number: int) -> None:
    from letters.models import Letter
    from signatories.models import Signatory

    letter = Letter.objects.get(slug=site.SLUG)
    Signatory.objects.bulk_create(_rows(letter, number), batch_size=1000)


def _rows(letter, number: int) -> Iterator:
    from django.utils import timezone

    from campaigns import crypto
    from campaigns.models import User
    from signatories.models import Line

    now, vetter, revision = timezone.now(), User.objects.get(), letter.revision
    for place, (name, acronym, country) in enumerate(invented.lines(number, seed=2)):
        host = f"organization{place}.example"
        address = f"office@{host}" if place % 3 else f"organization{place}@{PROVIDERS[place % len(PROVIDERS)]}"
        line, status = Line(name, acronym, country, f"https://{host}"), STATES[(place * 37 + place // 100) % 100]
        facts = _moments(status, now - timedelta(seconds=place * 20), revision, vetter)
        row = seeding.sign_on(letter, line, address, withheld=place % WITHHELD_EVERY == 0, status=status, **facts)
        if now - row.signed_at < timedelta(days=2):
            row.source = crypto.keyed_hash("bench", str(place % SOURCES))[:32]
        yield row


def _moments(status: str, at: datetime, revision, vetter) -> dict:
    facts = {"signed_at": at}
    if status in {"confirmed", "listed", "declined"}:
        facts |= {"confirmed_at": at + timedelta(minutes=10), "agreed_revision": revision}
    if status in {"listed", "declined"}:
        facts |= {"decided_at": at + timedelta(hours=5), "decided_by": vetter}
    return facts | ({"decline_reason": "other"} if status == "declined" else {})


def _file() -> None:
    """All are filed, as the sweep has done over time; near names are looked up of those who wait only, and timed."""
    from django.db import connection

    from letters.models import Letter
    from signatories.models import NameKey, Nearness, Signatory
    from signatories.models.keeping import FILED
    from signatories.services import cohorts, filing

    letter = Letter.objects.get(slug=site.SLUG)
    rows = Signatory.objects.filter(letter=letter, status__in=FILED)
    for some in cohorts.batches(rows.public().values_list("pk", flat=True), 1000):
        NameKey.objects.keep(letter.pk, _keys(Signatory.objects.filter(pk__in=some).with_line_only("visibility")))
    decided = rows.exclude(status="confirmed")
    keys = decided.values_list("pk", flat=True)
    Nearness.objects.bulk_create((Nearness(signatory_id=pk) for pk in keys), batch_size=1000)
    decided.update(is_filed=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    start = time.monotonic()
    number = filing.file_names()
    seconds = time.monotonic() - start
    print(f"{number} filed among {NameKey.objects.count()} keys in {seconds:.1f} s", file=sys.stderr)


def _keys(rows) -> list[tuple[int, uuid.UUID]]:
    from signatories.matching import face
    from signatories.services.name_keys import as_known, stable_keys

    return [(key, one.pk) for one in rows for key in stable_keys(face(as_known(one.line)))]


def _copy(number: int) -> None:
    """The whole letter once more, under another address."""
    from django.db import connection

    from letters.models import Letter, Text
    from signatories.models import Signatory

    first = Letter.objects.get(slug=site.SLUG)
    text, revision = first.text, first.revision
    other = Letter.objects.get(pk=first.pk)
    other.pk, other._state.adding, other.slug = None, True, f"{site.SLUG}-{number}"
    other.save()
    Text.objects.create(letter=other, title=f"{text.title} ({number})", body=text.body, salutation=text.salutation)
    revision.pk, revision._state.adding, revision.letter = None, True, other
    revision.digest = hashlib.sha256(str(number).encode()).hexdigest()
    revision.save()
    same = [field.column for field in Signatory._meta.concrete_fields if field.column not in COPIED]
    listed = ", ".join(f'"{column}"' for column in same)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO signatories_signatory ({", ".join(COPIED)}, {listed})
            SELECT md5(%s || id)::uuid, %s, CASE WHEN agreed_revision_id IS NULL THEN NULL ELSE %s END,
                   encode(sha256((%s || identity_hash)::bytea), 'hex'),
                   encode(sha256((%s || contact_hash)::bytea), 'hex'), {listed}
            FROM signatories_signatory WHERE letter_id = %s
            """,  # noqa: S608
            [f"{number}:", other.pk, revision.pk, f"{number}:", f"{number}:", first.pk],
        )
        cursor.execute(
            """
            INSERT INTO signatories_namekey (letter_id, key, signatory_id)
            SELECT %s, key, md5(%s || signatory_id)::uuid FROM signatories_namekey WHERE letter_id = %s ORDER BY key
            """,
            [other.pk, f"{number}:", first.pk],
        )
    _copy_near(first, number)


def _copy_near(first, number: int) -> None:
    from signatories.models import Nearness

    rows = Nearness.objects.filter(signatory__letter=first)
    copied = (
        Nearness(signatory_id=_copied(number, row.pk), found={_copied(number, key): n for key, n in row.found.items()})
        for row in rows.iterator(chunk_size=1000)
    )
    Nearness.objects.bulk_create(copied, batch_size=1000)


def _copied(number: int, key) -> str:
    """As _copy makes it in the database."""
    return str(uuid.UUID(hashlib.md5(f"{number}:{key}".encode(), usedforsecurity=False).hexdigest()))


def _remember() -> None:
    """What register, journal and outbox hold about them, and the planner's statistics."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(REGISTER)
        for verb in ("signed", "moved", "moved"):
            cursor.execute(
                """
                INSERT INTO campaigns_journalentry (at, verb, subject_type, subject_id, data)
                SELECT signed_at, %s, 'signatories.signatory', id::text, '{"now": "confirmed"}'
                FROM signatories_signatory
                """,
                [verb],
            )
        for kind in ("confirm", "received"):
            cursor.execute(
                """
                INSERT INTO campaigns_mail (id, kind, about_id, "to", to_hash, data, language, dedupe_key, allowance,
                                            state, attempts, created_at, run_after, sent_at, error)
                SELECT gen_random_uuid(), 'signatories.' || %s, id::text, '', contact_hash, '', 'en', %s || id::text,
                       '', 'sent', 1, signed_at, signed_at, signed_at, '' FROM signatories_signatory
                """,
                [kind, kind],
            )
        cursor.execute("VACUUM ANALYZE")
