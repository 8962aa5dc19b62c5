"""Nothing is lost, whatever is pasted: every letter of it comes out in some piece, and in some part of the letter."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from letters import body, intake
from letters.body import reading
from letters.body.model import Break, Note, Paragraph, Quote

LINES = st.sampled_from(
    [
        "Open letter on the closing of the wells",
        "60 organizations ask for water Joint letter to the Minister – 5 March 2024",
        "Geneva, 5 September 2018",
        "To: H.E. Dr Amina Example, Minister of Water",
        "cc: Office of the President",
        "Re: Wells",
        "Dear Minister,",
        "Yours sincerely,",
        "Signatories:",
        "Water for All, Kenya",
        "جمعية الماء",
        "すべての人に水を",
        "We write to you about the wells of the northern valleys, which were closed in Jan-",
        "uary and which nobody has opened since, although the villages have asked for it, and",
        "The Agency has told us that it is not in charge. [1] We disagree.",
        "[1] Report of the Valley Council.",
        "¹ Another report",
        "[^2] is called, [^3] is not",
        "[^2]: A note.",
        "- open the wells;",
        "– publish the tests",
        "• tell us",
        "2. and so on",
        "2018. That year",
        "## What we ask",
        "> quoted",
        "**bold** and *italic* and * not",
        "a \\* b \\",
        "a\u00adb c\u00ad",
        "12",
        "Page 3 of 7",
        "---",
        "\f",
        "",
    ]
)
ANYTHING = st.text(st.characters(exclude_characters="<[*", max_codepoint=0xFAFF), max_size=12)
TEXTS = st.lists(LINES | LINES | ANYTHING, max_size=24).map("\n".join)
TAGS = st.sampled_from(
    "<p> </p> <b> </b> <ul> <li> </ul> <br> <h1> </h1> <table> <tr> <td> </table> <div> </div> <blockquote>".split()
    + [
        "<p>",
        "</p>",
        "<script>x</script>",
        '<a href="#_ftn1">[1]</a>',
        '<div><p><a href="#_ftnref1">[1]</a> N</p></div>',
    ]
)
MARKUP = st.lists(TAGS | LINES | ANYTHING, max_size=30).map(lambda parts: "<p>" + "".join(parts))


def letters_in(html):
    """How often each letter stands in a body, footnotes included."""

    def said(blocks):
        for block in blocks:
            if isinstance(block, Paragraph):
                for inline in block.inlines:
                    if not isinstance(inline, Break):
                        yield from (run.text for run in (inline.runs if isinstance(inline, Note) else [inline]))
            else:
                for inside in [block.blocks] if isinstance(block, Quote) else block.items:
                    yield from said(inside)

    return Counter(char for text in said(reading.read(html)) for char in text if char.isalpha())


@given(TEXTS)
def test_read_loses_no_letter_of_plain_text(pasted):
    written = Counter(char for char in pasted if char.isalpha())
    pieces = intake.read(pasted).pieces
    assert written - letters_in("".join(piece.html for piece in pieces)) == Counter()  # a note called twice is doubled


@given(MARKUP)
def test_read_loses_no_letter_of_html(pasted):
    pieces = intake.read(pasted).pieces
    assert letters_in("".join(piece.html for piece in pieces)) == letters_in(pasted)


@given(TEXTS | MARKUP, st.lists(st.sampled_from([role for role in intake.ROLES if role != "dropped"]), min_size=40))
def test_assemble_loses_no_word_whatever_the_roles(pasted, given_roles):
    pieces = intake.read(pasted).pieces
    pieces = [intake.Piece(piece.html, piece.text, role) for piece, role in zip(pieces, given_roles * 9, strict=False)]
    found = intake.assemble(pieces)
    parts = [found.title, found.headline, found.place, found.re_line, found.salutation, found.closing]
    parts += [value for recipient in found.recipients for value in recipient.values()]
    parts += [*found.signatories, *body.paragraphs(found.body)]
    said = set(_words(" ".join(parts)))
    lost = {
        word
        for piece in pieces
        if piece.role not in ("dateline", "to", "cc", "re")  # these lose their labels, and the date its words
        for word in _words(piece.text)
        if word not in said
    }
    assert lost == set()


def _words(text):
    return ["".join(char for char in word if char.isalnum()) for word in text.split()]


@given(TEXTS | MARKUP)
def test_read_gives_the_same_twice_and_clean_pieces(pasted):
    once = intake.read(pasted)
    assert intake.read(pasted) == once
    assert [body.clean(piece.html) for piece in once.pieces] == [piece.html for piece in once.pieces]
    assert {piece.role for piece in once.pieces} <= set(intake.ROLES)
    assert all(repair.words for repair in once.repairs)


@given(TEXTS)
def test_read_finds_nothing_to_repair_in_what_it_has_repaired(pasted):
    repaired = "".join(piece.html for piece in intake.read(pasted).pieces if piece.role == "body")
    again = intake.read(repaired)
    kinds = {repair.kind for repair in again.repairs} - {"straight_quotes"}
    assert kinds & {"hyphens", "ligatures", "soft_hyphens"} == set()
