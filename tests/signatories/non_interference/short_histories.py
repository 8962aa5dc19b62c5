"""Short histories, made by hand."""

from datetime import timedelta

from tests.signatories.twin_histories import Step


def acts(*names, since=0):
    """So many steps, an hour apart; those of the hidden one are marked with "*"."""
    return [
        Step(timedelta(hours=number), name.removeprefix("*"), f"short.{number}", is_hidden=name.startswith("*"))
        for number, name in enumerate(names, since + 1)
    ]


COUNTED = acts("sign", "*sign", "confirm", "*confirm", "approve", "*approve", "correct", "news")
