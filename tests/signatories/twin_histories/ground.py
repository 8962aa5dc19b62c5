"""The ground on which a history is told: a letter, who signs it, and what others get to know of them."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from django.core import mail as mailbox
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from campaigns import outbox
from letters import services as letters
from letters.models import Letter
from signatories import guarding, services
from signatories.guarding import Marks
from signatories.models import Contact, Line, Purpose, Signatory, Token
from tests.factories import CampaignFactory, LetterFactory, RecipientFactory, TextFactory
from tests.signatories.twin_histories.hearing import whole
from tests.signatories.twin_histories.plan import BEGIN
from tests.signatories.twin_histories.secret import CANARY, HIDDEN, SECRET_CONTACT, SECRET_SECOND

SLUG = "over-the-lind"
FORGED, FORGED_TOO = "Forged", "Forged by one"  # a vetter's reasons: for each of the two kinds of cohort
COURTESY = {"fr": "Pour le pont sur la Lind", "ar": "من أجل الجسر"}
NAMES = {  # of everybody else, by country; none begins to look like the hidden one's
    "KE": ["River Watch", "Kisumu Lake Forum", "Uhuru wa Maji"],
    "GH": ["Accra Bridges", "Women of the Volta"],
    "EG": ["جمعية النهر", "Nile Friends"],
    "JP": ["橋の会", "Kawa no Tomo"],
    "FR": ["Élan du fleuve", "Amis des ponts", "Zèbre"],
    "001": ["International Ferry Union"],
    "150": ["European Bridge Network"],
}


@dataclass
class Ground:
    """A letter and who stands on it; and what others get to know."""

    by: object
    keys: list[str] = field(default_factory=list)  # of the others, in the order in which they came
    pks: dict[str, uuid.UUID] = field(default_factory=dict)
    drawn: Counter = field(default_factory=Counter)
    got: list = field(default_factory=list)  # (step, what) that others got to know
    happened: Counter = field(default_factory=Counter)  # acts that were not refused
    late: timedelta = timedelta()  # what was waited beyond the plan

    def begin(self):
        """A letter in three languages that three have signed by name, and one without."""
        self.step = "beginning"
        campaign = CampaignFactory(name="Rivers Together", slug="rivers", contact_email="team@rivers.example")
        self.letter = LetterFactory(
            slug=SLUG, campaign=campaign, open_to="both", closes_at=BEGIN + timedelta(days=20), zone="Europe/Brussels"
        )
        RecipientFactory(letter=self.letter, name="Bea Example", office="Minister of Ferries", line="cc")
        for language, title in COURTESY.items():
            TextFactory(letter=self.letter, language=language, is_authentic=False, title=title)
        letters.open_for_signing(self.letter, by=self.by)
        for country, visibility in (("KE", "public"), ("JP", "public"), ("FR", "counted"), ("GH", "public")):
            key = self.sign_on_as(country=country, visibility=visibility, name=NAMES[country][0])
            services.confirm(self.link(key))
            services.approve(self.rows(key), by=self.by)
        self.anchor = self.keys[2]  # the other withheld name, which is there all the time
        self.drain()

    def rows(self, key):
        return Signatory.objects.filter(pk=self.pks.get(key))

    def row(self, key):
        return self.rows(key).select_related("letter", "agreed_revision").first()

    def link(self, key, purpose=Purpose.CONFIRM):
        """The token behind the newest link of that purpose, as somebody has it who has had the mail."""
        tokens_ = Token.objects.filter(signatory=self.pks.get(key), purpose=purpose, replaced_at=None)
        return tokens_.select_related("signatory__letter__campaign").last()

    def mine(self, key):
        row = self.row(key)
        Token.objects.mine(row)
        return self.link(key, Purpose.MINE)

    def fresh(self):
        return Letter.objects.get(pk=self.letter.pk)

    def somebody(self, *statuses):
        """One of the others, but for the anchor; the hidden one is never among them."""
        standing = dict(Signatory.objects.filter(pk__in=self.pks.values()).values_list("pk", "status"))
        found = [
            key for key in self.keys if key != self.anchor and (not statuses or standing.get(self.pks[key]) in statuses)
        ]
        return self.luck.choice(found) if found else None

    def drain(self, *, is_hidden=False):
        """Send what waits, and write down what others get. By itself the hidden one causes mails to itself alone,
        and one to the team where it objects: that names nobody, and the team may know."""
        outbox.send_due()
        theirs = [one for one in mailbox.outbox if one.to[0] not in (SECRET_CONTACT.email, SECRET_SECOND)]
        mailbox.outbox.clear()
        if is_hidden:
            assert {one.to[0] for one in theirs} <= {self.letter.campaign.contact_email}
            assert not any(CANARY in whole(one).casefold() for one in theirs)
            return
        self.got += sorted((self.step, whole(one)) for one in theirs)

    @property
    def is_counted(self):
        """Whether the hidden one is on the roll now: then the number, and nothing else, is one more."""
        return self.letter.signatories.listed().filter(pk=self.pks.get(HIDDEN)).exists()

    @property
    def withheld(self):
        """How many names are withheld now; the others counted without a look at the hidden one."""
        others = [pk for key, pk in self.pks.items() if key != HIDDEN]
        return self.letter.signatories.listed().withheld().filter(pk__in=others).count() + self.is_counted

    def put_documents(self, edition):
        """As if its documents were set; what the files hold is compared elsewhere."""
        storage = storages["documents"]
        if not storage.exists("x"):
            storage.save("x", ContentFile(b"%PDF-1.7"))
        for one in edition.renderings.exclude(state="done"):
            facts = {"state": "done", "done_at": edition.as_of, "file": "x", "sha256": f"{one.variant}{one.language}"}
            edition.renderings.filter(pk=one.pk).update(**facts)

    def sign_on_as(self, *, country, visibility, name, kind="organization", key="", held=False, crowd=False, again=""):
        key = key or f"n{len(self.keys)}"
        domain = "crowd.example" if crowd else f"{key}.example"
        line = Line(
            name, "", country, f"https://{domain}/", affiliation="Judge, High Court" if kind != "organization" else ""
        )
        contact = Contact(f"Contact {key}", "Director", f"contact@{domain}" if not crowd else f"{key}@{domain}")
        self.sign_on(key, line, visibility, contact, kind=kind, held=held)
        return key

    def sign_on(self, key, line, visibility, contact, *, kind="organization", held=False, second="", language="en"):
        self.actor = key
        marks = Marks(trap="filled in" if held else "", began=guarding.stamp(timezone.now().timestamp() - 60))
        services.submit(
            self.letter.slug,
            line=line,
            visibility=visibility,
            scope="national",
            contact=contact,
            language=language,
            kind=kind,
            second_email=second,
            source=f"place of {key}" if held else "",
            marks=marks,
        )
        found = Signatory.objects.filter(letter=self.letter, contact_hash=outbox.address_hash(contact.email)).first()
        if found and found.pk not in self.pks.values():
            self.pks[key] = found.pk
            if key != HIDDEN:
                self.keys.append(key)
