"""The mail page of the embedded site: every mail that went out, on one's own machine alone."""

import re
from html import unescape

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.urls import reverse

from tests.letters.desk import words

pytestmark = pytest.mark.django_db

MAIL = reverse("campaigns:mailbox")


@pytest.fixture
def sent(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path
    mail = EmailMultiAlternatives(
        "Bitte bestätigen: نعم",
        "Open this page:\nhttps://a.example/confirm/abc_-/\nor http://a.example/?a=1&b=2.\n<script>alert(1)</script>",
        to=["Ada <ada@site.example>"],
        connection=get_connection("campaigns.mailbox.Backend"),
    )
    mail.attach_alternative("<p onclick='alert(2)'>Open</p>", "text/html")
    mail.send()
    (file,) = tmp_path.glob("*.eml")
    return reverse("campaigns:mail", args=[file.stem])


@pytest.mark.parametrize(
    ("debug", "email_url", "status"), [(True, "", 200), (False, "", 404), (True, "smtp://mail.example", 404)]
)
def test_mail_pages_are_there_only_on_ones_own_machine(client, settings, sent, debug, email_url, status):
    settings.DEBUG, settings.EMAIL_URL = debug, email_url
    assert [client.get(page).status_code for page in (MAIL, sent)] == [status, status]


def test_mailbox_lists_mails(client, settings, sent):
    settings.DEBUG = True
    page = client.get(MAIL)
    assert "Bitte bestätigen: نعم" in words(page)
    assert "ada@site.example" in words(page)
    assert sent in page.content.decode()


def test_mail_shows_text_with_links_and_runs_nothing(client, settings, sent):
    settings.DEBUG = True
    page = client.get(sent).content.decode()
    links = re.findall(r'<a href="(http[^"]+)"', page)
    assert [unescape(link) for link in links] == ["https://a.example/confirm/abc_-/", "http://a.example/?a=1&b=2"]
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<p onclick" not in page
    assert "Ada &lt;ada@site.example&gt;" in page


def test_mail_gives_out_what_is_attached(client, settings, tmp_path):
    settings.EMAIL_FILE_PATH, settings.DEBUG = tmp_path, True
    mail = EmailMultiAlternatives("With a file", "See it.", connection=get_connection("campaigns.mailbox.Backend"))
    mail.attach("letter.pdf", b"%PDF-1.7", "application/pdf")
    mail.to = ["ada@site.example"]
    mail.send()
    (file,) = tmp_path.glob("*.eml")
    page = client.get(reverse("campaigns:mail", args=[file.stem]))
    address = reverse("campaigns:mail_attachment", args=[file.stem, 1])
    assert "letter.pdf" in words(page)
    assert address in page.content.decode()
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    assert answer["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert client.get(reverse("campaigns:mail_attachment", args=[file.stem, 2])).status_code == 404
    settings.DEBUG = False
    assert client.get(address).status_code == 404


def test_mail_finds_nothing_outside_its_folder(client, settings, sent, tmp_path):
    settings.DEBUG = True
    (tmp_path.parent / "secret.eml").write_text("Subject: secret\n\n")
    assert client.get("/mail/..%2Fsecret/").status_code == 404
    assert client.get("/mail/../secret/").status_code == 404
    assert client.get(reverse("campaigns:mail", args=["0" * 32])).status_code == 404
