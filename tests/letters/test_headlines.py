import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import headlines

NUMBERS = st.integers(min_value=0, max_value=100_000)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, (0, False)),
        (4, (4, False)),
        (5, (5, False)),
        (7, (5, True)),
        (49, (45, True)),
        (50, (50, False)),
        (59, (50, True)),
        (133, (130, True)),
        (249, (240, True)),
        (250, (250, False)),
        (274, (250, True)),
        (499, (475, True)),
        (500, (500, False)),
        (549, (500, True)),
        (767, (750, True)),
        (1049, (1000, True)),
    ],
)
def test_rounds_down_to_the_stated_step(number, shown):
    assert headlines.rounded(number) == shown


@given(NUMBERS)
def test_says_never_more_than_the_truth(number):
    floor, more = headlines.rounded(number)
    assert floor <= number
    assert more == (floor != number)
    assert number - floor < headlines.step_of(number)


@given(NUMBERS, NUMBERS)
def test_more_signatories_never_give_a_smaller_number(one, other):
    fewer, more = sorted((one, other))
    assert headlines.rounded(fewer)[0] <= headlines.rounded(more)[0]


@given(NUMBERS)
def test_what_is_round_stays(number):
    floor, _ = headlines.rounded(number)
    assert headlines.rounded(floor) == (floor, False)


def test_fills_every_place():
    assert headlines.filled("{n} organizations, {n} voices {x}", "750+") == "750+ organizations, 750+ voices {x}"
    assert (headlines.wants_number("{n} voices"), headlines.wants_number("Voices")) == (True, False)
