"""What holds for any two names."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from signatories.matching import Index, Known, Verdict, compare
from tests.signatories.test_matching import pairs

ANY_NAME = st.text(min_size=1, max_size=40).filter(str.strip)
NAMES = st.sampled_from(sorted({row[side] for row in pairs() for side in "ab"}))
WORDS = st.sampled_from(
    "River Harbour Lantern Memory Archive Tenants Nurses Weavers Justice Water Estuario Ufer Deich Rivage".split()
)
WORDY = st.lists(WORDS, min_size=2, max_size=5, unique=True)


def verdict(one, other):
    return compare(Known("one", one), Known("other", other)).verdict


@given(ANY_NAME | NAMES)
@example("!")
@example("e.V.")
@example("（）")
@example("Ltd, Inc.")
@example("ー")
@example("\u0301x")
def test_every_name_is_the_same_as_itself(name):
    assert verdict(name, name) is Verdict.SAME


@given(ANY_NAME | NAMES, ANY_NAME | NAMES)
def test_compare_says_the_same_either_way(one, other):
    there, back = compare(Known("a", one), Known("b", other)), compare(Known("b", other), Known("a", one))
    assert (there.verdict, there.score) == (back.verdict, back.score)


@given(WORDY, WORDS, st.data())
def test_another_telling_word_makes_another_organization(words, other, data):
    place = data.draw(st.integers(0, len(words) - 1))
    if other not in words:
        changed = [*words[:place], other, *words[place + 1 :]]
        assert verdict(" ".join(words), " ".join(changed)) is Verdict.DIFFERENT
        assert verdict(" ".join(words), " ".join([*words, other])) is Verdict.DIFFERENT


@given(WORDY, st.sampled_from(["e.V.", "ASBL", "z.s.", "A.C.", "Inc.", "ry", "o.p.s.", "vzw", "Ltd", "APS", "CIC"]))
def test_case_accents_and_legal_form_make_no_other_organization(words, form):
    name = " ".join(words)
    accented = unicodedata.normalize("NFC", name.replace("e", "e\u0301"))
    assert verdict(name, name.upper()) is Verdict.SAME
    assert verdict(name, accented) is not Verdict.DIFFERENT
    assert verdict(name, f"{name} {form}") is not Verdict.DIFFERENT
    assert verdict(name, f"{accented.upper()}, {form}") is not Verdict.DIFFERENT


@given(st.lists(NAMES, min_size=2, max_size=12, unique=True), NAMES, st.randoms())
def test_the_order_of_the_index_changes_nothing(names, sought, luck):
    known = [Known(name, name) for name in names]
    found = Index(known).near(Known("", sought), 20)
    luck.shuffle(known)
    assert Index(known).near(Known("", sought), 20) == found
    grown = Index()
    for one in known:
        grown.add(one)
    assert grown.near(Known("", sought), 20) == found


@given(st.lists(ANY_NAME | NAMES, min_size=1, max_size=12, unique=True), ANY_NAME | NAMES)
def test_the_index_misses_none_that_is_the_same(names, sought):
    mine = Known("", sought)
    known = [Known(str(number), name) for number, name in enumerate(names)]
    same = {one.key for one in known if compare(mine, one).verdict is Verdict.SAME}
    found = {match.key for match in Index(known).near(mine, 20) if match.verdict is Verdict.SAME}
    assert found == same
