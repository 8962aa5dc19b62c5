import pytest
from hypothesis import given
from hypothesis import strategies as st

from signatories import names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("River Watch", "RIVER  WATCH"),
        ("Straße e.V.", "STRASSE e. V."),
        ("L’Écho", "L'Écho"),
        ("Cafe\u0301 Libre", "Café Libre"),
        ("\u200eRiver\u00a0Watch", "River Watch"),
        ("ＡＢＣ Watch", "ABC watch"),
        ("River–Watch", "River Watch"),
    ],
)
def test_fold_makes_spellings_one(one, other):
    assert names.fold(one) == names.fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("River Watch", "River Watch Ghana"), ("Resistance", "Résistance"), ("Watch River", "River Watch")],
)
def test_fold_keeps_apart_what_a_person_must_judge(one, other):
    assert names.fold(one) != names.fold(other)


@given(st.text(max_size=80))
def test_fold_is_idempotent(name):
    assert names.fold(names.fold(name)) == names.fold(name)


@given(
    st.text(max_size=80)
    | st.text("aر\u0930\u094d\u200c\u200d\u180e\u1820\u034f\u0301\u0323\u115f\u3164 \u2028", max_size=20)
)
def test_tidy_is_idempotent(name):
    assert names.tidy(names.tidy(name)) == names.tidy(name)


def test_tidy_drops_direction_marks_and_keeps_joiners():
    assert names.tidy(" \u202eevil\u202c\x00  name\n") == "evil name"
    assert names.tidy("می\u200cخواهیم") == "می\u200cخواهیم"
