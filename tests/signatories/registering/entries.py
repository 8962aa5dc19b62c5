"""Sign-ons that come into the register, and what it has of them."""

from signatories import services
from signatories.models import Appearance, Line, Signatory
from signatories.services import filing, registering
from tests.factories import SignatoryFactory, UserFactory

BOATS = Line("Oremba Boat Families", "OBF", "KE", "https://oremba.example")
WITHHELD = Signatory.Visibility.COUNTED


def confirmed(line=BOATS, **more):
    signatory = SignatoryFactory(confirmed=True, line=line, **more)
    filing.file_names()
    return signatory


def approved(line=BOATS, **more):
    signatory = confirmed(line, **more)
    services.approve(Signatory.objects.filter(pk=signatory.pk), by=UserFactory())
    signatory.refresh_from_db()
    return signatory


def entry_of(signatory):
    return Appearance.objects.get(pk=signatory.pk).organization_id


def names(line=BOATS, **more):
    (hits,) = registering.known([line], **more)
    return [hit.line.name for hit in hits]
