"""Is another spelling of a word the same word, with a typing mistake corrected?

There is no dictionary here, so only mistakes are believed that hardly ever make another word: letters missing, doubled
or swapped inside a long word. Prefixes negate and endings bear number, person and tense; both must stay as they were.
"""

from __future__ import annotations

import unicodedata

from rapidfuzz.distance import OSA

SHORTEST = 5  # letters; shorter words are too often another word with one letter changed
SHORTEST_NAME = 8  # with a capital: names of people and countries, and in German every noun
SHORTEST_REPLACED = 9  # where one letter took the place of another
ENDING = 2  # letters that must stay

# Words of force and refusal. They are too short or too much alike to be trusted to the rules above.
FORCE = {
    "en": "not no never none nor neither nothing nobody without must shall should may might can cannot could will would"
    " ought need only unless until except least most every always often",
    "fr": "ne pas non jamais aucun aucune rien sans doit doivent devra devrait devraient peut peuvent pourrait"
    " pourraient faut faudra sauf seulement toujours tout tous toute toutes",
    "es": "no nunca jamás ningún ninguna ninguno nada sin debe deben deberá deberán debería deberían puede pueden podrá"
    " podrán podría podrían salvo solo sólo siempre todo todos toda todas",
    "pt": "não nunca jamais nenhum nenhuma nada sem deve devem deverá deverão deveria deveriam pode podem poderá"
    " poderão poderia poderiam salvo só somente sempre todo todos toda todas",
    "it": "non mai nessun nessuna nessuno niente nulla senza deve devono dovrà dovranno dovrebbe dovrebbero può possono"
    " potrà potranno potrebbe potrebbero salvo solo soltanto sempre tutto tutti tutta tutte",
    "de": "nicht nie niemals kein keine keinen keinem keiner keines nichts ohne muss müssen müsste soll sollen sollte"
    " sollten darf dürfen dürfte kann können könnte könnten wird werden würde nur außer immer alle allen alles",
    "nl": "niet nooit geen niets zonder moet moeten mag mogen kan kunnen zou zouden zal zullen alleen behalve"
    " altijd alle",
    "ru": "не нет ни никогда ничего никто без должен должна должно должны может могут мог могли нельзя следует только"
    " кроме всегда все всё",
}
FORCES = {language: frozenset(words.casefold().split()) for language, words in FORCE.items()}
# English words that are one such mistake away from each other.
CONFUSED = [
    frozenset(words.split())
    for words in (
        "country county",
        "clause cause",
        "casual causal",
        "martial marital",
        "trial trail",
        "united untied",
        "public pubic",
        "desert dessert",
        "threat treat",
        "threats treats",
        "though through thorough",
        "mediation meditation",
        "conservation conversation",
        "ordinance ordnance",
        "coastal costal",
        "detract distract",
        "later latter",
        "filed filled",
        "filing filling",
        "planed planned",
        "scared scarred",
        "barred bared",
        "border boarder",
        "borders boarders",
        "party parity",
        "fight flight",
        "breath breadth",
        "choose chose",
        "prescribe proscribe",
        "prescribed proscribed",
        "stationary stationery",
        "deprecate depreciate",
        "exploitation exploration",
        "interment internment",
        "ingenious ingenuous",
        "lighting lightning",
        "reality realty",
        "sacred scared",
        "silver sliver",
        "diary dairy",
        "dairies diaries",
        "signed singed",
        "signing singing",
        "causality casualty",
    )
]
CONFUSIONS = {word: words for words in CONFUSED for word in words}


def is_corrected(old: str, new: str, language: str) -> bool:
    """Two words, folded as in letters.canonical; the language is a BCP 47 tag. False for one whose words of force we
    do not know.
    """
    forces = FORCES.get(language.lower().partition("-")[0])
    one, other = old.casefold(), new.casefold()
    if forces is None or one == other or not (_is_plain(one) and _is_plain(other)):
        return False
    if one in forces or other in forces or other in CONFUSIONS.get(one, ()):
        return False
    has_capital = old != one and new != other
    replaced = len(one) == len(other) and sorted(one) != sorted(other)
    shortest = max(SHORTEST_NAME if has_capital else SHORTEST, SHORTEST_REPLACED if replaced else 0)
    is_inside = one[0] == other[0] and one[-ENDING:] == other[-ENDING:]
    # Optimal string alignment: a letter more, less, replaced, or two swapped (Boytsov 2011, section 2.1).
    return min(len(one), len(other)) >= shortest and is_inside and OSA.distance(one, other, score_cutoff=1) == 1


def is_written_twice(first: str, second: str, language: str) -> bool:
    """May the second of two words be left out because it only repeats the first? Not "no, no", and no numbers."""
    forces = FORCES.get(language.lower().partition("-")[0])
    word = second.casefold()
    return forces is not None and first.casefold() == word and word.isalpha() and word not in forces


def _is_plain(word: str) -> bool:
    """Of letters of one alphabet in which a mistake is a letter: no digits, apostrophes or marks."""
    return word.isalpha() and all(
        unicodedata.name(char, "").startswith(("LATIN SMALL LETTER", "CYRILLIC SMALL LETTER")) for char in word
    )
