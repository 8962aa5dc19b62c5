"""Where a telling is looked at, and by whom."""

import json
import random
from dataclasses import replace

from django.test import Client, override_settings
from django.utils import timezone

from letters import docx, pdf
from letters.services import cards, editions, records
from letters.views import rolls
from signatories import guarding
from tests.signatories.public_outputs import MADE_UP, Eyes, Seen, addresses, in_every_language
from tests.signatories.twin_histories import COURTESY, SECRET, SECRET_CONTACT, SLUG

SOME = 6  # addresses that each of the others looks at in the end, by lot
COVERING = "0" * 64  # in place of the hashes of an edition: they cover the number, and the whole journal

PAGE = f"/letters/{SLUG}/"
OEMBED = f"/oembed?url=http://127.0.0.1:8000{PAGE}"
AT_EACH_STEP = [f"{PAGE}signatories.json", "/sitemap.xml", "/feed/"]
ALWAYS = [PAGE, f"{PAGE}signatories.csv", f"{PAGE}signatories.txt", f"{PAGE}embed/", "/", "/healthz/ready"]
SEARCHES = [SECRET.name, "wrenfoldx", SECRET.second_name, SECRET.reading, "Iceland", "IS", SECRET_CONTACT.email]


class Watch:
    """Notes what is to be seen: a little after each step, and much in the end."""

    def __init__(self, case, *, sees="some"):
        self.luck, self.sees = random.Random(f"look {case}"), sees
        self.client, self.notes = Client(), {}

    def step(self, telling):
        eyes = Eyes(self.client, telling.withheld, telling.is_counted, covering(telling.letter))
        for path in AT_EACH_STEP:
            self.notes[telling.step, path] = eyes.ask(path)

    def end(self, telling):
        letter = telling.fresh()
        rolls._slots.clear()
        with override_settings(HOT_PAGES=self.sees != "some"):  # held in memory as on a real site, with ETags
            eyes = Eyes(Client(), telling.withheld, telling.is_counted, covering(letter))
            for path, headers in self.chosen(letter):
                self.notes[path, *headers.values()] = eyes.ask(path, **headers)
                if self.sees == "all":
                    self.notes["HEAD", path, *headers.values()] = eyes.ask(path, "head", **headers)
            for words in SEARCHES if self.sees != "some" else self.luck.sample(SEARCHES, 1):
                asked = {"q": words, "by": self.luck.choice(list(rolls.BY))}
                self.notes["search", words] = eyes.ask(f"{PAGE}signatories/", data=asked)
        self.documents(letter, eyes)
        self.sealed(telling, letter)
        self.asking(telling, eyes)
        self.notes["told"] = Seen(told := "\n".join(f"{step}: {what}" for step, what in telling.got), told)

    def chosen(self, letter):
        numbers = letter.revisions.values_list("number", flat=True)
        courtesy = () if self.sees == "plain" else COURTESY
        every = [*addresses(slug=SLUG, courtesy=courtesy, numbers=numbers), OEMBED]
        telling = [path for path in every if MADE_UP not in path]  # dead links answer all the same
        if self.sees == "plain":
            return [(path, {}) for path in telling]
        everywhere = [one for path in (every if self.sees == "all" else telling) for one in in_every_language(path)]
        if self.sees == "all":
            return everywhere
        return [*self.luck.sample(everywhere, SOME), *((path, {}) for path in ALWAYS)]

    def documents(self, letter, eyes):
        """As they would be set now: the PDF before it is set in type, the Word file, and the words on the card."""
        now, languages = timezone.now(), ["en", *COURTESY]
        for language in languages if self.sees != "some" else self.luck.sample(languages, 1):
            document = editions.previewed(letter, now, language)
            self.notes["document", language] = eyes.words(pdf.typeset(document))
            self.notes["card", language] = eyes.words(repr(cards.content(letter, language, now)))
            if self.sees == "all":
                self.notes["docx", language] = eyes.word_file(docx.write(document))

    def sealed(self, telling, letter):
        """Of the newest edition: its public document, what is published beside it, and what the page says that checks
        it. It counts who was counted then."""
        for edition in letter.editions.order_by("-number")[:1]:
            eyes = Eyes(self.client, edition.printed_roll.withheld, True)
            telling.put_documents(edition)
            said = {
                "edition": pdf.typeset(in_print(edition)),
                "manifest": json.dumps(records.manifest(edition)).replace("}", ",}"),
                "verify": eyes.ask("/verify/", data={"hash": edition.digest}).but_for_number,
            }
            for what, words in said.items():
                for covering in (edition.digest, edition.journal_head):
                    words = words.replace(covering, COVERING)
                self.notes[what] = eyes.words(words)

    def asking(self, telling, eyes):
        """What somebody gets who asks for it by name or address, and what others see on their own pages."""
        self.notes["check"] = eyes.ask(f"{PAGE}sign/", "post", nosy())
        asked = telling.keys[: None if self.sees == "all" else 2]
        for key in [key for key in asked if telling.row(key).contact_email]:
            for page in ("", "correct/", "data/", "data.json") if self.sees == "all" else ("",):
                self.notes["own page", key, page] = eyes.ask(f"/mine/{telling.mine(key).secret}/{page}")
        self.notes["a new link"] = eyes.ask(f"{PAGE}mine/", "post", {"email": SECRET_CONTACT.email})
        telling.drain(is_hidden=True)  # to that address alone


def covering(letter):
    """The hashes of its editions."""
    return [one for both in letter.editions.values_list("digest", "journal_head") for one in both]


def in_print(edition):
    return replace(editions.printed(edition, "en"), seal=COVERING, journal_head=COVERING)


def nosy(**more):
    """The form as somebody fills it in who wants to know whether the hidden one has signed."""
    return {
        "name": SECRET.name,
        "country": SECRET.country,
        "scope": "national",
        "contact_name": "Nosy",
        "contact_role": "Director",
        "contact_email": "nosy@nosy.example",
        "visibility": "public",
        "attested": "on",
        "began": guarding.stamp(timezone.now().timestamp() - 60),
        **more,
    }
