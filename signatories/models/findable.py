"""What vetters find a sign-on by, in columns the database can search."""

from __future__ import annotations

from campaigns import crypto
from signatories.evidence import hosts, mail_domain_fit
from signatories.matching import ascii_of
from signatories.models.lines import Line

LONGEST = 600  # of what one name can become in ASCII; the index takes no more


def findable(line: Line, email: str, *, is_withheld: bool) -> dict[str, str]:
    """The values of `sought` (the names in plain letters), `domain_hash` and `mail_fit`.

    Of a withheld signatory neither words nor domain: hashes of words that public names have as well would tell whoever
    reads the database alone what they stand for. Those are opened one by one where they are sought.
    """
    fit = mail_domain_fit(email, line.website).value if email else ""
    if is_withheld:
        return {"sought": "", "domain_hash": "", "mail_fit": fit}
    names = "\n".join(filter(None, (line.name, line.acronym, line.second_name)))
    return {"sought": plain_letters(names), "domain_hash": domain_hash(email), "mail_fit": fit}


def plain_letters(names: str) -> str:
    """As `sought` holds them: lower-case ASCII, each name between line breaks."""
    return "\n".join(map(ascii_of, names.split("\n")))[:LONGEST]


def domain_hash(email: str) -> str:
    domain = hosts.of_mail(email) if "@" in email else ""
    return crypto.keyed_hash("mail domain", hosts.registrable(domain))[:32] if domain else ""
