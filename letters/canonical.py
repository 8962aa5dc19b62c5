"""What exactly is signed: the canonical form of a revision, and its SHA-256.

docs/canonical-form.md describes the form so that anyone can recompute a digest without this code;
docs/decisions/0003-what-is-signed.md says why it holds what it holds.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from letters.body.model import Block, Inline, Listing, Note, Paragraph, Run
from letters.body.reading import read

FORM = "undersigned-1"
WORDS = ("title", "re_line", "salutation", "closing")
RECIPIENT = ("line", "honorific", "name", "office", "organization", "address", "email")

DOUBLE_QUOTES = "“”„‟″‶«»〝〞〟＂❝❞״"
SINGLE_QUOTES = "‘’‚‛′‵‹›`´ʹʻʼʽ＇❛❜՚׳"
DASHES = "‐‑‒–—―⸺⸻−־﹘﹣－"
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# Soft hyphen, zero-width space, word joiner, byte order mark; bidi marks, embeddings and isolates; Arabic tatweel.
# Not the joiners U+200C and U+200D: in Persian and in Indic scripts they are part of how a word is spelled.
INVISIBLE = "\u00ad\u200b\u2060\ufeff\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u0640"
FOLDED = str.maketrans(
    dict.fromkeys(DOUBLE_QUOTES, '"')
    | dict.fromkeys(SINGLE_QUOTES, "'")
    | dict.fromkeys(DASHES, "-")
    | dict.fromkeys(INVISIBLE, "")
    | LIGATURES
    | {"…": "...", "‴": "'''"}
)
SPACE = re.compile(r"[\s\u180e]+")  # Unicode White_Space and U+001C to U+001F; U+180E was white space until Unicode 6.3
DASH_SPACE = re.compile(r"[ -]*-[ -]*")
QUOTE_SPACE = re.compile(r" ?(['\"]) ?")
MARK_SPACE = re.compile(r" (?=[;:!?%])")


def canonical(texts: Iterable[Mapping[str, Any]], recipients: Iterable[Mapping[str, Any]]) -> str:
    """The canonical form of a revision: JSON with sorted keys and no white space between them.

    A text has the keys of `WORDS`, and `language` (BCP 47), `is_authentic` and `body` (clean, see letters.body); a
    recipient those of `RECIPIENT`; other keys are not part of what is signed. Any string may be "". The order of the
    texts does not matter, that of the recipients does.
    """
    form = {
        "form": FORM,
        "recipients": [{key: fold(recipient[key]) for key in RECIPIENT} for recipient in recipients],
        "texts": sorted((_text(text) for text in texts), key=lambda text: str(text["language"])),
    }
    return _json(form)


def digest(form: str) -> str:
    """SHA-256 of a canonical form in UTF-8, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(form.encode()).hexdigest()


def body_digest(body: str) -> str:
    """The same for a clean body alone: tells whether two versions of a letter say the same."""
    return digest(_json(_blocks(read(body))))


def fold(text: str) -> str:
    """The text without what typesetting changes. Idempotent.

    NFC (UAX #15), not NFKC: that would turn 10² into 102 and ½ into 1⁄2, so of the compatibility characters only the
    Latin ligatures that typesetters and PDF files put in are spelled out. Quotation marks become ' or ", dashes -,
    any white space one space; there is none at the edges, beside a quotation mark or dash, or before ; : ! ? %.
    """
    return _folded(text).strip()


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).translate(FOLDED))
    text = DASH_SPACE.sub("-", SPACE.sub(" ", text))
    return MARK_SPACE.sub("", QUOTE_SPACE.sub(r"\1", text))


def _json(form: Any) -> str:
    return json.dumps(form, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _text(text: Mapping[str, Any]) -> dict[str, Any]:
    return {key: fold(text[key]) for key in WORDS} | {
        "language": text["language"].lower(),
        "is_authentic": text["is_authentic"],
        "body": _blocks(read(text["body"])),
    }


def _blocks(blocks: Iterable[Block]) -> list[list[Any]]:
    return [_block(block) for block in blocks]


def _block(block: Block) -> list[Any]:
    if isinstance(block, Paragraph):
        return [block.kind, _pieces(block.inlines)]
    if isinstance(block, Listing):
        items = [_blocks(item) for item in block.items]
        return ["ol", block.start, items] if block.ordered else ["ul", items]
    return ["blockquote", _blocks(block.blocks)]


def _pieces(inlines: Iterable[Inline]) -> list[Any]:
    """Words, links and notes in order. Bold, italic and line breaks are typesetting; where a link leads is not."""
    parts: list[tuple[str, str] | Note] = []
    for inline in inlines:
        if isinstance(inline, Note):
            parts.append(inline)
            continue
        href, words = (inline.href, inline.text) if isinstance(inline, Run) else ("", " ")
        if parts and not isinstance(last := parts[-1], Note) and last[0] == href:
            words = last[1] + words
            parts.pop()
        parts.append((href, words))
    pieces: list[Any] = []
    for position, part in enumerate(parts):
        if isinstance(part, Note):
            pieces.append(["note", _pieces(part.runs)])
            continue
        words = _folded(part[1])
        words = words.lstrip() if position == 0 else words
        words = words.rstrip() if position + 1 == len(parts) or isinstance(parts[position + 1], Note) else words
        if words:
            pieces.append(["a", part[0], words] if part[0] else words)
    return pieces
