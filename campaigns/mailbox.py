"""Mail on a local page, for the embedded site: every message becomes a file under VAR_DIR/mail."""

import os
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedMessage
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

FOLDER = "mail"  # below VAR_DIR
KEPT = 7 * 24 * 3600  # seconds; links, addresses and documents stand in these mails


class Backend(BaseEmailBackend):
    """Writes one .eml per message, whole or not at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            name = uuid.uuid4().hex
            partial = folder / f"{name}.partial"
            partial.write_bytes(message.message().as_bytes())
            os.replace(partial, folder / f"{name}.eml")
        return len(email_messages)


def messages(limit: int = 200) -> list[tuple[str, ParsedMessage]]:
    """The newest first, each with the name it can be asked for by."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return [(file.stem, _parsed(file)) for file in files[:limit]]


def message(name: str) -> ParsedMessage | None:
    file = Path(settings.EMAIL_FILE_PATH) / f"{name}.eml"
    return _parsed(file) if file.is_file() else None


def forget() -> int:
    """Delete what is older than KEPT, also what an interrupted process has begun, or what is from before there was a
    mail server; how many."""
    deleted = 0
    for file in (settings.VAR_DIR / FOLDER).glob("*.*"):
        with suppress(FileNotFoundError):  # another worker was faster
            if time.time() - file.stat().st_mtime > KEPT:
                file.unlink()
                deleted += 1
    return deleted


def _parsed(file: Path) -> ParsedMessage:
    return message_from_bytes(file.read_bytes(), policy=policy.default)
