"""What a withheld signatory does shows nowhere but in one number.

Each history is told twice, by the same clock and with the same ids: with one withheld signatory more, and without it.
Every public output, every mail to others, and what their answers came to are compared; while the hidden one is not
counted not a byte may differ, and when it is, nothing but the number. A world is told once without it, and with each of
several of its paths. `make test` compares ten of these pairs, `make batteries` CASES, by other luck if LUCK is set.
"""

import json
import os
import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from difflib import ndiff, unified_diff

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from letters import docx, pdf
from letters.services import cards, editions, records
from letters.views import rolls
from signatories import guarding
from tests.factories import UserFactory
from tests.signatories import planted_leaks
from tests.signatories.public_outputs import MADE_UP, Eyes, Seen, addresses, differ, in_every_language, routes
from tests.signatories.twin_histories import (
    COURTESY,
    PATHS,
    SECRET,
    SECRET_CONTACT,
    SLUG,
    Stage,
    Step,
    canaries_in_tables,
    hearing,
    with_hidden,
    world,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

EACH = 5  # paths of the hidden one in each world
CASES = int(os.environ.get("CASES", "500"))
LUCK = int(os.environ.get("LUCK", "0"))  # another tells other histories
PARTS = 25
THOROUGH = 50  # of so many cases one looks at everything, in all languages
SOME = 6  # addresses that each of the others looks at in the end, by lot
SET_IN_TYPE = 12  # cases of which the edition's PDF is compared
ROW_IDS = 77_000_000
# Leaks that are planted by `make test`, too.
QUICK = ("counted_among_the_countries", "header_that_counts", "addressee_copy_in_the_manifest")

COVERING = "0" * 64  # in place of the hashes of an edition: they cover the number, and the whole journal

PAGE = f"/letters/{SLUG}/"
OEMBED = f"/oembed?url=http://127.0.0.1:8000{PAGE}"
AT_EACH_STEP = [f"{PAGE}signatories.json", "/sitemap.xml", "/feed/"]
ALWAYS = [PAGE, f"{PAGE}signatories.csv", f"{PAGE}signatories.txt", f"{PAGE}embed/", "/", "/healthz/ready"]
SEARCHES = [SECRET.name, "wrenfoldx", SECRET.second_name, SECRET.reading, "Iceland", "IS", SECRET_CONTACT.email]


@pytest.fixture
def stage():
    return Stage(UserFactory())


class Watch:
    """Notes what is to be seen: a little after each step, and much in the end."""

    def __init__(self, case, *, sees="some"):
        self.luck, self.sees = random.Random(f"look {case}"), sees
        self.client, self.notes = Client(), {}

    def step(self, telling):
        eyes = Eyes(self.client, telling.withheld, telling.is_counted)
        for path in AT_EACH_STEP:
            self.notes[telling.step, path] = eyes.ask(path)

    def end(self, telling):
        letter = telling.fresh()
        rolls._slots.clear()
        with override_settings(HOT_PAGES=self.sees != "some"):  # held in memory as on a real site, with ETags
            eyes = Eyes(Client(), telling.withheld, telling.is_counted)
            for path, headers in self.chosen(letter):
                self.notes[path, *headers.values()] = eyes.ask(path, **headers)
                if self.sees == "all":
                    self.notes["HEAD", path, *headers.values()] = eyes.ask(path, "head", **headers)
            for words in SEARCHES if self.sees != "some" else self.luck.sample(SEARCHES, 1):
                asked = {"q": words, "by": self.luck.choice(list(rolls.BY))}
                self.notes["search", words] = eyes.ask(f"{PAGE}signatories/", data=asked)
        self.documents(letter, eyes)
        self.sealed(letter)
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

    def sealed(self, letter):
        """Of the newest edition: its public document, what is published beside it, and what the page says that checks
        it. It counts who was counted then."""
        for edition in letter.editions.order_by("-number")[:1]:
            eyes = Eyes(self.client, edition.printed_roll.withheld, True)
            for one in edition.renderings.all():
                facts = {
                    "state": "done",
                    "done_at": edition.as_of,
                    "file": "x",
                    "sha256": f"{one.variant}{one.language}",
                }
                edition.renderings.filter(pk=one.pk).update(**facts)
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


def watched(stage, steps, case, **options):
    """What was to be seen of one telling, and what stands in logs and tables in clear."""
    watch = Watch(case, **options)
    with hearing() as heard, stage.told(steps, look=watch.step) as telling:
        watch.end(telling)
        watch.is_counted, watch.happened = telling.is_counted, telling.happened
        if watch.sees != "some":
            heard += canaries_in_tables()
    watch.notes["in clear"] = Seen(said := "\n".join(heard), said)
    return watch


def found(without, other):
    """What can be told from what was seen: how everything differs that may not."""
    nothing = Seen("nothing there", "nothing there")
    finds = {}
    for where in without.notes.keys() | other.notes.keys():
        pair = (without.notes.get(where, nothing), other.notes.get(where, nothing))
        if differ(*pair):
            finds[str(where)] = told_apart(*pair)
    return finds


def told_apart(one, other):
    said = (one.but_for_number, other.but_for_number) if other.is_counted else (one.exact, other.exact)
    lines = unified_diff(*(words.splitlines() for words in said), "without", "with", lineterm="", n=0)
    return "\n".join(line[:400] for line in list(lines)[:12])


def compared(stage, numbers):
    """(everything found, how many cases ended with the hidden one counted, what happened in all of them)."""
    finds, counted, happened, told = {}, 0, Counter(), None
    for number in numbers:
        sees, paths = ("some", "all")[number % THOROUGH == 0], list(PATHS)
        steps = world(LUCK + number // EACH)
        if told != (told := (number // EACH, sees)):
            without = watched(stage, steps, told, sees=sees)
        other = watched(stage, with_hidden(steps, paths[number % len(paths)], f"{LUCK}.{number}"), told, sees=sees)
        counted, happened = counted + other.is_counted, happened + other.happened
        if finds_here := found(without, other):
            finds[number] = finds_here
    return finds, counted, happened


def in_words(finds):
    told = [f"case {number}, {where}:\n{how}" for number, some in finds.items() for where, how in some.items()]
    return "\n\n".join([f"{len(told)} leaks", *told[:6]])


def test_withheld_signatory_shows_in_one_number_alone(stage):
    """Ten cases in two worlds, on PostgreSQL five in one, of all that `make batteries` compares."""
    finds, _counted, _happened = compared(stage, range(5, 10 if connection.vendor == "postgresql" else 15))
    assert not finds, in_words(finds)


@pytest.mark.battery
@pytest.mark.parametrize("part", range(PARTS))
def test_withheld_signatory_shows_in_one_number_alone_in_every_history(stage, part):
    share = CASES // PARTS
    if connection.vendor == "postgresql":  # one code: a sample will do there
        share = max(1, share // 5)
    finds, counted, happened = compared(stage, range(part * share, (part + 1) * share))
    assert not finds, in_words(finds)
    acts_of_its_own = sum(number for act, number in happened.items() if act.startswith("hidden_"))
    print(f"{share} cases, counted in the end in {counted}; {acts_of_its_own} acts of its own of {happened.total()}")
    assert acts_of_its_own > share
    assert counted or share < EACH


# --- Short histories, made by hand ---


def acts(*names, since=0):
    """So many steps, an hour apart; those of the hidden one are marked with "*"."""
    return [
        Step(timedelta(hours=number), name.removeprefix("*"), f"short.{number}", is_hidden=name.startswith("*"))
        for number, name in enumerate(names, since + 1)
    ]


COUNTED = acts("sign", "*sign", "confirm", "*confirm", "approve", "*approve", "correct", "news")
FROZEN = {
    "frozen": [*COUNTED, *acts("freeze", since=20)],
    "frozen otherwise": [*COUNTED, *acts("*show_as", "freeze", since=20)],  # named to the addressee in one of the two
}
WAITING = acts("sign", "*sign_held", "confirm", "*release", "approve", "*confirm", "correct", "news")


def shortly_compared(stage):
    """What is found in short histories: in one the hidden one waits, in the others it is counted in the end, and in two
    of these frozen."""
    for name, steps in {"waiting": WAITING, "counted": COUNTED, **FROZEN}.items():
        without = watched(stage, [step for step in steps if not step.is_hidden], name, sees="plain")
        other = watched(stage, steps, name, sees="plain")
        assert other.is_counted == (name != "waiting")
        if finds := found(without, other):
            return {f"{name} {where}": how for where, how in finds.items()}
    return {}


def test_short_histories_show_nothing(stage):
    assert shortly_compared(stage) == {}


@pytest.mark.parametrize(
    "leak", [pytest.param(name, marks=[] if name in QUICK else pytest.mark.battery) for name in planted_leaks.LEAKS]
)
def test_planted_leak_is_caught(stage, monkeypatch, leak):
    planted_leaks.LEAKS[leak](monkeypatch)
    finds = shortly_compared(stage)
    print(f"{leak}: {len(finds)} places, {sorted(finds)[:3]}")
    assert finds


def test_the_first_withheld_name_brings_a_line_and_nothing_else(stage):
    """Where nothing was withheld before there is no line yet; in all else this is as with the second."""
    steps = acts("*sign", "*confirm", "*approve", "news")
    seen = []
    for told in ([step for step in steps if not step.is_hidden], steps):
        with stage.told(told) as telling:
            telling.withdraw_anchor()
            eyes = Eyes(Client(), telling.withheld, telling.is_counted)
            seen.append({path: eyes.ask(path).exact.splitlines() for path in [*ALWAYS, *AT_EACH_STEP]})
    for path in seen[0]:
        changed = [line for line in ndiff(seen[0][path], seen[1][path]) if line[0] == "+" and line[2:].strip()]
        assert [line for line in changed if "withheld" not in line and "Content-Length" not in line] == []
    assert sum("withheld" in "".join(lines) for lines in seen[1].values()) >= 4


def test_whoever_comes_back_in_confidence_has_left_for_all_others(stage):
    """The page goes on saying that it has withdrawn since the edition that prints it."""
    steps = acts("freeze", "withdraw", "reopen", "*sign_returned", "*confirm", "*approve", "news")
    without = watched(stage, [step for step in steps if not step.is_hidden], "returned", sees="plain")
    other = watched(stage, steps, "returned", sees="plain")
    assert other.is_counted
    assert found(without, other) == {}
    with stage.told(steps) as telling:
        gone = telling.row(telling.gone()).line.name
    assert all(gone in one.notes[PAGE,].exact for one in (without, other))


def test_no_public_output_shows_a_row_id():
    """Ids that the database counts up would tell how many rows there are. Here they begin far away: none is seen."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for sequence in connection.introspection.get_sequences(cursor, table):
                start_at(cursor, sequence, ROW_IDS)
    stage = Stage(UserFactory())
    assert stage.first.letter.pk >= ROW_IDS
    told = watched(stage, COUNTED + acts("amend", "agree", "object"), "ids", sees="plain").notes
    mark = str(ROW_IDS)[:4]
    shown = {str(where): seen.exact for where, seen in told.items() if mark in seen.exact}
    assert {where: words.partition(mark)[0][-80:] for where, words in shown.items()} == {}


def start_at(cursor, sequence, number):
    if connection.vendor == "postgresql":
        cursor.execute("SELECT setval(%s, %s)", [sequence.get("name") or f"{sequence['table']}_id_seq", number])
    else:
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [sequence["table"]])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [sequence["table"], number])


# --- In print ---


def printed(stage, steps):
    """The first edition's PDF in English, as it is seen."""
    with stage.told([*steps, *acts("freeze_again", since=400)]) as telling:
        edition = telling.letter.editions.order_by("-number").first()
        eyes = Eyes(None, edition.printed_roll.withheld, telling.is_counted)
        return edition.printed_roll.withheld, eyes.pdf(pdf.render(in_print(edition)))


@pytest.mark.battery
@pytest.mark.parametrize("part", range(2))
def test_edition_in_print_differs_in_the_number_alone(stage, part):
    """Text, fonts and metadata of the PDF."""
    compared_pdfs = 0
    for seed in range(part * 100, part * 100 + 100):
        steps = acts(*random.Random(seed).choices(["sign", "confirm", "approve", "approve", "sign"], k=8))
        number, without = printed(stage, steps)
        for path in random.Random(seed).sample(["listed", "reconsidered", "corrected", "vouched for"], 3):
            hidden = acts(*[f"*{act}" for act in PATHS[path].split()], since=len(steps))
            counted, other = printed(stage, [*steps, *hidden])
            assert counted == number + 1
            assert not differ(without, other), told_apart(without, other)
            compared_pdfs += 1
        if compared_pdfs >= SET_IN_TYPE // 2:
            return


@pytest.mark.battery
def test_leak_into_a_pdf_is_caught(stage, monkeypatch):
    """The control: a withheld name set in white, and the moment at which it was accepted in the metadata."""
    steps = acts("sign", "confirm", "approve")
    hidden = acts("*sign", "*confirm", "*approve", since=3)
    for plant in (planted_leaks.names_in_white_ink, planted_leaks.moment_of_the_last_decision):
        with monkeypatch.context() as patch:
            plant(patch)
            _, without = printed(stage, steps)
            _, other = printed(stage, [*steps, *hidden])
        assert differ(without, other)


def test_every_public_page_is_looked_at():
    """What is not about letters is left out by name, and nothing else is."""
    from tests.test_public_pages import PUBLIC

    looked_at = {name for name, _arguments in routes()}
    assert {name.partition("_")[0].partition(":")[0] for name in PUBLIC - looked_at} == {"account", "mfa", "admin"}
