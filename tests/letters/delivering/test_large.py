"""A document that is too large for a mail: refused when it is attached, and offered another way."""

import pytest

from letters import services
from letters.forms import DeliveryForm
from letters.models import Delivery
from letters.models.deliveries import LARGEST_ATTACHED
from letters.services import delivering
from tests.letters.delivering import pages, parcels
from tests.letters.delivering.test_releasing import publish
from tests.letters.desk import words
from tests.letters.filed import file_documents

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def large(letter, coordinator):
    edition = services.freeze(letter, by=coordinator)
    file_documents(edition, LARGEST_ATTACHED + 1)
    return edition


@pytest.fixture
def from_before(large, coordinator):
    """Prepared when there was no such rule."""
    return Delivery.objects.create(edition=large, recipient=0, prepared_by=coordinator, **parcels.mail().columns())


@pytest.fixture
def desk(client, coordinator):
    client.force_login(coordinator)
    return client


def form(edition, has_address, **typed):
    facts = {"email": "a@b.example", "from_name": "Us", "reply_to": "a@b.example", "subject": "A letter"}
    facts |= {"document": "en:public", "follow_up_days": "14", **typed}
    return DeliveryForm(
        facts, channel="email", offered=delivering.documents(edition, 0), has_address=has_address, initial={}
    )


def test_prepare_refuses_to_attach_what_is_too_large(large, coordinator):
    with pytest.raises(services.TooLargeToAttach):
        services.prepare_delivery(large, 0, parcels.mail(), by=coordinator)
    assert services.prepare_delivery(large, 0, parcels.post(), by=coordinator).status == "prepared"


def test_prepare_takes_the_largest_that_may_be_attached(letter, coordinator):
    edition = services.freeze(letter, by=coordinator)
    file_documents(edition, LARGEST_ATTACHED)
    assert services.prepare_delivery(edition, 0, parcels.mail(), by=coordinator).status == "prepared"


def test_what_is_too_large_can_be_linked_to(large, coordinator):
    publish(large, coordinator)
    linked = services.prepare_delivery(large, 0, parcels.mail(is_attached=False), by=coordinator)
    assert parcels.released(linked, coordinator).status == "released"


def test_change_refuses_to_attach_what_is_too_large(large, coordinator):
    publish(large, coordinator)
    linked = services.prepare_delivery(large, 0, parcels.mail(is_attached=False), by=coordinator)
    with pytest.raises(services.TooLargeToAttach):
        services.change_delivery(linked, parcels.mail(), by=coordinator, known=linked.touched_at)


def test_release_refuses_what_was_prepared_and_is_too_large(from_before, coordinator):
    with pytest.raises(services.TooLargeToAttach):
        services.release_delivery(from_before, by=coordinator, shown="")


def test_page_of_releasing_says_that_it_is_too_large(desk, from_before):
    page = words(desk.get(pages.of(from_before, "release_delivery")))
    assert "too large for a mail. Link to it, once the edition is published, or deliver it another way." in page
    assert "Release: send this mail" not in page


@pytest.mark.parametrize(
    ("has_address", "typed", "field", "said"),
    [
        (True, {"attached": "file"}, "attached", "Choose the link, or deliver it another way."),
        (False, {}, "document", "publish the edition first"),
        (False, {"document": "en:addressee"}, "document", "too large for a mail. Deliver it another way."),
        (True, {"attached": "file", "document": "en:addressee"}, "document", "Deliver it another way."),
    ],
)
def test_form_says_what_to_do_instead(large, has_address, typed, field, said):
    filled = form(large, has_address, **typed)
    assert not filled.is_valid()
    assert said in str(filled.errors[field])
    assert list(filled.errors) == [field]


def test_form_takes_a_link_to_what_is_too_large(large):
    assert form(large, True, attached="link").errors == {}
