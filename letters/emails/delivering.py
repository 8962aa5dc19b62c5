"""The mail that delivers an edition to one of its recipients, and the one that reminds the team of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date
from typing import cast

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns import crypto, outbox
from campaigns.models import Mail
from campaigns.outbox import Attachment, Message, writes
from campaigns.writing import shows
from letters import salutations
from letters.models import AddresseeNames, Delivery, Edition, Rendering

LONGEST_SUBJECT = 200
OWN_TO_A_MAIL = {
    "Message-ID"
}  # of the headers: what differs between a mail that is shown and the same one that is sent


class DocumentSpoiled(Exception):
    """The file is not kept, or is not the one that was set."""


@dataclass(frozen=True)
class Facts:
    """What the mail to a recipient is made of: read from the rows, or made up for the page of all mails."""

    title: str
    organizations: int
    persons: int
    edition: int
    day: date
    subject: str
    note: str
    sender: str
    reply_to: str
    file_name: str
    sha256: str
    content: bytes  # b"" if the mail has a link
    size: int
    link: str = ""
    is_confidential: bool = False


@writes
def delivery(mail: Mail) -> Message | None:
    """What was released and nothing else: if it would read differently by now, it does not go out."""
    row = Delivery.objects.light().filter(pk=mail.about_id, status=Delivery.Status.RELEASED).first()
    if row is None or (document := row.rendering) is None or document.sha256 != row.sha256:
        return None
    if not row.is_attached and not row.edition.is_open:
        return None
    try:
        message = delivery_message(row, document)
    except AddresseeNames.DoesNotExist:
        return None
    return message if fingerprint(outbox.composed(mail, message)) == mail.data["shown"] else None


def delivery_message(row: Delivery, document: Rendering) -> Message:
    """Raises DocumentSpoiled, and AddresseeNames.DoesNotExist for a copy whose names are not kept any more."""
    edition = row.edition
    roll = edition.printed_roll
    return _delivery(
        Facts(
            title=edition.revision.text_in(row.language)["title"],
            organizations=roll.organizations + roll.withheld,
            persons=roll.persons,
            edition=edition.number,
            day=edition.as_of.astimezone(UTC).date(),
            subject=row.subject,
            note=row.note,
            sender=row.from_name,
            reply_to=row.reply_to,
            file_name=file_name(edition, row),
            sha256=document.sha256,
            content=content_of(document) if row.is_attached else b"",
            size=document.bytes,
            link="" if row.is_attached else public_address(edition, row.language),
            is_confidential=not row.is_public,
        )
    )


def _delivery(to: Facts) -> Message:
    context = {
        "title": to.title,
        "signed_by": signed_by(to.organizations, to.persons),
        "edition": to.edition,
        "day": formats.date_format(to.day, "DATE_FORMAT"),
        "note": to.note,
        "sender": to.sender,
        "replies_to": to.reply_to,
        "file_name": "" if to.link else to.file_name,
        "size": filesizeformat(to.size),
        "document": to.link,
        "is_confidential": to.is_confidential,
        "sha256": to.sha256,
        "check": settings.SITE_URL + reverse("letters:verify"),
    }
    return Message(
        to.subject,
        context,
        reply_to=to.reply_to,
        from_name=to.sender,
        attachments=() if to.link else (Attachment(to.file_name, to.content),),
        is_automatic=False,
    )


@writes
def delivery_follow_up(mail: Mail) -> Message | None:
    """To the team. It names the recipient, who is public, and nothing else of the delivery."""
    row = Delivery.objects.light().filter(pk=mail.about_id, status=Delivery.Status.SENT).first()
    if row is None or row.sent_at is None or row.is_replied_to:
        return None
    letter = row.edition.letter
    link = settings.SITE_URL + reverse("letters:delivery", args=[letter.slug, row.pk])
    return _delivery_follow_up(str(letter), named(row.recipient_signed), row.sent_at.astimezone(UTC).date(), link)


def _delivery_follow_up(title: str, whom: str, day: date, link: str) -> Message:
    context = {"title": title, "whom": whom, "day": formats.date_format(day, "DATE_FORMAT"), "link": link}
    return Message(_("No reply yet: “%(title)s”, delivered to %(whom)s") % {"title": title, "whom": whom}, context)


def fingerprint(mail: EmailMultiAlternatives) -> str:
    """Of all that its reader gets, but for what every mail has to itself."""
    files = [(name, kind, hashlib.sha256(cast(bytes, content)).hexdigest()) for name, content, kind in mail.attachments]
    headers = sorted((name, value) for name, value in mail.extra_headers.items() if name not in OWN_TO_A_MAIL)
    said = [mail.from_email, mail.to, mail.cc, mail.bcc, mail.reply_to, headers]
    words = [mail.subject, mail.body, [(str(content), kind) for content, kind in mail.alternatives]]
    return hashlib.sha256(json.dumps([said, words, files]).encode()).hexdigest()


def content_of(document: Rendering) -> bytes:
    """The PDF, as it was set. Raises as delivery_message does."""
    try:
        with document.file.open() as file:
            content = bytes(file.read())
    except OSError as error:
        raise DocumentSpoiled from error
    if not document.is_public:
        names = AddresseeNames.objects.only("key").get(edition=document.edition_id, deleted_at__isnull=True)
        key = names.key
        content = crypto.decrypt_file(key, content)
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise DocumentSpoiled
    return content


def file_name(edition: Edition, row: Delivery) -> str:
    of = "" if row.is_public else "-for-the-addressee-CONFIDENTIAL"
    return f"{edition.letter.slug}-edition-{edition.number}-{row.language}{of}.pdf"


def public_address(edition: Edition, language: str) -> str:
    """Where anybody has the document of an edition that is published."""
    address: list[object] = [edition.letter.slug, edition.number]
    if language != edition.revision.authentic["language"]:
        address.insert(1, language)
    return str(settings.SITE_URL + reverse("letters:edition_pdf", args=address))


def signed_by(organizations: int, persons: int) -> str:
    """ "Joint letter of 214 organizations and 3 individuals", in the language that is active; "" if nobody signed."""
    said = {"n": formats.number_format(persons, force_grouping=True)}
    if not organizations:
        alone = ngettext("Joint letter of %(n)s individual", "Joint letter of %(n)s individuals", persons)
        return str(alone % said) if persons else ""
    words = ngettext("Joint letter of %(n)s organization", "Joint letter of %(n)s organizations", organizations)
    words = str(words % {"n": formats.number_format(organizations, force_grouping=True)})
    if not persons:
        return words
    said["letter"] = words
    return str(ngettext("%(letter)s and %(n)s individual", "%(letter)s and %(n)s individuals", persons) % said)


def subject_of(title: str) -> str:
    """To begin with; the team may write another."""
    return (_("Joint letter: %(title)s") % {"title": " ".join(title.split())})[:LONGEST_SUBJECT]


def cover_note(edition: Edition, recipient: dict[str, str], language: str, channel: str) -> str:
    """To begin with, in the language that is active; the team may write another."""
    text = edition.revision.text_in(language)
    greeting = _greeting(edition, recipient, text)
    said = {"title": text["title"], "campaign": edition.letter.campaign.name}
    words = _in_a_mail(recipient) if channel == Delivery.Channel.EMAIL else _on_paper(recipient)
    return f"{greeting}\n\n{words % said}"


def _in_a_mail(recipient: dict[str, str]) -> str:
    words = _(
        "please find with this mail the joint letter “%(title)s”.\n\n"
        "We would be grateful for a word that it has reached you.\n\n"
        "With kind regards,\n%(campaign)s"
    )
    if recipient["line"] == "cc":
        words = _(
            "please find with this mail a copy of the joint letter “%(title)s”, for your information.\n\n"
            "With kind regards,\n%(campaign)s"
        )
    return words


def _on_paper(recipient: dict[str, str]) -> str:
    """With room for a signature, which is set as it stands here."""
    words = _(
        "please find enclosed the joint letter “%(title)s”.\n\n"
        "We would be grateful for a word that it has reached you.\n\n"
        "With kind regards,\n\n\n%(campaign)s"
    )
    if recipient["line"] == "cc":
        words = _(
            "please find enclosed a copy of the joint letter “%(title)s”, for your information.\n\n"
            "With kind regards,\n\n\n%(campaign)s"
        )
    return words


def _greeting(edition: Edition, recipient: dict[str, str], text: dict[str, str]) -> str:
    """The letter's own salutation is for whom it is addressed to alone; to others it would be somebody else's."""
    to = [one for one in edition.revision.recipients if one["line"] == "to"]
    if text["salutation"] and to == [recipient]:
        return text["salutation"]
    addressed = salutations.proposed([{**recipient, "line": "to"}], text["language"])
    return addressed[0] if addressed else _("Hello,")


def named(recipient: dict[str, str]) -> str:
    """In a few words."""
    return ", ".join(part for part in (recipient["name"], recipient["office"], recipient["organization"]) if part)


def _made_up(**other: object) -> Facts:
    facts = {
        "title": "For the bridge over the Lind",
        "organizations": 214,
        "persons": 3,
        "edition": 1,
        "day": date(2026, 9, 5),
        "subject": subject_of("For the bridge over the Lind"),
        "note": "Dear Commissioner,\n\nplease find with this mail a letter on the bridge.\n\nBridges for All",
        "sender": "Bridges for All",
        "reply_to": "team@bridges.example",
        "file_name": "bridge-edition-1-en.pdf",
        "sha256": hashlib.sha256(b"").hexdigest(),
        "content": b"%PDF-",
        "size": 182_000,
    }
    return Facts(**facts | other)  # type: ignore[arg-type]


shows(delivery, when=gettext_lazy("The team delivers the letter by mail. To a recipient."))(
    lambda: {
        "": _delivery(_made_up()),
        "link": _delivery(_made_up(link=f"{settings.SITE_URL}/letters/bridge/1.pdf", content=b"")),
        "addressee": _delivery(_made_up(is_confidential=True)),
    }
)
shows(delivery_follow_up, when=gettext_lazy("A letter was delivered, and no reply has come. To the team."))(
    lambda: {
        "": _delivery_follow_up(
            _made_up().title, "Ada Example, Commissioner for Bridges", _made_up().day, f"{settings.SITE_URL}/desk/"
        )
    }
)
