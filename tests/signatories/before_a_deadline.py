"""Sign-ons that wait as a deadline comes: in which ways one gets to that point, and what an answer then comes to."""

import time

from signatories import guarding, services
from signatories.models import Contact, Line, Purpose, Signatory, Token
from signatories.services import Outcome

WAYS = ("pending", "held", "reviewing")


def sign(letter, number, marks=None):
    """Whether the letter took it."""
    contact = Contact("Ama Mensah", "Director", f"ama@river{number}.example")
    line = Line(f"River {number}", country="GH")
    try:
        services.submit(
            letter.slug,
            kind="organization",
            line=line,
            visibility="public",
            scope="local",
            contact=contact,
            second_email="",
            language="en",
            source="",
            marks=marks or guarding.Marks(began=guarding.stamp(time.time() - 60)),
        )
    except services.NotAccepting:
        return False
    return letter.signatories.filter(name=line.name).exists()


def answer_at(signatory, way, clock, now):
    """Say yes at an instant, in one of the ways there are to come to that point; what it came to."""
    purpose = Purpose.MINE if way == "reviewing" else Purpose.CONFIRM
    token = signatory.tokens.filter(purpose=purpose, replaced_at=None).latest("pk")
    clock.move_to(now, tick=False)
    return services.confirm(Token.objects.select_related("signatory__letter").get(pk=token.pk))


def brought_to(way, letter, number):
    """A sign-on that only has to be confirmed, having been let through or not; on a letter that takes them now."""
    began = guarding.stamp(time.time() - (1 if way == "held" else 60))
    assert sign(letter, number, guarding.Marks(began=began))
    signatory = letter.signatories.get(name=f"River {number}")
    assert signatory.is_held == (way == "held")
    if way == "held":
        assert services.release(Signatory.objects.filter(pk=signatory.pk)) == 1
    if way == "reviewing":
        assert services.let_board_decide(Token.objects.get(signatory=signatory)) == Outcome.REVIEWING
        Token.objects.mine(signatory)
    return signatory
