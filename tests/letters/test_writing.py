import pytest
from django.test import Client
from django.urls import reverse

from letters import services
from letters.models import Letter
from letters.services import drafting
from tests.factories import LetterFactory, MembershipFactory, OpenLetterFactory, UserFactory
from tests.letters.desk import fields, team_member, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return LetterFactory()


@pytest.fixture
def writer(client, letter):
    team_member(client, letter)
    return client


@pytest.fixture
def other(letter):
    other = Client()
    other.force_login(MembershipFactory(campaign=letter.campaign, role="owner", user__name="Ana Other").user)
    return other


def url(letter, page="write"):
    return reverse(f"letters:{page}", args=[letter.slug])


def opened(client, letter, query=""):
    """The writing page, and what it would send."""
    return fields(client.get(url(letter) + query))


def draft(letter):
    return drafting.current(Letter.objects.get(pk=letter.pk))


def test_new_leads_to_a_campaign_first(client):
    client.force_login(UserFactory())
    response = client.get(reverse("letters:new"), follow=True)
    assert response.redirect_chain[-1][0] == reverse("campaigns:new_campaign")
    assert "Make the campaign first." in words(response)


def test_new_makes_a_draft_to_write(client):
    membership = MembershipFactory()
    client.force_login(membership.user)
    assert client.get(reverse("letters:new")).status_code == 200
    sent = {"campaign": membership.campaign.pk, "title": "رسالة", "language": "ar"}
    response = client.post(reverse("letters:new"), sent)
    assert response.url == reverse("letters:write", args=["letter"])
    assert 'dir="rtl"' in words(client.get(response.url))


def test_new_offers_no_campaign_of_others(client, letter):
    mine = MembershipFactory()
    client.force_login(mine.user)
    sent = {"campaign": letter.campaign.pk, "title": "Mine now", "language": "en"}
    assert client.post(reverse("letters:new"), sent).status_code == 200
    assert Letter.objects.count() == 1


def test_write_saves_every_part(writer, letter):
    sent = opened(writer, letter) | {
        "place": "Geneva",
        "date": "2018-08-31",
        "date_precision": "month",
        "re_line": "The bridge",
        "title": "A new title",
        "headline": "{n} organizations ask",
        "salutation": "Dear all,",
        "body": "<p>First.</p><p><script>x</script>Second.</p>",
        "closing": "With\r\nrespect,",
        "language": "fr",
        "to-0-honorific": "Dr",
        "to-0-email": "ada@example.org",
    }
    response = writer.post(url(letter), sent)
    assert response.url == url(letter, "overview")
    saved = draft(letter)
    assert (saved.place, str(saved.date), saved.date_precision) == ("Geneva", "2018-08-31", "month")
    assert (saved.title, saved.re_line, saved.language) == ("A new title", "The bridge", "fr")
    assert (saved.body, saved.closing) == ("<p>First.</p><p>Second.</p>", "With\nrespect,")
    assert saved.recipients[0]["honorific"] == "Dr"
    assert saved.recipients[0]["email"] == "ada@example.org"


def test_write_changes_nothing_when_sent_as_it_was_shown(writer, letter):
    for query in ("", "?as=text"):
        writer.post(url(letter) + query, opened(writer, letter, query))
    assert Letter.objects.get().version == 1


def test_write_leads_to_what_is_wrong_and_keeps_the_rest(writer, letter):
    sent = opened(writer, letter) | {"title": "", "place": "Geneva", "to-0-email": "nowhere"}
    shown = words(writer.post(url(letter), sent))
    assert '<a href="#id_title">Enter a title; a provisional one will do.</a>' in shown
    assert '<a href="#id_to-0-email">Enter an e-mail address like office@example.org' in shown
    assert shown.count('class="error-summary"') == 1
    assert 'value="Geneva"' in shown
    assert " data-unsaved" in shown


def test_write_leaves_out_recipients_who_are_nobody(writer, letter):
    sent = opened(writer, letter) | {"to-TOTAL_FORMS": "2", "to-1-line": "cc"}
    writer.post(url(letter), sent)
    assert [one["name"] for one in draft(letter).recipients] == ["Ada Example"]


def test_write_puts_those_who_receive_a_copy_last(writer, letter):
    sent = opened(writer, letter) | {"to-TOTAL_FORMS": "2", "to-0-line": "cc", "to-1-line": "to", "to-1-name": "Bo"}
    writer.post(url(letter), sent)
    assert [(one["line"], one["name"]) for one in draft(letter).recipients] == [("to", "Bo"), ("cc", "Ada Example")]
    writer.post(url(letter), sent | {"version": opened(writer, letter)["version"]})
    assert Letter.objects.get().version == 2


@pytest.mark.parametrize("query", ["", "?as=text"])
@pytest.mark.parametrize(
    ("act", "index", "names"),
    [
        ("add", "0", ["Ada", "Bo", ""]),
        ("remove", "0", ["Bo"]),
        ("up", "1", ["Bo", "Ada"]),
        ("down", "0", ["Bo", "Ada"]),
        ("up", "0", ["Ada", "Bo"]),
        ("down", "1", ["Ada", "Bo"]),
        ("remove", "9", ["Ada", "Bo"]),
        ("remove", "-1", ["Ada", "Bo"]),
        ("up", "x", ["Ada", "Bo"]),
    ],
)
def test_write_arranges_recipients_and_loses_nothing(writer, letter, query, act, index, names):
    typed = {
        "place": "Typed",
        "date": "not a date",
        "body": "## A heading\n\nTyped *text*." if query else "<h2>A heading</h2><p>Typed <em>text</em>.</p>",
        "to-TOTAL_FORMS": "2",
        "to-0-name": "Ada",
        "to-0-address": "Street 1\nTown",
        "to-1-line": "to",
        "to-1-name": "Bo",
        "to-1-email": "not yet an addr",
    }
    sent = opened(writer, letter, query) | typed
    response = writer.post(url(letter) + query, sent | {f"recipient_{act}": index})
    again = fields(response)
    assert [again[f"to-{n}-name"] for n in range(int(again["to-TOTAL_FORMS"]))] == names
    kept = ("place", "date", "body", "title", "closing", "version")
    assert {name: again[name] for name in kept} == {name: sent[name] for name in kept}
    for value in ("Street 1\nTown",) if "Ada" in names else ():
        assert value in again.values()
    assert " data-unsaved" in words(response)
    assert Letter.objects.get().version == 1


def test_write_as_text_and_back(writer, letter):
    shown = opened(writer, letter, "?as=text")
    assert shown["body"] == "We ask you to keep the bridge open.\n\nIt is the only one."
    typed = "## Why\n\nIt is **old**[^1].\n\n- one\n- two\n\n[^1]: The report."
    writer.post(url(letter) + "?as=text", shown | {"body": typed})
    assert draft(letter).body == (
        '<h2>Why</h2><p>It is <strong>old</strong><sup data-footnote="">The report.</sup>.</p>'
        "<ul><li><p>one</p></li><li><p>two</p></li></ul>"
    )
    assert opened(writer, letter, "?as=text")["body"].strip() == typed


def test_autosave_saves_and_goes_on_from_there(writer, letter):
    sent = opened(writer, letter)
    for number, title in enumerate(("Once", "Twice", "Thrice"), 2):
        answer = writer.post(url(letter, "autosave"), sent | {"title": title})
        assert answer.status_code == 200
        assert answer.json()["saved_at"].endswith("(UTC)")
        sent["version"] = answer.json()["version"]
        assert (draft(letter).title, Letter.objects.get().version) == (title, number)


def test_autosave_tells_who_was_faster_and_overwrites_nothing(writer, other, letter):
    sent = opened(writer, letter)
    other.post(url(letter, "autosave"), sent | {"title": "Theirs"})
    answer = writer.post(url(letter, "autosave"), sent | {"title": "Ours"})
    assert (answer.status_code, answer.json()["by"]) == (409, "Ana Other")
    assert draft(letter).title == "Theirs"


def test_autosave_says_when_it_was_oneself_in_another_window(writer, letter):
    sent = opened(writer, letter)
    writer.post(url(letter, "autosave"), sent | {"title": "One window"})
    answer = writer.post(url(letter, "autosave"), sent | {"title": "Another"})
    assert (answer.status_code, answer.json()["by"]) == (409, "Your other window")


def test_autosave_says_what_is_wrong(writer, letter):
    answer = writer.post(url(letter, "autosave"), opened(writer, letter) | {"title": " "})
    assert answer.status_code == 422
    assert answer.json() == {"errors": {"title": ["Enter a title; a provisional one will do."]}}


def test_autosave_of_an_opened_letter_says_so(writer, letter):
    sent = opened(writer, letter)
    services.open_for_signing(letter, by=UserFactory())
    answer = writer.post(url(letter, "autosave"), sent | {"title": "Too late"})
    assert answer.status_code == 422
    assert "has been opened" in str(answer.json())
    assert draft(letter).title == "For the bridge over the Lind"


def test_autosave_of_somebody_signed_out_leads_to_the_login(writer, letter):
    sent = opened(writer, letter)
    writer.logout()
    answer = writer.post(url(letter, "autosave"), sent | {"title": "Nobody"})
    assert answer.status_code == 302
    assert draft(letter).title == "For the bridge over the Lind"


def test_autosave_by_get_is_refused(writer, letter):
    assert writer.get(url(letter, "autosave"), opened(writer, letter) | {"title": "X"}).status_code == 405


@pytest.fixture
def both(writer, other, letter):
    """The page with both versions, after the title, the text and the recipients were changed twice."""
    sent = opened(writer, letter)
    theirs = {"title": "Theirs", "body": "<p>Their words.</p>", "to-0-name": "Their Ada", "closing": "Only theirs,"}
    other.post(url(letter), sent | theirs)
    ours = {"title": "Ours", "body": "<p>Our words.</p>", "to-0-name": "Our Ada", "place": "Only ours"}
    response = writer.post(url(letter), sent | ours)
    assert response.status_code == 409
    return response


def answered(both, **choices):
    """What the page would send with these parts preferred."""
    kept = {f"keep_{part}": whose for part, whose in choices.items()}
    return fields(both) | {"shown": ["title", "body", "recipients"]} | kept


def test_write_shows_both_versions(both, letter):
    shown = words(both)
    for one in ('value="Ours"', "Theirs", "<p>Our words.</p>", "<p>Their words.</p>", "Our Ada", "Their Ada"):
        assert one in shown
    assert "Ana Other" in shown
    assert draft(letter).title == "Theirs"


def test_both_versions_take_what_is_chosen_and_what_one_has_changed(both, writer, letter):
    sent = answered(both, title="theirs", body="mine", recipients="mine") | {"body": "<p>Our words. Their words.</p>"}
    assert writer.post(url(letter), sent).url == url(letter, "overview")
    saved = draft(letter)
    assert (saved.title, saved.body) == ("Theirs", "<p>Our words. Their words.</p>")
    assert saved.recipients[0]["name"] == "Our Ada"
    assert (saved.place, saved.closing) == ("Only ours", "Only theirs,")


def test_both_versions_ask_again_when_nothing_is_chosen(both, writer, letter):
    response = writer.post(url(letter), answered(both, title="theirs", recipients="mine"))
    again = fields(response)
    assert response.status_code == 409
    assert words(response).count("Choose one of the two.") == 1
    assert (again["keep_title"], again["keep_recipients"], again["body"]) == ("theirs", "mine", "<p>Our words.</p>")
    assert draft(letter).title == "Theirs"
    writer.post(url(letter), answered(response, title="theirs", body="mine", recipients="mine"))
    assert (draft(letter).title, draft(letter).body) == ("Theirs", "<p>Our words.</p>")


def test_both_versions_come_again_when_they_have_changed_again(both, writer, other, letter):
    other.post(url(letter), opened(other, letter) | {"title": "Theirs, once more"})
    response = writer.post(url(letter), answered(both, title="theirs", body="theirs", recipients="mine"))
    assert response.status_code == 409
    assert "Theirs, once more" in words(response)
    chosen = {name: value for name, value in fields(response).items() if name.startswith("keep_")}
    assert chosen == {"keep_body": "theirs", "keep_recipients": "mine"}
    writer.post(url(letter), answered(response, title="mine", body="theirs", recipients="mine"))
    saved = draft(letter)
    assert (saved.title, saved.body, saved.recipients[0]["name"]) == ("Ours", "<p>Their words.</p>", "Our Ada")


def test_both_versions_keep_what_is_typed_when_it_is_wrong(both, writer, letter):
    sent = answered(both, title="mine", body="mine", recipients="theirs") | {"title": ""}
    response = writer.post(url(letter), sent)
    assert "Enter a title" in words(response)
    assert "Their Ada" in words(response)
    assert fields(response)["body"] == "<p>Our words.</p>"
    assert draft(letter).title == "Theirs"


def test_both_versions_as_text(writer, other, letter):
    sent = opened(writer, letter, "?as=text")
    other.post(url(letter), opened(other, letter) | {"body": "<p>Theirs.</p>"})
    response = writer.post(url(letter) + "?as=text", sent | {"body": "## Ours\n\nHere."})
    assert fields(response)["body"] == "## Ours\n\nHere."
    answer = fields(response) | {"shown": ["body"], "keep_body": "mine"}
    writer.post(url(letter) + "?as=text", answer)
    assert draft(letter).body == "<h2>Ours</h2><p>Here.</p>"


def test_write_tells_the_browser_what_it_need_not_keep(writer, letter):
    sent = opened(writer, letter)
    writer.post(url(letter), sent | {"title": "Saved"})
    assert f'data-saved-over="{sent["version"]}"' in words(writer.get(url(letter)))


def test_write_keeps_on_the_page_what_came_after_the_opening(writer, letter):
    sent = opened(writer, letter)
    services.open_for_signing(letter, by=UserFactory())
    response = writer.post(url(letter), sent | {"body": "<p>Late words.</p>"})
    assert response.status_code == 409
    assert "Meanwhile the letter was opened." in words(response)
    assert fields(response)["body"] == "<p>Late words.</p>"
    assert "data-autosave" not in words(response)


def test_write_of_an_open_letter_leads_to_its_overview(client):
    letter = OpenLetterFactory()
    team_member(client, letter)
    response = client.get(url(letter), follow=True)
    assert response.redirect_chain[-1][0] == url(letter, "overview")
    assert "cannot be rewritten" in words(response)


@pytest.mark.parametrize("page", ["write", "autosave", "timetable", "reopen", "open_for_signing", "close", "freeze"])
@pytest.mark.parametrize("role", ["viewer", "translator", None])
def test_desk_pages_are_not_there_for_those_who_do_not_run_it(client, letter, page, role):
    if role:
        team_member(client, letter, role)
    else:
        client.force_login(UserFactory())
    assert client.post(url(letter, page)).status_code == 404
    assert client.get(url(letter, page)).status_code in (404, 405)
