"""Sign-ons sent over HTTP by many, and floods that stand in the database already."""

import time

from django.urls import reverse

from signatories import guarding
from signatories.models import Signatory
from signatories.services import holding
from tests.factories import SignatoryFactory
from tests.signatories.test_forms import ORGANIZATION

HeldBecause = Signatory.HeldBecause
SLOW = 60


def send(client, letter, number=0, place="192.0.2.1", taking=SLOW, **more):
    """Sign on over HTTP, as one organization of many; the row, and the answer that was given."""
    answers = ORGANIZATION | {"name": f"Water {number}", "contact_email": f"water{number}@water{number}.example"}
    answers |= {"began": guarding.stamp(time.time() - taking), "send": "1"} | more
    answer = client.post(reverse("signatories:sign", args=[letter.slug]), answers, headers={"x-forwarded-for": place})
    return letter.signatories.order_by("signed_at").last(), answer


def rush(letter, number=12, **facts):
    """A flood that stands in the database already."""
    for _ in range(number):
        SignatoryFactory(letter=letter, **facts)
    holding.forget()


def solved(letter):
    given = guarding.challenge(str(letter.pk), bits=4)
    return {"challenge": given, "proof": guarding.solve(given)}
