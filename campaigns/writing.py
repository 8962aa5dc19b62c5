"""What the mails say: each has one writer, in some app's `emails`, and its words in templates/emails/."""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email.header import Header
from typing import Any

from django.apps import apps
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from campaigns.models import Mail

BLANK_LINES = re.compile(r"\n\s*\n\s*\n+")


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    content: bytes
    media_type: str = "application/pdf"


@dataclass(frozen=True)
class Message:
    """What a mail says: subject, and the context of templates/emails/<name>.txt and .html.

    `template` takes the place of <name> if the mail has the words of another. `unsubscribe` is the address to which a
    reader's program posts, for a mail that one can do without (RFC 8058). `from_name` stands before the site's own
    address in place of the site's name. `is_automatic` is false of what a person decided to send word for word: the
    answer of a machine at the other end, that it has arrived, is welcome then (RFC 3834).
    """

    subject: str
    context: dict[str, Any] = field(default_factory=dict)
    reply_to: str = ""
    template: str = ""
    unsubscribe: str = ""
    from_name: str = ""
    attachments: tuple[Attachment, ...] = ()
    is_automatic: bool = True


@dataclass(frozen=True)
class Words:
    """A mail as its reader gets it."""

    subject: str
    text: str
    html: str


Writer = Callable[[Mail], Message | None]
Sampler = Callable[[], dict[str, Message]]


@dataclass(frozen=True)
class Sample:
    when: Any  # a sentence, translated when it is shown
    forms: Sampler


_writers: dict[str, Writer] = {}
_samples: dict[str, Sample] = {}


def writes(function: Writer) -> Writer:
    """Mark a function of some app's emails.py as the writer of the mail that bears its name.

    It gets the Mail row and returns a Message, or None when the mail has become pointless.
    """
    _writers[kind_of(function)] = function
    return function


def kind_of(writer: Writer) -> str:
    return f"{writer.__module__.partition('.')[0]}.{writer.__name__}"


def writer_of(kind: str) -> Writer:
    if kind not in _writers:
        importlib.import_module(f"{apps.get_app_config(kind.partition('.')[0]).name}.emails")
    return _writers[kind]


def worded(kind: str, message: Message) -> Words:
    """The message in its templates, in the language that is active."""
    name = message.template or kind.partition(".")[2]
    context = {
        "subject": message.subject,
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "HELP_EMAIL": settings.HELP_EMAIL,
        "language": translation.get_language(),
        "unsubscribe": message.unsubscribe,
        **message.context,
    }
    return Words(
        subject=" ".join(message.subject.split()),
        text=BLANK_LINES.sub("\n\n", render_to_string(f"emails/{name}.txt", context)).strip() + "\n",
        html=render_to_string(f"emails/{name}.html", context),
    )


def as_header(words: str) -> str:
    """The words of a subject as they are sent: what looks like an encoded word (RFC 2047) is encoded itself.

    Programs that read mail would else decode it, and show other words than whoever typed them was shown.
    """
    if not words.isascii() or "=?" not in words:
        return words
    return Header(words, "utf-8").encode(linesep="")


def shows(writer: Writer, *, when: Any) -> Callable[[Sampler], Sampler]:
    """Mark a function as the one that makes up this writer's mail, for the page of all mails.

    It returns the mail's forms, each under a name ("" for the only or usual one), and asks no database. `when` says in
    a sentence what makes the site send it.
    """

    def mark(sampler: Sampler) -> Sampler:
        _samples[kind_of(writer)] = Sample(when, sampler)
        return sampler

    return mark


def samples() -> dict[str, Sample]:
    """What the page of all mails shows, by the kind of the mail."""
    writers()
    return dict(_samples)


def writers() -> dict[str, Writer]:
    """All writers there are, by the kind of their mails."""
    for app in apps.get_app_configs():
        if importlib.util.find_spec(f"{app.name}.emails"):
            importlib.import_module(f"{app.name}.emails")
    return dict(_writers)
