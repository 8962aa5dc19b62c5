"""Names of organizations and people: what may be printed, what makes two spellings one."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

import icu


def _class(unicode_set: str) -> str:
    """The characters of an ICU set (UTS #18), which knows more of Unicode than Python does, as a class of `re`."""
    found = icu.UnicodeSet(unicode_set)
    ranges = ((found.getRangeStart(place), found.getRangeEnd(place)) for place in range(found.getRangeCount()))
    return "[" + "".join(f"{re.escape(first)}-{re.escape(last)}" for first, last in ranges) + "]"


# What nobody sees, or what acts on its neighbours: Default_Ignorable_Code_Point with the marks of direction (UAX #44),
# annotations, the place of a picture, and what is no character.
UNSEEN = re.compile(_class(r"[[:DI:][:NChar:]\uFFF9-\uFFFC]"))
# Of these, what shapes letters of some scripts (Unicode, 9.2, 12.1, 13.5): joiners, and the selectors of Mongolian.
JOINERS, SELECTORS = "\u200c\u200d", "\u180b-\u180f"
SHAPING = re.compile(f"[{JOINERS}{SELECTORS}]+")
_joining = "Arab Syrc Nkoo Phag Mong Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr Bali Java".split()
JOINED = re.compile(_class(f"[[[:L:][:M:]]&[{''.join(f'[:scx={script}:]' for script in _joining)}]]"))
VIRAMA = re.compile(_class("[:InSC=Virama:]"))  # a joiner may stand after it at the end of a word
MONGOLIAN = re.compile(_class("[[:L:]&[:scx=Mong:]]"))

BLANK = re.compile("[\u2028\u2029\u2800]|" + _class("[:Cc:]"))  # breaks, controls, and the space of Braille
VISIBLE = re.compile(_class("[[:L:][:N:]]"))
MARK = re.compile(_class("[:M:]"))
# More marks in a row than UTS #39, 5.4, has found any language to use: they cover the lines above and below. Tibetan
# stacks letters, Burmese and Tai Tham have several signs to a letter, Hebrew points and accents.
_marks, _stacked = "[[:Mn:][:Me:]]", "[[:scx=Tibt:][:scx=Mymr:][:scx=Lana:][:scx=Hebr:]]"
PILED = re.compile(f"{_class(_marks)}{{9,}}|{_class(f'[{_marks}-{_stacked}]')}{{5,}}")
SET_APART = re.compile(r"\s*[,،、，:：]|\s+[-–—―]+\s|\s*[–—―]")
LINK = re.compile(r"https?:|www\.|://|\w\.\w{2,}/", re.IGNORECASE)
PICTURE = re.compile(_class(r"[\u2600-\u27BF\u2B00-\u2BFF\U0001F000-\U0001FAFF\uFFFD[:Co:][:Cn:]]"))


class Flaw(Enum):
    """Why words cannot be printed as a name."""

    LINK = "link"
    PICTURE = "picture"
    NO_LETTER = "no_letter"
    LOOSE_MARK = "loose_mark"
    PILED = "piled"


class Unprintable(ValueError):
    """`flaw`, and what was found there: a web address, a picture, a letter under its marks."""

    def __init__(self, flaw: Flaw, found: str = "") -> None:
        super().__init__(flaw.value)
        self.flaw, self.found = flaw, found


def printable(typed: str) -> str:
    """The name as it is printed, or "" for nothing: tidy, and no harm to the names beside it.

    Whatever comes from outside goes through here, be it typed, read from a list or put right later; also acronyms,
    roles and names of contacts, which mails to strangers quote. Raises Unprintable.
    """
    name = tidy(typed)
    if found := LINK.search(name):
        raise Unprintable(Flaw.LINK, found[0])
    if typed.strip() and not VISIBLE.search(name):
        raise Unprintable(Flaw.NO_LETTER)
    if max(name, default="") >= "\u0300":  # before that there are letters of Latin, and none of what follows
        _look_closer(name)
    return name


def _look_closer(name: str) -> None:
    if found := PICTURE.search(name):
        raise Unprintable(Flaw.PICTURE, found[0])
    if MARK.match(name):
        raise Unprintable(Flaw.LOOSE_MARK)
    if found := PILED.search(name):
        raise Unprintable(Flaw.PILED, name[found.start() - 1])


def tidy(name: str) -> str:
    """The words as they may be printed: NFC (UAX #15), white space single, nothing unseen that acts or hides.

    Nothing else is touched: capitals, quotes and punctuation are the organization's own.
    """
    if name.isascii() and name.isprintable():  # nothing to change, and most of what is typed is like that
        return " ".join(name.split())
    seen = UNSEEN.sub(lambda found: found[0] if SHAPING.match(found[0]) else "", BLANK.sub(" ", name))
    while (composed := unicodedata.normalize("NFC", SHAPING.sub(_shaping, seen))) != seen:
        seen = composed  # and again: where a joiner goes, marks may change their order before the next
    return " ".join(composed.split())


def _shaping(found: re.Match[str]) -> str:
    """The first of the joiners or selectors in a row where it makes a difference between its neighbours."""
    before, after = found.string[found.start() - 1 : found.start()], found.string[found.end() :][:1]
    if found[0][0] in JOINERS:
        belongs = JOINED.match(before) and (JOINED.match(after) or VIRAMA.match(before))
    else:
        belongs = MONGOLIAN.match(before)
    return found[0][0] if belongs else ""


def says_already(name: str, acronym: str) -> bool:
    """Whether the name is the acronym, begins with it and a comma, colon or dash, or ends with it in brackets: then it
    stands in no brackets behind the name."""
    said, short = name.strip().casefold(), acronym.strip().casefold()
    if not short:
        return False
    if said.startswith(short) and (said == short or SET_APART.match(said[len(short) :])):
        return True
    return said.endswith((f"({short})", f"（{short}）", f"[{short}]"))


def beside(name: str, acronym: str) -> str:
    """Return the acronym that is printed behind the name, or ""."""
    return "" if acronym and says_already(name, acronym) else acronym


def fold(name: str) -> str:
    """What two spellings of one name share: NFKC, case folded (UAX #15, Unicode 3.13), punctuation as spaces.

    Cautious on purpose: accents and word order stay, since equal folds count as one organization without asking.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", UNSEEN.sub("", name)).casefold())
    words = "".join(" " if unicodedata.category(char)[0] in "PSZC" else char for char in folded).split()
    return " ".join(words) or folded.strip()
