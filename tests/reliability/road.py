"""The road that a withheld signatory goes from its sign-on to print, and beside it one that hides nothing."""

import re
import time

from django.test import Client
from django.urls import reverse

from campaigns.models import Mail
from config.logs import TOKEN
from letters import services as letters
from letters.models import Rendering
from signatories import guarding
from signatories.models import Signatory, Submission
from tests.factories import UserFactory
from tests.reliability.reporting import OPERATOR
from tests.reliability.talkative_database import no_mail_can_be_written
from tests.signatories.test_canaries import ANSWERS, SECOND
from tests.signatories.twin_histories import SECRET_CONTACT
from tests.signing_in import sign_in

OPEN = "Heron of the open river"  # a public name: the searches find what is there
LINK = re.compile(rf"/(confirm|mine|vouch|unsubscribe)/({TOKEN.pattern})")
NOTE = "wrenfoldnote"
QUESTION = "wrenfoldquestion?"
CORRECTED = ("name", "acronym", "second_name", "reading", "country", "website", "contact_name", "contact_role")


def openly():
    return {
        "name": OPEN,
        "acronym": "",
        "second_name": "",
        "reading": "",
        "country": "KE",
        "website": "",
        "second_email": "",
        "contact_name": "Open",
        "contact_role": "Director",
        "contact_email": "open@open.example",
        "visibility": "public",
    }


class Road:
    """What happens to the two: one withheld in all its words, and one that hides nothing."""

    def __init__(self, house, sink, letter):
        self.house, self.sink, self.letter = house, sink, letter
        self.desk = Client()
        sign_in(self.desk, UserFactory(is_staff=True, is_superuser=True), with_second_factor=True)

    def links(self, address):
        """The links in the mails to an address: page and token."""
        return [found for arrival in self.sink.arrivals if arrival.address == address for found in self._in(arrival)]

    def _in(self, arrival):
        return [(page, token) for page, token in LINK.findall(arrival.words)]

    def link(self, address, page):
        self.house.wait(lambda: any(found == page for found, _ in self.links(address)))
        return next(f"/{page}/{token}/" for found, token in reversed(self.links(address)) if found == page)

    def post(self, path, **answers):
        return self.house.request("POST", path, answers).status

    def sign(self, **changed):
        answers = ANSWERS | {"began": guarding.stamp(time.time() - 60)} | changed
        checked = self.post(f"/letters/{self.letter.slug}/sign/", **answers)
        sent = self.post(f"/letters/{self.letter.slug}/sign/", **answers, send="1")
        return checked, sent

    def walk(self):
        assert self.sign() == (200, 302)
        assert self.sign(**openly()) == (200, 302)
        confirm = self.link(SECRET_CONTACT.email, "confirm")
        assert self.house.request("GET", confirm).status == 200
        assert self.post(confirm, choice="confirm") == 302
        assert self.post(self.link("open@open.example", "confirm"), choice="confirm") == 302
        assert self.post(self.link(SECOND, "vouch"), answer="right") == 200
        mine = self.link(SECRET_CONTACT.email, "mine")
        correction = {name: value for name, value in ANSWERS.items() if name in CORRECTED} | {"kind": "organization"}
        assert self.post(f"{mine}correct/", **correction | {"name": "Wrenfoldname once more"}) == 302
        self.decide("ask", words=QUESTION)
        assert self.post(f"{mine}question/", words=f"{NOTE} too") == 302
        self.decide("decline", reason="other", note=NOTE)
        self.decide("reconsider")
        self.decide("approve")
        assert self.post(f"{mine}correct/", **correction | {"name": "Wrenfoldname at last"}) == 302
        self.decide("accept_line", asked=self.hidden().corrections.open().get().pk)
        for page in ("", "data/", "data.json", "visibility/", "withdraw/"):
            assert self.house.request("GET", f"{mine}{page}").status == 200
        assert self.post(f"{mine}visibility/", visibility="recipient") == 302
        assert self.post(f"/letters/{self.letter.slug}/mine/", email=SECRET_CONTACT.email) == 200
        for page in ("", "signatories/?q=x", "signatories.json", "embed/"):
            assert self.house.request("GET", f"/letters/{self.letter.slug}/{page}").status == 200

    def decide(self, decision, **answers):
        self.house.wait(lambda: not Mail.objects.unsent().exists())
        row = self.hidden()
        path = reverse("admin:signatories_signatory_change", args=[row.pk])
        assert self.desk.get(path).status_code == 200
        seen = {f"{decision}-{name}": value for name, value in answers.items()}
        done = self.desk.post(path, {"decision": decision, "seen": row.status, **seen})
        assert done.status_code == 302, done.content.decode()[-3000:]
        assert self.desk.get(reverse("admin:signatories_signatory_changelist")).status_code == 200

    def hidden(self):
        return Signatory.objects.get(letter=self.letter, visibility__in=["recipient", "counted"])

    def lose_a_mail(self):
        """The mail server refuses one, and quotes in its answer what it must not."""
        self.sink.answer = "550 5.1.1 <somebody@wrenfoldmail.example>: no Wrenfoldname here"
        assert self.post(f"/letters/{self.letter.slug}/mine/", email=SECRET_CONTACT.email) == 200
        self.house.wait(lambda: Mail.objects.failed().exists())
        self.sink.answer = ""

    def fail(self):
        """A form and a page behind a link meet a database that refuses: the operator gets mails of it."""
        mine = self.link(SECRET_CONTACT.email, "mine")
        with no_mail_can_be_written():
            changed = {"contact_email": "third@wrenfoldmail.example", "name": "Wrenfoldname the third"}
            assert self.sign(**changed)[1] == 302
            assert self.post(f"{mine}withdraw/", sure="on") == 500
            self.house.wait(lambda: Submission.objects.filter(failures__gt=0).exists())
        self.house.wait(lambda: sum(one.address == OPERATOR for one in self.sink.arrivals) >= 2)

    def print(self, by):
        """The hidden one is named to the addressee alone: its copy is set, too."""
        letters.close(self.letter, by=by)
        letters.freeze(self.letter, by=by)
        done = Rendering.objects.done().filter(edition__letter=self.letter)
        self.house.wait(lambda: {one.variant for one in done.all()} == {"public", "addressee"})
