"""Keeps what must stay out of the logs out of them: mail and network addresses, and the tokens in our links."""

import logging
import re

# Linear in whatever is masked: a stranger chooses what stands in a line. Each begins at the first character of a word.
_part = r"[^\s<>()'\"=,;:/@]"
ADDRESS = re.compile(rf"(?<!{_part}){_part}+@{_part}+\.{_part}+")
TOKEN = re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])")  # 256 bits, URL-safe base64
NETWORK = re.compile(  # but for this machine's own; IPv6 by four groups or a "::", which no time of day has
    r"(?<![\w:.])(?!127\.|::1(?![\w:]))"
    r"(?:\d{1,3}(?:\.\d{1,3}){3}(?!\.?\w)"
    r"|(?:(?:[0-9a-f]{1,4}:){3,7}[0-9a-f.]{1,15}(?![\w:])|(?=[0-9a-f:]*::)[0-9a-f:.]++(?!\w)))",
    re.IGNORECASE,
)


def masked(text: str) -> str:
    return NETWORK.sub("[network]", TOKEN.sub("[token]", ADDRESS.sub("[address]", text)))


class Masking(logging.Formatter):
    """Masks the finished line, so that arguments and tracebacks are covered too."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))


class Masked(logging.Filter):
    """Masks the message itself, which other handlers than the console's put elsewhere: in the subject of a mail."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = masked(record.getMessage()), ()
        return True


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "masking": {"()": "config.logs.Masking", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "filters": {"masked": {"()": "config.logs.Masked"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "masking"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"filters": ["masked"]},  # the addresses of pages, as a handler of one's own gets them
        "django.server": {"handlers": [], "propagate": True},
        "fontTools": {"level": "WARNING"},
        "kombu.connection": {"level": "ERROR"},  # the embedded queue has no host name, and it says so at every start
        "weasyprint": {"level": "ERROR"},
    },
}
