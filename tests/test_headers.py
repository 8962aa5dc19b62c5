"""What every answer carries, and what no page contains."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings

from campaigns.models import Role
from letters.models import Letter
from tests.factories import (
    LetterFactory,
    MembershipFactory,
    OpenLetterFactory,
    PartnerFactory,
    SignatoryFactory,
    UserFactory,
    confirmation_token,
)
from tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)


class Inline(HTMLParser):
    """Collects what a strict policy refuses: inline scripts, style elements and attributes, event handlers."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        data = given.get("type", "") in {"application/json", "speculationrules"}
        if (tag == "script" and "src" not in given and not data) or tag == "style":
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        self.found += [f"{tag} {value}" for value in given.values() if (value or "").lower().startswith("javascript:")]


def inline(response):
    parser = Inline()
    parser.feed(response.content.decode())
    return parser.found


def directives(policy):
    return {directive.split()[0]: set(directive.split()[1:]) for directive in policy.split(";")}


@pytest.fixture
def pages(client):
    """Every kind of page there is, as (name, response), by an administrator who also owns a campaign."""
    owner = UserFactory(is_staff=True, is_superuser=True)
    campaign = MembershipFactory(user=owner, role=Role.OWNER).campaign
    draft, letter = LetterFactory(campaign=campaign), OpenLetterFactory(campaign=campaign)
    closed = OpenLetterFactory(campaign=campaign, status=Letter.Status.CLOSED, closed_at=letter.opens_at)
    signatory = SignatoryFactory(letter=letter, confirmed=True)
    token = confirmation_token(SignatoryFactory(letter=letter))
    partner = PartnerFactory(consultation__letter__campaign=campaign)
    public = ["/", f"/letters/{letter.slug}/", f"/letters/{letter.slug}/sign/", f"/confirm/{token}/", "/no/such/page/"]
    public += [f"/comment/{partner.secret}/", f"/comment/{partner.secret}/?on=1"]
    accounts = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]
    signed_in = ["/accounts/email/", "/accounts/2fa/", "/accounts/reauthenticate/", "/accounts/logout/"]
    desk = ["/desk/", "/desk/letters/new/", "/desk/campaigns/new/"]
    desk += [f"/desk/letters/{draft.slug}/{page}" for page in ("", "write/", "write/?as=text", "timetable/", "open/")]
    desk += [f"/desk/letters/{letter.slug}/{page}" for page in ("", "signatories/", "close/")]
    desk += [f"/desk/letters/{closed.slug}/{page}" for page in ("", "freeze/", "reopen/")]
    desk += [f"/desk/letters/{one.slug}/consultation/" for one in (draft, partner.consultation.letter)]
    vetting = ["/admin/", "/admin/signatories/signatory/", f"/admin/signatories/signatory/{signatory.pk}/change/"]
    vetting += ["/admin/campaigns/mail/", "/admin/campaigns/user/", f"/admin/campaigns/user/{owner.pk}/change/"]
    found = [(path, client.get(path)) for path in public + accounts]
    sign_in(client, owner, with_second_factor=True)
    found += [(path, client.get(path)) for path in signed_in + desk + vetting]
    assert {path: answer.status_code for path, answer in found if answer.status_code not in {200, 404}} == {}
    return found


def policy(path):
    """The strict one; the writing page alone holds a frame, of our own."""
    return directives(POLICY) | ({"frame-src": {"'self'"}} if path.endswith(("/write/", "/write/?as=text")) else {})


def test_every_page_carries_the_strict_policy(pages):
    assert {path for path, page in pages if directives(page["Content-Security-Policy"]) != policy(path)} == set()


def test_every_page_carries_the_other_defences(pages):
    expected = {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    assert {path for path, page in pages if {name: page.get(name) for name in expected} != expected} == set()


def test_no_private_page_is_kept_by_a_cache(pages):
    private = [(path, page) for path, page in pages if path.startswith(("/desk/", "/admin/"))]
    assert {path for path, page in private if "no-store" not in page.get("Cache-Control", "")} == set()


def test_no_page_has_anything_inline(pages):
    assert {path: inline(page) for path, page in pages if inline(page)} == {}


def test_inline_things_would_be_found():
    """The control of the test above."""
    parser = Inline()
    parser.feed('<p style="x" onclick="y"><a href="javascript:z"><script>1</script><style></style><script src="a">')
    assert parser.found == ["p style", "p onclick", "a javascript:z", "script", "style"]


def test_templates_ask_no_other_host():
    """Nothing is loaded from elsewhere: no absolute address in a src, a style sheet or an import."""
    elsewhere = re.compile(r"""(?:src|href)=["']https?://|@import|url\(["']?https?:""")
    files = [*settings.BASE_DIR.glob("templates/**/*.html"), *settings.BASE_DIR.glob("static/**/*.css")]
    assert [str(file) for file in files if "emails" not in file.parts and elsewhere.search(file.read_text())] == []
