"""The rows that bench.importing works on; imported once Django is set up."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from campaigns.models import Campaign, User
from letters import services as letters
from letters.models import Letter, Recipient, Text
from signatories.models import Import, Line, Signatory
from signatories.services import importing
from signatories.services.signing import identity_hash


def user() -> User:
    return User.objects.get_or_create(email="coordinator@site.example")[0]


def letter() -> Letter:
    """An open one."""
    number = Letter.objects.count()
    named = {"name": f"Bench {number}", "slug": f"bench-{number}", "contact_email": "a@site.example"}
    campaign = Campaign.objects.create(**named, privacy_notice="We use it for this letter only.")
    closes_at = timezone.now() + timedelta(days=7)
    made = Letter.objects.create(campaign=campaign, slug=f"bench-{number}", closes_at=closes_at)
    Text.objects.create(letter=made, language="en", title="For the bridge", body="<p>Keep it open.</p>")
    Recipient.objects.create(letter=made, name="Ada Example", office="Commissioner")
    letters.open_for_signing(made, by=user())
    return Letter.objects.get(pk=made.pk)


def read(letter: Letter, text: str, by: User) -> Import:
    of = importing.take_in(letter, by=by, origin="document", source="bench", text=text)
    importing.read_due()
    importing.add_undecided(of, by=by)
    of.rows.filter(number__gt=1).update(decision="add", same_as=None, same_as_row=None)
    of.refresh_from_db()
    return of


def added(of: Import, by: User) -> int:
    importing.add(of, by=by, words="They agreed.", seen=of.letter.revision.number)
    return importing.add_due()


def bulk(letter: Letter, number: int) -> None:
    """Signatories as bare rows, hundreds at a time, and nothing else: no mail, no token, no journal."""
    rows = []
    for at in range(number):
        row = Signatory(letter=letter, contact_email=f"office@organization{at}.example", contact_hash=f"{at}")
        row.set_line(Line(f"Organization {at}", "", "KE"), "public")
        row.identity_hash = identity_hash(letter.pk, row.line)
        rows.append(row)
    Signatory.objects.bulk_create(rows, batch_size=500)
