"""In which language a name is written, where its script and country tell: so it is read aloud in it, and its Han
characters take the form its readers know. Where they do not tell, nothing is claimed.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

# First code point of a run of letters that one script has to itself, and that script (ISO 15924); "" for what tells
# nothing
RUNS = [
    (0x0000, ""), (0x0370, "Grek"), (0x0400, ""), (0x0531, "Armn"), (0x0590, "Hebr"), (0x0600, "Arab"), (0x0700, ""),
    (0x0780, "Thaa"), (0x07C0, ""), (0x0900, "Deva"), (0x0980, "Beng"), (0x0A00, "Guru"), (0x0A80, "Gujr"),
    (0x0B00, ""), (0x0B80, "Taml"), (0x0C00, "Telu"), (0x0C80, "Knda"), (0x0D00, "Mlym"), (0x0D80, "Sinh"),
    (0x0E00, "Thai"), (0x0E80, "Laoo"), (0x0F00, "Tibt"), (0x1000, "Mymr"), (0x10A0, "Geor"), (0x1100, "Hang"),
    (0x1200, "Ethi"), (0x13A0, ""), (0x1780, "Khmr"), (0x1800, ""), (0x1F00, "Grek"), (0x2000, ""), (0x3040, "Kana"),
    (0x3100, ""), (0x3130, "Hang"), (0x3190, ""), (0x3400, "Hani"), (0x4DC0, ""), (0x4E00, "Hani"), (0xA000, ""),
    (0xAC00, "Hang"), (0xD800, ""), (0xF900, "Hani"), (0xFB00, ""), (0x20000, "Hani"), (0x323B0, ""),
]  # fmt: skip
STARTS = [start for start, _script in RUNS]
# What is written in a script, in the countries named, and elsewhere
LANGUAGES: dict[str, tuple[dict[str, str], str]] = {
    "Arab": ({"IR": "fa", "AF": "", "PK": "ur", "IN": "", "CN": "", "IQ": ""}, "ar"),
    "Armn": ({}, "hy"),
    "Beng": ({}, "bn"),
    "Deva": ({"IN": "hi", "NP": "ne"}, ""),
    "Ethi": ({"ET": "am", "ER": "ti"}, ""),
    "Geor": ({}, "ka"),
    "Grek": ({}, "el"),
    "Gujr": ({}, "gu"),
    "Guru": ({}, "pa"),
    "Hang": ({}, "ko"),
    "Hani": ({"TW": "zh-Hant", "HK": "zh-Hant", "MO": "zh-Hant", "JP": "ja", "KR": "ko", "KP": "ko"}, "zh-Hans"),
    "Hebr": ({}, "he"),
    "Kana": ({}, "ja"),
    "Khmr": ({}, "km"),
    "Knda": ({}, "kn"),
    "Laoo": ({}, "lo"),
    "Mlym": ({}, "ml"),
    "Mymr": ({}, "my"),
    "Sinh": ({}, "si"),
    "Taml": ({}, "ta"),
    "Telu": ({}, "te"),
    "Thaa": ({}, "dv"),
    "Thai": ({}, "th"),
    "Tibt": ({}, "bo"),
}


def spoken(name: str, country: str) -> str:
    """Return the BCP 47 tag of the language of a name from `country` (ISO 3166-1 alpha-2, or ""), or ""."""
    script = "" if name.isascii() else _script(name)
    if not script:
        return ""
    there, elsewhere = LANGUAGES[script]
    return there.get(country, elsewhere)


def _script(name: str) -> str:
    """Return the script of its first letter that has one to itself; of Han and kana together, kana."""
    first = ""
    for character in name:
        if ord(character) < STARTS[1]:
            continue
        script = _of(ord(character))
        if script == "Kana":
            return script
        first = first or script
    return first


@lru_cache(maxsize=4096)
def _of(point: int) -> str:
    return RUNS[bisect_right(STARTS, point) - 1][1]
