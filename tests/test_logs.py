import io
import logging

import pytest

from campaigns import tokens
from config.logs import Masking


@pytest.fixture
def log():
    logger, stream = logging.getLogger("tests.masking"), io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Masking("%(message)s"))
    logger.addHandler(handler)
    yield logger, stream
    logger.removeHandler(handler)


def test_masking_covers_addresses_in_arguments(log):
    logger, stream = log
    logger.info("mail to %s, reply to <%s>", "ada@site.example", "b.c+d@mail.site.example")
    assert stream.getvalue() == "mail to [address], reply to <[address]>\n"


def test_masking_covers_tokens_in_links(log):
    logger, stream = log
    token = tokens.token("team", tokens.fresh("team").nonce)
    logger.info("GET /join/%s/ 404", token)
    assert stream.getvalue() == "GET /join/[token]/ 404\n"


def test_masking_covers_tracebacks(log):
    logger, stream = log
    try:
        raise ValueError("550 no ada@site.example here")
    except ValueError:
        logger.exception("refused")
    assert "ValueError: 550 no [address] here" in stream.getvalue()
    assert "ada@" not in stream.getvalue()  # neither in the message nor in the line of code above it


def test_plain_formatter_would_show_them(log):
    logger, stream = log
    logger.handlers[0].setFormatter(logging.Formatter("%(message)s"))
    logger.info("mail to %s", "ada@site.example")
    assert "ada@" in stream.getvalue()


def test_masking_leaves_the_rest(log):
    logger, stream = log
    line = (
        "letter 12 closed at 18:00 by user 3; digest e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
    logger.info("%s", line)
    assert stream.getvalue() == f"{line}\n"
