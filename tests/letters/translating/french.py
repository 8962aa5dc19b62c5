"""A letter with a French text, and what its translators save."""

from letters import courtesy, services
from letters.services import Typed, working
from tests.factories import LetterFactory, UserFactory

ENGLISH = "<p>One bridge</p><p>Two rivers</p><p>Three towns</p>"


def letter_with_french(**kwargs):
    letter = LetterFactory(text={"body": ENGLISH, "title": "The bridge"}, **kwargs)
    services.add_text(letter, "fr", by=UserFactory())
    return letter


def passages(letter, language="fr"):
    words = working.read(letter)
    return courtesy.beside(words.text_in(language), words.authentic)


def key(letter, words):
    return next(one.key for one in passages(letter) if words in one.authentic or words in one.own)


def bases(letter):
    return {one.key: one.mark for one in passages(letter)}


def save(letter, typed, *, given=None, language="fr", **more):
    """Type French beside what contains the English words."""
    there = {key(letter, words): words for words in typed}
    seen = {one.key: one.authentic for one in passages(letter)}
    sent = {one: Typed(f"<p>{typed[words]}</p>", seen[one]) for one, words in there.items()}
    return services.save_translation(letter, language, sent, bases=given or bases(letter), by=UserFactory(), **more)


def french(letter):
    return letter.texts.get(language="fr").body


def states(letter):
    return [one.state for one in passages(letter) if not one.is_line]


def complete(letter):
    save(letter, {"One": "Un pont", "Two": "Deux fleuves", "Three": "Trois villes"})
    seen = {one.key: one for one in passages(letter)}
    lines = {
        line: Typed(f"fr {seen[line].authentic}", seen[line].authentic) for line in ("title", "salutation", "closing")
    }
    services.save_translation(letter, "fr", lines, bases=bases(letter), by=UserFactory())
