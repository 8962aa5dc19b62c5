"""The look of the document: chosen on one page, tried on the letter itself, kept by each edition."""

import re
import subprocess
from dataclasses import replace
from io import BytesIO

import docx as python_docx
import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from letters import docx, pdf, services
from letters.document import GROUPINGS, NUMBERINGS, Arrangement, Look, RollGroup, RollLine
from letters.forms import arranging
from letters.models import Letter
from letters.services import editions, freezing
from tests.factories import LetterFactory, OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.desk import fields, team_member, words
from tests.letters.documents import document, roll, text_of

MANY = {"KE": [f"Harbour Light {number}" for number in range(30)]}
LINE = RollLine("青溪河流记忆促进会", "QX", "Qingxi River Memory", country="CN", country_name="China")


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def closed():
    return OpenLetterFactory(status=Letter.Status.CLOSED, closed_at=timezone.now())


def chosen(client, letter, **changes):
    """What the page would send, with changes; None unticks."""
    sent = fields(client.get(reverse("letters:look", args=[letter.slug]))) | _radios(client, letter) | changes
    return {name: value for name, value in sent.items() if value is not None}


def _radios(client, letter):
    html = words(client.get(reverse("letters:look", args=[letter.slug])))
    return dict(re.findall(r'type="radio" name="(\w+)" value="(\w+)"[^>]*checked', html))


@pytest.mark.django_db
def test_look_is_kept_and_only_where_it_differs():
    letter = LetterFactory()
    services.set_look(letter, Look(paper="letter", columns=2), by=UserFactory())
    letter.refresh_from_db()
    assert letter.look == {"paper": "letter", "columns": 2}
    assert letter.printed_look == Look(paper="letter", columns=2)


@pytest.mark.django_db
def test_page_saves_the_look_and_leaves_the_order_to_its_own_page(client):
    letter = LetterFactory(group_by="none")
    team_member(client, letter, role="coordinator")
    url = reverse("letters:look", args=[letter.slug])
    sent = chosen(client, letter, paper="letter", layout="running", columns="2", group_by="region", acronyms=None)
    assert client.post(url, sent).status_code == 302
    letter.refresh_from_db()
    assert letter.printed_look == Look(paper="letter", layout="running", columns=2, acronyms=False)
    assert letter.arrangement == Arrangement(group_by="none")


@pytest.mark.django_db
def test_each_setting_has_one_page_and_the_other_leads_to_it(client):
    letter = LetterFactory(group_by="region", numbering="continuous", skips_articles=True)
    team_member(client, letter, role="coordinator")
    look, order = reverse("letters:look", args=[letter.slug]), reverse("signatories:order", args=[letter.slug])
    pages = {one: words(client.get(one)) for one in (look, order)}
    asked = {one: set(re.findall(r'<input[^>]* name="(\w+)"', pages[one])) for one in pages}
    assert asked[look] & asked[order] == {"csrfmiddlewaretoken"}
    said = "Names stand by region of the world, numbered from the first to the last, initiators first, articles not"
    assert f'{said} counted. <a href="{order}">' in pages[look]
    assert f'<a href="{look}">Look of the document</a>' in pages[order]


@pytest.mark.parametrize("group_by", GROUPINGS)
@pytest.mark.parametrize("numbering", NUMBERINGS)
def test_every_order_has_its_words(group_by, numbering):
    said = arranging.in_words(Arrangement(group_by, False, False, numbering))
    assert re.fullmatch(r"(Names stand|Organizations stand) .+, (without numbers|numbered .+)\.", said)


@pytest.mark.django_db
def test_preview_is_set_anew_once_the_order_has_changed():
    letter = LetterFactory()
    before = services.mark_of(letter)
    services.arrange(letter, Arrangement(group_by="none"), by=UserFactory())
    assert services.mark_of(Letter.objects.get(pk=letter.pk)) != before


@pytest.mark.django_db
def test_trying_saves_nothing_and_shows_what_was_tried(client):
    letter = LetterFactory()
    team_member(client, letter, role="coordinator")
    sent = chosen(client, letter, paper="letter", show="yes")
    page = words(client.post(reverse("letters:look", args=[letter.slug]), sent))
    address = re.search(r'<iframe name="look"[^>]*src="([^"]*)"', page)[1].replace("&amp;", "&")
    letter.refresh_from_db()
    assert letter.look == {}
    frame = words(client.get(address))
    assert 'height="1165"' in frame
    assert client.get(re.search(r'<img src="([^"]*)"', frame)[1].replace("&amp;", "&"))["Content-Type"] == "image/png"


@pytest.mark.django_db
def test_viewers_and_strangers_choose_no_look(client):
    letter = LetterFactory()
    team_member(client, letter, role="viewer")
    for name in ("look", "look_pages"):
        assert client.get(reverse(f"letters:{name}", args=[letter.slug])).status_code == 404


@pytest.mark.django_db
def test_preview_of_a_look_has_the_letters_own_names_or_examples(closed):
    letter = closed
    services.arrange(letter, Arrangement(group_by="none", numbering="continuous"), by=UserFactory())
    letter.refresh_from_db()
    now = letter.closes_at
    tried = editions.previewed_in(letter, now, Look())
    assert "Example organization 1" in [line.name for group in tried.roll.groups for line in group.lines]
    SignatoryFactory(letter=letter, listed=True)
    tried = editions.previewed_in(letter, now, Look())
    (only,) = [line.name for group in tried.roll.groups for line in group.lines]
    assert only == letter.signatories.get().name
    assert tried.draft


@pytest.mark.django_db
def test_edition_keeps_the_look_it_was_frozen_with_and_its_digest_does_not_tell(closed):
    letter, by = closed, UserFactory()
    plain = services.freeze(letter, by=by)
    services.set_look(letter, Look(paper="letter"), by=by)
    letter.refresh_from_db()
    framed = services.freeze(letter, by=by)
    services.set_look(letter, Look(), by=by)
    assert editions.printed(plain, letter.language).look == Look()
    assert editions.printed(framed, letter.language).look == Look(paper="letter")
    digest = freezing._digest(plain.revision.digest, plain.front, plain.printed_roll)
    assert plain.digest == digest


def test_cut_keeps_the_counts():
    whole = roll({"KE": ["A", "B"], "FJ": ["C", "D"]})
    cut = whole.cut(3)
    assert [line.name for _side, _group, line in cut.every()] == ["A", "B", "C"]
    assert cut.organizations == 4


@pytest.mark.parametrize(("paper", "size"), [("a4", "595.276 x 841.89"), ("letter", "612 x 792")])
def test_render_uses_the_chosen_paper(paper, size, tmp_path):
    file = tmp_path / "letter.pdf"
    file.write_bytes(pdf.render(document(look=Look(paper=paper))))
    said = subprocess.run(["pdfinfo", str(file)], capture_output=True, check=True).stdout.decode()
    assert re.search(r"Page size: +([\d.]+ x [\d.]+)", said)[1] == size


@pytest.mark.parametrize(
    ("look", "said"),
    [
        (Look(), "青溪河流记忆促进会 (QX) Qingxi River Memory, China"),
        (Look(acronyms=False), "青溪河流记忆促进会 Qingxi River Memory, China"),
        (Look(second_names=False), "青溪河流记忆促进会 (QX), China"),
        (Look(countries=False), "青溪河流记忆促进会 (QX) Qingxi River Memory"),
    ],
)
def test_look_leaves_out_what_stands_beside_names_in_pdf_and_word_alike(look, said):
    by_name = roll(MANY)
    lines = (*(line for group in by_name.groups for line in group.lines), LINE)
    group = RollGroup("", "", lines, by="none")
    letter = document(roll=replace(by_name, groups=(group,), organizations=31), look=look)
    text = " ".join(pdf.typeset(letter).split())
    plain = re.sub("<[^>]*>", "", text[text.index("青溪") :].split("</li>")[0])
    assert plain == said
    written = python_docx.Document(BytesIO(docx.write(letter)))
    assert said in [paragraph.text for paragraph in written.paragraphs]


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("layout", ["listed", "running"])
def test_render_prints_each_name_in_every_layout(layout, columns):
    content = pdf.render(
        document(roll=roll(MANY | {"JP": ["水の記憶"] * 3}), look=Look(layout=layout, columns=columns))
    )
    text = " ".join(text_of(content).split())
    assert [name for name in MANY["KE"] if name not in text] == []
    assert text.count("水の記憶") == 3


def test_render_numbers_names_when_asked():
    numbered = roll(MANY)
    lines = tuple(replace(line, number=place) for place, line in enumerate(numbered.groups[0].lines, 1))
    numbered = replace(
        numbered,
        groups=(replace(numbered.groups[0], lines=lines),),
        arrangement=Arrangement(numbering="continuous"),
    )
    text = " ".join(text_of(pdf.render(document(roll=numbered))).split())
    assert "1. Harbour Light 0" in text
    assert "30. Harbour Light 29" in text


def test_render_sets_demands_as_a_table():
    body = "<p>We ask:</p><ol><li>Publish.</li><li>Warn.</li></ol>"
    assert '<main class="body demands">' in pdf.typeset(document(body=body, look=Look(demands=True)))
    words = text_of(pdf.render(document(body=body, look=Look(demands=True)))).split()
    assert {"1.", "2.", "Publish.", "Warn."} <= set(words)
