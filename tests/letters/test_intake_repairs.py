"""What the pages of a PDF file took apart, put together again on evidence."""

import pytest

from letters import body, intake
from letters.intake import hyphens, joining
from tests.letters import pasted


def found_in(source):
    return intake.assemble(intake.read(source).pieces)


def repairs_in(source):
    return {repair.kind: repair.count for repair in intake.read(source).repairs}


def roles_in(source):
    return [(piece.role, piece.text) for piece in intake.read(source).pieces]


def test_read_joins_what_the_pages_of_a_pdf_took_apart():
    assert roles_in(pasted.FROM_PDF) == [
        ("title", "Open letter on the closing of the wells"),
        ("salutation", "Dear Minister,"),
        ("body", pasted.AS_IT_WAS[0]),
        ("dropped", "Open letter on the closing of the wells"),
        ("dropped", "2"),
        ("body", pasted.AS_IT_WAS[1]),
        ("closing", "Respectfully,"),
        ("signatories", "Water for All\nCentre for Rivers"),
    ]
    assert repairs_in(pasted.FROM_PDF) == {
        "joined_paragraphs": 1,
        "joined_lines": 9,
        "hyphens": 2,
        "page_numbers": 1,
        "running_heads": 1,
        "ligatures": 1,
        "soft_hyphens": 1,
    }


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["lines", "paragraphs"])
def test_read_joins_lines_whatever_stands_between_them(between):
    """Some programs copy a page with an empty line, or a paragraph of its own, after every printed line."""
    lines = [line for line in pasted.FROM_PDF.split("\n") if line and line != "2"]
    del lines[lines.index(lines[0], 1)]
    assert body.paragraphs(found_in(between.join(lines)).body) == list(pasted.AS_IT_WAS)
    assert body.paragraphs(found_in("".join(f"<p>{line}</p>" for line in lines)).body) == list(pasted.AS_IT_WAS)


@pytest.mark.parametrize(
    ("before", "after", "is_joined"),
    [
        ("We ask you to call out all those who pollute, and to", "publish the measurements.", True),
        ("We ask you to call out those who pollute our rivers,", "Lakes and wells, whoever they may be.", False),
        (
            "We ask you to call out those who pollute our rivers,",
            "Lakes and wells, whoever they are and they may be.",
            True,
        ),
        ("We ask you to call out those who pollute.", "publish the measurements.", False),
        ("We ask you to call out those who pollute:", "publish the measurements.", False),
        ("What we ask of you", "publish the measurements.", False),
        ("We ask you to call out those who pollute our rivers", "Publish the measurements of every station.", False),
        (
            "نطلب منكم الكشف عن كل من يلوث الأنهار والبحيرات في",
            "البلاد ونشر القياسات المتعلقة بكل المحطات القائمة.",
            True,
        ),
        ("نطلب منكم الكشف عن كل من يلوث الأنهار والبحيرات", "ونطلب نشر القياسات المتعلقة بكل المحطات القائمة.", False),
        (
            "私たちは、北の谷の井戸が閉鎖され、何千もの人々が水を失い、",
            "長い間苦しんでいることについてお手紙を差し上げます。",
            True,
        ),
        (
            "私たちは、北の谷の井戸が閉鎖された件でお手紙を差し上げます",
            "井戸は何千もの人々に水を与えてきたものであります。",
            False,
        ),
    ],
)
def test_read_joins_paragraphs_only_on_evidence(before, after, is_joined):
    source = f"Dear Minister,\n\nWe write about wells.\n\n{before}\n\n{after}\n\nThey are ours.\n\nSincerely,"
    assert len(body.paragraphs(found_in(source).body)) == (3 if is_joined else 4)


def test_read_ends_a_list_where_no_empty_line_does():
    source = (
        "Dear Minister,\nWe ask you to open the wells.\n1. Open the wells that have been closed in the valleys since\n"
        "January of this year\n2. Publish the tests\nand pay for them.\nThey are ours.\nSincerely,\nWater for All"
    )
    assert roles_in(source) == [
        ("salutation", "Dear Minister,"),
        ("body", "We ask you to open the wells."),
        (
            "body",
            "Open the wells that have been closed in the valleys since\nJanuary of this year\nPublish the tests\n"
            "and pay for them.",
        ),
        ("body", "They are ours."),
        ("closing", "Sincerely,"),
        ("signatories", "Water for All"),
    ]


def test_read_knows_the_hyphens_of_pdfium():
    source = pasted.FROM_PDF.replace("north-\nern", "north\ufffeern").replace("long-\nterm", "long\ufffe\r\nterm")
    assert body.paragraphs(found_in(source).body) == list(pasted.AS_IT_WAS)


def test_read_leaves_recitals_that_begin_small_apart():
    recitals = [f"noting that well number {number} has been closed by the Agency," for number in range(5)]
    source = "Dear Minister,\n\n" + "\n\n".join([*recitals, "we ask you to open them."])
    assert len(body.paragraphs(found_in(source).body)) == 6


def test_read_joins_nothing_in_a_title_an_address_or_a_list():
    source = (
        "Joint letter on the wells of the northern valleys and\nthe rivers of the south\n\n"
        "The Minister of Water, who is in charge of wells,\nof rivers and of lakes, Capital City\n\n"
        "Dear Minister,\n\nWe write about wells.\n\nSincerely,\n\n"
        "Association for the wells of the northern valleys and\nthe south\n"
    )
    assert repairs_in(source) == {}
    assert found_in(source).signatories == ("Association for the wells of the northern valleys and", "the south")


@pytest.mark.parametrize(
    ("before", "after", "text", "dividing", "joint"),
    [
        ("human rights viola-", "tions by", [], True, "human rights violations by"),
        ("viola\u00ad", "tions", [], False, "violations"),
        ("asset-", "freezes", ["asset-freezes hurt"], True, "asset-freezes"),
        ("asset-", "freezes", ["assetfreezes hurt"], True, "assetfreezes"),
        ("asset-", "freezes", ["an asset", "it freezes"], True, "asset-freezes"),
        ("asset-", "freezes", [], True, "assetfreezes"),
        ("asset-", "freezes", [], False, "asset-freezes"),
        ("non-", "governmental", [], True, "non-governmental"),
        ("evidence-", "based", [], True, "evidence-based"),
        ("co-", "opt", [], True, "co-opt"),
        ("state-of-the-", "art", [], True, "state-of-the-art"),
        ("Anglo-", "Saxon", [], True, "Anglo-Saxon"),
        ("COVID-", "19", [], True, "COVID-19"),
        ("short-", "and long-term", [], True, "short- and long-term"),
        ("https://example.org/a-", "b", [], True, "https://example.org/a-b"),
    ],
)
def test_joint_asks_the_text_whether_a_hyphen_stays(before, after, text, dividing, joint):
    cut, between = hyphens.joint(before, after, hyphens.vocabulary([*text, before, after]), dividing)
    assert before[: len(before) - cut] + between + after == joint


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("They are ours.\n\nPage 2 of 3\n\nAnd yours.", ["Page 2 of 3"]),
        ("They are ours.\n\n1\n\nAnd yours, all of them.\n\n2\n\nAnd theirs.", ["1", "2"]),
        ("They are ours.\n\n12\n\nAnd yours.", []),
        ("In all these years we have asked for them to be\n\n- 7 -\n\nopened.", ["- 7 -"]),
    ],
)
def test_read_leaves_out_page_numbers_on_evidence(text, dropped):
    pieces = intake.read(f"Dear Minister,\n\nWe write about wells.\n\n{text}\n\nSincerely,").pieces
    assert [piece.text for piece in pieces if piece.role == "dropped"] == dropped


def test_read_joins_nothing_to_what_is_longer_than_any_paragraph():
    """Joining copies what it joins to: without an end, 300 KB of halves would take minutes."""
    half = "the river that goes on and on without an end, and"
    reading = intake.read("\n\n".join(["Dear Minister,", *[half] * 3000]))
    longest = max(len(piece.text) for piece in reading.pieces)
    assert joining.LONGEST <= longest < joining.LONGEST + 2 * len(half)
