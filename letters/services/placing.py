"""Where the paragraphs that were commented on stand now. Comments survive the editing of their paragraph by this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from letters import body
from letters.changes import Unit, carried, units
from letters.models import Comment, Revision


@lru_cache(maxsize=32)
def paragraphs(html: str) -> tuple[Unit, ...]:
    """The units of a clean body, remembered: one page of comments asks for those of few bodies again and again."""
    return units(html)


def places(comments: Iterable[Comment], text: Mapping[str, Any]) -> dict[int, int | None]:
    """For each comment on this text, by its key, the position of its paragraph in the body as `text` has it.

    None when the paragraph is gone, or when the comment is about the whole or on the text in another language.
    """
    follow = _Following(text)
    return {comment.pk: follow.place(comment) for comment in comments}


def place_now(revision: Revision, language: str, unit: int | None, text: Mapping[str, Any]) -> int | None:
    """The same for a paragraph of a revision."""
    return _Following(text).carried(revision, language, unit)


class _Following:
    """Many comments are on few revisions: each is compared once."""

    def __init__(self, text: Mapping[str, Any]) -> None:
        self.language = text["language"]
        self.now = [unit.text for unit in paragraphs(text["body"])]
        self.went: dict[int, Sequence[int | None]] = {}

    def place(self, comment: Comment) -> int | None:
        """A wording that was taken may have nothing in common with what it replaced: followed from where it came in."""
        if comment.answered_in and comment.language == self.language:
            taken = [unit.text for unit in paragraphs(body.from_text(comment.wording))][:1]
            there = _texts(comment.answered_in, self.language)
            if taken and taken[0] in there:
                return self.carried(comment.answered_in, self.language, there.index(taken[0]))
        return self.carried(comment.revision, comment.language, comment.unit)

    def carried(self, revision: Revision, language: str, unit: int | None) -> int | None:
        if unit is None or language != self.language:
            return None
        if revision.pk not in self.went:
            self.went[revision.pk] = carried(_texts(revision, language), self.now)
        went = self.went[revision.pk]
        return went[unit] if unit < len(went) else None


def _texts(revision: Revision, language: str) -> list[str]:
    text = next((text for text in revision.texts if text["language"] == language), None)
    return [unit.text for unit in paragraphs(text["body"])] if text else []
