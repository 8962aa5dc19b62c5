"""An edition's PDF differs in the number alone: text, fonts and metadata."""

import random

import pytest

from letters import pdf
from tests.signatories import planted_leaks
from tests.signatories.non_interference.comparing import told_apart
from tests.signatories.non_interference.looking import in_print
from tests.signatories.non_interference.short_histories import acts
from tests.signatories.public_outputs import Eyes, differ
from tests.signatories.twin_histories import PATHS

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SET_IN_TYPE = 12  # cases of which the edition's PDF is compared


def printed(stage, steps):
    """The first edition's PDF in English, as it is seen."""
    with stage.told([*steps, *acts("freeze_again", since=400)]) as telling:
        edition = telling.letter.editions.order_by("-number").first()
        eyes = Eyes(None, edition.printed_roll.withheld, telling.is_counted)
        return edition.printed_roll.withheld, eyes.pdf(pdf.render(in_print(edition)))


@pytest.mark.battery
@pytest.mark.parametrize("part", range(2))
def test_edition_in_print_differs_in_the_number_alone(stage, part):
    """Text, fonts and metadata of the PDF."""
    compared_pdfs = 0
    for seed in range(part * 100, part * 100 + 100):
        steps = acts(*random.Random(seed).choices(["sign", "confirm", "approve", "approve", "sign"], k=8))
        number, without = printed(stage, steps)
        for path in random.Random(seed).sample(["listed", "reconsidered", "corrected", "vouched for"], 3):
            hidden = acts(*[f"*{act}" for act in PATHS[path].split()], since=len(steps))
            counted, other = printed(stage, [*steps, *hidden])
            assert counted == number + 1
            assert not differ(without, other), told_apart(without, other)
            compared_pdfs += 1
        if compared_pdfs >= SET_IN_TYPE // 2:
            return


@pytest.mark.battery
def test_leak_into_a_pdf_is_caught(stage, monkeypatch):
    """The control: a withheld name set in white, and the moment at which it was accepted in the metadata."""
    steps = acts("sign", "confirm", "approve")
    hidden = acts("*sign", "*confirm", "*approve", since=3)
    for plant in (planted_leaks.names_in_white_ink, planted_leaks.moment_of_the_last_decision):
        with monkeypatch.context() as patch:
            plant(patch)
            _, without = printed(stage, steps)
            _, other = printed(stage, [*steps, *hidden])
        assert differ(without, other)
