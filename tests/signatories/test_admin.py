import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns.models import JournalEntry, Mail
from signatories import services
from signatories.models import Line, Signatory
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory

pytestmark = pytest.mark.django_db

QUEUE = reverse("admin:signatories_signatory_changelist")
WITHHELD = Signatory.Visibility.COUNTED


@pytest.fixture(autouse=True)
def demonstration(settings):
    settings.DEBUG = True  # lets demonstration logins in without a second step; that step has its own tests


def staff(*permissions):
    user = UserFactory(is_staff=True, is_demonstration=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


@pytest.fixture
def vetter(client):
    user = staff("vet_signatory")
    client.force_login(user)
    return user


def page(signatory):
    return reverse("admin:signatories_signatory_change", args=[signatory.pk])


def confirmed(name="Lantern House", acronym="", country="KE", website="", **fields):
    return SignatoryFactory(confirmed=True, line=Line(name, acronym, country, website), **fields)


def names(response):
    return [signatory.line.name for signatory in response.context["cl"].result_list]


def decide(client, signatory, decision, **answers):
    return client.post(page(signatory), {"decision": decision, "seen": signatory.status, **answers})


def in_bulk(client, action, signatories, **answers):
    chosen = [str(signatory.pk) for signatory in signatories]
    return client.post(QUEUE, {"action": action, "_selected_action": chosen, **answers})


# --- Who may ---


@pytest.mark.parametrize(
    ("permissions", "status"), [(["vet_signatory"], 200), (["view_signatory", "change_signatory"], 403)]
)
def test_desk_opens_for_vetters_only(client, permissions, status):
    signatory = confirmed()
    client.force_login(staff(*permissions))
    assert [client.get(address).status_code for address in (QUEUE, page(signatory))] == [status, status]


@pytest.mark.parametrize(("permissions", "now"), [(["vet_signatory"], "listed"), (["change_signatory"], "confirmed")])
def test_decisions_need_the_permission(client, permissions, now):
    one, many = confirmed("One"), confirmed("Many")
    client.force_login(staff(*permissions))
    decide(client, one, "approve")
    in_bulk(client, "approve", [many], sure="yes")
    assert set(Signatory.objects.values_list("status", flat=True)) == {now}


def test_nobody_adds_edits_or_deletes(client):
    signatory = confirmed()
    client.force_login(UserFactory(is_staff=True, is_superuser=True, is_demonstration=True))
    add = reverse("admin:signatories_signatory_add")
    delete = reverse("admin:signatories_signatory_delete", args=[signatory.pk])
    assert [client.post(address).status_code for address in (add, delete)] == [403, 403]
    client.post(page(signatory), {"name": "Another", "status": "listed", "_save": "Save"})
    signatory.refresh_from_db()
    assert (signatory.name, signatory.status) == ("Lantern House", "confirmed")


def test_reading_changes_nothing(client, vetter):
    signatory = confirmed()
    client.get(QUEUE, {"action": "approve", "_selected_action": str(signatory.pk), "sure": "yes"})
    client.get(page(signatory), {"decision": "approve", "seen": "confirmed"})
    assert Signatory.objects.get().status == "confirmed"


# --- The queue ---


def test_queue_shows_what_waits_oldest_first(client, vetter):
    now = timezone.now()
    letter = OpenLetterFactory()
    confirmed("Newer", letter=letter, at=now - timedelta(hours=1))
    older = confirmed("Older", letter=letter, at=now - timedelta(days=5))
    double = confirmed("Double", letter=letter, at=now - timedelta(days=2))
    double.move_to("duplicate", duplicate_of=older)  # as when another mailbox was first; nobody has decided yet
    SignatoryFactory(letter=letter, line=Line("Pending", "", "KE"))
    SignatoryFactory(letter=letter, line=Line("Listed", "", "KE"), listed=True)
    assert names(client.get(QUEUE)) == ["Older", "Double", "Newer"]
    assert names(client.get(QUEUE, {"state": "pending"})) == ["Pending"]
    assert len(names(client.get(QUEUE, {"state": "all"}))) == 5


def test_queue_filters_by_letter_country_and_age(client, vetter):
    now = timezone.now()
    here = confirmed("Here", country="KE", at=now - timedelta(hours=2))
    confirmed("There", country="GR", at=now - timedelta(days=2))
    confirmed("Hidden", country="GR", visibility=WITHHELD, at=now - timedelta(days=4))
    assert names(client.get(QUEUE, {"letter": here.letter_id})) == ["Here"]
    assert names(client.get(QUEUE, {"country": "GR"})) == ["There"]
    assert names(client.get(QUEUE, {"country": "withheld"})) == ["Hidden"]
    by_age = [names(client.get(QUEUE, {"age": age})) for age in ("today", "days", "old")]
    assert by_age == [["Here"], ["There"], ["Hidden"]]


@pytest.mark.parametrize("sought", ["ECOLE des rives", "école", "EdR", "Ama@Rives.example"])
def test_queue_finds_across_accents_and_by_whole_address(client, vetter, sought):
    confirmed("École des Rives", "ÉDR", contact_email="ama@rives.example")
    confirmed("Harbour Nurses", contact_email="ama@rives.example.org")
    assert names(client.get(QUEUE, {"q": sought})) == ["École des Rives"]


def test_queue_finds_other_scripts_and_withheld_names(client, vetter):
    confirmed("Общая вода", visibility=WITHHELD)
    assert names(client.get(QUEUE, {"q": "ВОДА"})) == ["Общая вода"]


def test_queue_shows_the_evidence_in_words(client, vetter):
    letter = OpenLetterFactory()
    confirmed("Oremba Boat Families", letter=letter, website="boats.example", contact_email="a@boats.example")
    confirmed("Oremba Boat Familes", letter=letter, website="boats.example", contact_email="b@gmail.com")
    words = client.get(QUEUE).content.decode()
    assert "Mail and website: same domain" in words
    assert "Mail comes from a free provider" in words
    assert words.count("one or two letters differ") == 2


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_queue_costs_the_same_for_five_and_fifty(client, vetter):
    letter = OpenLetterFactory()
    for number in range(5):
        confirmed(f"Boat Families {number}", letter=letter, visibility=[WITHHELD, "public"][number % 2])
    client.get(QUEUE)
    few = queries(client, QUEUE)
    for number in range(5, 50):
        confirmed(f"Boat Families {number}", letter=letter, visibility=[WITHHELD, "public"][number % 2])
    assert queries(client, QUEUE) == few
    assert len(names(client.get(QUEUE))) == 50


def test_addresses_stand_on_the_page_of_one_and_in_no_list(client, vetter):
    signatory = confirmed(contact_email="ama@boats.example", contact_name="Ama Mensah", contact_role="Bursar")
    lists = client.get(QUEUE).content + in_bulk(client, "approve", [signatory]).content
    one = client.get(page(signatory)).content
    for secret in (b"ama@boats.example", b"Ama Mensah", b"Bursar"):
        assert secret in one
        assert secret not in lists


def test_front_page_counts_what_waits(client, vetter):
    now = timezone.now()
    letter = OpenLetterFactory(text={"title": "For the lake"})
    confirmed("One", letter=letter, at=now - timedelta(hours=1))
    confirmed("Two", letter=letter, at=now - timedelta(days=2))
    by_letter, by_age = client.get(reverse("admin:index")).context["queue"][:2]
    assert [(item["label"], item["why"], item["age"]) for item in by_letter["items"]] == [
        ("For the lake", "2 to check", "2\xa0days")
    ]
    assert [item["label"] for item in by_age["items"]] == ["1 waiting for less than a day", "1 waiting for 1 to 3 days"]
    assert [names(client.get(item["url"])) for item in (*by_letter["items"], *by_age["items"])] == [
        ["Two", "One"],
        ["One"],
        ["Two"],
    ]


def test_front_page_tells_others_nothing(client):
    confirmed()
    client.force_login(staff("view_signatory"))
    assert "to check" not in client.get(reverse("admin:index")).content.decode()


def test_pages_need_no_inline_script_or_style(client, vetter):
    signatory = confirmed()
    for response in (client.get(QUEUE), client.get(page(signatory)), in_bulk(client, "decline", [signatory])):
        html = response.content.decode()
        assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", html) == []


# --- One by one ---


def test_approve_lists_tells_and_logs(client, vetter):
    signatory = confirmed()
    assert decide(client, signatory, "approve").url == QUEUE
    signatory.refresh_from_db()
    assert (signatory.status, signatory.decided_by) == ("listed", vetter)
    assert [mail.kind for mail in Mail.objects.about(signatory)] == ["signatories.listed"]
    entry = JournalEntry.objects.about(signatory).get()
    assert (entry.actor_id, entry.data) == (vetter.pk, {"was": "confirmed", "now": "listed"})


def test_decline_asks_for_a_reason(client, vetter):
    signatory = confirmed()
    response = decide(client, signatory, "decline")
    assert "Choose a reason: the contact is told." in response.content.decode()
    signatory.refresh_from_db()
    assert signatory.status == "confirmed"
    decide(client, signatory, "decline", **{"decline-reason": "not_eligible", "decline-note": "Sorry."})
    signatory.refresh_from_db()
    assert (signatory.decline_reason, signatory.decline_note) == ("not_eligible", "Sorry.")
    assert signatory.status == "declined"
    assert [mail.kind for mail in Mail.objects.about(signatory)] == ["signatories.not_accepted"]


def test_duplicate_is_set_aside_and_reconsidered(client, vetter):
    letter = OpenLetterFactory()
    kept = confirmed("Oremba Boat Families", letter=letter)
    double = confirmed("Boat Families Oremba", letter=letter)
    elsewhere = confirmed("Oremba Boat Families")
    decide(client, double, "duplicate", **{"duplicate-of": str(elsewhere.pk)})
    double.refresh_from_db()
    assert double.status == "confirmed"
    decide(client, double, "duplicate", **{"duplicate-of": str(kept.pk)})
    double.refresh_from_db()
    assert (double.status, double.duplicate_of) == ("duplicate", kept)
    decide(client, double, "reconsider")
    double.refresh_from_db()
    assert (double.status, double.duplicate_of) == ("confirmed", None)


def test_reconsider_says_when_another_one_stands(client, vetter):
    letter = OpenLetterFactory()
    declined = confirmed("Oremba Boat Families", letter=letter)
    services.decline(Signatory.objects.filter(pk=declined.pk), by=vetter, reason="other")
    confirmed("Oremba Boat Families", letter=letter)
    declined.refresh_from_db()
    response = client.post(page(declined), {"decision": "reconsider", "seen": "declined"}, follow=True)
    assert "another sign-on of the same organization" in response.content.decode()
    declined.refresh_from_db()
    assert declined.status == "declined"


@pytest.mark.parametrize("decision", ["decline", "duplicate", "approve"])
def test_second_vetter_is_told_and_undoes_nothing(client, vetter, decision):
    letter = OpenLetterFactory()
    kept = confirmed("Kept", letter=letter)
    signatory = confirmed("Contested", letter=letter)
    services.approve(Signatory.objects.filter(pk=signatory.pk), by=UserFactory())
    answers = {"decline-reason": "other", "duplicate-of": str(kept.pk)}
    response = client.post(page(signatory), {"decision": decision, "seen": "confirmed", **answers}, follow=True)
    assert "somebody else decided" in response.content.decode()
    signatory.refresh_from_db()
    assert signatory.status == "listed"
    assert LogEntry.objects.count() == 0


@pytest.mark.parametrize("status", ["pending", "withdrawn", "lapsed"])
def test_page_offers_nothing_where_nothing_can_be_decided(client, vetter, status):
    signatory = SignatoryFactory(status=status)
    assert client.get(page(signatory)).context["decisions"] == []
    decide(client, signatory, "approve")
    signatory.refresh_from_db()
    assert signatory.status == status


def test_page_tells_the_story(client, vetter):
    signatory = confirmed("Oremba Boat Families", "OBF", website="boats.example")
    services.decline(Signatory.objects.filter(pk=signatory.pk), by=vetter, reason="other", note="No such street.")
    words = client.get(page(signatory)).content.decode()
    assert "https://boats.example" in words
    assert "No such street." in words
    assert re.search(rf"Not accepted\s+\(<bdi>{vetter.name}</bdi>\)", words)
    assert "waiting to be sent" in words


# --- In bulk ---


def test_bulk_approve_says_first_what_will_happen(client, vetter):
    letter = OpenLetterFactory()
    two = [confirmed("One", letter=letter), confirmed("Two", letter=letter)]
    double = confirmed("Double", letter=letter)
    double.move_to("duplicate", duplicate_of=two[0])
    response = in_bulk(client, "approve", [*two, double])
    words = response.content.decode()
    assert "3 signatories chosen." in words
    assert "2 can be decided now." in words
    assert "1 stays as it is" in words
    assert "2 e-mails in all." in words
    assert set(Signatory.objects.values_list("status", flat=True)) == {"confirmed", "duplicate"}
    in_bulk(client, "approve", [*two, double], sure="yes")
    assert sorted(Signatory.objects.values_list("status", flat=True)) == ["duplicate", "listed", "listed"]
    assert Mail.objects.filter(kind="signatories.listed").count() == 2
    assert JournalEntry.objects.filter(actor_id=vetter.pk, data__now="listed").count() == 2


def test_bulk_decline_requires_a_reason(client, vetter):
    two = [confirmed("One"), confirmed("Two")]
    assert "Choose a reason" in in_bulk(client, "decline", two, sure="yes").content.decode()
    assert set(Signatory.objects.values_list("status", flat=True)) == {"confirmed"}
    in_bulk(client, "decline", two, sure="yes", reason="not_eligible")
    assert set(Signatory.objects.values_list("status", "decline_reason")) == {("declined", "not_eligible")}


def test_bulk_leaves_what_somebody_else_decided(client, vetter):
    taken, free = confirmed("Taken"), confirmed("Free")
    services.approve(Signatory.objects.filter(pk=taken.pk), by=UserFactory())
    response = in_bulk(client, "decline", [taken, free], sure="yes", reason="other")
    assert "1 was left as it is" in client.get(response.url).content.decode()
    assert dict(Signatory.objects.values_list("name", "status")) == {"Taken": "listed", "Free": "declined"}


def test_bulk_of_everything_takes_only_what_was_shown(client, vetter):
    shown = confirmed("Shown")
    confirmed("Came later")
    in_bulk(client, "approve", [shown], sure="yes", select_across="1")
    assert dict(Signatory.objects.values_list("name", "status")) == {"Shown": "listed", "Came later": "confirmed"}


# --- What is kept ---


@pytest.mark.parametrize("visibility", ["public", "counted", "recipient"])
def test_no_name_is_kept_by_log_journal_or_cookie(client, vetter, visibility):
    one = confirmed("Quietly Named", "QUNAM", visibility=visibility)
    many = confirmed("Softly Spoken", "SSP", visibility=visibility)
    shown = client.get(QUEUE).content.decode()
    assert "Quietly Named" in shown
    assert "Softly Spoken" in shown
    decide(client, one, "approve")
    in_bulk(client, "decline", [many], sure="yes", reason="other")
    kept = [f"{entry.object_repr} {entry.change_message}" for entry in LogEntry.objects.all()]
    kept += [str(entry.data) for entry in JournalEntry.objects.all()]
    kept += [cookie.value for cookie in client.cookies.values()]
    assert len(LogEntry.objects.all()) == 2
    assert [text for text in kept if re.search("Quietly|Softly|QUNAM|SSP", text)] == []
