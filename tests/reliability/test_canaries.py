"""A withheld signatory's words, looked for wherever the site's processes leave anything.

Every answer bears a canary word. It signs, confirms, is vouched for, corrected, asked, approved and printed, over HTTP
and by the vetting desk; a database that refuses a mail makes what was sent fail; a mail server quotes addresses.
PostgreSQL logs every statement with its values, Redis every command, and the operator gets a mail about each fault.
What is left is searched for the words and for the links.
"""

import base64

import pytest
from django.contrib.admin.models import LogEntry

from campaigns.models import JournalEntry
from signatories.models import Signatory
from tests.factories import OpenLetterFactory, UserFactory
from tests.reliability.house import House
from tests.reliability.listening import Listening, unpacked
from tests.reliability.reporting import OPERATOR
from tests.reliability.road import LINK, OPEN, Road
from tests.reliability.searching import files, found_in, spelled
from tests.reliability.talkative_database import every_statement_logged
from tests.signatories.twin_histories import CANARY, canaries_in_tables

pytestmark = pytest.mark.processes


def walked(house, sink, server_log, redis, folder):
    """All that the two do, and what is left of it: (by place, the tokens of all links that were sent)."""
    letter, by = OpenLetterFactory(), UserFactory()
    with every_statement_logged():
        listening = Listening(redis, folder)
        house.web()
        house.worker()
        house.beat()
        road = Road(house, sink, letter)
        road.walk()
        road.lose_a_mail()
        road.fail()
        road.print(by)
        everything = listening.end()
    for program in house.programs:
        program.stop()
    places = left_of(house, sink, server_log, everything, folder)
    tokens = {token.casefold() for one in sink.arrivals for _page, token in LINK.findall(one.words)}
    print({place: len(said) for place, said in places.items()}, f"{len(tokens)} links, {len(sink.arrivals)} mails")
    return places, tokens


def left_of(house, sink, server_log, everything, folder):
    """Every place in which the site's processes leave something, and what stands there; `everything` Redis was told."""
    reports = [one for one in sink.arrivals if one.address == OPERATOR]
    others = [one for one in sink.arrivals if CANARY not in one.address and one not in reports]
    return {
        "logs": house.output(),
        "database log": server_log(),
        "redis": everything,
        "admin log": repr(list(LogEntry.objects.values_list("object_repr", "change_message"))),
        "journal": repr(list(JournalEntry.objects.values_list("verb", "subject_id", "data"))),
        "tables": "\n".join(f"{CANARY} in {place}" for place in canaries_in_tables()),
        "files": files(folder),
        "mails to others": "\n".join(spelled(one.raw, one.message) for one in others),
        "reports of faults": "\n".join(spelled(one.raw, one.message) for one in reports),
    }


def test_no_canary_and_no_link_is_left_anywhere(house, sink, server_log, redis, tmp_path):
    house.settings = "tests.reliability.reporting"
    places, tokens = walked(house, sink, server_log, redis, tmp_path)
    theirs = {place: said for place, said in places.items() if place != "mails to others"}  # whose links they hold
    assert found_in(places, [CANARY]) == {}
    assert found_in(theirs, tokens) == {}
    # each place was looked at, and a name that is public is found where public names stand
    assert "Internal Server Error: /mine/" in places["logs"]
    assert "cannot be taken in" in places["logs"]
    assert "campaigns.tasks.send_due" in places["redis"]
    assert "accepted" in places["admin log"].casefold()
    assert places["mails to others"].count(OPEN) >= 2
    assert places["reports of faults"].count("IntegrityError") >= 2
    assert places["files"].count(".pdf") >= 1
    assert len(tokens) >= 5
    if places["database log"]:
        assert OPEN in places["database log"]
        assert "INSERT INTO" in places["database log"]


def test_words_and_links_are_found_where_a_site_leaves_them(server_log, redis, sink, tmp_path, monkeypatch):
    """The control: the same road through processes that tell everything. The sweep finds it in every place."""
    monkeypatch.setattr(Signatory, "__str__", lambda self: self.line.name)  # the desk is in this process
    house = House(tmp_path, redis, sink)
    house.settings = "tests.reliability.leaking"
    try:
        places, tokens = walked(house, sink, server_log, redis, tmp_path)
    finally:
        house.end()
    read = {place for place in places if place != "database log" or places[place]}
    assert found_in(places, [CANARY]).keys() == read
    assert found_in(places, tokens).keys() >= {"logs", "redis", "reports of faults"}


def test_words_are_found_in_a_task():
    body = base64.b64encode(b'[["Wrenfoldname Source"], {}]').decode()
    assert found_in({"queue": unpacked(f'{{"body": "{body}", "headers": {{}}}}')}, [CANARY]).keys() == {"queue"}
