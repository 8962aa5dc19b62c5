"""Smaller things that a typographer sees."""

import re
import subprocess
from dataclasses import replace

from letters import docx, pdf
from letters.document import Addressee, RollLine
from letters.pdf import engine
from tests.letters.documents import ARABIC, document, roll
from tests.letters.docx_files import opened, unmarked

TO = Addressee("to", "", "سعادة المفوضة", "", "", "Palais des Nations\n1211 Geneva 10")
CC = Addressee("cc", "", "", "President of the Council", "United Nations", "")
LIMITS = {"seconds": 60, "megabytes": 2000}


def test_address_in_another_script_keeps_its_order():
    html = pdf.typeset(document(**ARABIC | {"recipients": (TO, CC)}))
    assert '<br><bdi dir="ltr">1211 Geneva 10</bdi>' in html
    assert '<bdi dir="ltr">President of the Council</bdi>، <bdi dir="ltr">United Nations</bdi>' in html
    word = opened(docx.write(document(**ARABIC | {"recipients": (TO, CC)})))
    (address,) = [one.text for one in word.paragraphs if one.style.name == "Recipient"]
    assert "\u200e1211 Geneva 10\u200e" in address


def test_word_keeps_an_acronym_in_brackets_beside_the_name_whichever_way_the_letter_goes():
    names = roll({"KE": ["x"]})
    group = replace(names.groups[0], lines=(RollLine("Harbour Light", "HL"),))
    word = opened(docx.write(document(**ARABIC, roll=replace(names, groups=(group,)))))
    (line,) = [one for one in word.paragraphs if one.style.name == "Signature Line"]
    assert "\u200eHarbour Light (HL)\u200e" in line.text
    assert unmarked(line.text) == "Harbour Light (HL)\u2003Land KE"


def test_seal_has_the_figures_and_the_comma_of_its_language():
    html = pdf.typeset(document(**ARABIC, seal="0" * 64))
    assert re.findall(r'data-where="الطبعة (\S+) ·', html) == ["٢"]
    assert "٢٠٣١، ١٢:٠٠ UTC" in html
    assert '<p>Edition 2 · <bdi dir="ltr">SHA-256' in pdf.typeset(document(seal="0" * 64))


def test_countries_with_one_name_do_not_draw_the_next_along():
    """Three columns are filled alike: the control has the rule that held each of them to what follows."""
    wide = ["Harbour Light and All its Friends on Either Side " * 3] * 2
    both = {f"{number:03}": wide if number % 5 == 4 else [f"Reef Watch {number}"] for number in range(220)}
    html = pdf.typeset(document(body="<p>Short.</p>", roll=roll(both)))
    held = html.replace("li:first-child:not(:last-child)", "li:first-child")
    assert held != html
    assert _blank(engine.run(html, **LIMITS).pdf) < _blank(engine.run(held, **LIMITS).pdf)


def _blank(content):
    """How many points are left at the feet of the columns of the first page of the annex."""
    page = subprocess.run(["pdftotext", "-bbox", "-f", "2", "-l", "2", "-", "-"], input=content, capture_output=True)
    words = re.findall(r'xMin="([\d.]+)"[^>]* yMax="([\d.]+)">', page.stdout.decode())
    feet: dict[int, float] = {}
    for left, bottom in ((float(left), float(bottom)) for left, bottom in words):
        if bottom < 770:
            column = int((left - 56) // 166)
            feet[column] = max(feet.get(column, 0), bottom)
    return sum(757 - foot for foot in feet.values())
