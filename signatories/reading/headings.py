"""Lines of a list that are no entry: headings, countries over organizations, greetings, sentences, what is empty."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from signatories import names
from signatories.matching import words
from signatories.reading import places
from signatories.reading.known import Code, Kind

AROUND = re.compile(r"^[\W_]+|[\W_]+$")
COUNT = re.compile(r"\s*[(\[（]?\d{1,4}[)\]）]?\s*$")
COUNTED = re.compile(  # "the following 17 organizations", where no spaces part the words
    r"^(?:以下|下記|次)の.{0,20}(?:団体|組織|個人)|^以上.{0,10}(?:団体|組織|团体|團體|组织|組織)|^\W*\d+\s*の?(?:団体|组织|組織)|^(?:총\s*)?\d+\s*개\s*(?:단체|조직)|^이상.{0,10}단체"
    r"|^(?:賛同|署名|連名|呼びかけ)(?:団体|者)(?:一覧)?(?:\W|$)|^(?:참여|연명|서명|주최)\s?(?:단체|조직)(?:\W|$)"
)
MAIL_HEADER = re.compile(
    r"^(?:from|to|cc|bcc|sent|date|subject|reply-to|de|para|à|a|objet|asunto|assunto|enviado(?: el)?|envoyé|fecha|von"
    r"|an|betreff|gesendet|datum|من|إلى|الموضوع|التاريخ|от|кому|тема|дата)\s*:\s",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"^(?:dear|hi|hello|good (?:morning|afternoon|evening)|best|kind regards|best regards|warm regards|regards"
    r"|sincerely|yours|thanks|thank you|many thanks|in solidarity|solidarity|cheers|greetings|cher|chère|chers|chères"
    r"|bonjour|cordialement|bien à vous|merci|estimad[oa]s?|querid[oa]s?|hola|saludos|un saludo|cordialmente"
    r"|atentamente|gracias|atenciosamente|prezad[oa]s?|olá|obrigad[oa]|liebe|lieber|hallo|mit freundlichen grüßen"
    r"|viele grüße|beste grüße|danke"
    r"|تحية طيبة|السلام عليكم|مع التحية|مع الشكر|уважаем\w+|здравствуйте|с уважением|спасибо)"
    r"(?:\s+(?:all|friends|colleagues|everyone|both|again|regards|wishes|tous|toutes|collègues|amis|amig[oa]s|todas"
    r"|todos|colegas|faithfully|sincerely|truly|coordinators?|team|sir|madam|kolleg\w+|alle|коллеги"
    r"|\w+ ?\w*(?=[,،!])))*\s*[,،.!:]*$",
    re.IGNORECASE,
)
TALK = re.compile(
    r"\b(?:we|our|please|kindly|us|my|you|your|would|wish(?:es)? to|is pleased|are pleased|would like|has agreed"
    r"|nous|notre|veuillez|merci|je|vous|nosotros|nuestr[oa]s?|por favor|queremos|deseamos|nós|noss[oa]s?|wir|unsere?"
    r"|bitte|ich|noi|мы|пожалуйста|просим|نحن|نرجو|نود|يرجى)\b",
    re.IGNORECASE,
)
LISTED = re.compile(
    r"(?:sign|undersign|endors|organi[sz]|following|support|firma|signat|soussign|unterz|organiza|abajo|assina|подпис"
    r"|الموقع|賛同|以下|団体|团体|團體|组织|組織|署|连名|聯名|연명|참여|서명|단체)",
    re.IGNORECASE,
)
LISTING = re.compile(r"(?:[,،、;|•][^,،、;|•]{1,80}){5}")
CLAUSE = re.compile("[,:;،、؛]")
SIGNED = re.compile(
    r"\b(?:signator(?:y|ies)|signataires|firmantes|signatári[oa]s|unterzeichne\w+|undersigned|endorsed by|signed by)\b",
    re.IGNORECASE,
)
SIGNING = re.compile(  # what a title says of a list, whatever stands before
    r"\b(?:organi[sz]ations?|groups?|ngos|institutions|networks)\s+(?:that|who|which)?\s*(?:have\s+)?"
    r"(?:sign|endors|support)(?:ed|ing)?\b",
    re.IGNORECASE,
)
UNDERSIGNED = re.compile(  # words before a list that no colon ends
    r"^((?:(?:we|nous|nosotr[oa]s|nós|wir),?\s+)?(?:the\s+|les\s+|l[oa]s\s+|as\s+|os\s+|die\s+)?(?:[^\W\d_]+\s+){0,2}?"
    r"(?:undersigned|soussigné\w*|abajo firmantes|abaixo[ -]assinad\w+|unterzeichne\w+)(?:\s+[^\W\d_]+){0,4}[,:：]"
    r"|(?:co-?)?(?:signed|endorsed|supported)\s+by\b(?:\s+the following\b)?)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
SENTENCE_WORDS = 9
LONGEST_HEADING = 12  # words
RULED = re.compile(r"^\s*#{1,6}\s+\S|^\s*[=—–*_~]{2,}\s*\S.*?\s*[=—–*_~]{2,}\s*$|^\s*[—–]\s+\S.*\s[—–]\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a line is if it is no entry. A country or kind holds for the entries below it."""

    code: Code
    country: str = ""
    place: str = ""
    kind: Kind | None = None


@cache
def _over_lists() -> tuple[frozenset[str], frozenset[str]]:
    of_all, of_people = (frozenset(names.fold(word) for word in line.split()) for line in places.lines("headings"))
    return of_all, of_people


def of(text: str, *, is_item: bool = False) -> Heading | None:
    """`text` is a tidy line with whatever stood before it; `is_item` says that a bullet or number did."""
    bare = AROUND.sub("", text)
    if not any(char.isalpha() for char in bare):
        return Heading(Code.NOTHING)
    if len(bare) == 1 and not is_item:
        return Heading(Code.HEADING)
    if MAIL_HEADER.match(text):
        return Heading(Code.MAIL_HEADER)
    if len(text) < 60 and GREETING.match(text):
        return Heading(Code.GREETING)
    return _over(text, bare, is_item) or (Heading(Code.SENTENCE) if is_sentence(text) else None)


def _over(text: str, bare: str, is_item: bool) -> Heading | None:
    title = COUNT.sub("", bare).strip(" :：-–—")
    if title.count("(") > title.count(")"):
        title += ")"
    if COUNTED.match(title):
        return Heading(Code.HEADING, kind=Kind.ORGANIZATION)
    if not title:
        return Heading(Code.NOTHING)
    if not is_item or text.rstrip().endswith((":", "：")):
        if code := places.code_of(title):
            return Heading(Code.PLACE_HEADING, code, title)
        if kind := _kind(title):
            return Heading(Code.HEADING, kind=kind)
    if not is_item and SIGNING.search(title) and "," not in title and len(title.split()) <= LONGEST_HEADING:
        return Heading(Code.HEADING, kind=Kind.ORGANIZATION)
    if not is_item and SIGNED.search(title) and not CLAUSE.search(title) and len(title.split()) <= LONGEST_HEADING:
        return Heading(Code.HEADING, kind=Kind.ORGANIZATION)
    is_marked = bool(RULED.match(text)) or text.rstrip().endswith((":", "："))
    if is_marked and len(title.split()) <= (LONGEST_HEADING if not LISTED.search(title) else 60):
        return Heading(Code.HEADING, kind=_kind(title) or Kind.ORGANIZATION)
    return None


def _kind(title: str) -> Kind | None:
    """What a heading of nothing but words for signatories is over; None if it has others."""
    if len(title) > 80:
        return None
    told = [word for word in names.fold(title).split() if not word.isdigit()]
    of_all, of_people = _over_lists()
    telling = [word for word in told if word in of_all or word in of_people]
    if not telling or any(word not in telling and word not in words.small() for word in told):
        return None
    if len(told) == 1 and told[0] in WEAK:
        return None
    return Kind.INDIVIDUAL if any(word in of_people for word in told) and told[0] not in of_all else Kind.ORGANIZATION


def is_of_people(role: str) -> bool:
    """Whether a column of kinds says that this is a person."""
    return any(word in _over_lists()[1] for word in names.fold(role).split())


WEAK = frozenset("first total the and by of global local other academia list following".split())


def is_sentence(text: str) -> bool:
    """Words to the reader, not a name; those in which the list itself stands are none."""
    if (lead := UNDERSIGNED.match(text)) and not text[lead.end()].islower() and text.count(",", lead.end()) > 1:
        return False
    count = len(text.split())
    talks = len({found.lower() for found in TALK.findall(text)})
    ends = text.rstrip().endswith((".", "!", "?", "。", "؟"))
    return (
        (talks >= 1 and count >= SENTENCE_WORDS and ends)
        or (talks >= 2 and count >= 7)
        or (talks >= 1 and count >= 14)
        or (count > 45 and not LISTING.search(text))
    )
