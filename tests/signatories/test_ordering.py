"""In which order the list stands: chosen at the desk, the same everywhere."""

import csv
import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from docx import Document as WordDocument

from campaigns.models import JournalEntry
from letters import docx, pdf
from letters import services as letters
from letters.document import Arrangement
from letters.models import Letter
from letters.services import editions
from signatories import services
from signatories.models import Line
from tests.factories import LetterFactory, MembershipFactory, OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.documents import text_of
from tests.signatories.own_page import fresh, token_of
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

LIST = {"group_by": "none", "numbering": "continuous", "skips_articles": "on", "initiators_first": "on"}
ORDER = ["Zebra Trust", "The Amber Fund", "Quay"]


@pytest.fixture
def letter():
    letter = OpenLetterFactory()
    for name, country in (("The Amber Fund", "KE"), ("Quay", "FR"), ("Zebra Trust", "EG")):
        SignatoryFactory(letter=letter, listed=True, line=Line(name, "", country))
    return letter


@pytest.fixture
def desk(client):
    def of(letter, page="order", role="coordinator"):
        sign_in(client, MembershipFactory(campaign=letter.campaign, role=role).user)
        return reverse(f"signatories:{page}", args=[letter.slug])

    return of


def in_order(text):
    return sorted((name for name in ORDER if name in text), key=text.index)


def test_the_order_is_chosen_at_the_desk_and_is_the_same_everywhere(client, desk, letter):
    address = desk(letter)
    first = letter.signatories.get(name="Zebra Trust")
    answer = client.post(desk(letter, "initiator"), {"signatory": first.pk, "first": "yes"})
    assert answer.url.startswith(address)
    assert client.post(address, LIST).url == address
    letter.refresh_from_db()
    assert letter.arrangement == Arrangement("none", True, True, "continuous")
    assert JournalEntry.objects.get(verb="arranged").data["group_by"] == "none"
    page = client.get(letter.get_absolute_url()).content.decode()
    page = page[page.index('id="signed"') :]
    assert in_order(page) == ORDER
    assert "1. <bdi>Zebra Trust</bdi>, Egypt" in page
    for name in ("roll", "embed", "signatories_txt", "signatories_json"):
        assert in_order(client.get(reverse(f"letters:{name}", args=[letter.slug])).content.decode()) == ORDER
    text = client.get(reverse("letters:signatories_txt", args=[letter.slug])).content.decode()
    assert text.splitlines()[1] == "2. The Amber Fund, Kenya"
    table = client.get(reverse("letters:signatories_csv", args=[letter.slug])).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert [(row["name"], row["country"], row["group"], row["number"]) for row in rows] == [
        ("Zebra Trust", "EG", "Initiators", "1"),
        ("The Amber Fund", "KE", "", "2"),
        ("Quay", "FR", "", "3"),
    ]


def test_an_edition_keeps_the_order_it_was_frozen_in(letter):
    by = UserFactory()
    letters.arrange(letter, Arrangement("region"), by=by)
    letters.close(letter, by=by)
    edition = letters.freeze(letter, by=by)
    letters.arrange(letter, Arrangement("none", numbering="continuous"), by=by)
    edition.refresh_from_db()
    assert [group.title for group in edition.printed_roll.groups] == ["Africa", "Europe"]
    assert [group.title for group in editions.printed(edition, "en").roll.groups] == ["Africa", "Europe"]
    letter.refresh_from_db()
    assert [group.title for group in letter.roll("en", timezone.now()).groups] == [""]
    assert letter.revisions.count() == 1


def test_documents_have_the_order_of_the_page(letter):
    by = UserFactory()
    services.set_initiator(letter.signatories.get(name="Zebra Trust"), is_initiator=True, by=by)
    letters.arrange(letter, Arrangement("none", True, True, "continuous"), by=by)
    letters.close(letter, by=by)
    document = editions.printed(letters.freeze(letter, by=by), "en")
    word = WordDocument(io.BytesIO(docx.write(document)))
    assert in_order("\n".join(paragraph.text for paragraph in word.paragraphs)) == ORDER
    assert in_order(text_of(pdf.render(document))) == ORDER


def test_scope_becomes_a_heading_only_while_nobody_was_promised_otherwise(client, desk, letter):
    answer = client.post(desk(letter), {**LIST, "group_by": "scope"})
    assert "were told their scope is not printed" in str(answer.context["form"].errors["group_by"])
    assert Letter.objects.get(pk=letter.pk).group_by == "country"
    with pytest.raises(letters.ScopeIsNotPrinted):
        letters.arrange(letter, Arrangement("scope"), by=UserFactory())
    draft = LetterFactory()
    assert client.post(desk(draft), {**LIST, "group_by": "scope"}).status_code == 302
    assert Letter.objects.get(pk=draft.pk).group_by == "scope"


def test_scope_is_offered_only_where_it_would_be_taken(client, desk, letter):
    def offered(letter):
        page = client.get(desk(letter)).content.decode()
        return ('value="scope"' in page, "Where organizations work is no choice here" in page)

    assert offered(letter) == (False, True)
    assert offered(LetterFactory()) == (True, False)
    Letter.objects.filter(pk=letter.pk).update(group_by="scope")
    assert offered(letter) == (True, False)


def test_the_form_says_when_scope_is_printed(client, letter):
    def hint():
        return "Not printed." in str(client.get(address).context["form"]["scope"].help_text)

    address = reverse("signatories:sign", args=[letter.slug])
    assert hint()
    Letter.objects.filter(pk=letter.pk).update(group_by="scope")
    assert not hint()


@pytest.mark.parametrize(
    "standing",
    [{}, {"listed": True, "visibility": "counted"}, {"listed": True, "kind": "individual"}, {"status": "declined"}],
)
def test_who_is_not_named_as_an_organization_cannot_come_first(letter, standing):
    if standing.get("status"):
        standing = {"listed": True}
    signatory = SignatoryFactory(letter=letter, **standing)
    if standing == {"listed": True}:
        services.decline(letter.signatories.filter(pk=signatory.pk), reason="other", by=UserFactory())
    assert not services.set_initiator(signatory, is_initiator=True, by=UserFactory())


def withhold(signatory):
    services.show_as(token_of(signatory), "counted")


def erase(signatory):
    services.erase(token_of(signatory), keeps_line=False)


def sign_as_a_person(signatory):
    person = {"kind": "individual", "contact_name": "Ana", "contact_role": "Director"}
    services.correct(token_of(signatory), line=signatory.line, **person)


@pytest.mark.parametrize("leave", [withhold, erase, sign_as_a_person])
def test_who_is_named_as_an_organization_no_more_is_no_initiator(leave):
    """The team's own table would go on to say which withheld one began the letter."""
    letter = OpenLetterFactory(open_to="both")
    signatory = SignatoryFactory(letter=letter, confirmed=True)
    assert services.set_initiator(signatory, is_initiator=True, by=UserFactory())
    leave(signatory)
    assert fresh(signatory).is_initiator is False


def test_the_database_refuses_an_initiator_without_a_name(letter):
    signatory = SignatoryFactory(letter=letter, listed=True, visibility="counted")
    with pytest.raises(IntegrityError, match="initiator_is_named"), transaction.atomic():
        letter.signatories.filter(pk=signatory.pk).update(is_initiator=True)


def test_search_finds_organizations_to_come_first(client, desk, letter):
    hidden = SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Quay of Sighs"))
    page = client.get(desk(letter), {"q": "quay"}).content.decode()
    assert ("Quay" in page, hidden.line.name in page) == (True, False)
    assert client.post(desk(letter, "initiator"), {"signatory": "no key", "first": "yes"}).status_code == 404


@pytest.mark.parametrize("role", ["viewer", "translator"])
def test_the_order_is_for_who_runs_the_letter(client, desk, letter, role):
    assert client.post(desk(letter, role=role), LIST).status_code == 404
    assert client.post(desk(letter, "initiator", role), {"signatory": letter.signatories.first().pk}).status_code == 404


def test_lines_have_country_and_comma_of_the_page_and_names_stay_the_letters(client, letter):
    letters.arrange(letter, Arrangement("none"), by=UserFactory())
    page = client.get(f"/ar{letter.get_absolute_url()}").content.decode()
    assert '<ul lang="en">' in page
    assert '<bdi>Quay</bdi>، <span lang="ar">فرنسا</span></li>' in page
