"""Translating: the courtesy texts, each beside the authentic one. Several may do it at once, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import transaction

from campaigns.models import JournalEntry, User
from letters import courtesy
from letters.changes import paired
from letters.courtesy import Passage
from letters.models import Letter, Revision
from letters.services import revisions, working
from letters.services.drafting import LanguageTaken
from letters.services.working import NotDraft, Working

Bases = Mapping[str, str]  # by key, the mark of the translation that was on the screen


KEPT = 24 * 3600  # seconds


class NotCourtesy(Exception):
    """There is no courtesy text in this language: it is the authentic one, or nobody has begun it, or it is gone."""


class Incomplete(Exception):
    """A text that lacks paragraphs cannot be the authentic one."""


class BothTranslated(Exception):
    """Somebody else has changed since what we changed too; `keys` are those passages. Nothing is saved."""

    def __init__(self, letter: Letter, keys: list[str]) -> None:
        super().__init__(f"letter {letter.pk} is at version {letter.version}")
        self.letter, self.keys = letter, keys


@dataclass(frozen=True)
class Typed:
    """What was typed beside a passage.

    `own` is a clean body, or the words of a line; `seen` the authentic words that stood beside it, "" for none;
    `is_right` says that the translation says what the authentic words say.
    """

    own: str
    seen: str = ""
    is_right: bool = False


@transaction.atomic
def add_text(letter: Letter, language: str, *, by: User) -> None:
    """An empty courtesy text. Raises LanguageTaken, NotDraft."""
    letter, words = _locked(letter)
    if words.text_in(language):
        raise LanguageTaken(language)
    empty: dict[str, Any] = dict.fromkeys(working.SIGNED, "")
    words.texts.append({**empty, "language": language, "is_authentic": False, "sources": {}})
    working.write(letter, words, by=by)
    JournalEntry.objects.record("added text", letter, by=by, language=language)


@transaction.atomic
def remove_text(letter: Letter, language: str, *, by: User) -> None:
    """Take a courtesy text out; of a draft it stays in a revision.

    Raises NotCourtesy, NotDraft.
    """
    letter, words = _locked(letter)
    text = _courtesy(words, language)
    if letter.is_draft:
        revisions.keep(letter, by=by)
    words.texts.remove(text)
    working.write(letter, words, by=by)
    JournalEntry.objects.record("removed text", letter, by=by, language=language)


@transaction.atomic
def make_authentic(letter: Letter, language: str, *, by: User) -> None:
    """Let a courtesy text of a draft be the authentic one; the one that was becomes a translation of it.

    Raises NotCourtesy, Incomplete, NotDraft: what is authentic in an open letter has been signed.
    """
    letter, words = _locked(letter)
    if not letter.is_draft:
        raise NotDraft
    text = _courtesy(words, language)
    if courtesy.progress(courtesy.beside(text, words.authentic)).missing:
        raise Incomplete
    revisions.keep(letter, by=by)
    words.texts = courtesy.turned(words.texts, language)
    working.write(letter, words, by=by)
    JournalEntry.objects.record("made authentic", letter, by=by, language=language)


@transaction.atomic
def save_translation(
    letter: Letter,
    language: str,
    typed: Mapping[str, Typed],
    *,
    bases: Bases,
    by: User,
    taking: Collection[str] = (),
    keeping: bool = False,
) -> Letter:
    """Save what was changed since `bases`, and what is said to be right; return the letter as it is then.

    With `keeping`, a draft is kept as a revision.

    Passages that we left alone stay as others have saved them, and so do those in `taking`, where somebody who saw both
    preferred theirs. What was typed beside a paragraph that was rewritten meanwhile is kept as a translation of the
    older words, to be looked at; beside one that is gone, as one without a counterpart.
    Raises BothTranslated if a passage has been changed by others and by us, unless alike; NotCourtesy, NotDraft.
    """
    letter, words = _locked(letter)
    text = _courtesy(words, language)
    passages = courtesy.beside(text, words.authentic)
    places = placed(passages, {key: one.seen for key, one in typed.items()}, bases)
    both = [key for key, at in places.items() if _are_both(passages[at], typed[key], bases.get(key), key in taking)]
    if both:
        raise BothTranslated(letter, both)
    made = list(_made(passages, typed, places, bases, taking))
    if made != passages:
        text.update(courtesy.written(made))
        working.write(letter, words, by=by)
    if keeping and letter.is_draft:
        revisions.keep(letter, by=by)
    return letter


def is_behind(words: working.Working, language: str) -> bool:
    """Whether a courtesy text lacks a paragraph, or has one that is older than the authentic one."""
    text = words.text_in(language)
    if text is None or text["is_authentic"]:
        return False
    progress = courtesy.progress(courtesy.beside(text, words.authentic))
    return bool(progress.missing or progress.stale)


def revision_is_behind(revision: Revision, language: str) -> bool:
    """The same of a courtesy text of a revision, looked for once: a revision never changes."""

    def found() -> bool:
        return is_behind(working.of_revision(revision), language)

    key = f"behind:{revision.digest}:{courtesy.mark(str(revision.front))}:{language}"
    return bool(cache.get_or_set(key, found, KEPT))


def placed(passages: Sequence[Passage], seen: Mapping[str, str], bases: Bases) -> dict[str, int]:
    """Where among the passages each of those is by now that were on a page, by key. One whose paragraph is gone is not.

    `seen` are the authentic words that stood there, by key. One without a counterpart is known by its own words.
    """
    places = {one.key: at for at, one in enumerate(passages)}
    found = {key: places[key] for key in seen if key in places}
    lost = [key for key, words in seen.items() if words and key not in found]
    free = [at for at, one in enumerate(passages) if one.authentic and not one.is_line and at not in found.values()]
    for pair in paired([seen[key] for key in lost], [passages[at].authentic for at in free]):
        if pair.source_index is not None and pair.authentic_index is not None:
            found[lost[pair.source_index]] = free[pair.authentic_index]
    alone = {one.mark: at for at, one in enumerate(passages) if one.state == "orphan" and at not in found.values()}
    for key in seen:
        if key not in found and (at := alone.pop(bases.get(key, ""), None)) is not None:
            found[key] = at
    return found


def _locked(letter: Letter) -> tuple[Letter, Working]:
    letter = Letter.objects.locked(letter.pk)
    if not letter.is_written:
        raise NotDraft
    return letter, working.read(letter)


def _courtesy(words: Working, language: str) -> dict[str, Any]:
    text = words.text_in(language)
    if text is None or text["is_authentic"]:
        raise NotCourtesy
    return text


def _is_ours(one: Typed, base: str | None) -> bool:
    """Did we change it?"""
    return courtesy.mark(one.own) != base


def _are_both(passage: Passage, one: Typed, base: str | None, is_taken: bool) -> bool:
    """Where nothing stands now nothing can be lost."""
    is_theirs = bool(passage.own) and passage.mark != base
    return is_theirs and (is_taken or (_is_ours(one, base) and passage.own != one.own))


def _made(
    passages: Sequence[Passage],
    typed: Mapping[str, Typed],
    places: Mapping[str, int],
    bases: Bases,
    taking: Collection[str],
) -> Iterator[Passage]:
    """The passages with what was typed; behind each, what was typed behind it and has no place any more."""
    keys = {at: key for key, at in places.items()}
    homeless: dict[str, list[str]] = {}  # by the key of the one before
    before = ""
    for key, one in typed.items():
        if key in places:
            before = key
        elif one.own and _is_ours(one, bases.get(key)):
            homeless.setdefault(before, []).append(one.own)
    for at, passage in enumerate(passages):
        key = keys.get(at, "")
        yield passage if not key or key in taking else _with(passage, typed[key], bases.get(key))
        yield from (_alone(passage, own) for own in (homeless.get(key, ()) if key else ()))
    yield from (_alone(None, own) for own in homeless.get("", ()))


def _with(passage: Passage, one: Typed, base: str | None) -> Passage:
    if passage.own != one.own and _is_ours(one, base):
        is_first = not passage.own
        source = (one.seen or passage.authentic) if is_first else passage.source
        passage = passage.saying(one.own, source, doubt=passage.doubt and not is_first)
    return passage.saying(passage.own, one.seen) if one.is_right and one.seen and passage.own else passage


def _alone(before: Passage | None, own: str) -> Passage:
    """What was typed for a paragraph that is gone, behind the one it stood behind."""
    place = before.place if before else ()
    return Passage("", "p", "", own, "", "orphan", tag="p", place=place)
