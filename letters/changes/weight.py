"""How much a change weighs: which class of amendment it should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _

from letters.canonical import RECIPIENT, body_digest, fold
from letters.changes import spelling
from letters.changes.alignment import Unit, units
from letters.changes.marking import Change, stretches
from letters.changes.redline import Snapshot, form
from letters.changes.tokens import Token, tokens

Class = Literal["typographic", "correction", "substance"]
CLASSES: tuple[Class, ...] = ("typographic", "correction", "substance")  # lightest first
FEW = 5  # mistakes corrected in one amendment; more is a revision
LINES = ("title", "re_line", "salutation", "closing")
Reason = tuple[Class, str]
Text = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Proposal:
    """`reasons` are sentences, the ones that weigh most first. `is_forced`: the team may not choose a lighter class.

    `needs_reason`: typographic although the digest changes, so it must be logged why.
    """

    klass: Class
    reasons: tuple[str, ...]
    is_forced: bool = False
    needs_reason: bool = False

    @property
    def allowed(self) -> tuple[Class, ...]:
        """What the team may choose, lightest first: whatever is heavier, and of substance also a correction, of which
        everybody is told. Nothing that changes a word passes as typesetting, of which nobody is.
        """
        lightest = self.klass if self.is_forced or self.klass != "substance" else "correction"
        return CLASSES[CLASSES.index(lightest) :]

    def wants_reason(self, chosen: str) -> bool:
        """Whether choosing this class has to be accounted for."""
        is_lighter = CLASSES.index(chosen) < CLASSES.index(self.klass)
        return is_lighter or (self.needs_reason and chosen == self.klass)


def proposed(old: Snapshot, new: Snapshot) -> Proposal:
    """The class of an amendment from one version to the other; in doubt the heavier one.

    1. The same digest: typographic.
    2. Any change of recipients, of their order too: substance, and no other class may be chosen.
    3. Another authentic language, or none that can be told: substance, and no other class.
    4. In the authentic text, up to FEW mistakes in the body's spelling corrected (see letters.changes.spelling): a
       correction. Anything else there is substance: paragraphs added, removed, moved, split or made another kind, any
       word of title, Re line, salutation and closing, numbers, negations, addresses of links, names, punctuation.
    5. A courtesy text that changed or was removed: a correction.
    6. A courtesy text that was added: typographic, with a reason to be logged; nobody has agreed to it in particular.
    """
    if form(old) == form(new):
        return Proposal("typographic", (_("Only typesetting changes, such as quotes, dashes and spaces."),))
    found = [*_of_recipients(old, new), *_of_authentic(old["texts"], new["texts"])]
    found += _of_courtesy(old["texts"], new["texts"])
    if not found:  # what the rules do not know must not pass as nothing
        found = [("substance", _("What is signed changes."))]
    found.sort(key=lambda reason: -CLASSES.index(reason[0]))
    klass = found[0][0]
    is_forced = _language(_authentic(old["texts"])) != _language(_authentic(new["texts"]))
    is_forced = is_forced or any(True for reason in _of_recipients(old, new))
    return Proposal(klass, tuple(reason for _class, reason in found), is_forced, klass == "typographic")


def _of_recipients(old: Snapshot, new: Snapshot) -> Iterator[Reason]:
    before, after = (
        [tuple(fold(recipient[field]) for field in RECIPIENT) for recipient in snapshot["recipients"]]
        for snapshot in (old, new)
    )
    if before != after:
        yield "substance", _("The recipients change.")


def _of_authentic(old: Sequence[Text], new: Sequence[Text]) -> Iterator[Reason]:
    before, after = _authentic(old), _authentic(new)
    if before is None or after is None or _language(before) != _language(after):
        yield "substance", _("The authentic language changes.")
        return
    for part in LINES:
        if fold(before[part]) != fold(after[part]):
            yield "substance", _in_line(part)
    if body_digest(before["body"]) != body_digest(after["body"]):
        yield from _of_body(before, after)


def _of_body(before: Text, after: Text) -> Iterator[Reason]:
    old, new = units(before["body"]), units(after["body"])
    if [_frame(unit) for unit in old] != [_frame(unit) for unit in new]:
        yield "substance", _("Paragraphs of the authentic text are added, removed, moved or set out otherwise.")
        return
    corrected = 0
    for was, now in zip(old, new, strict=True):
        count = _mistakes(tokens(was.inlines), tokens(now.inlines), _language(before))
        if count is None:
            yield "substance", _("The authentic text changes, and in more than the spelling of a word or two.")
            return
        corrected += count
    if corrected > FEW:
        yield "substance", _("Many words of the authentic text change.")
    else:
        yield "correction", _("The spelling of a few words of the authentic text changes.")


def _frame(unit: Unit) -> tuple[str, tuple[str, ...], int]:
    return unit.tag, unit.place, unit.opens


def _mistakes(old: Sequence[Token], new: Sequence[Token], language: str) -> int | None:
    """How many mistakes were corrected; None if anything else changed."""
    found = 0
    last: Token | None = None
    for one in stretches(old, new):
        if isinstance(one, Change):
            if not _is_corrected(one, last, language):
                return None
            found += len(one.old)
            continue
        for was, now in one:
            inside = _mistakes(was.note, now.note, language) if was.note is not None and now.note is not None else 0
            if inside is None or was.href != now.href:
                return None
            found += inside
        last = one[-1][1]
    return found


def _is_corrected(change: Change, last: Token | None, language: str) -> bool:
    """Words respelt one by one, or a word that had been written twice."""
    if any(token.note is not None for token in change.old + change.new):
        return False
    if not change.new and len(change.old) == 1:
        return last is not None and spelling.is_written_twice(last.key, change.old[0].key, language)
    return len(change.old) == len(change.new) and all(
        (was.href, was.space) == (now.href, now.space) and spelling.is_corrected(was.key, now.key, language)
        for was, now in zip(change.old, change.new, strict=True)
    )


def _of_courtesy(old: Sequence[Text], new: Sequence[Text]) -> Iterator[Reason]:
    before, after = ({_language(text): text for text in texts if not text["is_authentic"]} for texts in (old, new))
    for language in sorted(before.keys() | after.keys()):
        names = {"language": language}
        if language not in before:
            yield "typographic", _("A courtesy translation is added (%(language)s).") % names
        elif language not in after:
            yield "correction", _("A courtesy translation is removed (%(language)s).") % names
        elif _signed(before[language]) != _signed(after[language]):
            yield "correction", _("The words of a courtesy translation change (%(language)s).") % names


def _signed(text: Text) -> tuple[str, ...]:
    return (*(fold(text[part]) for part in LINES), body_digest(text["body"]))


def _authentic(texts: Sequence[Text]) -> Text | None:
    found = [text for text in texts if text["is_authentic"]]
    return found[0] if len(found) == 1 else None


def _language(text: Text | None) -> str:
    return str(text["language"]).lower() if text else ""


def _in_line(part: str) -> str:
    return {
        "title": _("The title changes."),
        "re_line": _("The Re line changes."),
        "salutation": _("The salutation changes."),
        "closing": _("The closing changes."),
    }[part]
