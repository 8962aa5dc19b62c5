"""The process that sets the PDF, as an attacker meets it. Only that child process knows WeasyPrint."""

import subprocess
import sys

import pytest

from letters import pdf
from letters.document import Addressee
from letters.pdf import engine
from tests.letters.documents import HOSTILE, document, roll

LIMITS = {"seconds": 60, "megabytes": 2000}


def test_render_fetches_nothing_for_hostile_names_and_bodies():
    by_country = {"KE": HOSTILE, "FJ": [f"{name} again" for name in HOSTILE]}
    line = HOSTILE[0] + HOSTILE[2] + HOSTILE[6]
    letter = document(
        letterhead=line,
        title=line,
        re_line=line,
        place=line,
        date=line,
        salutation=line,
        closing=line,
        recipients=(Addressee("to", line, line, line, line, line), Addressee("cc", line, line, line, line, line)),
        body="<p>Body" + "".join(HOSTILE) + "</p>",
        roll=roll(by_country),
        url="https://letters.example/" + HOSTILE[1],
    )
    rendering = engine.run(pdf.typeset(letter), **LIMITS)
    assert rendering.refused == ()
    assert rendering.complete_pdf() == rendering.pdf


def test_engine_is_asked_to_fetch_by_markup_that_was_not_escaped():
    """The control: the same strings, let through, do ask for addresses; every one is refused."""
    rendering = engine.run("<html lang=en><title>x</title><body>Body" + "".join(HOSTILE), **LIMITS)
    hosts = {"/".join(address.split("/")[:3]) for address in rendering.refused}
    assert hosts == {"file://", "http://attack.example"}
    assert b"root:" not in rendering.pdf


BOMB = '<html lang=en><style>body { font-family: "Noto Serif" }</style>' + "<p>word " * 5000


def test_engine_stops_a_bomb_at_its_limits():
    """The control first: with room enough the same page goes through, so it is the limits that stop it."""
    assert engine.run(BOMB, seconds=60, megabytes=2000).pages > 100
    with pytest.raises(pdf.RenderingFailed, match="longer than 1 seconds"):
        engine.run(BOMB, seconds=1, megabytes=2000)
    with pytest.raises(pdf.RenderingFailed, match="memory"):
        engine.run(BOMB, seconds=60, megabytes=150)


def test_engine_names_want_of_memory_where_a_library_does_not():
    """Late in a page of twenty thousand short items the C libraries give up in ways of their own."""
    with pytest.raises(pdf.RenderingFailed, match="more than 250 MB of memory"):
        engine.run(f"<html lang=en><ul>{'<li><p>x</p></li>' * 20_000}", seconds=120, megabytes=250)


def test_engine_refuses_endless_nesting():
    with pytest.raises(pdf.RenderingFailed, match="nested too deeply"):
        engine.run("<html lang=en><p>" + "<b><i>" * 3000, **LIMITS)


def test_engine_says_that_fonts_are_missing(monkeypatch, tmp_path):
    configuration = tmp_path / "fonts.conf"
    configuration.write_text(f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(configuration))
    with pytest.raises(pdf.RenderingFailed, match="fonts-noto-core"):
        engine.run("<html lang=en><p>Short.", **LIMITS)


def test_engine_says_that_a_library_is_missing():
    lacking = (
        "import sys; from weasyprint.text import ffi; ffi.harfbuzz_subset = None\n"
        "sys.argv = ['child', '--seconds=60', '--megabytes=2000']\n"
        "from letters.pdf import child; child.main()"
    )
    done = subprocess.run([sys.executable, "-c", lacking], input=b"<p>Short.", capture_output=True, cwd=engine.ROOT)
    assert done.returncode == 1
    assert engine._report(done.stderr) == {"cause": "library", "detail": "libharfbuzz-subset0"}


@pytest.mark.parametrize(("is_discreet", "says"), [(True, False), (False, True)])
def test_failure_of_what_is_discreet_says_nothing_that_stands_in_it(caplog, is_discreet, says):
    """Whatever the libraries wrote, and whatever an exception had to say."""
    noise = b'Glyph of Wrenfold\n{"cause": "error", "detail": "ValueError: Wrenfold"}\n'
    with pytest.raises(pdf.RenderingFailed, match="ValueError") as failed:
        engine._rendering(subprocess.CompletedProcess([], 1, b"", noise), 60, 2000, is_discreet)
    assert ("Wrenfold" in str(failed.value), "Wrenfold" in caplog.text) == (says, says)


@pytest.mark.parametrize(("is_discreet", "says"), [(True, False), (False, True)])
def test_address_that_is_refused_is_not_logged_of_what_is_discreet(caplog, is_discreet, says):
    engine.run("<html lang=en><img src='https://wrenfold.example/x.png'>Short.", **LIMITS, is_discreet=is_discreet)
    assert ("was refused 1 addresses" in caplog.text, "wrenfold" in caplog.text) == (True, says)


def test_web_process_never_loads_the_engine_nor_the_child_django():
    seen = "import sys, {}; print(sorted({{'django', 'weasyprint'}} & sys.modules.keys()))"
    loaded = {
        module: subprocess.run(
            [sys.executable, "-c", seen.format(module)], capture_output=True, check=True, cwd=engine.ROOT
        ).stdout.decode()
        for module in ("letters.pdf.child", "letters.pdf.typesetting, letters.pdf.engine")
    }
    assert list(loaded.values()) == ["[]\n", "['django']\n"]
