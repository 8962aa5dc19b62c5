"""Keeps what must stay out of the logs out of them: mail addresses and the tokens in our links."""

import logging
import re

ADDRESS = re.compile(r"[^\s<>()'\"=,;:/]+@[^\s<>()'\"=,;:/]+\.[^\s<>()'\"=,;:/]+")
TOKEN = re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])")  # 256 bits, URL-safe base64


def masked(text: str) -> str:
    return TOKEN.sub("[token]", ADDRESS.sub("[address]", text))


class Masking(logging.Formatter):
    """Masks the finished line, so that arguments and tracebacks are covered too."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))
