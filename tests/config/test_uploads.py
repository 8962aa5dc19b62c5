"""How much each page takes, and that nothing is read of what is more."""

import io

import pytest
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import get_resolver

from config import uploads
from letters.views import verifying
from tests.test_public_pages import patterns

pytestmark = [pytest.mark.django_db, pytest.mark.once]

MIB = 2**20
FORGED = "a" * 32  # a cookie of a form that we never made: the CSRF check looks for its twin in what was sent
ADDRESSES = ["/", "/fr/", "/letters/none/sign/", "/accounts/login/", "/admin/login/", "/desk/letters/new/", "/nowhere/"]


class Sent(io.BytesIO):
    """A form with one file, made up while it is read: how far, it tells by `tell`."""

    def __init__(self, size):
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
        super().__init__(head + b"0" * size + b"\r\n--x--\r\n")
        self.length = len(self.getvalue())


def posted(path, sent, **environ):
    """By the whole site, CSRF check included; with the length that was sent unless `environ` says otherwise."""
    given = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": str(sent.length),
        "HTTP_COOKIE": f"csrftoken={FORGED}",
        "HTTP_HOST": "localhost",
        "wsgi.input": sent,
    }
    return ClientHandler(enforce_csrf_checks=True)(RequestFactory()._base_environ(**given | environ))


def without(settings, name):
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != name]


@pytest.mark.parametrize("path", ADDRESSES)
def test_nothing_is_read_of_what_is_too_much(path):
    sent = Sent(6 * MIB)
    response = posted(path, sent)
    assert (response.status_code, sent.tell()) == (413, 0)


def test_csrf_check_would_read_it(settings):
    """The control."""
    without(settings, "config.uploads.Middleware")
    sent = Sent(6 * MIB)
    assert (posted("/accounts/login/", sent).status_code, sent.tell() > 6 * MIB) == (403, True)


def test_page_says_how_much_it_takes():
    said = posted("/accounts/login/", Sent(6 * MIB)).content.decode()
    assert "What you sent is larger than 5 MB, more than this page takes." in said
    assert "What you sent is larger than 32 MB" in posted("/verify/", Sent(33 * MIB)).content.decode()


@pytest.mark.parametrize("path", ["/verify/", "/fr/verify/"])
def test_page_takes_as_much_in_every_language(path):
    assert [posted(path, Sent(size * MIB)).status_code for size in (31, 33)] == [200, 413]


def test_what_is_not_too_much_is_read():
    sent = Sent(4 * MIB)
    assert (posted("/accounts/login/", sent).status_code, sent.tell() > 4 * MIB) == (403, True)


@pytest.mark.parametrize("length", ["", "many"])
def test_nothing_is_read_of_what_has_no_length(length):
    """As in chunks: gunicorn gives us no length then, and throws away what nobody reads."""
    sent = Sent(MIB)
    response = posted("/verify/", sent, CONTENT_LENGTH=length, HTTP_TRANSFER_ENCODING="chunked")
    assert (response.status_code, sent.tell()) == (200, 0)
    assert "Choose the PDF file first." in response.content.decode()


def test_pages_with_files_take_those_beside_their_fields():
    takes = {name: view.takes for name, view in patterns(get_resolver()) if hasattr(view, "takes")}
    assert takes == {
        "letters:verify": 32 * MIB,
        "letters:recognized": 10 * MIB,
        "letters:acknowledge": 15 * MIB,
        "letters:enter_reply": 15 * MIB,
        "letters:change_reply": 15 * MIB,
        "signatories:imports": 15 * MIB,
    }


def test_proxy_in_front_takes_as_much():
    assert verifying.MOST + uploads.AROUND < 33 * MIB


def test_file_to_be_checked_reaches_no_disk(settings, tmp_path):
    """Whatever else is sent with it. With Django's own handlers a large file would lie in a folder meanwhile."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "not there"
    assert posted("/verify/", Sent(4 * MIB)).status_code == 200
    without(settings, "config.uploads.Middleware")
    assert "too large to be one of ours" in posted("/verify/", Sent(33 * MIB)).content.decode()
    assert posted("/accounts/login/", Sent(4 * MIB)).status_code == 500  # the control: it wants to write there
