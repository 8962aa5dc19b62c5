"""The desk's pages for lists: from the paste to the letter, without script, for those who run the letter."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.models import Role
from letters.models import PastedRoll
from signatories.forms.importing import LONGEST_TEXT
from signatories.models import Import, Line
from signatories.services import importing
from tests.factories import MembershipFactory, OpenLetterFactory, SignatoryFactory

pytestmark = pytest.mark.django_db

LIST = "Organization\tCountry\tE-mail\nWells for All\tKenya\toffice@wells.example\nBridge Watch\tPeru\t\n"


@pytest.fixture
def letter():
    return OpenLetterFactory()


def member(client, letter, role=Role.COORDINATOR):
    user = MembershipFactory(campaign=letter.campaign, role=role).user
    client.force_login(user)
    return user


def page(name, letter, *args):
    return reverse(f"signatories:{name}", args=[letter.slug, *args])


def sent(**facts):
    return {"origin": "mail", "source": "Mail of the secretary", "is_proof": "ask", "text": LIST} | facts


def row(number, **facts):
    said = {"name": "", "acronym": "", "second_name": "", "country": "", "email": "", "decision": "add"}
    said |= {"other": "", "visibility": "public"} | facts
    return {f"r{number}-{name}": value for name, value in said.items()}


def read(client, letter, **facts):
    answer = client.post(page("imports", letter), sent(**facts))
    of = Import.objects.get()
    assert answer.url == page("imported", letter, of.pk)
    return of


def test_paste_that_is_too_long_is_kept_and_none_is_cut_off(client, letter):
    """In any script: three bytes a letter. And no browser is told a limit, by which it would cut silently."""
    member(client, letter)
    shown = client.post(page("imports", letter), sent(text="\u65e5" * (LONGEST_TEXT + 1))).content.decode()
    box = shown.partition("<textarea")[2].partition("</textarea>")[0]
    assert ("longer than we can take at once" in shown, "\u65e5" * 1000 in box, "maxlength" in box) == (
        (True, True, False)
    )


def test_paste_look_over_and_add(client, letter):
    member(client, letter)
    of = read(client, letter)
    shown = client.get(page("imported", letter, of.pk)).content.decode()
    assert ("Add 1, skip 1, merge 0" in shown, "cannot be added: it has no e-mail address" in shown) == (True, True)
    edited = row(3, name="Bridge Watch Peru", country="Peru", email="post@bridge.example")
    client.post(page("imported", letter, of.pk), edited)
    assert 'name="seen" value="1"' in shown
    client.post(page("import_add", letter, of.pk), {"agreed": "on", "seen": 1})
    names = letter.signatories.order_by("name").values_list("name", "country")
    assert list(names) == [("Bridge Watch Peru", "PE"), ("Wells for All", "KE")]
    assert "Added 2" in client.get(page("imported", letter, of.pk)).content.decode()


def test_add_needs_the_tick(client, letter):
    member(client, letter)
    of = read(client, letter)
    client.post(page("import_add", letter, of.pk))
    assert letter.signatories.count() == 0


def test_upload_reads_a_file(client, letter):
    member(client, letter)
    of = read(client, letter, text="", file=SimpleUploadedFile("list.csv", LIST.replace("\t", ",").encode()))
    assert [one.decision for one in of.rows.all()] == ["skip", "add", "add"]


def test_a_list_needs_a_source(client, letter):
    member(client, letter)
    answer = client.post(page("imports", letter), sent(source=""))
    assert (answer.status_code, Import.objects.count()) == (200, 0)


def test_rows_keep_what_is_wrong_out(client, letter):
    member(client, letter)
    of = read(client, letter)
    wrong = row(2, name="Wells www.spam.example/x") | row(3, name="Bridge Watch", country="Atlantis")
    shown = client.post(page("imported", letter, of.pk), wrong).content.decode()
    assert ("Leave out web addresses here." in shown, "We know no country" in shown) == (True, True)
    assert ("2 rows are not saved yet" in shown, 'href="#id_r3-country"' in shown) == (True, True)
    assert [one.sealed["name"] for one in of.rows.filter(number__gt=1)] == ["Wells for All", "Bridge Watch"]


def test_rows_are_merged_upwards_only(client, letter):
    member(client, letter)
    of = read(client, letter)
    both = row(2, name="Wells for All", decision="other", other="3")
    both |= row(3, name="Bridge Watch", decision="other", other="2")
    client.post(page("imported", letter, of.pk), both)
    assert [(one.decision, one.same_as_row) for one in of.rows.all()] == [("skip", None), ("add", None), ("merge", 2)]


def test_a_row_is_merged_with_nobody_of_another_letter(client, letter):
    member(client, letter)
    of, stranger = read(client, letter), SignatoryFactory(confirmed=True)
    client.post(page("imported", letter, of.pk), row(2, name="Wells for All", decision=f"s:{stranger.pk}"))
    assert of.rows.get(number=2).same_as_id is None


def test_suspects_are_named_with_the_reason(client, letter):
    SignatoryFactory(letter=letter, line=Line("Wells for All", "", "KE"), confirmed=True)
    member(client, letter)
    of = read(client, letter)
    shown = client.get(page("imported", letter, of.pk)).content.decode()
    assert "Wells for All, Kenya, on the letter: same name" in shown


def test_pages_are_of_fifty_rows(client, letter):
    member(client, letter)
    lines = "\n".join(f"Orchard {name} Trust" for name in NAMES)
    of = read(client, letter, text=lines)
    first = client.get(page("imported", letter, of.pk)).content.decode()
    last = client.get(page("imported", letter, of.pk) + "?show=all&after=50").content.decode()
    assert (first.count("<fieldset>"), last.count("<fieldset>")) == (50, 10)


NAMES = [f"{one}{two}" for one in ("Ash", "Birch", "Cedar", "Elm", "Fir", "Oak") for two in "abcdefghij"]


def test_the_list_that_came_with_the_letter(client, letter):
    PastedRoll.objects.create(letter=letter, lines="Wells for All, Kenya\nBridge Watch, Peru")
    member(client, letter)
    assert "There is a list in the text you pasted." in client.get(page("imports", letter)).content.decode()
    client.post(page("import_pasted", letter))
    assert [one.sealed["country"] for one in Import.objects.get().rows.all()] == ["KE", "PE"]


def test_undo_a_merge(client, letter):
    there = SignatoryFactory(letter=letter, line=Line("Wells for All", "", ""), confirmed=True)
    member(client, letter)
    of = read(client, letter)
    client.post(page("import_add", letter, of.pk), {"agreed": "on", "seen": 1})
    there.refresh_from_db()
    assert there.line.country == "KE"
    client.post(page("unmerge", letter, of.pk, 2))
    there.refresh_from_db()
    assert there.line.country == ""


def test_the_proof_is_for_the_team_and_comes_as_a_download(client, letter):
    member(client, letter)
    of = read(client, letter, proof=SimpleUploadedFile("mail.pdf", b"%PDF-proof"))
    answer = client.get(page("import_proof", letter, of.pk))
    assert (answer.content, answer["Content-Type"]) == (b"%PDF-proof", "application/octet-stream")
    assert answer["Content-Disposition"] == f'attachment; filename="proof-{of.pk}.pdf"'
    member(client, letter, Role.VIEWER)
    assert client.get(page("import_proof", letter, of.pk)).status_code == 404


@pytest.mark.parametrize(("role", "status"), [(Role.OWNER, 200), (Role.TRANSLATOR, 404), (Role.VIEWER, 404)])
def test_lists_are_for_those_who_run_the_letter(client, letter, role, status):
    of = importing.take_in(letter, by=member(client, letter), origin="mail", source="A mail", text=LIST)
    member(client, letter, role)
    pages = [page("imports", letter), page("imported", letter, of.pk)]
    assert [client.get(one).status_code for one in pages] == [status] * 2


def test_a_list_opens_under_its_own_letter_only(client, letter):
    of = importing.take_in(letter, by=member(client, letter), origin="mail", source="A mail", text=LIST)
    other = OpenLetterFactory(campaign=letter.campaign)
    assert client.get(page("imported", other, of.pk)).status_code == 404


def test_discarded_lists_are_gone(client, letter):
    member(client, letter)
    of = read(client, letter)
    client.post(page("import_discard", letter, of.pk))
    assert client.get(page("imported", letter, of.pk)).status_code == 404


def test_looking_changes_nothing(client, letter):
    member(client, letter)
    of = read(client, letter)
    before = list(of.rows.values())
    for address in ("?show=ask", "?show=nonsense", "?after=99999999999", "?after=x"):
        assert client.get(page("imported", letter, of.pk) + address).status_code == 200
    assert list(of.rows.values()) == before


def test_the_mail_says_who_told_us(client, letter, mailoutbox):
    from campaigns import outbox

    member(client, letter)
    of = read(client, letter)
    client.post(page("import_add", letter, of.pk), {"agreed": "on", "seen": 1})
    outbox.send_due()
    assert f"{letter.campaign.name} told us that you sign the joint letter" in mailoutbox[0].body
    assert "sign-on form" not in mailoutbox[0].body


def test_the_mail_of_a_withheld_one_names_nothing(client, letter, mailoutbox):
    from campaigns import outbox

    member(client, letter)
    of = read(client, letter)
    client.post(
        page("imported", letter, of.pk),
        row(2, name="Wells", country="Kenya", email="a@wells.example", visibility="counted"),
    )
    client.post(page("import_add", letter, of.pk), {"agreed": "on", "seen": 1})
    outbox.send_due()
    words = mailoutbox[0].subject + mailoutbox[0].body
    assert [one for one in ("Wells", letter.campaign.name, str(letter)) if one in words] == []
