"""The PDF in other scripts and directions."""

import re
import subprocess
from io import BytesIO

import pikepdf
import pytest

from letters import pdf
from tests.letters.documents import ARABIC, document, roll, text_of


def test_render_turns_a_right_to_left_letter_around():
    content = pdf.render(document(**ARABIC))
    file = pikepdf.open(BytesIO(content))
    assert str(file.Root.ViewerPreferences.Direction) == "/R2L"
    assert str(file.Root.Lang) == "ar"
    assert ARABIC["title"] in text_of(content)
    assert '<html lang="ar" dir="rtl"' in pdf.typeset(document(**ARABIC))


def test_render_sets_chinese_in_a_chinese_font():
    letter = document(language="zh-Hans", title="请公开洪水记录", body="<p>我们是沿岸的组织。</p>")
    fonts = subprocess.run(["pdffonts", "-"], input=pdf.render(letter), capture_output=True, check=True).stdout
    assert b"Noto-Serif-CJK-SC" in fonts
    assert b"Noto-Serif-CJK-JP" not in fonts


def test_typeset_uses_the_figures_of_the_language():
    symbols = re.findall(r"@counter-style figures .*symbols: ([^;]*);", pdf.typeset(document(**ARABIC)))
    assert symbols == [" ".join(f'"{digit}"' for digit in "٠١٢٣٤٥٦٧٨٩") + " "]


@pytest.mark.parametrize(("language", "said"), [("fr", "Page 1 sur 1"), ("es", "Página 1 de 1"), ("de", "Page 1 of 1")])
def test_our_words_are_in_the_language_of_the_letter_where_there_are_any(language, said):
    assert said in text_of(pdf.render(document(language=language, body="<p>Court.</p>")))


def test_render_says_which_text_is_authentic():
    courtesy = text_of(pdf.render(document(authentic_language="pt-BR")), page=1)
    assert "Courtesy translation. The authentic text is in Brazilian Portuguese." in courtesy
    assert "Courtesy" not in text_of(pdf.render(document()))


def test_render_names_the_characters_that_no_font_has():
    with pytest.raises(pdf.MissingGlyphs) as caught:
        pdf.render(document(roll=roll({"KE": ["Harbour \U0001faef Light \u0378"]})))
    assert caught.value.characters == ("\u0378", "\U0001faef")
    assert "U+0378" in caught.value.reason
    assert "U+1FAEF" in caught.value.reason
