"""The patches that only save time must not change a byte; what they save is for bench.pdf to show."""

from types import SimpleNamespace

import pytest

from bench import pdf as bench_pdf
from letters import pdf
from letters.pdf import engine, patches
from letters.pdf.names import BALANCED
from tests.letters.documents import ARABIC, document, roll

LIMITS = {"seconds": 120, "megabytes": 2000}
ALL = ("page_references", "columns", "pseudo_elements")
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


def test_fit_declines_any_other_version(caplog):
    assert patches.fit(SimpleNamespace(VERSION=patches.VERSIONS[0]))
    assert not patches.fit(SimpleNamespace(VERSION="70.1"))
    assert "running without the patches" in caplog.text
