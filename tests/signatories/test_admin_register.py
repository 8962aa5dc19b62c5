"""The pages of the register: who may look, who may change, and what they do."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from letters.models import Letter
from signatories.models import Appearance, Line, Organization, Signatory
from signatories.services import filing, registering
from tests.factories import SignatoryFactory, UserFactory
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

LIST = "/admin/signatories/organization/"
WHOLE = f"{LIST}all/"


def signed_in(client, *codenames):
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    sign_in(client, user, with_second_factor=True)
    return user


@pytest.fixture
def keeper(client):
    return signed_in(client, "vet_signatory", "view_signatory", "keep_register")


def listed(name, **more):
    one = SignatoryFactory(listed=True, line=Line(name, "", "KE"), **more)
    filing.file_names()
    registering.remember([one])
    return one


def entry_of(signatory):
    return Appearance.objects.get(pk=signatory.pk).organization_id


def see(entry):
    return reverse("admin:signatories_organization_see", args=[entry])


def test_vetters_look_and_others_do_not(client):
    listed("Oremba Boat Families")
    signed_in(client, "view_mail")
    assert client.get(LIST).status_code == 403
    signed_in(client, "vet_signatory")
    assert "Oremba Boat Families" in client.get(LIST).content.decode()


def test_without_the_permission_nothing_changes(client):
    signed_in(client, "vet_signatory")
    one, other = entry_of(listed("Oremba Boat Families")), entry_of(listed("Harbour Nurses"))
    asked = [(WHOLE, {"sure": "on"}), (see(one), {"sure": "on"}), (f"{see(one)}merge/{other}/", {})]
    assert [client.post(address, data).status_code for address, data in asked] == [403, 403, 403]
    assert Organization.objects.standing().count() == 2


def test_search_finds_in_any_spelling_and_no_withheld_name(client, keeper):
    listed("École des Rives")
    listed("Harbour Nurses")
    listed("École cachée", visibility=Signatory.Visibility.COUNTED)
    page = client.get(LIST, {"q": "ecole"}).content.decode()
    assert [name in page for name in ("École des Rives", "Harbour Nurses", "cachée")] == [True, False, False]


def test_pages_take_the_same_queries_however_many_there_are(client, keeper):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            client.get(LIST)
        return len(seen)

    listed("Oremba Boat Families")
    queries()
    few = queries()
    for number in range(5):
        listed(f"Harbour Nurses of pier {number}")
    assert queries() == few


def test_next_page_goes_on_where_the_first_ends(client, keeper, monkeypatch):
    monkeypatch.setattr("signatories.admin.register.ON_A_PAGE", 1)
    first, second = listed("Oremba Boat Families"), listed("Harbour Nurses")
    page = client.get(LIST).content.decode()
    assert ("Harbour Nurses" in page, "Oremba" in page, f"?before={entry_of(second)}" in page) == (True, False, True)
    page = client.get(LIST, {"before": entry_of(second)}).content.decode()
    assert ("Oremba" in page, "?before" in page) == (True, False)
    assert first


def test_two_are_merged_after_a_look_and_taken_apart_again(client, keeper):
    one, other = listed("Oremba Boat Families"), listed("Oremba Boat Familes")
    first, second = entry_of(one), entry_of(other)
    assert f"{see(first)}merge/{second}/" in client.get(see(first)).content.decode()
    preview = client.get(f"{see(first)}merge/{second}/").content.decode()
    assert ("Families" in preview, "Familes" in preview, entry_of(one)) == (True, True, first)
    page = client.post(f"{see(first)}merge/{second}/", follow=True)
    assert (entry_of(one), page.redirect_chain[-1][0]) == (second, see(second))
    client.post(see(second), {"split": first})
    assert (entry_of(one), entry_of(other)) == (first, second)


def test_merging_twice_is_told(client, keeper):
    first, second = entry_of(listed("Oremba Boat Families")), entry_of(listed("Harbour Nurses"))
    client.post(f"{see(first)}merge/{second}/")
    page = client.post(f"{see(first)}merge/{second}/", follow=True)
    assert "Nothing was changed" in page.content.decode()


def test_deleting_and_emptying_ask_twice(client, keeper):
    first = entry_of(listed("Oremba Boat Families"))
    listed("Harbour Nurses")
    client.post(see(first))
    client.post(WHOLE, {"empty": "yes"})
    assert Organization.objects.count() == 2
    client.post(see(first), {"sure": "on"})
    assert Organization.objects.count() == 1
    client.post(WHOLE, {"empty": "yes", "sure": "on"})
    assert Organization.objects.count() == 0
    client.post(WHOLE, {"rebuild": "yes"})
    assert Organization.objects.count() == 2


def test_a_register_that_is_switched_off_shows_nothing_and_can_be_emptied(client, keeper, settings):
    first = entry_of(listed("Oremba Boat Families"))
    assert [client.get(page).status_code for page in (LIST, see(first), WHOLE)] == [200, 200, 200]
    settings.REGISTER = False
    for page in (LIST, f"{LIST}?q=oremba", WHOLE):
        assert "Oremba Boat" not in client.get(page).content.decode()
    assert client.get(see(first)).status_code == 404
    client.post(WHOLE, {"empty": "yes", "sure": "on"})
    assert Organization.objects.count() == 0


def test_missing_are_those_that_would_be_noted(client, keeper):
    def missing():
        return client.get(WHOLE).context["missing"]

    SignatoryFactory(listed=True)
    assert missing() == 1
    elsewhere = SignatoryFactory(listed=True)
    assert missing() == 2
    Letter.objects.filter(pk=elsewhere.letter_id).update(status=Letter.Status.DRAFT)
    assert missing() == 1
    filing.file_names()
    client.post(WHOLE, {"rebuild": "yes"})
    assert missing() == 0


def test_as_much_is_done_as_somebody_waits_for_and_the_page_says_so(client, keeper, monkeypatch):
    monkeypatch.setattr("signatories.admin.register.AT_ONCE", 1)
    monkeypatch.setattr("signatories.services.registering.mending.BATCH", 1)
    monkeypatch.setattr("signatories.services.registering.remembering.BATCH", 1)
    for name in ("Oremba Boat Families", "Harbour Nurses"):
        SignatoryFactory(listed=True, line=Line(name, "", "KE"))
    unfiled = client.post(WHOLE, {"rebuild": "yes"}, follow=True).content.decode()
    assert ("There are more" in unfiled, Organization.objects.count()) == (True, 0)
    filing.file_names()
    for press, more, there in (("rebuild", True, 1), ("rebuild", False, 2), ("empty", True, 1), ("empty", False, 0)):
        page = client.post(WHOLE, {press: "yes", **({"sure": "on"} if press == "empty" else {})}, follow=True)
        assert ("There are more" in page.content.decode(), Organization.objects.count()) == (more, there)


def test_key_of_too_many_digits_is_none(client, keeper):
    first = entry_of(listed("Oremba Boat Families"))
    assert client.post(see(first), {"split": "9" * 5000}).status_code == 302


def test_looking_changes_nothing(client, keeper):
    first, second = entry_of(listed("Oremba Boat Families")), entry_of(listed("Harbour Nurses"))
    for address in (LIST, WHOLE, see(first), f"{see(first)}merge/{second}/"):
        assert client.get(address).status_code == 200
    assert Organization.objects.standing().count() == 2


def test_vetters_see_that_an_organization_is_known(client, keeper):
    known = listed("Oremba Boat Families")
    new = SignatoryFactory(confirmed=True, line=Line("Oremba Boat Families", "", "KE"))
    for page in ("/admin/signatories/signatory/", f"/admin/signatories/signatory/{new.pk}/change/"):
        shown = client.get(page).content.decode()
        assert ("Known from other letters" in shown, see(entry_of(known)) in shown) == (True, True)


def test_entry_of_another_name_is_found_to_be_merged(client, keeper):
    first, second = entry_of(listed("Oremba Boat Families")), entry_of(listed("Mtandao wa Mashua"))
    assert f"{see(first)}merge/{second}/" not in client.get(see(first)).content.decode()
    assert f"{see(first)}merge/{second}/" in client.get(see(first), {"q": "mtandao"}).content.decode()
