"""Must hold: two hundred hostile names and bodies fetch nothing, crash nothing, and are printed as they read.

Who counts is not the typesetter: a web server to which the addresses lead, and the child's own interpreter.
"""

import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace

import pytest

from bench import invented, rivals
from letters import body, pdf
from letters.document import LISTED, RUNNING, Addressee, Arrangement, Look, RollLine
from letters.pdf import engine
from signatories.names import PILED, tidy
from tests.letters import hostile
from tests.letters.documents import document, roll

LIMITS = {"seconds": 120, "megabytes": 2000}
MOST = 200  # characters of a name, as forms take it
REACHES = {"socket.connect", "socket.getaddrinfo", "urllib.Request", "http.client.connect", "subprocess.Popen", "open"}


@pytest.fixture
def web():
    with hostile.counting() as found:
        yield found


@pytest.fixture
def watched(tmp_path, monkeypatch):
    """Children started from here on tell what they ask for."""
    found = hostile.Watched(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    return found


@pytest.fixture
def sources(web, watched):
    """Two hundred names and as many bodies, with addresses of things that are there."""
    address, _asked = web
    file = watched.file.as_uri()
    return hostile.names(address, file), hostile.bodies(address, file)


def everywhere(line, **changes):
    """A letter with it in each place that somebody fills in."""
    person = dict.fromkeys(("honorific", "name", "office", "organization", "address"), line)
    beside = RollLine(line, line, line, line, "", "KE", line, 7)
    listed = roll({"KE": [line] * 25, "FJ": []})
    groups = (replace(listed.groups[0], title=line, lines=(*listed.groups[0].lines, beside)),)
    individuals = (replace(groups[0], lines=(RollLine(line, affiliation=line, country="KE", country_name=line),)),)
    printed = replace(listed, groups=groups, individuals=individuals, organizations=26, persons=1)
    front = dict.fromkeys(("letterhead", "title", "re_line", "place", "date", "salutation", "closing", "url"), line)
    letter = document(
        **front,
        recipients=(Addressee("to", **person), Addressee("to", **person), Addressee("cc", **person)),
        body=body.clean(f"<p>{line}</p><ul><li>{line}</li></ul>") or "<p>x</p>",
        roll=printed,
        seal=line[:64],
        mark=line[:64],
    )
    return replace(letter, **changes)


def flat(words):
    return "".join(unicodedata.normalize("NFC", words).split())


def read(content):
    """What is read back, without what stands at the head and the foot of each page."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    text = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", done.stdout.decode())
    furniture = re.compile(rf"{re.escape(invented.LETTERHEAD)} Page \d+ of \d+\n\f")
    return flat(furniture.sub("", text))


def test_there_are_two_hundred(sources):
    names, bodies = sources
    assert len(set(names)) == 200
    assert len(set(bodies)) > 200


@pytest.mark.parametrize("layout", [LISTED, RUNNING])
def test_names_are_printed_as_they_read_and_fetch_nothing(sources, web, watched, layout):
    """Tidy and no longer than forms take them. Of those written from the right the words are compared; heaps of marks,
    which forms refuse, are printed as well as they can be."""
    names = [tidied for name in sources[0] if (tidied := tidy(name)[:MOST])]
    look = Look(columns=1, layout=layout)
    made = engine.run(pdf.typeset(document(body="<p>x</p>", roll=roll({"KE": names}), look=look)), **LIMITS)
    text = read(made.pdf)
    names = [name for name in names if not PILED.search(name)]
    whole = [name for name in names if not re.search("[\u0590-\u06ff]", name)]
    assert [name for name in whole if flat(name) not in text] == []
    assert [
        word for name in set(names) - set(whole) for word in re.findall(r"[^\W\d]+", name) if word not in text
    ] == []
    assert (made.refused, web[1], watched.events() & REACHES) == ((), [], set())


def test_bodies_fetch_nothing(sources, web, watched):
    words = "".join(map(body.clean, sources[1]))
    made = engine.run(pdf.typeset(document(body=words, title=sources[0][0], place=sources[0][7])), **LIMITS)
    assert made.pages > 5
    assert (made.refused, web[1], watched.events() & REACHES) == ((), [], set())


def test_control_the_engine_as_it_comes_fetches_what_is_not_escaped(sources, web, watched):
    """The same words, let through, reach the server and the file: both counters count."""
    _address, asked = web
    rivals.weasyprint("<html lang=en><title>x</title><body>River" + "<p>".join(sources[0][:100]))
    assert {"/x.png", "/y.svg"} <= set(asked)
    assert {"socket.connect", "open"} <= watched.events()


def test_control_ours_is_asked_for_what_is_not_escaped_and_refuses(sources, web, watched):
    made = engine.run("<html lang=en><title>x</title><body>River" + "<p>".join(sources[0][:100]), **LIMITS)
    assert len(made.refused) > 20
    assert (web[1], watched.events() & REACHES) == ([], set())


def test_control_nobody_looks_at_a_child_that_is_not_watched(tmp_path):
    watched = hostile.Watched(tmp_path)
    subprocess.run([sys.executable, "-c", "import socket; socket.socket()"], check=True)
    assert watched.events() == {"nobody looked"}


def test_half_a_character_is_named():
    with pytest.raises(pdf.MissingGlyphs, match=r"U\+D800"):
        pdf.render(document(title="River \ud800"))


def test_control_characters_are_named_and_not_repeated():
    with pytest.raises(pdf.MissingGlyphs) as failed:
        pdf.render(document(title="River \x01\x1b[31m"))
    assert failed.value.characters == ("\x01", "\x1b")
    assert failed.value.reason.isprintable()


def test_style_of_the_sheet_is_none_that_was_stored():
    """A look comes from the database: whoever got there writes no style sheet of ours."""
    told = Look(paper='a4; } @import url("http://attack.example/"); @page {', layout="</style><img src=x>")
    assert "attack.example" not in pdf.typeset(document(look=told))
    assert "<img" not in pdf.typeset(document(look=told))


@pytest.mark.battery
@pytest.mark.timeout(3600)
def test_each_alone_in_every_place_fetches_nothing_and_ends(sources, web, watched):
    """As they come, no form before them. Set, or refused with a reason: never a crash."""
    refused = []
    for line, source in zip(*sources, strict=False):
        letter = everywhere(line[:MOST], body=body.clean(source) or "<p>x</p>")
        try:
            assert engine.run(pdf.typeset(letter), **LIMITS).refused == (), line
        except pdf.RenderingFailed as failed:
            refused.append(failed.reason)
    assert refused == []
    assert (web[1], watched.events() & REACHES) == ([], set())


@pytest.mark.battery
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("look", [Look(columns=3), Look(paper="letter", layout=RUNNING), Look(columns=2, demands=True)])
@pytest.mark.parametrize("group_by", ["country", "none"])
def test_all_at_once_in_every_layout_fetch_nothing(sources, web, watched, look, group_by):
    names = [name[:MOST] for name in sources[0]]
    printed = replace(roll({"KE": names}), arrangement=Arrangement(group_by=group_by, numbering="continuous"))
    letter = document(body="".join(map(body.clean, sources[1])), roll=printed, look=look, draft=True)
    made = engine.run(pdf.typeset(letter), **LIMITS)
    assert (made.refused, web[1], watched.events() & REACHES) == ((), [], set())
