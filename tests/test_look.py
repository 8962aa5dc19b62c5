"""The colors, the size and the neutrality of direction of the style sheets."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

CSS = Path(settings.BASE_DIR) / "static" / "css"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
OURS = ["undersigned.css", "desk.css", "translating.css", "lists.css", "admin.css"]
BUDGETS = {
    "undersigned.css": (24_576, 6_144),
    "desk.css": (8_192, 2_048),
    "translating.css": (2_048, 1_024),
    "lists.css": (2_048, 1_024),
    "admin.css": (8_192, 2_560),
}

GROUNDS = ["paper", "sheet", "tint"]
TEXT = [(text, ground) for text in ("ink", "muted", "accent", "accent-deep") for ground in GROUNDS] + [
    ("ink", "accent-tint"),
    ("accent", "accent-tint"),
    ("accent-deep", "accent-tint"),
    ("muted", "accent-tint"),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("paper", "danger"),
    *[(text, f"{state}-tint") for state in ("danger", "ok", "warn") for text in ("ink", "accent", "muted", state)],
    *[(state, ground) for state in ("danger", "ok", "warn") for ground in ("paper", "sheet")],
]
SHAPES = [(shape, ground) for shape in ("line", "accent") for ground in ("paper", "sheet")] + [
    (shape, ground)
    for shape in ("focus", "danger")
    for ground in [*GROUNDS, "accent-tint", "danger-tint", "ok-tint", "warn-tint"]
]


def tokens(css: str, dark: bool) -> dict[str, str]:
    """The hexadecimal custom properties, light ones overlaid with the dark block's where asked."""
    light, _, rest = css.partition("(prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    return found | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", rest.partition("\n}\n")[0])) if dark else found


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, "contrast ratio" and "relative luminance", of two #rrggbb colors: 1 to 21."""

    def luminance(color: str) -> float:
        channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted([luminance(one), luminance(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def read(name: str) -> str:
    return (CSS / name).read_text()


def test_contrast_knows_the_extremes():
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "#ffffff") < 4.5 < contrast("#767676", "#ffffff")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_text_stands_out_from_every_ground(dark):
    colors = tokens(read("undersigned.css"), dark)
    weak = {pair: round(contrast(colors[pair[0]], colors[pair[1]]), 2) for pair in TEXT}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_borders_and_focus_stand_out_from_every_ground(dark):
    colors = tokens(read("undersigned.css"), dark)
    weak = {pair: round(contrast(colors[pair[0]], colors[pair[1]]), 2) for pair in SHAPES}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


def test_dark_gives_every_color_anew():
    css = read("undersigned.css")
    light, dark = tokens(css, dark=False), tokens(css, dark=True)
    assert {name for name in light if light[name] == dark[name]} == set()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_admin_uses_the_same_colors(dark):
    ours, admins = tokens(read("undersigned.css"), dark), tokens(read("admin.css"), dark)
    renamed = {name.removeprefix("ink-"): color for name, color in admins.items()}
    assert renamed == {name: ours[name] for name in renamed}


PHYSICAL = re.compile(
    r"(?:margin|padding|border)-(?:left|right|top|bottom)|(?<![-\w])(?:left|right|top|bottom)\s*:|"
    r"text-align:\s*(?:left|right)|float:\s*(?:left|right)|(?<![-\w])(?:min-|max-)?(?:width|height)\s*:(?!\s*\d+(?:\.\d+)?rem\))"
)


@pytest.mark.parametrize(
    "line", ["margin-left: 1rem", "text-align: right", "left: 0", "float: left", "max-width: 4rem"]
)
def test_physical_directions_are_recognized(line):
    assert PHYSICAL.search(line)


@pytest.mark.parametrize("name", OURS)
def test_uses_logical_directions_only(name):
    assert PHYSICAL.findall(re.sub(r"/\*.*?\*/", "", read(name), flags=re.S)) == []


@pytest.mark.parametrize("name", OURS)
def test_fetches_nothing(name):
    assert re.findall(r"@import|@font-face|url\(|https?:", read(name).replace('[href^="http"]', "")) == []


@pytest.mark.parametrize("name", OURS)
def test_stays_within_its_budget(name):
    raw, zipped = BUDGETS[name]
    data = (CSS / name).read_bytes()
    assert len(data) <= raw
    assert len(gzip.compress(data, 9)) <= zipped


def test_templates_hold_no_inline_style_or_script():
    """The policy refuses them; mails, which it does not govern, and the PDF's own sheets are apart."""
    pages = [path for path in TEMPLATES.rglob("*.html") if not {"emails", "pdf"} & set(path.parts)]
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*(?:\ssrc=|type=\"application/json\"))")
    assert pages
    assert [str(path) for path in pages if inline.search(path.read_text())] == []


def test_500_needs_nothing_but_itself():
    html = render_to_string("500.html")
    assert "<h1>" in html
    assert 'href="/"' in html


def test_mails_fetch_nothing_and_set_the_link_apart():
    context = {
        "link": "https://example.org/confirm/a-b_c/",
        "name": "Ann & Bo",
        "SITE_NAME": "Undersigned",
        "SITE_URL": "https://example.org",
    }
    text, html = render_to_string("emails/base.txt", context), render_to_string("emails/base.html", context)
    assert context["link"] in text.splitlines()
    assert "Dear Ann & Bo," in text
    assert f">{context['link']}</a></p>" in html
    assert re.findall(r"<img|<link|<style|<script|src=|url\(|@import", html) == []


def test_pill_says_its_state_in_words():
    html = render_to_string("components/pill.html", {"state": "listed", "label": "On the <letter>"})
    assert html.strip() == '<span class="pill" data-state="listed">On the &lt;letter&gt;</span>'
