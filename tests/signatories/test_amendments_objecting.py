"""A correction leaves the roll as it is, and can be objected to for some hours."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from campaigns.models import Mail
from signatories import services
from signatories.models import Objection
from signatories.services import Answer
from tests.factories import OpenLetterFactory, SignatoryFactory
from tests.letters.test_amending import amended
from tests.signatories.amended_links import link, on_the_roll
from tests.signatories.own_page import kinds

pytestmark = pytest.mark.django_db


def test_correction_is_told_and_can_be_objected_to():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter, "correction", title="For the bridge over the Linde")
    services.tell_of_amendments()
    assert services.object_to(link(signatory), words="It is the Lind.") is Answer.OBJECTED
    assert services.object_to(link(signatory), words="Really.") is Answer.OBJECTED
    assert list(Objection.objects.values_list("signatory", "words")) == [(signatory.pk, "It is the Lind.")]
    assert on_the_roll(letter) == 1
    assert Mail.objects.filter(kind="signatories.objection").count() == 1
    assert kinds(signatory) == ["signatories.corrected"]


def test_correction_takes_no_objection_after_its_hours():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter, "correction", title="For the bridge over the Linde")
    with time_machine.travel(timezone.now() + timedelta(days=2, seconds=1)):
        assert services.object_to(link(signatory), words="It is the Lind.") is Answer.UNOPPOSED
    assert not Objection.objects.exists()
