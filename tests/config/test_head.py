import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config import head


@pytest.mark.parametrize(("method", "body"), [("GET", b"words"), ("HEAD", b"")])
def test_head_has_the_length_and_not_the_body(method, body):
    response = head.Middleware(lambda request: HttpResponse("words"))(RequestFactory().generic(method, "/"))
    assert (response.content, response.get("Content-Length")) == (body, "5" if method == "HEAD" else None)
