"""The words of the hidden one, none of which may stand anywhere in clear."""

from signatories.models import Contact, Line

HIDDEN = "hidden"
CANARY = "wrenfold"
SECRET = Line(
    *("Wrenfoldname Source", "WRENFOLDX", "IS", "https://wrenfoldsite.example/"),
    *("Wrenfoldsecond Quelle", "Wrenfoldreading"),
)
SECRET_CONTACT = Contact("Wrenfoldcontact", "Wrenfoldrole", "somebody@wrenfoldmail.example")
SECRET_SECOND = "second@wrenfoldmail.example"  # a second contact; nobody else's address either
SECRET_WORDS = "wrenfoldwords of its own"
