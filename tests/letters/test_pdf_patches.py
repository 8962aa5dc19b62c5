"""The patches that only save time must not change a byte; what they save is for bench.pdf to show."""

import subprocess
import sys

import pytest

from bench import pdf as bench_pdf
from letters import pdf
from letters.pdf import engine, patches
from letters.pdf.names import BALANCED
from tests.letters.documents import ARABIC, document, roll

LIMITS = {"seconds": 120, "megabytes": 2000}
ALL = ("page_references", "columns", "lengths", "array_types", "fonts", "pseudo_elements")
LISTS = (
    '<h2>Demands</h2><ul><li>One<sup data-footnote="">A <em>note</em>.</sup></li><li>Two<ol><li>a</li></ol></li></ul>'
    "<blockquote><p>Said once.</p></blockquote>"
)


@pytest.mark.parametrize(
    "letter",
    [
        pytest.param(lambda: bench_pdf.invented_document(BALANCED + 150), id="long roll"),
        pytest.param(lambda: document(body=document().body + LISTS, draft=True), id="lists and notes"),
        pytest.param(lambda: document(**ARABIC, roll=roll({"EG": ["جمعية"] * (BALANCED + 1)})), id="right to left"),
    ],
)
def test_hasten_changes_no_byte(letter):
    html = pdf.typeset(letter())
    hastened = engine.run(html, **LIMITS)
    stock = engine.run(html, **LIMITS, hastened=False)
    assert (hastened.patches, stock.patches) == (ALL, ())
    assert hastened.pdf == stock.pdf


def test_fit_declines_any_other_version(caplog, monkeypatch):
    assert patches.fit()
    monkeypatch.setattr(patches, "VERSIONS", patches.VERSIONS | {"weasyprint": "70.1"})
    assert not patches.fit()
    assert "Running without the patches" in caplog.text


def test_fonttools_is_loaded_when_it_is_needed():
    """As where a font has pictures in it; the control is that loading the engine did not load it."""
    used = (
        "import sys; from letters.pdf import patches; patches.load_fonttools_late()\n"
        "from weasyprint.pdf import fonts; assert 'fontTools.misc' not in sys.modules\n"
        "assert fonts.ttFont.getTableClass('loca').__name__ == 'table__l_o_c_a'; assert 'fontTools.misc' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", used], check=True, cwd=engine.ROOT)


def test_libraries_are_found_without_another_program():
    """The control is the engine as it comes: it asks a compiler and a linker where they are there."""
    used = (
        "import sys; from letters.pdf import patches\n"
        "if sys.argv[1] == 'named': patches.know_libraries_by_name()\n"
        "started = []\n"
        "sys.addaudithook(lambda event, given: started.append(given[0]) if event == 'subprocess.Popen' else None)\n"
        "import weasyprint; print(len(started))"
    )
    counts = {
        how: subprocess.run([sys.executable, "-c", used, how], check=True, cwd=engine.ROOT, capture_output=True).stdout
        for how in ("named", "stock")
    }
    assert counts["named"] == b"0\n"
    assert int(counts["stock"]) > 10
