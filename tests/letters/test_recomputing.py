"""The program in docs/canonical-form.md, which knows none of our code, comes to the same digests."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from letters import body, canonical
from letters.body import model
from tests.factories import OpenLetterFactory
from tests.letters.test_body_properties import BLOCKS
from tests.letters.test_canonical import RECIPIENT, TEXT

DOCUMENT = Path(__file__).parents[2] / "docs" / "canonical-form.md"
PROGRAM = re.search(r"```python\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)[1]
RICH = (
    '<h2>Why &amp; how</h2><p>We say “<em>no</em>”<br>– it’s <a href="https://example.org/?a=1&amp;b=2">the <strong>Act'
    '</strong></a><sup data-footnote="">Bill&nbsp;12, see <a href="https://example.org/bill">there</a>.</sup> :'
    ' eﬃcient…</p><ol start="3"><li><p>Withdraw it.</p><ul><li><p>نعم\u200f ـ لا</p></li></ul></li></ol>'
    "<blockquote><p>« Oui ! »</p></blockquote>"
)


@pytest.fixture(scope="module")
def program():
    held = {"__name__": "recomputing"}
    exec(PROGRAM, held)
    return held


def test_program_agrees_on_a_letter_with_everything_in_it(program):
    assert body.clean(RICH) == RICH
    texts = [TEXT | {"body": RICH, "re_line": " « Loi » – 2018 ! "}, TEXT | {"language": "FR", "is_authentic": False}]
    form = canonical.canonical(texts, [RECIPIENT | {"office": "Minister  of “Ports”"}])
    assert program["digest"]({"texts": texts, "recipients": [RECIPIENT | {"office": 'Minister of "Ports"'}]}) == (
        canonical.digest(form)
    )


@given(BLOCKS, st.text())
def test_program_agrees_on_any_letter(program, blocks, line):
    html = body.clean(model.write(blocks))
    texts = [TEXT | {"body": html, "title": line}]
    assert program["digest"]({"texts": texts, "recipients": [RECIPIENT]}) == canonical.digest(
        canonical.canonical(texts, [RECIPIENT])
    )


@pytest.mark.django_db
def test_program_checks_the_file_of_a_revision(client, tmp_path):
    letter = OpenLetterFactory(text={"body": RICH})
    script, file = tmp_path / "recompute.py", tmp_path / "revision.json"
    script.write_text(PROGRAM)
    content = client.get(reverse("letters:revision_file", args=[letter.slug, 1])).content

    def said():
        command = [sys.executable, "-I", script, file]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    file.write_bytes(content)
    assert said() == f"{letter.revision.digest} as claimed\n"
    file.write_bytes(content.replace(b"Withdraw", b"Keep"))
    assert "NOT as claimed" in said()
