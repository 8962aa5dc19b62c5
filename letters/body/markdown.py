"""The body as plain text, for writing without script: a small Markdown, both ways.

Blank lines between paragraphs, `## heading`, `- ` and `1. ` lists, `> ` quotes, `**bold**`, `*italic*`,
`[text](https://…)`, a backslash at the end of a line to break it there, `[^1]` and `[^1]: a footnote`. CommonMark
0.31 otherwise, except that `*` and `**` switch italic and bold on and off wherever they touch a word: CommonMark's
rule for delimiter runs fails between letters and quotation marks, as in `这是**“重要”**的`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin

from letters.body.leftovers import BULLETS
from letters.body.model import Block, Break, Inline, Listing, Note, Paragraph, Quote, Run
from letters.body.reading import clean, read

BULLET_LINE = re.compile(rf"^([ \t]*)[{BULLETS}][^\S\n]+", re.MULTILINE)
STARS = re.compile(r"\*+")
SWITCHES = {"strong": (2, 3), "em": (1, 3)}  # by the number of stars
# What must be escaped: in words, in the words of a link, in an address, after a footnote call, and at a line's start.
SPECIAL = re.compile(r"[\\*]|\[(?=\^)|\](?=\()")
SPECIAL_IN_LINK = re.compile(r"[\\*^\[\]]")
SPECIAL_IN_ADDRESS = re.compile(r"[()&]")
AFTER_NOTE = re.compile(r"^[(:]")
OPENER = re.compile(r"^(\d{0,9})(?:(?<=\d)[.)](?=\s|$)|(?<!\d)(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|[-_](?=(?:\s*[-_])*$)))")
# A bracket that another one follows before it closes. The parser looks for its end through all the rest, each time.
OPENED_IN_VAIN = re.compile(r"(?<!\\)\[(?![^\[\]\n]*\])")
MANY = 200
CLOSING_HASHES = re.compile(r"(?:(?<=\s)|^)#+$")


def from_text(text: str) -> str:
    """A clean body from plain text as described above; HTML in it is text. Raises nothing."""
    text = BULLET_LINE.sub(r"\1- ", text.replace("\r\n", "\n"))
    if text.count("[") > MANY:
        text = OPENED_IN_VAIN.sub(r"\\[", text)
    return clean(_MARKDOWN.render(text))


def to_text(html: str) -> str:
    """The plain text that `from_text` turns into this clean body again."""
    writer = _Writer()
    text = writer.blocks(read(html))
    notes = "\n".join(f"[^{number}]: {note}" for number, note in enumerate(writer.notes, start=1))
    return "\n\n".join(part for part in (text, notes) if part)


class _Writer:
    def __init__(self) -> None:
        self.notes: list[str] = []

    def blocks(self, blocks: Sequence[Block], inside_item: bool = False) -> str:
        out = ""
        delimiter = ")"
        for position, block in enumerate(blocks):
            before = blocks[position - 1] if position else None
            if isinstance(block, Listing):
                # The other delimiter keeps two ordered lists apart.
                is_second = isinstance(before, Listing) and before.ordered
                delimiter = ")" if is_second and delimiter == "." else "."
                text = self.listing(block, delimiter)
            elif isinstance(block, Quote):
                text = re.sub(r"^> $", ">", re.sub(r"^", "> ", self.blocks(block.blocks), flags=re.M), flags=re.M)
            else:
                text = self.paragraph(block)
            is_point = isinstance(before, Paragraph) and isinstance(block, Listing) and inside_item and block.start == 1
            out += ("\n" if is_point else "\n\n" if before else "") + text
        return out

    def listing(self, block: Listing, delimiter: str) -> str:
        items = []
        for number, item in enumerate(block.items, start=block.start):
            marker = f"{number}{delimiter} " if block.ordered else "- "
            indented = self.blocks(item, inside_item=True).replace("\n", "\n" + " " * len(marker))
            items.append(marker + re.sub(r"^ +$", "", indented, flags=re.M))
        return ("\n\n" if any("\n\n" in item for item in items) else "\n").join(items)

    def paragraph(self, block: Paragraph) -> str:
        text = self.inlines(block.inlines)
        if block.kind == "p":
            return "\n".join(OPENER.sub(_escaped_opener, line) for line in text.split("\n"))
        return ("## " if block.kind == "h2" else "### ") + _escaped(CLOSING_HASHES, text)

    def inlines(self, inlines: Sequence[Inline]) -> str:
        out = ""
        last = plain = Run("")
        for inline in [*inlines, plain]:
            run = inline if isinstance(inline, Run) else plain
            out += f"]({_escaped(SPECIAL_IN_ADDRESS, last.href)})" if last.href and run.href != last.href else ""
            out += "**" * (run.strong != last.strong) + "*" * (run.em != last.em)
            out += "[" if run.href and run.href != last.href else ""
            text = _escaped(SPECIAL_IN_LINK if run.href else SPECIAL, run.text)
            out += _escaped(AFTER_NOTE, text) if out.endswith("]") else text
            out += "\\\n" if isinstance(inline, Break) else ""
            out += self.note(inline) if isinstance(inline, Note) else ""
            last = run
        return out

    def note(self, note: Note) -> str:
        self.notes.append(OPENER.sub(_escaped_opener, self.inlines(note.runs)))
        return f"[^{len(self.notes)}]"


def _escaped(special: re.Pattern[str], text: str) -> str:
    return special.sub(r"\\\g<0>", text)


def _escaped_opener(match: re.Match[str]) -> str:
    return match[1] + "\\" + match[0][len(match[1]) :]


def _stars(state: StateInline, silent: bool) -> bool:
    """One to three stars are a switch; whether for anything is decided when the paragraph is read."""
    match = STARS.match(state.src, state.pos)
    if silent or not match:
        return False
    around = (state.src[match.start() - 1 : match.start()], state.src[match.end() : match.end() + 1])
    token = state.push("stars", "", 0)
    token.content = match[0]
    token.meta = {"closes": bool(around[0].strip()), "opens": bool(around[1].strip()), "tags": ""}
    state.pos = match.end()
    return True


def _switch(state: StateInline) -> None:
    """Pair the stars: each kind is on or off, so `**a *b** c*` is no mistake. Stars without a partner are text."""
    stars = [token for token in state.tokens if token.type == "stars"]
    for tag, lengths in SWITCHES.items():
        switches = [token for token in stars if len(token.content) in lengths]
        closes_after = [False]
        for token in reversed(switches[1:]):
            closes_after.append(closes_after[-1] or token.meta["closes"])
        is_on = False
        for token, is_closed in zip(switches, reversed(closes_after), strict=False):
            if token.meta["closes"] if is_on else token.meta["opens"] and is_closed:
                token.meta["tags"] += f"</{tag}>" if is_on else f"<{tag}>"
                is_on = not is_on
    for token in stars:
        used = sum(lengths[0] for tag, lengths in SWITCHES.items() if f"{tag}>" in token.meta["tags"])
        token.content = token.content[used:]


class _Renderer(RendererHTML):
    """Writes HTML for `clean` to read, which closes what the stars leave misnested and puts footnotes in place."""

    def stars(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"{tokens[idx].meta['tags']}{tokens[idx].content}"

    def footnote_ref(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        label = tokens[idx].meta["label"]
        return f'<a href="#_ftn{_number(label, env)}">[{escape(label)}]</a>'

    def footnote_reference_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        label = tokens[idx].meta["label"]
        return f'<div><a href="#_ftnref{_number(label, env)}"></a>'

    def footnote_reference_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</div>"


def _number(label: str, env: EnvType) -> int:
    numbers: dict[str, int] = env.setdefault("numbers", {})
    return numbers.setdefault(label, len(numbers) + 1)


class _Markdown(MarkdownIt):
    """Leaves it to `clean` which links are good and how they are written."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - theirs
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802 - theirs
        return True


def _markdown() -> MarkdownIt:
    markdown = _Markdown("zero", {"maxNesting": 100}, renderer_cls=_Renderer)
    markdown.enable(["heading", "hr", "list", "blockquote", "escape", "newline", "link"])
    markdown.inline.ruler.push("stars", _stars)
    markdown.inline.ruler2.before("fragments_join", "switch", _switch)
    markdown.use(footnote_plugin, inline=False, move_to_end=False)
    markdown.renderer = _Renderer()  # again: the plugin has put its own renderings in place of ours
    return markdown


_MARKDOWN = _markdown()
