"""The rule that lists without a person does so for whom it is meant, and for nobody else."""

import pytest
from django.db import DatabaseError, transaction

from campaigns import services as campaign_services
from campaigns.models import JournalEntry, Mail
from signatories import services
from signatories.models import Line, Purpose, SecondContact, Signatory, Token
from signatories.services import filing, registering
from tests.factories import CampaignFactory, OpenLetterFactory, SignatoryFactory, UserFactory
from tests.signatories.own_page import corrected

pytestmark = pytest.mark.django_db

BOATS = Line("Oremba Boat Families", "OBF", "KE", "https://www.oremba.example")
HOME = "office@mail.oremba.example"
Status = Signatory.Status


def known(line=BOATS, **more):
    """An organization that a person has approved for an earlier letter."""
    one = SignatoryFactory(listed=True, line=line, **more)
    filing.file_names()
    registering.remember([one])
    return one


def letter_with_the_rule(is_on=True):
    return OpenLetterFactory(campaign=CampaignFactory(lists_known=is_on))


def confirmed(line=BOATS, email=HOME, *, letter=None, **more):
    """A new sign-on that its mailbox has confirmed."""
    letter = letter or letter_with_the_rule()
    one = SignatoryFactory(letter=letter, line=line, contact_email=email, **more)
    services.confirm(Token.objects.issue(one, Purpose.CONFIRM))
    one.refresh_from_db()
    return one


def test_known_one_from_its_own_domain_is_listed_at_once_and_the_journal_says_by_which_rule():
    first = known()
    one = confirmed()
    assert (one.status, one.decided_by, one.decided_by_rule) == (Status.LISTED, None, "known")
    entry = JournalEntry.objects.get(verb="listed by rule", subject_id=str(one.pk))
    organization = first.appearance.organization_id
    assert entry.data == {"letter": one.letter_id, "rule": "known", "organization": organization}
    assert one.appearance.organization_id == organization
    assert set(Mail.objects.about(one).values_list("kind", flat=True)) == {"signatories.listed"}


def test_campaigns_that_have_not_switched_it_on_have_a_person_look():
    known()
    assert confirmed(letter=letter_with_the_rule(is_on=False)).status == Status.CONFIRMED


def test_site_without_a_register_has_a_person_look(settings):
    known()
    settings.REGISTER = False
    assert confirmed().status == Status.CONFIRMED


@pytest.mark.parametrize(
    ("email", "line"),
    [
        ("oremba@gmail.com", BOATS),
        ("office@elsewhere.example", BOATS),
        ("office@elsewhere.example", Line(BOATS.name, "OBF", "KE", "https://elsewhere.example")),
        (HOME, Line(BOATS.name, "OBF", "KE", "https://elsewhere.example")),
        (HOME, Line(BOATS.name, "OBF", "TZ", BOATS.website)),
        (HOME, Line(BOATS.name, "WRONG", "KE", BOATS.website)),
        (HOME, Line(BOATS.name, "OBF", "KE", BOATS.website, second_name="Something else")),
        (HOME, Line("Oremba Boat Familes", "OBF", "KE", BOATS.website)),
    ],
    ids=["free mail", "other domain", "own website, unknown", "other website", "country", "acronym", "second", "name"],
)
def test_anything_new_is_for_a_person(email, line):
    known()
    assert confirmed(line, email).status == Status.CONFIRMED


def test_free_mail_is_no_home_even_where_it_is_the_website():
    line = Line(BOATS.name, "OBF", "KE", "https://gmail.com")
    known(line)
    assert confirmed(line, "oremba@gmail.com").status == Status.CONFIRMED


def test_website_beside_another_name_of_the_entry_is_no_home():
    """As after a merger, rightly or by mistake, or under a name that came later."""
    named = known(Line("Lind Ferry Crews", "", "KE"))
    registering.merge(known().appearance.organization_id, named.appearance.organization_id, by=UserFactory())
    assert confirmed(Line("Lind Ferry Crews", "", "KE"), HOME).status == Status.CONFIRMED


def test_what_stood_beside_another_name_of_the_entry_is_new_beside_this_one():
    crews = Line("Lind Ferry Crews", "", "KE", BOATS.website)
    registering.merge(known().appearance.organization_id, known(crews).appearance.organization_id, by=UserFactory())
    acronym = Line(crews.name, "OBF", "KE", BOATS.website)
    assert [confirmed(line).status for line in (crews, acronym)] == [Status.LISTED, Status.CONFIRMED]


def test_website_that_no_vetter_has_seen_is_no_home():
    one = known()
    corrected(one, website="https://elsewhere.example")
    line = Line(BOATS.name, "OBF", "KE", "https://elsewhere.example")
    assert confirmed(line, "office@elsewhere.example").status == Status.CONFIRMED


def test_domain_that_only_looks_the_same_is_for_a_person():
    known()
    assert confirmed(email="office@\u043eremba.example").status == Status.CONFIRMED


def test_neighbour_under_a_shared_ending_is_another():
    line = Line(BOATS.name, "OBF", "KE", "https://oremba.blogspot.com")
    known(line)
    assert confirmed(line, "office@others.blogspot.com").status == Status.CONFIRMED


@pytest.mark.parametrize(
    "facts",
    [{"visibility": Signatory.Visibility.COUNTED}, {"held_because": "haste"}, {"kind": Signatory.Kind.INDIVIDUAL}],
)
def test_withheld_held_and_individual_ones_are_for_a_person(facts):
    known()
    assert confirmed(**facts).status == Status.CONFIRMED


def test_name_near_another_of_the_letter_is_for_a_person():
    known()
    letter = letter_with_the_rule()
    SignatoryFactory(confirmed=True, letter=letter, line=Line("Oremba Boat Familes", "", "KE"))
    assert confirmed(letter=letter).status == Status.CONFIRMED


def test_double_stays_a_double():
    known()
    letter = letter_with_the_rule()
    SignatoryFactory(confirmed=True, letter=letter, line=BOATS)
    assert confirmed(letter=letter).status == Status.DUPLICATE


def test_who_names_a_second_contact_waits_for_a_person():
    known()
    letter = letter_with_the_rule()
    one = SignatoryFactory(letter=letter, line=BOATS, contact_email=HOME)
    SecondContact.objects.create(signatory=one, email="board@oremba.example")
    services.confirm(Token.objects.issue(one, Purpose.CONFIRM))
    one.refresh_from_db()
    assert one.status == Status.CONFIRMED


def test_rule_rests_once_somebody_signs_in_confidence_whoever_it_is():
    known()
    letter = letter_with_the_rule()
    hidden = Signatory.Visibility.RECIPIENT
    SignatoryFactory(confirmed=True, letter=letter, line=Line("Harbour Nurses", "", "UG"), visibility=hidden)
    assert confirmed(letter=letter).status == Status.CONFIRMED


def test_withheld_sign_ons_elsewhere_make_nobody_known():
    known(visibility=Signatory.Visibility.COUNTED)
    assert confirmed().status == Status.CONFIRMED


def test_what_the_rule_has_listed_proves_nothing_itself():
    first = known()
    confirmed()
    services.decline(Signatory.objects.filter(pk=first.pk), by=UserFactory(), reason="unknown")
    filing.file_names()
    assert confirmed().status == Status.CONFIRMED


def test_vetters_take_it_back_like_any_other():
    known()
    one = confirmed()
    services.reconsider(Signatory.objects.filter(pk=one.pk), by=UserFactory())
    one.refresh_from_db()
    assert (one.status, one.decided_by_rule, one.decided_at) == (Status.CONFIRMED, "", None)


def test_database_refuses_a_listing_that_nobody_and_no_rule_decided():
    one = confirmed()
    with pytest.raises(DatabaseError), transaction.atomic():
        Signatory.objects.filter(pk=one.pk).update(status=Status.LISTED, decided_at=one.confirmed_at)


def test_switching_it_stands_in_the_journal():
    campaign, by = CampaignFactory(), UserFactory()
    facts = {"name": campaign.name, "contact_email": campaign.contact_email, "by": by}
    campaign_services.edit_campaign(campaign, **facts, lists_known=True)
    campaign_services.edit_campaign(campaign, **facts, lists_known=True)
    entries = JournalEntry.objects.filter(verb="lists known ones")
    assert list(entries.values_list("actor_id", "data")) == [(by.pk, {"now": True})]


@pytest.mark.parametrize("is_on", [True, False])
def test_sign_on_form_says_so(client, is_on):
    letter = letter_with_the_rule(is_on)
    page = client.get(f"/letters/{letter.slug}/sign/").content.decode()
    assert ("may be listed at once" in page) == is_on
