import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from campaigns import demonstration
from campaigns.models import Campaign, JournalEntry, Mail, User
from campaigns.outbox import send_due
from letters import courtesy, readiness
from letters.models import Comment, Edition, Letter, Rendering
from signatories import services
from signatories.demonstration import CLOSED_LETTER, DRAFT_LETTER, OPEN_LETTER, SET_ASIDE, TO_FIND, VOICES, cast_of
from signatories.evidence import Fit, mail_domain_fit
from signatories.matching import Index, Kind, Known
from signatories.models import Invalidation, Signatory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """Played once for the module; each test's own transaction lies inside this one."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DEBUG=True):
        call_command("demo", undelivered=True)
        yield
        transaction.set_rollback(True)


def letter(script):
    return Letter.objects.get(slug=script.slug)


def rows():
    return [model.objects.count() for model in (Campaign, Letter, Signatory, Mail, User, JournalEntry)]


def test_demo_refuses_without_debug(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError):
        call_command("demo")


def test_demo_leaves_a_site_with_a_campaign_alone(settings):
    settings.DEBUG = True
    before = rows()
    call_command("demo")
    assert rows() == before


def test_demo_shows_every_state():
    assert set(Signatory.objects.values_list("status", flat=True)) == set(Signatory.Status.values)
    assert set(Signatory.objects.values_list("visibility", flat=True)) == set(Signatory.Visibility.values)
    states = {Letter.Status.CONSULTATION, Letter.Status.OPEN, Letter.Status.CLOSED}
    assert set(Letter.objects.values_list("status", flat=True)) == states
    roll = letter(OPEN_LETTER).roll("en", letter(OPEN_LETTER).opens_at)
    assert (roll.organizations >= 40, roll.countries >= 25, roll.withheld >= 3) == (True, True, True)


def test_demo_shows_a_flood_that_is_held_one_set_aside_and_one_put_back():
    (proposed,) = services.proposed([letter(OPEN_LETTER).pk]).values()
    proposals = {(one.kind, one.number) for one in proposed}
    assert {("held", TO_FIND.number), ("domain", TO_FIND.number)} <= proposals
    standing, undone = (Invalidation.objects.get(undone_at__isnull=is_standing) for is_standing in (True, False))
    assert (standing.number, standing.undone_at, undone.number > 0) == (SET_ASIDE.number, None, True)
    assert undone.rows.exclude(signatory__status="listed").count() == 0
    assert Signatory.objects.filter(status="invalid").count() == SET_ASIDE.number


def test_demo_accepts_signatures_and_lacks_something():
    assert letter(OPEN_LETTER).accepts_signatures
    assert readiness.missing(letter(DRAFT_LETTER)) != []


def test_demo_gives_the_vetter_something_to_find():
    waiting = list(Signatory.objects.awaiting_vetting())
    fits = {mail_domain_fit(one.contact_email, one.line.website) for one in waiting}
    assert fits == set(Fit)
    ages = {min(int(one.waiting_for.total_seconds() // 86400), 3) for one in waiting}
    assert ages == {0, 1, 2, 3}


def test_demo_withholds_names_in_the_database():
    plain = Signatory.objects.withheld().values_list("name", "acronym", "country", "website")
    assert set(plain) == {("", "", "", "")}
    hidden = {one.name for one in (*cast_of("open"), *cast_of("closed")) if one.visibility != "public"}
    assert hidden.isdisjoint(Signatory.objects.values_list("name", flat=True))
    assert {one.line.name for one in Signatory.objects.withheld()} == hidden


def test_demo_leaves_the_documents_to_the_worker_if_it_is_told_to():
    edition = Edition.objects.get(letter__slug=CLOSED_LETTER.slug)
    assert edition.number == 1
    assert edition.printed_roll.organizations == letter(CLOSED_LETTER).signatories.listed().public().count()
    queued = Rendering.objects.filter(edition=edition).values_list("language", "state")
    assert sorted(queued) == [("en", Rendering.State.QUEUED), ("fr", Rendering.State.QUEUED)]


def test_demo_leaves_a_handful_of_mails_to_read(mailoutbox):
    assert send_due() == len(mailoutbox)
    assert 3 <= len(mailoutbox) <= 8
    assert len({message.subject.partition(":")[0] for message in mailoutbox}) >= 3


def test_demo_makes_its_logins():
    for role, email, password in demonstration.LOGINS:
        user = User.objects.get(email=email)
        assert user.is_demonstration
        assert user.check_password(password)
        assert EmailAddress.objects.get(user=user).verified
        assert (user.is_staff, user.is_superuser) == (role != "coordinator", role == "administrator")
    owner = User.objects.get(email=demonstration.LOGINS[0][1])
    assert Letter.objects.run_by(owner).count() == 3
    assert User.objects.get(email=demonstration.LOGINS[1][1]).has_perm("signatories.vet_signatory")


def test_demo_writes_to_nobody():
    contacts = {one.email for one in (*cast_of("open"), *cast_of("closed"), *VOICES)}
    contacts |= {f"office@{burst.domain}" for burst in (TO_FIND, SET_ASIDE)}
    websites = {one.website for one in (*cast_of("open"), *cast_of("closed")) if one.website}
    assert {contact.rpartition(".")[2] for contact in contacts} == {"example"}
    assert {website.rpartition(".")[2] for website in websites} == {"example"}


def test_demo_has_its_look_alikes():
    cast = [Known(one.email, one.name, one.acronym) for one in cast_of("open")]
    index = Index(cast)
    found = {match.reasons[0].kind for one in cast for match in index.near(one)}
    assert {Kind.NAME, Kind.LOOKS, Kind.LETTERS, Kind.ACRONYM} <= found


def test_demo_shows_a_translation_and_what_partners_say():
    french = letter(CLOSED_LETTER).texts.get(language="fr")
    done = courtesy.progress(courtesy.beside(french.held, letter(CLOSED_LETTER).text.held))
    assert (done.missing, done.stale) == (0, 0)
    consultation = letter(DRAFT_LETTER).consultations.get()
    assert consultation.takes_comments
    assert sorted(consultation.partners.values_list("position", flat=True)) == ["", "refuse", "support"]
    assert Comment.objects.unanswered().count() == 1
