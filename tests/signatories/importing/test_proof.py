"""Sign-ons for which the list's source is the proof, and what they are not."""

import pytest

from campaigns import outbox
from campaigns.models import Mail
from letters.models import Letter
from signatories import emails, services
from signatories.models import Line, Signatory
from signatories.services import importing
from tests.factories import RevisionFactory, SignatoryFactory, UserFactory
from tests.letters.test_amending import amended
from tests.signatories.importing.lists import TABLE, WORDS, add, outcomes, taken
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


def test_add_with_proof_confirms_without_mail(letter):
    of = add(taken(letter, is_proof=True))
    assert [outcome for _, outcome, _ in outcomes(of)] == ["skipped", "added", "added", "added"]
    rows = letter.signatories.values_list("status", "agreed_revision", "attestation", "attested_words")
    assert set(rows) == {("confirmed", letter.revision.pk, "team", WORDS)}
    assert Mail.objects.count() == 0


def test_add_binds_nobody_to_a_text_that_came_after_the_page(letter):
    of, seen = taken(letter, is_proof=True), letter.revision
    RevisionFactory(letter=letter, number=2, substance=2)
    Letter.objects.filter(pk=letter.pk).update(substance=2)
    with pytest.raises(importing.Amended):
        importing.add(of, by=of.made_by, words=WORDS, seen=seen.number)
    assert letter.signatories.count() == 0


def test_add_binds_to_the_text_on_the_page(letter):
    of, seen = taken(letter, is_proof=True), letter.revision
    RevisionFactory(letter=letter, number=2)  # a correction
    importing.add(of, by=of.made_by, words=WORDS, seen=seen.number)
    assert set(letter.signatories.values_list("agreed_revision", flat=True)) == {seen.pk}


@pytest.mark.parametrize("status", ["withdrawn", "invalid"])
@pytest.mark.parametrize(
    "facts",
    [
        {"line": Line("Wells for All", "", "KE")},
        {"line": Line("Another name", "", "KE"), "contact_email": "office@wells.example"},
    ],
    ids=["name", "address"],
)
def test_add_with_proof_brings_nobody_back(letter, status, facts):
    SignatoryFactory(letter=letter, status=status, **facts)
    of = taken(letter, is_proof=True)
    importing.add_undecided(of, by=of.made_by)
    assert outcomes(add(of))[1:3] == [("Wells for All", "refused", "has_left"), ("Amigas del Río", "added", "")]


def test_add_with_proof_speaks_for_no_mailbox_that_never_asked(letter):
    from campaigns import silence

    silence.keep("office@wells.example")
    table = TABLE + "Wells Elsewhere\tChile\toffice+2@wells.example\n"
    of = taken(letter, table, is_proof=True)
    importing.add_undecided(of, by=of.made_by)
    refusals = [why for _, _, why in outcomes(add(of))]
    assert (refusals[1], refusals[4]) == ("has_left", "has_left")


def test_proof_is_no_answer_of_a_mailbox(letter, client):
    """Only what has become of it is written there, until somebody answers from it."""
    of = add(taken(letter, is_proof=True))
    signatory = of.rows.get(number=2).signatory
    assert (signatory.has_answered, emails.facts.may_be_told(signatory)) == (False, False)
    assert Signatory.objects.known_to_their_owners().count() == 0
    sign_in(client, UserFactory(is_staff=True, is_superuser=True), with_second_factor=True)
    page = client.get(f"/admin/signatories/signatory/{signatory.pk}/change/", follow=True).content.decode()
    assert "no: the team says that it signed" in page


def listed_mail(signatory, mailoutbox):
    services.approve(Signatory.objects.filter(pk=signatory.pk), by=UserFactory())
    outbox.send_due()
    (sent,) = [one for one in mailoutbox if one.to == [signatory.contact_email]]
    return sent


def test_listed_mail_says_that_the_team_entered_it_and_how_to_object(letter, mailoutbox):
    sent = listed_mail(add(taken(letter, is_proof=True)).rows.get(number=2).signatory, mailoutbox)
    (html,) = [str(one[0]) for one in sent.alternatives]
    for words in (" ".join(sent.body.split()), html):
        assert ("to ask whether you sign" in words, "What we have from you" in words) == (False, False)
        assert ("from a list that says that you sign" in words, "you did not sign?" in words) == (True, True)
        assert ("with this address, from a list that it has" in words, "/mine/" in words) == (True, True)


def test_listed_mail_to_who_confirmed_says_so(letter, mailoutbox):
    signatory = add(taken(letter)).rows.get(number=2).signatory
    outbox.send_due()
    services.confirm(signatory.tokens.get())
    outbox.send_due()
    mailoutbox.clear()
    sent = listed_mail(signatory, mailoutbox)
    assert ("from a list" in sent.body, "What we have from you" in sent.body) == (False, True)


def test_listed_mail_of_a_withheld_one_from_a_list_names_nothing(letter, mailoutbox):
    of = taken(letter, is_proof=True)
    of.rows.filter(number=2).update(visibility="counted")
    sent = listed_mail(add(of).rows.get(number=2).signatory, mailoutbox)
    assert [one for one in ("Wells", letter.campaign.name, str(letter)) if one in sent.subject + sent.body] == []
    assert ("a team entered something for you" in sent.body, "you confirmed" in sent.body) == (True, False)


def test_agreeing_again_is_an_answer_of_the_mailbox(letter):
    of = add(taken(letter, is_proof=True))
    amended(letter)
    signatory = of.rows.get(number=2).signatory
    services.agree(signatory.tokens.model.objects.mine(signatory), seen=2)
    signatory.refresh_from_db()
    assert (signatory.agreed_revision.number, signatory.has_answered) == (2, True)


def test_vetters_read_where_it_comes_from(letter, client):
    of = add(taken(letter, is_proof=True))
    sign_in(client, UserFactory(is_staff=True, is_superuser=True), with_second_factor=True)
    signatory = of.rows.get(number=2).signatory
    page = client.get(f"/admin/signatories/signatory/{signatory.pk}/change/", follow=True).content.decode()
    assert ("Came in a list:" in page, "Mail of the secretary" in page) == (True, True)
