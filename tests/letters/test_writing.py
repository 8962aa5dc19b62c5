import pytest
from django.test import Client
from django.urls import reverse

from letters import services
from letters.models import Letter
from letters.services import drafting
from tests.factories import LetterFactory, MembershipFactory, OpenLetterFactory, TextFactory, UserFactory
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
    assert f'data-saved-over="{drafting.in_brief(sent["version"])}"' in words(writer.get(url(letter)))


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
    assert "its words change by an amendment only" in words(response)
    services.close(letter, by=UserFactory())
    assert "cannot be rewritten" in words(client.get(url(letter), follow=True))


@pytest.mark.parametrize("page", ["write", "autosave", "timetable", "reopen", "open_for_signing", "close", "freeze"])
@pytest.mark.parametrize("role", ["viewer", "translator", None])
def test_desk_pages_are_not_there_for_those_who_do_not_run_it(client, letter, page, role):
    if role:
        team_member(client, letter, role)
    else:
        client.force_login(UserFactory())
    assert client.post(url(letter, page)).status_code == 404
    assert client.get(url(letter, page)).status_code in (404, 405)


AS_TEXT = [("", '<p>It\'s "the" bridge - ours...</p>'), ("?as=text", 'It\'s "the" bridge - ours...')]
SET = "It’s “the” bridge – ours…"


@pytest.mark.parametrize(("query", "typed"), AS_TEXT)
def test_write_sets_quotes_on_demand_and_saves_nothing(writer, letter, query, typed):
    straight = {
        "body": typed,
        "title": 'The "old" bridge',
        "closing": "Yours -\nthe 'friends'",
        "to-0-name": 'Ada "A" Example',
    }
    sent = opened(writer, letter, query) | straight | {"re_line": "Bridge - now"}
    response = writer.post(url(letter) + query, sent | {"typeset": "1"})
    again = fields(response)
    assert SET in again["body"]
    assert (again["title"], again["re_line"]) == ("The “old” bridge", "Bridge – now")
    assert again["to-0-name"] == 'Ada "A" Example'
    assert "Set: 7 quotation marks and apostrophes, 2 dashes, 1 ellipsis. Look, then save." in words(response)
    assert "data-look-first" in words(response)
    assert Letter.objects.get().version == 1


@pytest.mark.parametrize(("query", "typed"), AS_TEXT)
def test_write_goes_back_to_what_it_was(writer, letter, query, typed):
    sent = opened(writer, letter, query) | {"body": typed, "title": 'The "old" bridge'}
    done = fields(writer.post(url(letter) + query, sent | {"typeset": "1"}))
    response = writer.post(url(letter) + query, done | {"typeset_back": "1"})
    again = fields(response)
    assert (again["body"].strip(), again["title"]) == (typed, 'The "old" bridge')
    assert "It is as it was." in words(response)


def test_write_goes_back_but_for_what_was_edited_since(writer, letter):
    sent = opened(writer, letter) | {"body": '<p>"One"</p>', "title": 'The "old" bridge'}
    done = fields(writer.post(url(letter), sent | {"typeset": "1"}))
    response = writer.post(url(letter), done | {"body": "<p>“One” and two.</p>", "typeset_back": "1"})
    again = fields(response)
    assert (again["body"], again["title"]) == ("<p>“One” and two.</p>", 'The "old" bridge')
    assert "they stay as they are: Text." in words(response)


def test_write_sets_quotes_of_the_language_chosen(writer, letter):
    sent = opened(writer, letter) | {"title": 'Le "vieux" pont', "language": "fr", "typeset": "1"}
    assert fields(writer.post(url(letter), sent))["title"] == "Le «\u00a0vieux\u00a0» pont"


def test_write_says_when_there_is_nothing_to_set(writer, letter):
    response = writer.post(url(letter), opened(writer, letter) | {"title": "", "place": "Bern", "typeset": "1"})
    assert "Nothing to set" in words(response)
    assert " data-unsaved" in words(response)
    assert fields(response)["place"] == "Bern"


def test_write_proposes_a_salutation_and_takes_it(writer, letter):
    sent = opened(writer, letter) | {"to-0-honorific": "Ms"}
    offered = words(writer.post(url(letter), sent | {"recipient_add": "0"}))
    assert 'name="salute" value="Dear Ms Ada Example,"' in offered
    again = fields(writer.post(url(letter), sent | {"salute": "Dear Ms Ada Example,", "body": "<p>Typed.</p>"}))
    assert (again["salutation"], again["body"]) == ("Dear Ms Ada Example,", "<p>Typed.</p>")
    assert Letter.objects.get().version == 1


def test_write_keeps_a_revision_by_the_button_and_none_by_itself(writer, letter):
    sent = opened(writer, letter)
    answer = writer.post(url(letter, "autosave"), sent | {"title": "Saved by itself", "revision_name": "Too early"})
    assert (answer.status_code, letter.revisions.count()) == (200, 0)
    sent = opened(writer, letter) | {"title": "Saved by the button", "revision_name": "As sent to partners"}
    writer.post(url(letter), sent)
    revision = letter.revisions.get()
    assert (revision.authentic["title"], revision.named.name) == ("Saved by the button", "As sent to partners")
    writer.post(url(letter), opened(writer, letter))
    assert letter.revisions.count() == 1


def test_write_refuses_the_language_of_a_translation(writer, letter):
    TextFactory(letter=letter, language="fr", is_authentic=False)
    sent = opened(writer, letter) | {"language": "fr", "place": "Bern"}
    response = writer.post(url(letter), sent)
    assert "The letter has a translation in this language already." in words(response)
    assert fields(response)["place"] == "Bern"
    answer = writer.post(url(letter, "autosave"), sent)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["language"])
    assert (draft(letter).place, letter.revisions.count()) == ("", 0)


def changed(one="We ask you to keep the bridge open.", two="It is the only one."):
    return f"<p>{one}</p><p>{two}</p>"


@pytest.mark.parametrize("is_shown", [True, False], ids=["brought in", "somebody was typing"])
def test_autosave_brings_paragraphs_of_both_together(writer, other, letter, is_shown):
    sent = opened(writer, letter)
    other.post(url(letter, "autosave"), sent | {"body": changed(one="Theirs.")})
    ours = sent | {"body": changed(two="Ours.")}
    answer = writer.post(url(letter, "autosave"), ours).json()
    merged = answer["merged"]
    assert merged["body"] == draft(letter).body == changed("Theirs.", "Ours.")
    version = merged["version"] if is_shown else answer["version"]
    body = changed("Theirs." if is_shown else "We ask you to keep the bridge open.", "Ours, once more.")
    again = writer.post(url(letter, "autosave"), ours | {"body": body, "version": version})
    assert again.status_code == 200
    assert ("merged" in again.json()) == (not is_shown)
    assert draft(letter).body == changed("Theirs.", "Ours, once more.")


def test_autosave_answers_in_plain_text_to_plain_text(writer, other, letter):
    sent = opened(writer, letter, "?as=text")
    other.post(url(letter, "autosave"), opened(other, letter) | {"body": changed(one="<strong>Theirs.</strong>")})
    ours = sent | {"body": sent["body"].replace("only one", "only one here")}
    merged = writer.post(url(letter, "autosave") + "?as=text", ours).json()["merged"]
    assert merged["body"] == "**Theirs.**\n\nIt is the only one here."
    again = writer.post(url(letter, "autosave") + "?as=text", ours | merged)
    assert (again.status_code, "merged" in again.json()) == (200, False)


def test_autosave_brings_in_what_only_somebody_else_has_changed(writer, other, letter):
    sent = opened(writer, letter)
    other.post(url(letter, "autosave"), sent | {"body": changed(one="Theirs.")})
    answer = writer.post(url(letter, "autosave"), sent | {"place": "Bern"}).json()
    assert answer["merged"]["body"] == changed(one="Theirs.")


def test_write_says_that_paragraphs_of_both_were_brought_together(writer, other, letter):
    sent = opened(writer, letter)
    other.post(url(letter, "autosave"), sent | {"body": changed(one="Theirs.")})
    response = writer.post(url(letter), sent | {"body": changed(two="Ours.")}, follow=True)
    assert "Saved, with what others have changed in the text." in words(response)
    assert letter.revisions.get().authentic["body"] == draft(letter).body == changed("Theirs.", "Ours.")


def test_autosave_of_the_same_paragraph_shows_both_versions(writer, other, letter):
    """The control of the tests above."""
    sent = opened(writer, letter)
    other.post(url(letter, "autosave"), sent | {"body": changed(one="Theirs.")})
    assert writer.post(url(letter, "autosave"), sent | {"body": changed(one="Ours.")}).status_code == 409
    assert draft(letter).body == changed(one="Theirs.")


def test_write_takes_the_longest_body_in_every_script(writer, letter):
    body = f"<p>{'海岸灯塔' * 74_000}</p>"
    sent = opened(writer, letter) | {"body": body}
    assert writer.post(url(letter, "autosave"), sent).status_code == 200
    assert draft(letter).body == body
    assert 'enctype="multipart/form-data"' in words(writer.get(url(letter)))  # otherwise three times as long


@pytest.fixture
def amended(client):
    """An open letter that prepares an amendment, and who writes it."""
    letter = OpenLetterFactory()
    services.prepare_amendment(letter, by=team_member(client, letter))
    return letter


def test_write_serves_an_amendment(client, amended):
    shown = words(client.get(url(amended)))
    assert "What organizations see and sign stays as it is until you make it." in shown
    assert 'name="revision_name"' not in shown
    sent = opened(client, amended) | {"title": "By itself"}
    answer = client.post(url(amended, "autosave"), sent)
    assert answer.status_code == 200
    assert client.post(url(amended), opened(client, amended) | {"re_line": "By the button"}).status_code == 302
    assert (draft(amended).title, draft(amended).re_line) == ("By itself", "By the button")
    assert Letter.objects.get().text.title == "For the bridge over the Lind"
    assert amended.revisions.count() == 1


def test_autosave_of_an_amendment_that_is_gone_says_so(client, amended):
    sent = opened(client, amended) | {"title": "Too late"}
    services.discard_amendment(amended, by=UserFactory())
    answer = client.post(url(amended, "autosave"), sent)
    assert answer.status_code == 422
    response = client.post(url(amended), sent)
    assert (response.status_code, fields(response)["title"]) == (409, "Too late")
    assert draft(amended).title == "For the bridge over the Lind"
