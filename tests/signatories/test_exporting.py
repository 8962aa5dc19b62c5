"""The sign-ons as a file: who may have what, and what it holds."""

import csv
import io

import pytest
from django.urls import reverse

from campaigns.models import JournalEntry
from signatories import services
from signatories.models import Line
from tests.factories import PASSWORD, MembershipFactory, OpenLetterFactory, SignatoryFactory, UserFactory
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

WITHHELD = "Withheld Rivers"
ASKED = {"form": "csv", "contacts": "on", "withheld": "on", "reason": "check"}


@pytest.fixture
def letter():
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True, line=Line("=Nile", "N", "EG"), contact_name="Ana", is_initiator=True)
    line = Line(WITHHELD, "WR", "KE", website="https://withheld.example")
    SignatoryFactory(letter=letter, listed=True, line=line, visibility="counted", contact_name="=Secret Person")
    SignatoryFactory(letter=letter, line=Line("منظمة النهر", "", "EG"))
    SignatoryFactory(line=Line("Another letter’s"), contact_name="Somebody Else")
    return letter


@pytest.fixture
def desk(client, letter):
    def of(role, page="export"):
        user = MembershipFactory(campaign=letter.campaign, role=role).user if role else UserFactory()
        sign_in(client, user)
        return reverse(f"signatories:{page}", args=[letter.slug])

    return of


def read(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text, newline=""))
    return [dict(zip(heading, row, strict=True)) for row in rows]


def show_password(client):
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


@pytest.mark.parametrize("role", ["viewer", "translator", "coordinator", "owner"])
def test_everyone_in_the_team_has_the_lines_without_contacts_and_withheld_names(client, desk, role):
    response = client.post(desk(role), {"form": "csv"})
    rows = read(response)
    assert [row["Name"] for row in rows] == ["'=Nile", "Name withheld", "منظمة النهر"]
    assert [row["Name may be published"][:2] for row in rows] == ["ye", "NO", "ye"]
    assert [row["Initiator"] for row in rows] == ["yes", "", ""]
    assert [row["State"] for row in rows] == ["Listed", "Listed", "Waiting for e-mail confirmation"]
    told = str(rows)
    assert not [word for word in (WITHHELD, "WR", "Kenya", "withheld.example", "Ana", "@", "Secret") if word in told]
    assert response["Content-Disposition"].endswith('-sign-ons.csv"')
    assert response["Cache-Control"] == "private, no-store"


def test_runners_have_all_on_their_password_and_a_reason(client, desk, letter):
    address = desk("coordinator", "export_confidential")
    assert client.get(address).url.startswith(reverse("account_reauthenticate"))
    assert client.post(address, ASKED).status_code == 302
    assert not JournalEntry.objects.filter(verb="exported").exists()
    show_password(client)
    assert client.get(address).status_code == 200
    assert not JournalEntry.objects.filter(verb="exported").exists()
    response = client.post(address, ASKED)
    rows = read(response)
    assert [row["Name"] for row in rows] == ["'=Nile", WITHHELD, "منظمة النهر"]
    assert [row["Contact’s name"] for row in rows] == ["Ana", "'=Secret Person", "Contact Person"]
    assert rows[1]["Name may be published"].startswith("NO")
    assert response["Content-Disposition"].endswith('-sign-ons-CONFIDENTIAL.csv"')
    entry = JournalEntry.objects.get(verb="exported")
    assert (entry.subject_id, entry.data) == (
        str(letter.pk),
        {"form": "csv", "withheld": True, "contacts": True, "reason": "check", "rows": 3},
    )


@pytest.mark.parametrize("role", ["viewer", "translator", None])
def test_nobody_else_has_contacts_password_or_not(client, desk, role):
    address = desk(role, "export_confidential")
    show_password(client)
    assert client.get(address).status_code == 404
    assert client.post(address, ASKED).status_code == 404
    assert not JournalEntry.objects.filter(verb="exported").exists()


def test_strangers_have_nothing(client, desk):
    assert client.post(desk(None), {"form": "csv"}).status_code == 404


@pytest.mark.parametrize(
    ("asked", "wrong"), [({"reason": ""}, ["reason"]), ({"contacts": "", "withheld": ""}, ["contacts"])]
)
def test_contacts_need_a_reason_and_a_wish(client, desk, asked, wrong):
    address = desk("owner", "export_confidential")
    show_password(client)
    chosen = {name: value for name, value in (ASKED | asked).items() if value}
    assert list(client.post(address, chosen).context["form"].errors) == wrong
    assert not JournalEntry.objects.filter(verb="exported").exists()


def test_each_is_asked_for_apart(letter):
    def told(**asked):
        return b"".join(services.export(letter, "csv", by=UserFactory(), reason="check", **asked)).decode()

    assert [word in told(contacts=True) for word in (WITHHELD, "Secret Person")] == [False, True]
    assert [word in told(withheld=True) for word in (WITHHELD, "Secret Person")] == [True, False]
    with pytest.raises(ValueError, match="no reason"):
        services.export(letter, "csv", by=UserFactory(), contacts=True)


@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
def test_reading_takes_one_query_however_many_rows(letter, form, django_assert_num_queries):
    content = services.export(letter, form, by=UserFactory(), withheld=True, contacts=True, reason="check")
    with django_assert_num_queries(1):
        assert len(b"".join(content)) > 500


def test_the_page_of_sign_ons_leads_there(client, desk, letter):
    address = desk("viewer")
    assert f'href="{address}"' in client.get(reverse("letters:signatories", args=[letter.slug])).content.decode()
    assert reverse("signatories:export_confidential", args=[letter.slug]) not in client.get(address).content.decode()
