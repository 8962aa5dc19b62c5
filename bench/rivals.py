"""What the same letter costs others: WeasyPrint as it comes, with our page or with one plain table, and Typst.

Each in a process started as ours is. All write tagged PDF (PDF/UA-1).
"""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser

from letters.document import Document, RollLine

WEASYPRINT = """
import sys, weasyprint
html = sys.stdin.buffer.read().decode()
sys.stdout.buffer.write(weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1"))
"""
TYPST = """
import sys, typst
sys.stdout.buffer.write(typst.compile(sys.stdin.buffer.read(), pdf_standards=["ua-1"]))
"""
FONTS = (
    "Noto Sans",
    "Noto Naskh Arabic",
    "Noto Sans CJK SC",
    *(f"Noto Sans {script}" for script in "Armenian Bengali Devanagari Ethiopic Georgian Hebrew Thai".split()),
)
PREAMBLE = """
#set document(title: [{title}])
#set page(paper: "a4", margin: (x: 27mm, top: 25mm, bottom: 30mm), numbering: "1 of 1", footer: context [
  #set text(7pt, font: {fonts})
  {letterhead} #h(1fr) Page #counter(page).display("1 of 1", both: true)
])
#set text(10.4pt, font: ("Noto Serif",), lang: "en", hyphenate: true)
#set par(justify: true, leading: .75em)
#text(12.5pt, weight: 600)[{letterhead}]
#line(length: 100%)
#align(right)[{place}, {date}]
{recipients}

*Re:* {re_line}

#heading(level: 1)[{title}]

{salutation}

{body}

{closing}
"""
ANNEX = """
#set page(margin: (x: 20mm, top: 25mm, bottom: 30mm), header: context [
  #set text(7.5pt, font: {fonts})
  #let here-on = query(heading.where(level: 3)).filter(h => h.location().page() == here().page())
  #if here-on.len() > 0 [#here-on.first().body #h(1fr) #here-on.last().body]
])
#set text(7.6pt, font: {fonts}, hyphenate: false)
#set par(justify: false, leading: .5em, hanging-indent: 2.4mm, spacing: .6em)
#show heading.where(level: 3): set text(7.8pt, weight: 600)
#show heading.where(level: 3): set block(sticky: true)
#show list.item: set block(breakable: false)
#set list(marker: none, indent: 0pt, body-indent: 0pt)
#heading(level: 2)[Annex: Signatories]
#columns({columns})[
{names}
]
"""


def weasyprint(html: str) -> bytes:
    return _alone(WEASYPRINT, html)


def typst(source: str) -> bytes:
    return _alone(TYPST, source)


def _alone(program: str, page: str) -> bytes:
    done = subprocess.run([sys.executable, "-c", program], input=page.encode(), capture_output=True)
    if done.returncode:
        raise RuntimeError(done.stderr.decode()[-2000:])
    return done.stdout


def with_one_table(html: str, document: Document) -> str:
    """Our page with its annex as somebody would write it who has not thought about it: one table."""
    rows = "".join(
        f"<tr><td>{group.title}</td><td>{_escaped(line.name)}</td><td>{line.acronym}</td></tr>"
        for group in document.roll.groups
        for line in group.lines
    )
    head, _, rest = html.partition('<div class="roll')
    seal = rest[rest.rindex('<div class="seal') :]
    table = "<table><tr><th>Country</th><th>Organization</th><th>Acronym</th></tr>"
    return f'{head}<div class="roll in-1">{table}{rows}</table>{seal}'


def typst_source(document: Document, columns: int) -> str:
    """The same letter for Typst: footnotes, headings, running heads, columns, page numbers."""
    parts = {name: _plain(getattr(document, name)) for name in ("letterhead", "title", "place", "date", "re_line")}
    parts |= {name: _plain(getattr(document, name)) for name in ("salutation", "closing")}
    people = [
        f"{one.honorific} {one.name}, {one.office}, {one.organization}, {one.address}" for one in document.recipients
    ]
    names = [
        f"=== {_plain(group.title)}\n" + "\n".join(f"- {_named(line)}" for line in group.lines)
        for group in document.roll.groups
    ]
    fonts = "(" + ", ".join(f'"{family}"' for family in FONTS) + ")"
    front = PREAMBLE.format(
        **parts, fonts=fonts, recipients="\n\n".join(_plain(one.replace("\n", ", ")) for one in people),
        body=Body.as_typst(document.body),
    )  # fmt: skip
    return front + ANNEX.format(fonts=fonts, columns=columns, names="\n".join(names))


def _named(line: RollLine) -> str:
    return _plain(f"{line.name} ({line.acronym})" if line.acronym else line.name)


def _plain(text: str) -> str:
    return re.sub(r"([\\#*_`$@<>\[\]~=/+\-.])", r"\\\1", text)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


class Body(HTMLParser):
    """Paragraphs and footnotes of a letter's body."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []

    @classmethod
    def as_typst(cls, html: str) -> str:
        body = cls()
        body.feed(html)
        return "".join(body.written)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "sup":
            self.written.append("#footnote[")

    def handle_endtag(self, tag: str) -> None:
        self.written.append({"sup": "]", "p": "\n\n"}.get(tag, ""))

    def handle_data(self, text: str) -> None:
        self.written.append(_plain(text))
