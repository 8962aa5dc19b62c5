"""Words for "and" in a list: before its last item, in front of one, or glued to it."""

from __future__ import annotations

import re

from signatories.matching.letters import script
from signatories.reading import acronyms

AND = re.compile(
    r"\s+(?:and(?:\s+the)?|&|as well as|et|ainsi que|y|e|así como|bem como|und|sowie|en|och|og|i|oraz|a|и|та|ve|dan|na)"
    r"\s+(?=\S)",
)
LEADING_AND = re.compile(r"^(?:and(?:\s+the)?|et|ainsi que|y|e|und|sowie|en|och|og|oraz|и|та|ve|dan)\s+(?=\S)")
ARABIC_BODY = (
    "منظمة|جمعية|مركز|شبكة|مؤسسة|رابطة|اتحاد|نقابة|فدرالية|فيدرالية|لجنة|هيئة|معهد|مبادرة|حركة|منتدى|مرصد|تحالف|ائتلاف"
    "|مجلس|لقاء|حملة|تنسيقية|مفوضية|مكتب|دار|مجموعة|كونفدرالية|عصبة"
)
ARABIC_AND = re.compile(rf"^و\s?(?=ال|(?:{ARABIC_BODY})(?:\s|$))")
CHINESE_AND = re.compile(
    "(?<=[^\\W\\d_)）]{2})(?:及び|および|以及|及)(?=[^\\W\\d_]{3})|(?<=[)）])(?:及び|および|以及|及)(?=[^\\W\\d_]{3})"
)
ARABIC_INNER_AND = re.compile(rf"\s+و(?=(?:ال)?(?:{ARABIC_BODY})(?:\s|$))")
ARTICLE = re.compile(r"^the\s+(?=[^\W\d_])")


def without_and(part: str) -> str:
    return ARTICLE.sub("", ARABIC_AND.sub("", LEADING_AND.sub("", part, count=1), count=1))


def at_and(last: str) -> list[str]:
    """The last item of a sentence without a comma before "and", as two; as one where one side could not stand alone."""
    ends = last.rstrip(" .。")
    for found in reversed([*AND.finditer(last), *ARABIC_INNER_AND.finditer(last), *CHINESE_AND.finditer(last)]):
        before, after = ends[: found.start()].strip(), ends[found.end() :].strip()
        if _stands_alone(before) and _stands_alone(after):
            return [before, last[found.end() :].strip()]
    return [last]


def _stands_alone(part: str) -> bool:
    told = part.split()
    if not told or (told[0].islower() and told[0][0].islower()):
        return False
    if script(part) in ("CJK", "HANGUL"):
        return len(part) > 3
    is_upper = told[0][0].isupper() or not (told[0][0].islower() or told[0][0].isupper())
    return is_upper and (len(told) > 1 or acronyms.is_capitals(part) or any(char.isupper() for char in part[1:]))
