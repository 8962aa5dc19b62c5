import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config import methods


def view(request):
    return HttpResponse("words")


def answer(method, view=view):
    return methods.Middleware(view).process_view(RequestFactory().generic(method, "/"), view, (), {})


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_what_pages_are_asked_passes(method):
    assert answer(method) is None


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "ANYTHING"])
def test_nothing_else_reaches_a_view(method):
    """Django's views of functions take it for a GET."""
    refused = answer(method)
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, POST")


def test_view_that_answers_options_is_asked_itself():
    def told(request):
        return HttpResponse(status=204)

    told.answers_options = True
    assert answer("OPTIONS", told) is None
