"""One organization signs on, and the link that its mailbox is sent."""

from signatories import services
from signatories.models import Line, Token
from signatories.services import Contact

CONTACT = Contact("Ama Mensah", "Director", "ama@river.example")


def sign_on(letter, name="River Watch", contact=CONTACT, visibility="public", **line):
    services.sign_on(
        letter,
        line=Line(name, line.get("acronym", ""), line.get("country", "GH"), line.get("website", "")),
        visibility=visibility,
        scope="national",
        contact=contact,
        language="en",
    )


def link(signatory):
    return Token.objects.filter(signatory=signatory, replaced_at=None).latest("pk")
