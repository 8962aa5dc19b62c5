"""The invented letter and who has signed it, through the models: what the benchmarks ask for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bench import invented
from bench.site import SLUG

if TYPE_CHECKING:
    from campaigns.models import User
    from letters.models import Letter
    from signatories.models import Line, Signatory


def seed(signatories: int) -> None:
    """An open letter with so many listed organizations."""
    from django.utils import timezone

    from campaigns.models import User
    from signatories.models import Line, Signatory

    now, vetter = timezone.now(), User.objects.create(email="vetter@coalition.example")
    letter = open_letter(vetter)
    facts = {"agreed_revision": letter.revision, "confirmed_at": now, "decided_at": now, "decided_by": vetter}
    lines = enumerate(invented.lines(signatories, seed=2))
    rows = [
        sign_on(letter, Line(*parts), f"listed{number}@organization.example", status="listed", **facts)
        for number, parts in lines
    ]
    Signatory.objects.bulk_create(rows, batch_size=500)


def sign_on(letter: Letter, line: Line, address: str, *, withheld: bool = False, **facts: Any) -> Signatory:
    """A row as the form would have made it, not saved; `facts` are further columns of it."""
    from campaigns import outbox
    from signatories.models import Signatory
    from signatories.services import identity_hash

    row = Signatory(
        letter=letter,
        scope=Signatory.Scope.NATIONAL,
        contact_name="Contact Person",
        contact_role="Director",
        contact_email=address,
        contact_hash=outbox.address_hash(address),
        identity_hash=identity_hash(letter.pk, line),
        attestation="2026-11",
        **facts,
    )
    row.set_line(line, Signatory.Visibility.COUNTED if withheld else Signatory.Visibility.PUBLIC)
    return row


def open_letter(by: User) -> Letter:
    """Open for a week, with its words, its recipients and its first revision."""
    from django.utils import timezone

    from campaigns.models import Campaign
    from letters.models import Letter, Recipient, Text

    now = timezone.now()
    campaign = Campaign.objects.create(
        name=invented.LETTERHEAD, slug="ilvane", contact_email="letter@coalition.example"
    )
    letter = Letter.objects.create(
        campaign=campaign,
        slug=SLUG,
        status=Letter.Status.OPEN,
        place="Orrinport",
        date=now.date(),
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=7),
    )
    text = Text.objects.create(letter=letter, **_words())
    for position, one in enumerate(invented.ADDRESSEES):
        parts = ("line", "honorific", "name", "office", "organization", "address")
        Recipient.objects.create(letter=letter, position=position, **{part: getattr(one, part) for part in parts})
    _revise(letter, text.language, by)
    return letter


def _words() -> dict[str, str]:
    return {
        "title": invented.TITLE,
        "headline": "",
        "re_line": invented.RE_LINE,
        "salutation": invented.SALUTATION,
        "body": invented.body(),
        "closing": invented.CLOSING,
    }


def _revise(letter: Letter, language: str, by: User) -> None:
    """Its first revision: what is signed."""
    from letters import canonical
    from letters.models import Revision

    texts = [{"language": language, "is_authentic": True, **_words()}]
    parts = ("line", "honorific", "name", "office", "organization", "address", "email")
    recipients = list(letter.recipients.values(*parts))
    form = canonical.canonical(texts, recipients)
    Revision.objects.create(
        letter=letter,
        number=1,
        cause=Revision.Cause.OPENED,
        texts=texts,
        recipients=recipients,
        canonical=form,
        digest=canonical.digest(form),
        created_by=by,
    )


def confirmation_token() -> str:
    """What ends the link in the mail to an organization that has filled in the form and not answered yet."""
    from letters.models import Letter
    from signatories.models import Line, Purpose, Token

    letter, line = Letter.objects.get(slug=SLUG), Line("Orrinport Rivers Forum", "ORF", "KE")
    signatory = sign_on(letter, line, "office@forum.example")
    signatory.save()
    return Token.objects.issue(signatory, Purpose.CONFIRM).secret
