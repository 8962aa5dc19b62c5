"""What an edition is sealed with: hashes, the last block of its document, its manifest and its record."""

import hashlib
import json
from dataclasses import replace

import pytest
import qrcode
from django.utils import timezone

from campaigns import chaining
from campaigns.models import JournalEntry, JournalLink, Role
from letters import pdf, services
from letters.models import Letter
from letters.pdf import records as records_in_print
from letters.pdf import squares, typesetting
from letters.services import editions, records, renderings
from signatories.models import Line
from tests.factories import MembershipFactory, OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.documents import document, roll, text_of

SEAL = {"seal": "ab12" * 16, "journal_head": "cd34" * 16}


@pytest.fixture
def closed(db):
    letter = OpenLetterFactory(status=Letter.Status.CLOSED, closed_at=timezone.now())
    SignatoryFactory(letter=letter, listed=True, line=Line("Open Fields Trust", "", "KE"))
    return letter


@pytest.fixture
def edition(closed):
    return services.freeze(closed, by=UserFactory())


# --- The last block ---


def test_document_ends_with_what_it_can_be_checked_by(settings):
    settings.SITE_URL = "https://letters.example"
    text = "".join(text_of(pdf.render(document(**SEAL))).split())
    assert "Isthisdocumentgenuine?Athttps://letters.example/verify/" in text
    assert text.index(SEAL["seal"]) < text.index(SEAL["journal_head"])


def test_draft_has_no_seal():
    html = typesetting.typeset(document(draft=True, edition=0))
    assert "/verify/" not in html
    assert "<svg" not in html


def test_same_edition_gives_the_same_bytes():
    sealed = document(**SEAL, for_addressee=roll({"IS": ["Wrenfold Circle"]}), mark="7" * 32)
    assert pdf.render(sealed) == pdf.render(sealed)
    assert pdf.render(sealed) != pdf.render(replace(sealed, journal_head="cd35" * 16))


def test_block_stands_on_the_last_page_of_a_long_letter_too():
    many = roll({"KE": [f"Society of the River {number}" for number in range(120)]})
    content = pdf.render(document(**SEAL, roll=many))
    *others, last = text_of(content).rstrip("\f").split("\f")
    assert SEAL["seal"] in "".join(last.split())
    assert SEAL["seal"] not in "".join("".join(others).split())


def test_block_needs_no_page_of_its_own_below_columns_that_are_filled():
    many = roll({"KE": [f"Society of the River {number}" for number in range(230)]}, withheld=3)
    last = text_of(pdf.render(document(**SEAL, roll=many))).rstrip("\f").split("\f")[-1]
    assert "Society of the River 229" in last
    assert SEAL["seal"] in "".join(last.split())


def test_block_stands_behind_the_annex_for_the_addressee_alone():
    many = roll({"KE": [f"Society of the River {number}" for number in range(230)]}, withheld=3)
    confidential = {"for_addressee": roll({"IS": ["Wrenfold Circle"]}), "mark": "7" * 32}
    text = "".join(text_of(pdf.render(document(**SEAL, roll=many, **confidential))).split())
    assert text.index("SocietyoftheRiver229") < text.index("WrenfoldCircle") < text.index(SEAL["seal"])


def test_square_covers_what_the_code_says():
    """Each run of the outline drawn again gives the matrix."""
    side, path = squares.outline("https://letters.example/verify/?hash=" + "a" * 64)
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=squares.QUIET)
    code.add_data("https://letters.example/verify/?hash=" + "a" * 64)
    code.make()
    drawn = [[False] * side for _ in range(side)]
    for run in path.split("M")[1:]:
        x, rest = run.split(" ", 1)
        y, rest = rest.split("h", 1)
        for dark in range(int(rest.split("v")[0])):
            drawn[int(y)][int(x) + dark] = True
    assert drawn == code.get_matrix()
    assert not any(drawn[0] + drawn[squares.QUIET - 1])


# --- The journal's head ---


def test_head_is_the_link_of_the_freezing(edition):
    link = JournalLink.objects.get(hash=edition.journal_head)
    assert (link.entry.verb, link.entry.data["digest"]) == ("frozen", edition.digest)
    assert editions.printed(edition, "en").journal_head == edition.journal_head
    assert list(chaining.verify({edition.journal_head})) == []


# --- Manifest ---


def test_manifest_has_the_hash_of_each_public_file(closed):
    SignatoryFactory(letter=closed, listed=True, visibility="recipient", line=Line("Wrenfold Circle", "", "IS"))
    edition = services.freeze(closed, by=UserFactory())
    renderings.render_due()
    made = records.manifest(edition)
    content = edition.renderings.get(variant="public").file.read()
    assert made["files"] == [
        {
            "language": "en",
            "type": "application/pdf",
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
    ]
    assert made["signatories"] == {"organizations": 1, "individuals": 0, "countries": 1, "withheld": 1}
    assert edition.renderings.get(variant="addressee").sha256 not in json.dumps(made) + json.dumps(records.of(edition))


# --- Record ---


def test_record_counts_and_names_nobody(db):
    letter = OpenLetterFactory(status=Letter.Status.CLOSED, closed_at=timezone.now())
    by = {role: MembershipFactory(campaign=letter.campaign, role=role).user for role in (Role.VETTER, Role.OWNER)}
    for name, decided_by in (("One", by[Role.VETTER]), ("Two", by[Role.VETTER]), ("Three", UserFactory())):
        SignatoryFactory(letter=letter, listed=True, line=Line(name + " Canary", "", "KE"), decided_by=decided_by)
    SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Hidden Canary", "", "IS"))
    SignatoryFactory(letter=letter, confirmed=True, line=Line("Waiting Canary", "", "KE"))
    edition = services.freeze(letter, by=by[Role.OWNER])
    told = records.of(edition)
    assert told["signatories"]["by_state"] == {"confirmed": 1, "listed": 4}
    assert told["signatories"]["listed_by_name"] == {"named": 3, "withheld": 1}
    assert told["decisions"] == {"listed": {"not of the team": 2, "vetter": 2}}
    assert [one["number"] for one in told["revisions"]] == [1]
    written = json.dumps(told) + records_in_print.typeset(told, "The bridge")
    people = [user.name for user in by.values()] + [user.email for user in by.values()]
    assert not any(word in written for word in ["Canary", *people])
    assert "@" not in json.dumps(told)


def test_journal_holds_the_digest_of_the_record(edition):
    entry = JournalEntry.objects.get(verb="frozen")
    assert entry.data["record"] == records.digest(edition.record) == records.of(edition)["record_digest"]


def test_record_is_a_pdf_that_is_the_same_each_time(edition):
    told = records.of(edition)
    assert records_in_print.render(told, "The bridge") == records_in_print.render(told, "The bridge")


def test_record_of_an_edition_frozen_before_there_were_any_can_be_set(edition):
    edition.record = {}
    assert "edition 1 came to be" in records_in_print.typeset(records.of(edition), "The bridge")
