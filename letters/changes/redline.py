"""A redline: one document in which what was deleted and what was inserted stand side by side, word by word.

All of it is written from escaped text and the tags p h2 h3 ul ol li blockquote strong em a br ins del span, so it is
safe to mark as such. Spans have one of the classes `visually-hidden` (says "inserted" and "deleted"), `redline-label`
(what became of a paragraph), `redline-note` (a footnote, where it is called) and `redline-target` (where a link leads).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _

from letters import canonical
from letters.body.model import Break, Inline, Run
from letters.changes import alignment
from letters.changes.documents import marked_body
from letters.changes.marking import Marked, marked

Snapshot = Mapping[str, Sequence[Mapping[str, Any]]]  # {"texts": […], "recipients": […]}, see models.Revision
State = Literal["same", "changed", "added", "removed"]
PARTS = ("title", "headline", "re_line", "salutation", "body", "closing")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a text, or field of a recipient. `html` is its redline, safe; a body's is blocks, any other's words.

    `is_changed` says that there are marks in it; `inserted` and `deleted` count words.
    """

    name: str
    label: str
    html: str
    is_changed: bool
    inserted: int
    deleted: int


@dataclass(frozen=True, slots=True)
class TextChange:
    """One language. `parts` are all that are written in either version, also those that did not change."""

    language: str
    state: State
    is_authentic: bool
    was_authentic: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class RecipientChange:
    """`place` and `old_place` count from 1, 0 where there is none; fields are as the parts of a text."""

    state: State
    place: int
    old_place: int
    is_moved: bool
    fields: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Texts in the order of the new version, then those removed; recipients likewise, and those removed among them.

    `is_same` says that both have one digest; `is_typeset_only` that nevertheless something is written otherwise.
    `inserted` and `deleted` count words of the texts.
    """

    texts: tuple[TextChange, ...]
    recipients: tuple[RecipientChange, ...]
    is_same: bool
    is_typeset_only: bool
    inserted: int
    deleted: int


def redline(old_body: str, new_body: str, *, exact: bool = False) -> str:
    """Two clean bodies as one document, with the structure of the new one.

    Shows everything that changes the digest, and nothing else unless `exact`: then quotes, dashes, spaces, bold and
    italic too. A moved paragraph stands in both places.
    """
    return marked_body(old_body, new_body, exact=exact).html


def redline_line(old: str, new: str, *, exact: bool = False) -> str:
    """The same for plain text: a title, a salutation. Line ends become <br>."""
    return _marked_line(old, new, exact=exact).html


def compare(old: Snapshot, new: Snapshot, *, exact: bool = False) -> Comparison:
    """Everything that changed between two versions of a letter."""
    texts = tuple(_texts(old["texts"], new["texts"], exact))
    is_same = form(old) == form(new)
    return Comparison(
        texts,
        tuple(_recipients(old["recipients"], new["recipients"], exact)),
        is_same,
        is_same and _written(old) != _written(new),
        sum(part.inserted for text in texts for part in text.parts),
        sum(part.deleted for text in texts for part in text.parts),
    )


def form(snapshot: Snapshot) -> str:
    """The canonical form of a version."""
    return canonical.canonical(snapshot["texts"], snapshot["recipients"])


def _written(snapshot: Snapshot) -> tuple[dict[str, Any], list[list[Any]]]:
    """Everything that is shown, in a form that can be compared."""
    texts = {text["language"]: [text.get(part, "") for part in PARTS] for text in snapshot["texts"]}
    return texts, [[recipient[field] for field in canonical.RECIPIENT] for recipient in snapshot["recipients"]]


def _marked_line(old: str, new: str, *, exact: bool) -> Marked:
    return marked(_inlines(old), _inlines(new), exact=exact)


def _inlines(text: str) -> Iterator[Inline]:
    for number, line in enumerate(text.splitlines()):
        if number:
            yield Break()
        yield Run(line)


def _texts(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], exact: bool) -> Iterator[TextChange]:
    before = {text["language"].lower(): text for text in old}
    after = {text["language"].lower(): text for text in new}
    for language in [*after, *(language for language in before if language not in after)]:
        was, now = before.get(language, {}), after.get(language, {})
        parts = tuple(_parts(was, now, PARTS, exact))
        yield TextChange(
            (now or was)["language"],
            _state(was, now, parts),
            bool(now.get("is_authentic")),
            bool(was.get("is_authentic")),
            parts,
        )


def _recipients(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], exact: bool
) -> Iterator[RecipientChange]:
    pairs = alignment.align([_said(recipient) for recipient in old], [_said(recipient) for recipient in new])
    movers = alignment.moved(pairs)
    for here, there in pairs:
        was = {} if here is None else old[here]
        now = {} if there is None else new[there]
        fields = tuple(_parts(was, now, canonical.RECIPIENT, exact))
        places = (0 if there is None else there + 1, 0 if here is None else here + 1)
        yield RecipientChange(_state(was, now, fields), *places, there in movers, fields)


def _said(recipient: Mapping[str, Any]) -> str:
    return " ".join(recipient[field] for field in canonical.RECIPIENT[1:])


def _parts(was: Mapping[str, Any], now: Mapping[str, Any], names: Sequence[str], exact: bool) -> Iterator[Part]:
    labels = _labels()
    for name in names:
        old, new = was.get(name, ""), now.get(name, "")
        if old or new:
            part = (marked_body if name == "body" else _marked_line)(old, new, exact=exact)
            yield Part(name, labels[name], part.html, part.is_changed, part.inserted, part.deleted)


def _state(was: Mapping[str, Any], now: Mapping[str, Any], parts: Sequence[Part]) -> State:
    if not was or not now:
        return "added" if now else "removed"
    return "changed" if any(part.is_changed for part in parts) else "same"


def _labels() -> dict[str, str]:
    return {
        "title": _("title"),
        "headline": _("headline"),
        "re_line": _("Re line"),
        "salutation": _("salutation"),
        "body": _("body"),
        "closing": _("closing"),
        "line": _("line"),
        "honorific": _("honorific"),
        "name": _("name"),
        "office": _("office"),
        "organization": _("body"),
        "address": _("postal address"),
        "email": _("e-mail"),
    }
