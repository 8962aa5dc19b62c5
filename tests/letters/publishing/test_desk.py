"""The desk's pages: preparing, looking, releasing, calling back, taking back."""

import pytest
import time_machine

from letters import instants, tasks
from letters.models import Letter, Publication
from letters.services import publications
from signatories import services
from tests.factories import MembershipFactory
from tests.letters.desk import fields, team_member, words
from tests.letters.publishing.published import WORDS, frozen, over, prepared, published, release, soon

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def at(letter, page=""):
    return f"/desk/letters/{letter.slug}/publish/{page}"


def fill_in(client, letter, **typed):
    """Prepare it on the page; the answer."""
    known = fields(client.get(at(letter, "words/")))
    typed = {"when": "now", **{f"{part}_en": said for part, said in WORDS.items()}, **typed}
    return client.post(at(letter, "words/"), known | typed)


def press(client, letter, page):
    """A button of the page as it is shown."""
    return client.post(at(letter, page), fields(client.get(at(letter))))


@pytest.fixture
def letter():
    letter = over(7, zone="Europe/Zurich")
    frozen(letter)
    return letter


def test_desk_says_what_has_to_come_first(client):
    letter = over(2)
    team_member(client, letter)
    assert "No edition yet" in words(client.get(at(letter)))
    frozen(letter, is_set=False)
    assert "The documents are being set" in words(client.get(at(letter)))
    assert client.get(at(letter, "words/")).status_code == 302


def test_prepare_look_and_publish(client, letter):
    user = team_member(client, letter)
    assert fill_in(client, letter).url == at(letter)
    page = client.get(at(letter))
    assert "5+ organizations ask for a heron bridge" in words(page)
    preview = words(client.get(f"{at(letter, 'preview/')}?in=en"))
    assert "Preview: nobody outside your team sees this." in preview
    assert "5+ organizations ask for a heron bridge</h1>" in preview
    assert "heron bridge" not in words(client.get(letter.get_absolute_url()))
    client.post(at(letter, "release/"), fields(page))
    publication = Letter.objects.get(pk=letter.pk).publication
    assert (publication.prepared_by, publication.released_by) == (user, user)
    assert "Edition 1 is public" in words(client.get(at(letter)))
    assert "Edition 1 is public since" in words(client.get(f"/desk/letters/{letter.slug}/"))


def test_preview_is_the_page_that_comes_out(client, letter):
    team_member(client, letter)
    with time_machine.travel(soon(hours=1), tick=False):
        fill_in(client, letter)
        seen = main(client.get(at(letter, "preview/"))).replace(
            f"/desk/letters/{letter.slug}/editions/1/en.pdf", "[pdf]"
        )
        seen = seen.replace(f"/desk/letters/{letter.slug}/editions/1/manifest.json", "[manifest]")
        press(client, letter, "release/")
        out = main(client.get(letter.get_absolute_url())).replace(f"/letters/{letter.slug}/1.pdf", "[pdf]")
    press_kit = f' <a href="/letters/{letter.slug}/press/">For the press</a>'
    assert (seen.count(press_kit), out.count(press_kit)) == (0, 1)
    out = out.replace(press_kit, "")  # it is not there before
    assert seen == out.replace(f"/letters/{letter.slug}/editions/1.json", "[manifest]")


def main(response):
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def test_form_begins_with_the_words_of_the_text(client):
    letter = over(7, text={"headline": "{n} organizations ask"})
    frozen(letter)
    team_member(client, letter)
    page = client.get(at(letter, "words/"))
    assert fields(page)["headline_en"] == "{n} organizations ask"
    assert fields(page)["document_line_en"] == "Joint NGO letter to Ada Example"
    assert "rounded down: “5+” now." in words(page)


def test_form_has_the_words_of_each_language(client):
    letter = over(7, courtesy=True)
    frozen(letter)
    team_member(client, letter)
    fill_in(client, letter, headline_fr="Nous demandons", note_fr="Une note")
    said = letter.publications.get().words
    assert (said["fr"]["headline"], said["en"]["headline"]) == ("Nous demandons", WORDS["headline"])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"headline_en": "{N} organizations ask"}, "Write {n} where the number belongs, and no other braces."),
        ({"headline_en": "5+ organizations ask"}, "Write {n} instead of the number in “5+”"),
        ({"headline_en": "7 organizations ask"}, "Write {n} instead of the number in “7 organizations”"),
        (
            {"lead_en": "More than 8 organizations ask."},
            "“8 organizations” is above the truth: 7 organizations are named",
        ),
        ({"document_line_en": "Letter of 8+ to the Commissioner"}, "“8+” is above the truth"),
        ({"when": ""}, "Say when it comes out."),
        ({"when": "later"}, "Say when it comes out, or choose as soon as it is released."),
        ({"when": "later", "comes_at": "2018-09-05T09:00"}, "This lies in the past. Choose a later time."),
        ({"when": "later", "comes_at": "soon"}, "Enter date and time like"),
        ({"when": "now", "comes_at": "2031-09-05T09:00"}, "You entered a time, too"),
    ],
)
def test_form_says_what_is_wrong_and_keeps_what_was_typed(client, letter, typed, said):
    team_member(client, letter)
    typed = {"lead_en": "A lead typed with care"} | typed
    answer = fill_in(client, letter, **typed)
    assert said in words(answer)
    assert fields(answer)["lead_en"] == typed["lead_en"]
    assert Publication.objects.count() == 0


@pytest.mark.parametrize(
    "typed",
    [
        {"headline_en": "{n} organizations ask for 2030 trees"},
        {"headline_en": "Organizations ask for 2030 trees"},
        {"lead_en": "7 organizations and 12,000 people ask."},
        {"document_line_en": "Joint letter of 5+ organizations"},
    ],
)
def test_words_may_say_what_is_true(client, letter, typed):
    team_member(client, letter)
    assert fill_in(client, letter, **typed).status_code == 302


def test_embargo_is_entered_on_the_clocks_of_the_letter(client, letter):
    team_member(client, letter)
    fill_in(client, letter, when="later", comes_at="2027-09-05T09:00")
    publication = letter.publications.get()
    assert instants.on_the_wall(publication.comes_at, "Europe/Zurich").isoformat() == "2027-09-05T09:00:00"
    press(client, letter, "release/")
    assert "Sunday 5 September 2027 at 09:00 (Zurich time), 07:00 UTC" in words(client.get(at(letter)))
    assert "Released, comes out Sunday 5 September 2027" in words(client.get(f"/desk/letters/{letter.slug}/"))


def test_call_back_then_change_or_throw_away(client, letter):
    team_member(client, letter)
    release(prepared(letter, edition=letter.editions.get(), comes_at=soon()))
    press(client, letter, "call-back/")
    assert letter.publications.get().status == "prepared"
    fill_in(client, letter, lead_en="Another lead")
    assert letter.publications.get().words["en"]["lead"] == "Another lead"
    press(client, letter, "discard/")
    assert letter.publications.get().status == "discarded"


def test_too_late_to_call_back(client, letter):
    team_member(client, letter)
    release(prepared(letter, edition=letter.editions.get(), comes_at=soon(seconds=30)))
    with time_machine.travel(soon(minutes=2), tick=False):
        page = fields(client.get(at(letter)))
        tasks.publish_due()
    assert "Call it back" not in words(client.get(at(letter)))
    answer = client.post(at(letter, "call-back/"), page, follow=True)
    assert "Its time has come, and it is public." in words(answer)
    assert letter.publications.get().status == "public"


def test_release_is_refused_where_it_was_changed_meanwhile(client, letter):
    team_member(client, letter)
    fill_in(client, letter)
    shown = fields(client.get(at(letter)))
    fill_in(client, letter, lead_en="Another lead")
    answer = client.post(at(letter, "release/"), shown, follow=True)
    assert "It was changed while you looked." in words(answer)
    assert letter.publications.get().status == "prepared"


def test_two_people_where_the_campaign_wants_it(client, letter):
    letter.campaign.needs_two_to_release = True
    letter.campaign.save()
    team_member(client, letter)
    fill_in(client, letter)
    page = client.get(at(letter))
    assert "somebody else on the team has to look at it and release it" in words(page)
    assert "Publish now" not in words(page)
    meant = letter.publications.get()
    posted = {"publication": meant.pk, "seen": publications.fingerprint(meant)}
    refused = client.post(at(letter, "release/"), posted, follow=True)
    assert "somebody else than who prepared it has to release it" in words(refused)
    client.force_login(MembershipFactory(campaign=letter.campaign, role="owner").user)
    press(client, letter, "release/")
    assert letter.publications.get().status == "public"


def test_whoever_only_looks_sees_it_without_buttons(client, letter):
    prepared(letter, edition=letter.editions.get())
    team_member(client, letter, role="viewer")
    page = words(client.get(at(letter)))
    assert "Edition 1 is prepared" in page
    assert [one for one in ("Publish now", "Change it", "Throw it away") if one in page] == []


def test_edition_can_be_chosen_where_there_are_several(client, letter):
    second = frozen(letter)
    team_member(client, letter)
    assert fields(client.get(at(letter, "words/")))["edition"] == str(second.number)
    fill_in(client, letter, edition="1")
    assert letter.publications.get().edition.number == 1


def test_past_embargo_that_is_changed_wants_another_time(client, letter):
    prepared(letter, edition=letter.editions.get(), comes_at=soon())
    team_member(client, letter)
    with time_machine.travel(soon(hours=5)):
        shown = fields(client.get(at(letter, "words/")))
        assert "This lies in the past" in words(client.post(at(letter, "words/"), shown))


HINT = "The signatories were told already that edition 1 is published"


def asked_to_tell(client, letter):
    page = client.get(at(letter, "words/"))
    return page.context["form"]["tells_signatories"].initial, HINT in words(page)


def test_desk_proposes_to_tell_of_an_edition_once(client, letter):
    team_member(client, letter)
    assert asked_to_tell(client, letter) == (True, False)
    publication = published(letter, edition=letter.editions.get(), tells_signatories=True)
    assert asked_to_tell(client, letter) == (True, False)  # not told of it yet
    services.tell_news()
    services.announce_published()
    services.tell_news()
    assert asked_to_tell(client, letter) == (False, True)
    publications.take_back(publication, reason="A slip.", by=publication.released_by)
    assert asked_to_tell(client, letter) == (False, True)
    frozen(letter)
    assert asked_to_tell(client, letter) == (True, True)


def test_desk_proposes_to_tell_again_of_what_was_taken_back_before_all_were_told(client, letter):
    team_member(client, letter)
    publication = published(letter, edition=letter.editions.get(), tells_signatories=True)
    services.announce_published()
    publications.take_back(publication, reason="A slip.", by=publication.released_by)
    services.tell_news()
    assert asked_to_tell(client, letter) == (True, False)


def test_desk_keeps_what_was_chosen_about_telling(client, letter):
    team_member(client, letter)
    for tells in (True, False):
        prepared_one = prepared(letter, edition=letter.editions.get(), tells_signatories=tells)
        assert asked_to_tell(client, letter) == (tells, False)
        seen = publications.fingerprint(prepared_one)
        publications.discard(prepared_one, by=prepared_one.prepared_by, seen=seen)


@pytest.mark.parametrize("was_told", [True, False])
def test_taking_back_proposes_to_tell_whom_it_was_told(client, letter, was_told):
    published(letter, edition=letter.editions.get(), tells_signatories=was_told)
    services.announce_published()
    team_member(client, letter)
    page = fields(client.get(at(letter, "take-back/")))
    assert ("tells" in page) == was_told
    chosen = {} if was_told else {"tells": "on"}
    page.pop("tells", None)
    client.post(at(letter, "take-back/"), page | chosen | {"reason": "A name was wrong."})
    publication = letter.publications.get()
    assert (publication.status, publication.tells_removal) == ("removed", not was_told)
