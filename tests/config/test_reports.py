import sys

import pytest
from django.test import RequestFactory
from django.views import debug

TOKEN = "t" * 43
WORD = "wrenfold"


@pytest.fixture
def request_():
    request = RequestFactory().post(f"/mine/{TOKEN}/correct/?q={WORD}", {"name": WORD}, headers={"user-agent": WORD})
    request.COOKIES["sessionid"] = WORD
    return request


def raised_with_words_everywhere():
    """A message, notes, a cause that speaks as well, and the part of a text that could not be read."""
    try:
        try:
            raise KeyError(WORD)
        except KeyError as error:
            fault = UnicodeDecodeError("ascii", WORD.encode(), 0, 1, WORD)
            fault.add_note(WORD)
            fault.template_debug = {"name": "page.html", "line": 7, "message": WORD, "source_lines": []}
            raise fault from error
    except UnicodeDecodeError:
        return sys.exc_info()


def report(request):
    name = request.POST["name"]  # a variable, and part of what is raised
    try:
        raise ValueError(f"no {len(name)} for ada@site.example at /mine/{TOKEN}/")
    except ValueError:
        reporter = debug.get_exception_reporter_class(request)(request, *sys.exc_info())
        return reporter.get_traceback_text() + reporter.get_traceback_html()


def test_report_says_where_and_keeps_no_value(request_):
    said = report(request_)
    assert "test_reports.py" in said
    assert "ValueError" in said
    assert "no 8 for" not in said
    assert TOKEN not in said
    assert WORD not in said
    assert "sessionid" in said  # the names of things stay


def test_report_without_a_request_keeps_no_value_either(request_):
    try:
        secret = WORD
        raise ValueError(len(secret))
    except ValueError:
        reporter = debug.get_exception_reporter_class(None)(None, *sys.exc_info())
    assert "&#x27;wrenfold&#x27;" not in reporter.get_traceback_html()


@pytest.mark.parametrize("is_shown", [False, True])
def test_report_keeps_nothing_that_an_exception_says(settings, is_shown):
    settings.DEBUG = is_shown  # the control
    reporter = debug.get_exception_reporter_class(None)(None, *raised_with_words_everywhere())
    said = [reporter.get_traceback_text(), reporter.get_traceback_html()]
    assert [WORD in one for one in said] == [is_shown] * 2
    assert [one for one in ("KeyError", "UnicodeDecodeError", "page.html", "line 7") if one not in said[0]] == []


def test_everything_is_shown_on_ones_own_machine(request_, settings):
    """The control, and what DEBUG is for."""
    settings.DEBUG = True
    said = report(request_)
    assert TOKEN in said
    assert WORD in said
