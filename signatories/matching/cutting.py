"""A name cut into pieces at what breaks it, its legal forms taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from signatories import names
from signatories.matching import words
from signatories.matching.letters import plain

WORD = re.compile(f"(?:{names.VISIBLE.pattern}|{names.MARK.pattern})+")
# e.V., e. V., A.C., M.S.F.: letters with dots are one word
DOTTED = re.compile(
    r"(?<!\w)(?:[^\W\d_]\.\s?){2,}(?:[^\W\d_](?!\w))?(?<!\s)|(?<!\w)(?:[^\W\d_]\.\s?)[^\W\d_](?![\w'’])"
)
ELIDED = re.compile(r"(?<!\w)(?:[ldsnmtcj]|qu|dell|all|nell|dall|sull|un)['’ʼ](?=\w)", re.IGNORECASE)
FRENCH_ON = re.compile(r"\bsur\s+(?=l[ae]s?\b|l['’])", re.IGNORECASE)  # else it is the south
LEADING_DOTTED = re.compile(r"^\s*(?:[A-Z]\.){3,}(?=\s+\w+\s+\w)")
APOSTROPHE = re.compile(r"(?<=\w)['’ʼʹʻ`´](?=\w)")
APOSTROPHES = re.compile("['’ʼʹʻ`´\"״]|sur l", re.IGNORECASE)  # most names have none of these
GERSHAYIM = re.compile('(?<=[\u0590-\u05ff])["״](?=[\u0590-\u05ff])')
BREAK = re.compile(
    r"(?P<dash>\s+[-–—―−‐~]+\s*|[-–—―−‐~]+\s+|--+|—|―)|(?P<bracket>[()\[\]{}])|(?P<quote>[«»„“”\"‹›「」『』《》]|(?<!\w)['‘’]|['’](?!\w))"
    r"|(?P<turn>(?<=[^\W\d_a-zA-Z\u00aa-\u02af\u1e00-\u1eff])\s+(?=[a-zA-Z]{2,})|(?<=[a-zA-Z])\s+(?=[\u0370-\u1dff\u3040-\ud7ff]))"
    r"|(?P<comma>\s*[,،、;]\s*)|(?P<colon>\s*:\s*)|(?P<slash>\s+[/|]\s+|(?<=\w\w\w)/(?=[^\W\da-z]\w+\s))"
)
LISTED = re.compile(r"\s(?:and|und|y|e|et|ed|en|och|og|i|a|и|та|ve|dan|&)\s|\sو", re.IGNORECASE)
ASIAN_FORM = re.compile(
    "(?:認定)?(?:npo法人|特定非営利活動法人)|(?:公益|一般)?(?:社団|財団)法人|社会福祉法人|株式会社|有限会社|(?:股份)?有限公司"
    "|사단법인|재단법인|사회복지법인|비영리민간단체|사회적협동조합",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Piece:
    opened: str
    written: list[str]  # as written, but for what marks elision
    forms: set[str]


@cache
def _forms() -> dict[tuple[str, ...], str]:
    return {
        tuple(plain(word) for word in WORD.findall(_undotted(spelling))): plain(line.split("|")[0].strip())
        for line in words.lines("legal_forms")
        for spelling in line.split("|")
    }


@cache
def _first_words() -> frozenset[str]:
    return frozenset(form[0] for form in _forms())


def _undotted(text: str) -> str:
    if "." not in text:
        return text
    return DOTTED.sub(lambda found: re.sub(r"[.\s]", "", found[0]) + " ", text)


def cut(text: str) -> list[Piece]:
    if APOSTROPHES.search(text):
        text = APOSTROPHE.sub("", ELIDED.sub("", GERSHAYIM.sub("", FRENCH_ON.sub("", text))))
    text = LEADING_DOTTED.sub(lambda found: found[0].replace(".", "") + " - ", text)
    whole = _undotted(text)
    found, place, opened = [], 0, ""
    is_list = _is_list(whole)
    for match in BREAK.finditer(whole):
        if match.lastgroup == "comma" and is_list:
            continue
        found.append((opened, whole[place : match.start()]))
        place, opened = match.end(), match.lastgroup or ""
    found.append((opened, whole[place:]))
    pieces = []
    for opened, part in found:
        written, forms = _without_forms(WORD.findall(ASIAN_FORM.sub(" ", part)))
        forms |= {_forms().get((form,), form) for form in map(plain, ASIAN_FORM.findall(part))}
        pieces.append(Piece(opened, written, forms))
    for piece, following in zip(reversed(pieces[:-1]), reversed(pieces[1:]), strict=True):
        if not following.written:  # nothing but its legal form
            piece.forms |= following.forms
    if pieces and not pieces[0].written:
        for piece in pieces[1:]:
            if piece.written:
                piece.forms |= pieces[0].forms
                break
    return pieces


def _is_list(text: str) -> bool:
    """Whether commas separate things of one kind: "Red de Salud, Educación y Justicia"."""
    *before, last = re.split(r"[,،、]", text)
    return bool(before) and bool(LISTED.search(last)) and len(last.split()) <= 5


def _without_forms(written: list[str]) -> tuple[list[str], set[str]]:
    written = [word for word in written if plain(word)]  # a mark alone is none
    plains = [plain(word) for word in written]
    kept, forms, place = [], set(), 0
    while place < len(written):
        for length in (4, 3, 2, 1) if plains[place] in _first_words() else ():
            key = tuple(plains[place : place + length])
            at_end = place + length >= len(written)
            if len(key) == length and key in _forms() and (at_end or length > 1 or key[0] not in words.AMBIGUOUS):
                forms.add(_forms()[key])
                place += length
                break
        else:
            kept.append(written[place])
            place += 1
    return kept, forms
