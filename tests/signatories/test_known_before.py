"""The page of answers offers what an earlier public letter says of the organization, and nothing that is not public."""

import pytest
from django.utils import timezone

from signatories import guarding
from signatories.models import Line, Signatory
from signatories.services import filing, importing, registering
from tests.factories import MembershipFactory, OpenLetterFactory, SignatoryFactory, UserFactory

pytestmark = pytest.mark.django_db

BOATS = Line("Oremba Boat Families", "OBF", "KE", "https://oremba.example")
OFFER = "Is this you, on an earlier letter?"


def known(line=BOATS, **more):
    one = SignatoryFactory(listed=True, line=line, **more)
    filing.file_names()
    registering.remember([one])


def answered(client, letter=None, **more):
    answers = {
        "name": "Oremba Boat families",
        "country": "KE",
        "scope": "national",
        "contact_name": "Contact Person",
        "contact_role": "Director",
        "contact_email": "office@oremba.example",
        "visibility": "public",
        "attested": "on",
        "began": guarding.stamp(timezone.now().timestamp() - 60),
        **more,
    }
    letter = letter or OpenLetterFactory()
    return client.post(f"/letters/{letter.slug}/sign/", answers)


def test_answers_can_be_completed_from_an_earlier_letter(client):
    known()
    assert OFFER in answered(client).content.decode()
    page = answered(client, take_over="1")
    assert page.context["line"] == BOATS
    assert OFFER not in page.content.decode()


def test_nothing_is_sent_by_taking_over(client):
    known()
    answered(client, take_over="1")
    assert Signatory.objects.filter(name=BOATS.name).count() == 1


def test_typed_answers_stay_where_nothing_is_taken_over(client):
    known()
    assert answered(client).context["line"].acronym == ""


@pytest.mark.parametrize(
    "more", [{"visibility": Signatory.Visibility.COUNTED}, {"kind": Signatory.Kind.INDIVIDUAL}], ids=["withheld", "one"]
)
def test_what_is_not_in_the_register_is_not_offered(client, more):
    known(**more)
    before = answered(client)
    assert (OFFER in before.content.decode(), answered(client, take_over="1").context["line"].acronym) == (False, "")


def test_namesake_abroad_is_not_offered(client):
    known()
    assert OFFER not in answered(client, country="TZ").content.decode()


def test_nothing_is_offered_that_is_typed_already(client):
    known()
    page = answered(client, name=BOATS.name, acronym="OBF", website=BOATS.website)
    assert OFFER not in page.content.decode()


def test_nothing_is_offered_when_the_register_is_off(client, settings):
    known()
    settings.REGISTER = False
    assert OFFER not in answered(client).content.decode()


def test_team_sees_which_rows_of_a_list_are_known_from_other_letters(client):
    known()
    letter = OpenLetterFactory()
    client.force_login(MembershipFactory(campaign=letter.campaign).user)
    text = "Organization\tCountry\tE-mail\nOremba Boat Families\tKenya\ta@b.example\nBridge Watch\tPeru\tc@d.example\n"
    of = importing.take_in(letter, by=UserFactory(), origin="mail", source="A mail", text=text)
    page = client.get(f"/desk/letters/{letter.slug}/lists/{of.pk}/")
    assert [one.known for one in page.context["table"]][-2:] == ["Oremba Boat Families (OBF), Kenya", ""]
    assert page.content.decode().count("Known from other letters") == 1
    renamed = importing.Change("add", "public", {"name": "Oremba Boat Families", "country": "KE"})
    importing.look_over(of, {3: renamed}, by=of.made_by)
    page = client.get(f"/desk/letters/{letter.slug}/lists/{of.pk}/")
    assert page.content.decode().count("Known from other letters") == 2
