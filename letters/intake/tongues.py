"""In which language is this, by its script and its commonest words. Only a guess; the coordinator sees it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

LOOKED_AT = 20_000  # characters
# Scripts, by the first word of a character's Unicode name, that mean one language here, or a first choice among some.
SCRIPTS = {
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "GREEK": "el",
    "HEBREW": "he",
    "THAI": "th",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "TELUGU": "te",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "GURMUKHI": "pa",
    "MYANMAR": "my",
    "KHMER": "km",
    "DEVANAGARI": "hi",
    "ETHIOPIC": "am",
    "CJK": "zh-hans",
    "ARABIC": "ar",
    "CYRILLIC": "ru",
    "LATIN": "en",
}
SIMPLIFIED = set("们国对这个为发会来时说请权际华东车门问间关动义务员让应该联处组织报条总声")
TRADITIONAL = set("們國對這個為發會來時說請權際華東車門問間關動義務員讓應該聯處組織報條總聲")
# Of the Arabic and Cyrillic scripts: letters only one of our languages uses, the most telling first.
LETTERS = [
    ("ps", "ښځڅډړږټ"),
    ("ur", "ٹڈڑےں"),
    ("ug", "ۇۆۈې"),
    ("fa", "پچژگ"),
    ("uk", "іїєґ"),
    ("be", "ў"),
    ("mn", "ө"),
    ("kk", "қғәұ"),
    ("sr", "ђћјљњџ"),
    ("bg", "ъ"),
]
WORDS = {
    "en": "the and of to in that for with is are on by we our this have from which as be",
    "fr": "le la les des et du en une pour que qui dans sur nous notre au aux par est ont à l d",
    "es": "el la los las de y en que del por para con una nuestro nuestra se su al como más",
    "pt": "o os as de e em que do da dos das para com uma não nosso nossa ao pelo pela são mais",
    "de": "der die das und den von zu mit für wir ist im dass auf eine des dem nicht unsere werden",
    "it": "il di e che la della delle per con una del sono nel alla gli dei come più nostro",
    "nl": "de het een en van voor met dat zijn wij op aan te is niet ons onze door die",
    "sw": "na ya wa kwa ni katika za la cha kuwa hii yetu haki sisi kama hayo mashirika",
    "tr": "ve bir bu için ile olarak olan de da insan hakları bizler çok daha",
    "pl": "i w na z do że się jest oraz dla przez nie od praw jako o",
    "cs": "a v na se že je pro které jako o s práv by jsou z i",
    "sk": "a v na sa že je pre ktoré ako o s práv by sú z",
    "sl": "in je za da v na se ki so pravic ter kot z",
    "hr": "i u na je za se da su od prava koji kao te s o",
    "hu": "a az és hogy nem is egy az meg jogok vagy mint",
    "ro": "și de în la pe cu a care pentru din nu sunt drepturilor o să",
    "sv": "och att i det som för är av en på med till vi har inte",
    "da": "og at i det som for er af en på med til vi har ikke de",
    "nb": "og å i det som for er av en på med til vi har ikke",
    "fi": "ja on että ei se ovat oikeuksien kuin myös joka",
    "id": "dan yang di untuk dengan dari pada ini dalam hak kami oleh",
    "vi": "và của các cho là trong những được có người với này chúng tôi",
    "ca": "i de la el les els que per amb una dels al és nostre del",
    "et": "ja on et ei ka see mis inimõiguste kui oma",
    "lt": "ir kad yra į su dėl teisių kaip iš ar",
    "lv": "un ir ka uz ar par tiesību no kā",
    "sq": "dhe të në e për që me një të drejtave nga",
    "af": "die en van in is dat vir met nie ons het",
    "az": "və bir bu üçün ilə olan da hüquqları",
    "ru": "и в на что не по с для мы от прав как о",
    "uk": "і в на що не до з для ми та прав як",
    "bg": "и на в за да се от че с по са правата",
    "mn": "болон нь энэ хүний эрх",
    "ar": "في من على إلى أن التي عن هذا مع",
    "fa": "و در به از که را این با است",
    "am": "እና ነው ላይ የሰብአዊ መብት ውስጥ",
    "ti": "ከምኡ እዩ ናይ ኣብ ሰብኣዊ ካብ",
    "hi": "के की है और में से को का",
    "mr": "आणि आहे च्या या व मानवी",
    "ne": "र को छ गर्न मा हरू मानव",
}
FAMILY = {"ti": "am", "mr": "hi", "ne": "hi", "fa": "ar"} | dict.fromkeys(["uk", "bg", "mn"], "ru")
WORD = re.compile(r"[^\s\d.,;:!?()«»“”\"/–—'’\-]+")


def guess(text: str) -> str:
    """A code of letters.forms.writing.languages(); "en" if nothing says otherwise."""
    text = unicodedata.normalize("NFC", text[:LOOKED_AT]).casefold()
    scripts = Counter(_script(char) for char in text if char.isalpha())
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > scripts["CJK"] // 20:
        scripts["HIRAGANA"] += scripts.pop("CJK", 0)
    known = [(count, script) for script, count in scripts.items() if script in SCRIPTS]
    if not known:
        return "en"
    first = SCRIPTS[max(known)[1]]
    if first == "zh-hans":
        traditional = sum(char in TRADITIONAL - SIMPLIFIED for char in text)
        return "zh-hant" if traditional > sum(char in SIMPLIFIED - TRADITIONAL for char in text) else first
    if first in ("ar", "ru"):
        letters = sum(scripts[script] for script in ("ARABIC", "CYRILLIC"))
        for code, telling in LETTERS:
            if sum(text.count(letter) for letter in telling) * 200 > letters:
                return code
    return _by_words(text, first)


def _by_words(text: str, first: str) -> str:
    words = Counter(WORD.findall(text))
    scores = {
        code: sum(words[word] for word in set(common.split()))
        for code, common in WORDS.items()
        if code == first or FAMILY.get(code, "en") == first
    }
    best = max(scores, key=lambda code: (scores[code], code == first), default=first)
    return best if scores.get(best, 0) >= 2 else first


def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]
