"""Why a file with a list is not read, and what its owner can do about it."""

from __future__ import annotations

from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from letters.archives import Why


class Refusal(Enum):
    """`Unreadable.code`; the value is stable."""

    TOO_LARGE = "too_large"
    TOO_MUCH = "too_much"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    EMPTY = "empty"
    UNDER_PASSWORD = "under_password"  # noqa: S105 - a reason
    OLD_FORMAT = "old_format"
    MACROS = "macros"
    NESTED = "nested"
    OTHER_TYPE = "other_type"
    NOT_ITS_NAME = "not_its_name"
    DAMAGED = "damaged"
    NO_TEXT = "no_text"


WORDS = {
    Refusal.TOO_LARGE: gettext_noop("The file is larger than %(limit)s MB. Remove pictures, or split the list in two."),
    Refusal.TOO_MUCH: gettext_noop(
        "There is far more in this file than a list can hold. Copy the list alone into a new file, or paste it."
    ),
    Refusal.TOO_MANY_ROWS: gettext_noop(
        "The list has more than %(limit)s rows. Split it in two, or delete the rows below it if they only look empty."
    ),
    Refusal.TOO_MANY_COLUMNS: gettext_noop(
        "The table has more than %(limit)s columns. Keep those with name, country and contact, and delete the others."
    ),
    Refusal.EMPTY: gettext_noop("There is nothing in this file. Was it saved?"),
    Refusal.UNDER_PASSWORD: gettext_noop(
        "The file is protected by a password. Save it without one, or paste the list."
    ),
    Refusal.OLD_FORMAT: gettext_noop("This is an old Office file. Save it as .xlsx or .docx, or paste the list."),
    Refusal.MACROS: gettext_noop(
        "The file contains macros, which are programs. Save it as .xlsx, .docx or .ods without them, or paste the list."
    ),
    Refusal.NESTED: gettext_noop(
        "There are other files inside this file. Copy the list alone into a new file, or paste it."
    ),
    Refusal.OTHER_TYPE: gettext_noop(
        "Lists are read from .csv, .tsv, .txt, .xlsx, .ods and .docx. Save it as one of these, or paste it."
    ),
    Refusal.NOT_ITS_NAME: gettext_noop(
        "What is in this file is not what its name says. Save it again in its program, or paste the list."
    ),
    Refusal.DAMAGED: gettext_noop("The file is damaged. Open it in its program and save it again, or paste the list."),
    Refusal.NO_TEXT: gettext_noop(
        "This is not a text file. Save it as .csv with the encoding UTF-8, or paste the list."
    ),
}
OF_ARCHIVES = {
    Why.TOO_LARGE: Refusal.TOO_LARGE,
    Why.TOO_MUCH: Refusal.TOO_MUCH,
    Why.UNDER_PASSWORD: Refusal.UNDER_PASSWORD,
    Why.OLD_FORMAT: Refusal.OLD_FORMAT,
    Why.NO_ARCHIVE: Refusal.OTHER_TYPE,
    Why.DAMAGED: Refusal.DAMAGED,
}


class Unreadable(Exception):
    """`code` says why, `text` what to do, in the current language."""

    def __init__(self, code: Refusal, limit: int = 0) -> None:
        super().__init__(code.value)
        self.code = code
        self.limit = limit

    @property
    def text(self) -> str:
        words = _(WORDS[self.code])
        return words % {"limit": f"{self.limit:,}"} if self.limit else words
