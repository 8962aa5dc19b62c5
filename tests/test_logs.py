import io
import logging
import time

import pytest

from campaigns import tokens
from config.logs import Masked, Masking, masked


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


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Invalid request from ip=192.0.2.7: bad", "Invalid request from ip=[network]: bad"),
        ("from 2001:db8::7 and [2001:db8:1:2:3:4:5:6]:443", "from [network] and [[network]]:443"),
        ("from ::ffff:192.0.2.7", "from [network]"),
        ("listening on 127.0.0.1:8000 and ::1", "listening on 127.0.0.1:8000 and ::1"),
        ("2027-03-01 12:34:56,789 Django 5.2.19", "2027-03-01 12:34:56,789 Django 5.2.19"),
        ("tests/test_logs.py::test_masking", "tests/test_logs.py::test_masking"),
    ],
)
def test_masking_covers_network_addresses_and_no_times(log, said, kept):
    logger, stream = log
    logger.info(said)
    assert stream.getvalue() == f"{kept}\n"


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


def test_masked_leaves_no_token_in_the_message_itself(caplog):
    logger, token = logging.getLogger("django.request"), tokens.token("team", tokens.fresh("team").nonce)
    assert [type(one) for one in logger.filters] == [Masked]
    logger.error("Internal Server Error: %s", f"/join/{token}/")
    assert [record.getMessage() for record in caplog.records] == ["Internal Server Error: /join/[token]/"]


@pytest.mark.parametrize("repeated", ["a@", "a.", "@", "::g", "a@a.", ":", "a b@"])
def test_masked_takes_time_in_proportion(repeated):
    """A stranger chooses what is logged: with the square of the length, one line would stop a process for a minute."""
    times = []
    for length in (8_000, 32_000):
        before = time.process_time()
        masked(repeated * (length // len(repeated)))
        times.append(time.process_time() - before)
    assert times[1] < 9 * max(times[0], 0.02)
