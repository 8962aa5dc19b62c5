import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import JournalEntry
from letters import docx, intake, services
from letters.forms.starting import LONGEST_SOURCE
from letters.models import Letter, PastedRoll, Revision, Text
from letters.services import editions, working
from tests.factories import (
    CampaignFactory,
    LetterFactory,
    MembershipFactory,
    OpenLetterFactory,
    TextFactory,
    UserFactory,
)
from tests.letters.desk import fields, team_member, words

pytestmark = pytest.mark.django_db

PASTED = """Joint letter on the ferry of Ostrel

Ostrel, 4 March 2031

To: H.E. Berta Quill, Minister for Ferries

Re: The night boat

Dear Minister,

The night boat of Ostrel has not sailed since the spring. Nurses, bakers and whoever else works at night have no other
way home.

We ask you to let it sail again. It is the "last boat" in the full sense of the word.

Respectfully,

Signatories:
Bakers of Ostrel
Night Nurses' Union
Friends of the Ferry
Harbor Choir
"""
RICH = (
    "<h1>Joint letter on the ferry of Ostrel</h1><p>4 March 2031</p><p>Dear Minister,</p>"
    "<p>The night boat of Ostrel has <b>not</b> sailed since the <a href='https://ferry.example/'>spring</a>.</p>"
    "<p>We ask you to let it sail again, as it always has sailed.</p><p>Respectfully,</p>"
)
PARAGRAPH = "The night boat of Ostrel is the only way home for whoever works at night, and it has not sailed."
HOSTILE = (
    '<h1 onclick="alert(1)">Joint letter<script>alert(2)</script></h1><p>Dear Minister,</p>'
    '<p>Let it sail <img src=x onerror="alert(3)"><a href="javascript:alert(4)">again</a>.</p><style>p{}</style>'
    "<iframe src='data:text/html,x'></iframe><p>&lt;script&gt;alert(5)&lt;/script&gt;</p><p>Respectfully,</p>"
)


@pytest.fixture
def campaign():
    return CampaignFactory()


@pytest.fixture
def coordinator(client, campaign):
    client.force_login(MembershipFactory(campaign=campaign, role="coordinator").user)
    return client


def found(pasted=PASTED):
    return intake.assemble(intake.read(pasted).pieces)


def recognized(client, campaign, **sent):
    """The page after the box."""
    return client.post(reverse("letters:recognized"), {"campaign": campaign.pk, **sent})


def sent_back(client, response, **changed):
    """The page as it was shown, with some choices changed."""
    return client.post(reverse("letters:recognized"), fields(response) | changed)


def role(response, number):
    return fields(response)[f"role_{number}"]


def word_file():
    """The same letter as we write it ourselves."""
    letter = services.start_from(CampaignFactory(), found(), by=UserFactory())
    return docx.write(editions.previewed(letter, timezone.now()))


def test_start_from_puts_every_part_in_its_place():
    user = UserFactory()
    letter = services.start_from(CampaignFactory(), found(), by=user)
    letter.refresh_from_db()
    assert (letter.place, letter.date, letter.date_precision) == ("Ostrel", date(2031, 3, 4), "day")
    assert (letter.text.title, letter.text.re_line) == ("Joint letter on the ferry of Ostrel", "The night boat")
    assert (letter.text.salutation, letter.text.closing) == ("Dear Minister,", "Respectfully,")
    assert letter.text.body.count("<p>") == 2
    [recipient] = letter.recipients.all()
    assert (recipient.honorific, recipient.name, recipient.office) == ("H.E.", "Berta Quill", "Minister for Ferries")
    assert letter.pasted_roll.split("\n") == [
        "Bakers of Ostrel",
        "Night Nurses' Union",
        "Friends of the Ferry",
        "Harbor Choir",
    ]
    assert [(one.number, one.cause) for one in letter.revisions.all()] == [(1, Revision.Cause.IMPORTED)]
    assert letter.saved_by == user
    assert not letter.signatories.exists()


def test_start_from_journals_counts_and_no_names():
    letter = services.start_from(CampaignFactory(), found(), by=UserFactory())
    entries = JournalEntry.objects.about(letter)
    assert [entry.verb for entry in entries] == ["drafted", "revised", "brought_in"]
    assert entries.last().data == {"recipients": 1, "names": 4}


def test_start_from_keeps_the_list_encrypted():
    letter = services.start_from(CampaignFactory(), found(), by=UserFactory())
    stored = PastedRoll.objects.extra(select={"raw": "lines"}).values_list("raw", flat=True)
    assert "Bakers" in letter.pasted_roll
    assert "Bakers" not in stored[0]


def test_start_from_wants_a_title():
    with pytest.raises(services.TitleMissing):
        services.start_from(CampaignFactory(), found("Dear all,\n\nWe ask you."), by=UserFactory())
    assert not Letter.objects.exists()


def test_start_from_refuses_what_no_part_can_hold():
    pieces = [intake.Piece("<p>x</p>", "x" * 301, role) for role in ("title", "closing")]
    pieces += [intake.Piece("<p>x</p>", "Ms " + "x" * 201, "to")]
    with pytest.raises(services.TooLong) as refusal:
        services.start_from(CampaignFactory(), intake.assemble(pieces), by=UserFactory())
    assert refusal.value.parts == [("title", 300), ("to", 200)]
    assert not Letter.objects.exists()


def test_start_from_makes_one_letter_of_two_presses():
    campaign, user = CampaignFactory(), UserFactory()
    first = services.start_from(campaign, found(), by=user)
    assert services.start_from(campaign, found(), by=user) == first
    assert services.start_from(campaign, found(), by=UserFactory()) != first
    assert services.start_from(CampaignFactory(), found(), by=user) != first


def test_start_from_makes_another_once_the_first_was_written_on():
    campaign, user = CampaignFactory(), UserFactory()
    first = services.start_from(campaign, found(), by=user)
    Text.objects.filter(letter=first).update(title="Another")
    assert services.start_from(campaign, found(), by=user) != first


@pytest.fixture
def earlier():
    letter = OpenLetterFactory(place="Ostrel", date=date(2030, 1, 1))
    PastedRoll.objects.create(letter=letter, lines="Somebody")
    return letter


def test_start_like_takes_the_texts_and_nothing_that_was_said_about_them(earlier):
    letter = services.start_like(earlier, CampaignFactory(), keep_recipients=False, by=UserFactory())
    letter.refresh_from_db()
    assert letter.status == "draft"
    assert (letter.place, letter.date, letter.opens_at, letter.closes_at) == ("Ostrel", None, None, None)
    assert (letter.pasted_roll, letter.recipients.count(), letter.signatories.count()) == ("", 0, 0)
    assert letter.slug != earlier.slug
    assert letter.text.salutation == ""
    assert letter.text.body == earlier.text.body
    assert letter.revisions.get().cause == Revision.Cause.IMPORTED


def test_start_like_takes_all_languages_and_recipients_if_asked():
    draft = LetterFactory()
    sources = {"title": "For the bridge over the Lind", "salutation": "Dear Commissioner,", "units": []}
    TextFactory(letter=draft, language="fr", is_authentic=False, title="Pour le pont", sources=sources)
    kept = services.start_like(draft, draft.campaign, keep_recipients=True, by=UserFactory(), title="Once more")
    assert list(kept.texts.order_by("language").values_list("language", "title", "is_authentic")) == [
        ("en", "Once more", True),
        ("fr", "Pour le pont", False),
    ]
    assert [str(one) for one in kept.recipients.all()] == ["Ada Example, Commissioner for Bridges"]
    assert kept.text.salutation == "Dear Commissioner,"
    assert kept.texts.get(language="fr").sources == sources
    left = services.start_like(draft, draft.campaign, keep_recipients=False, by=UserFactory())
    assert left.texts.get(language="fr").salutation == ""
    assert "salutation" not in left.texts.get(language="fr").sources


def test_start_like_an_open_letter_takes_what_is_in_force(earlier):
    services.prepare_amendment(earlier, by=UserFactory())
    words = working.read(earlier)
    words.authentic["title"] = "Not decided yet"
    working.write(earlier, words, by=UserFactory())
    assert working.read(earlier).authentic["title"] == "Not decided yet"
    letter = services.start_like(earlier, CampaignFactory(), keep_recipients=True, by=UserFactory())
    assert letter.text.title == "For the bridge over the Lind"


def test_new_leads_to_a_campaign_first(client):
    client.force_login(UserFactory())
    for page in ("new", "new_empty", "new_like"):
        response = client.get(reverse(f"letters:{page}"), follow=True)
        assert response.redirect_chain[-1][0] == reverse("campaigns:new_campaign")
        assert "Make the campaign first." in words(response)


def test_new_offers_an_earlier_letter_where_there_is_one(coordinator, campaign):
    link = reverse("letters:new_like")
    assert link not in words(coordinator.get(reverse("letters:new")))
    LetterFactory(campaign=campaign)
    shown = words(coordinator.get(f"{reverse('letters:new')}?campaign={campaign.slug}"))
    assert f"{link}?campaign={campaign.slug}" in shown


def test_new_empty_makes_a_draft_to_write(coordinator, campaign):
    assert coordinator.get(reverse("letters:new_empty")).status_code == 200
    sent = {"campaign": campaign.pk, "title": "رسالة", "language": "ar"}
    response = coordinator.post(reverse("letters:new_empty"), sent)
    assert response.url == reverse("letters:write", args=["letter"])
    assert 'dir="rtl"' in words(coordinator.get(response.url))


def test_new_empty_offers_no_campaign_of_others(coordinator):
    sent = {"campaign": LetterFactory().campaign.pk, "title": "Mine now", "language": "en"}
    assert coordinator.post(reverse("letters:new_empty"), sent).status_code == 200
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("many", [False, True], ids=["one campaign", "several"])
def test_new_sends_the_campaign_along(coordinator, campaign, many):
    if many:
        MembershipFactory(user=campaign.memberships.get().user)
    page = coordinator.get(f"{reverse('letters:new')}?campaign={campaign.slug}" if many else reverse("letters:new"))
    assert fields(page)["campaign"] == str(campaign.pk)


def test_recognized_shows_the_parts_and_saves_nothing(coordinator, campaign):
    response = recognized(coordinator, campaign, words=PASTED)
    shown = words(response)
    for one in (
        "Title</dt><dd><bdi>Joint letter on the ferry of Ostrel</bdi>",
        "Place and date</dt><dd><bdi><bdi>Ostrel</bdi>, <bdi>4 March 2031</bdi></bdi>",
        "Name: <bdi>Berta Quill</bdi>",
        "Office: <bdi>Minister for Ferries</bdi>",
        "A list of 4 names stands at the end.",
        "2 straight quotes",
    ):
        assert one in shown
    assert fields(response)["language"] == "en"
    assert not Letter.objects.exists()
    assert not JournalEntry.objects.exists()


def test_recognized_uses_what_was_shown(coordinator, campaign):
    response = sent_back(coordinator, recognized(coordinator, campaign, words=PASTED), act="use")
    letter = Letter.objects.get()
    assert response.url == reverse("letters:write", args=[letter.slug])
    assert (letter.campaign, str(letter)) == (campaign, "Joint letter on the ferry of Ostrel")
    assert "On the way: removed 1 line break inside a paragraph; 2 straight quotes." in words(
        coordinator.get(response.url)
    )


def test_recognized_again_takes_the_roles_that_were_given(coordinator, campaign):
    response = recognized(coordinator, campaign, words=PASTED)
    numbers = [number for number in range(20) if fields(response).get(f"role_{number}") == "re"]
    again = sent_back(coordinator, response, act="again", **{f"role_{numbers[0]}": "body"})
    assert not Letter.objects.exists()
    assert "Re line</dt>" not in words(again)
    assert role(again, numbers[0]) == "body"
    sent_back(coordinator, again, act="use")
    assert Letter.objects.get().text.body.startswith("<p>Re: The night boat</p>")


def test_recognized_takes_no_role_of_its_own_making(coordinator, campaign):
    response = recognized(coordinator, campaign, words=PASTED)
    again = sent_back(coordinator, response, act="again", role_0="<script>", role_9999="title")
    assert role(again, 0) == role(response, 0) == "title"


def test_recognized_asks_for_a_title_where_there_is_none(coordinator, campaign):
    untitled = "Dear Minister,\n\nLet the night boat sail again.\n\nRespectfully,"
    response = recognized(coordinator, campaign, words=untitled)
    assert "title" in fields(response)
    refused = sent_back(coordinator, response, act="use")
    assert '<a href="#id_title">Enter a title; a provisional one will do.</a>' in words(refused)
    assert not Letter.objects.exists()
    sent_back(coordinator, refused, act="use", title="The night boat")
    assert str(Letter.objects.get()) == "The night boat"


def test_recognized_takes_the_language_that_was_chosen(coordinator, campaign):
    sent_back(coordinator, recognized(coordinator, campaign, words=PASTED), act="use", language="fr")
    assert Letter.objects.get().text.language == "fr"


def test_recognized_says_what_is_too_long(coordinator, campaign):
    pasted = PASTED.replace("We ask you", "We ask you " + "again " * 60)
    number = next(n for n, piece in enumerate(intake.read(pasted).pieces) if "again again" in piece.text)
    response = recognized(coordinator, campaign, words=pasted)
    again = sent_back(coordinator, response, act="use", **{f"role_{number}": "salutation"})
    assert "“Salutation” holds more than 200 characters." in words(again)
    assert not Letter.objects.exists()
    sent_back(coordinator, again, act="use", **{f"role_{number}": "body"})
    assert Letter.objects.get().text.salutation == "Dear Minister,"


def test_recognized_goes_back_to_the_box_with_everything(coordinator, campaign):
    box = fields(sent_back(coordinator, recognized(coordinator, campaign, words=PASTED), act="back"))
    assert (box["words"], box["html"]) == (PASTED, "")
    rich = recognized(coordinator, campaign, words="as shown", html=RICH, html_of="as shown")
    box = fields(sent_back(coordinator, rich, act="back"))
    assert (box["html"], box["html_of"]) == (RICH, box["words"])
    assert "has **not** sailed" in box["words"]
    again = recognized(coordinator, campaign, **{name: box[name] for name in ("words", "html", "html_of")})
    assert "<strong>not</strong>" in words(again)


def test_recognized_takes_the_formatting_while_the_words_stand(coordinator, campaign):
    plain = "Joint letter\n\nDear Minister,\n\nOnly these words."
    kept = recognized(coordinator, campaign, words=plain.replace("\n", "\r\n"), html=RICH, html_of=plain)
    assert "<strong>not</strong>" in words(kept)
    changed = recognized(coordinator, campaign, words=plain + " And more.", html=RICH, html_of=plain)
    assert "Only these words. And more." in words(changed)
    assert "<strong>not</strong>" not in words(changed)


def test_recognized_shows_nothing_that_could_act(coordinator, campaign):
    response = recognized(coordinator, campaign, words="x", html=HOSTILE, html_of="x")
    html = response.content.decode()
    assert "&lt;h1 onclick=&quot;alert(1)&quot;&gt;" in html  # it is there, as the words of a hidden field
    without_source = html.replace(html[html.index('name="source"') : html.index(">", html.index('name="source"'))], "")
    for one in ("<script>alert", "onclick", "onerror", "javascript:", "<iframe", "<img", "<style"):
        assert one not in without_source
    assert "&lt;script&gt;alert(5)" in without_source
    sent_back(coordinator, response, act="use")
    body = Letter.objects.get().text.body
    assert "<script" not in body
    assert "javascript:" not in body
    assert "&lt;script&gt;alert(5)" in body


def test_recognized_reads_a_word_file(coordinator, campaign):
    response = recognized(coordinator, campaign, words="left aside", file=io.BytesIO(word_file()))
    shown = words(response)
    assert "Title</dt><dd><bdi>Joint letter on the ferry of Ostrel</bdi>" in shown
    assert "Salutation</dt><dd><bdi>Dear Minister,</bdi>" in shown
    assert "left aside" not in shown


def zip_bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w/>")
        archive.writestr("word/media/image1.png", b"\0" * 60 * 2**20)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lambda: b"%PDF-1.7", "This is not a .docx file. Save the letter as .docx"),
        (lambda: b"", "The file is empty."),
        (lambda: b"PK" + b"\0" * 5 * 2**20, "The file is larger than 5 MB."),
        (zip_bomb, "There is more in this file than a letter can hold."),
    ],
    ids=["a PDF", "nothing", "too large", "a zip bomb"],
)
def test_recognized_says_what_is_wrong_with_a_file_and_keeps_what_was_typed(coordinator, campaign, content, said):
    response = recognized(coordinator, campaign, words="What I typed", file=io.BytesIO(content()))
    shown = words(response)
    assert f'<a href="#id_file">{said}' in shown
    assert fields(response)["words"] == "What I typed"
    assert not Letter.objects.exists()


def test_recognized_wants_something(coordinator, campaign):
    shown = words(recognized(coordinator, campaign, words=" \n "))
    assert '<a href="#id_words">Paste the letter here, or choose a file below.</a>' in shown


@pytest.mark.parametrize(("more", "is_taken"), [(0, True), (1, False)])
def test_recognized_takes_a_megabyte(coordinator, campaign, more, is_taken):
    pasted = PASTED + "x" * (LONGEST_SOURCE - len(PASTED.encode()) + more)
    shown = words(recognized(coordinator, campaign, words=pasted))
    assert ("This is what we recognized" in shown) == is_taken
    assert ("longer than we can take" in shown) != is_taken


def test_recognized_leaves_aside_formatting_that_is_too_long(coordinator, campaign):
    html = RICH + "<p>" + "x" * LONGEST_SOURCE + "</p>"
    shown = words(recognized(coordinator, campaign, words=PASTED, html=html, html_of=PASTED))
    assert "Berta Quill" in shown


def test_recognized_says_so_when_a_request_is_too_large(coordinator, campaign):
    response = recognized(coordinator, campaign, words="x" * 2_700_000)
    assert response.status_code == 400
    assert "larger than 2.5 MB" in words(response)
    other = recognized(coordinator, campaign, **{f"x{n}": "" for n in range(1001)})
    assert other.status_code == 400
    assert "larger than 2.5 MB" not in words(other)


def test_recognized_shows_no_more_fields_than_can_come_back(coordinator, campaign):
    pasted = "\n\n".join(["Joint letter", "Dear Minister,", *[PARAGRAPH] * 1100, "Respectfully,"])
    response = recognized(coordinator, campaign, words=pasted)
    assert "This is what we recognized" in words(response)
    assert sent_back(coordinator, response, act="use").status_code == 302
    assert Letter.objects.get().text.body.count("<p>") == 1100


def test_recognized_by_get_leads_to_the_box(coordinator):
    assert coordinator.get(reverse("letters:recognized")).url == reverse("letters:new")


def test_recognized_for_a_campaign_of_others_makes_nothing(coordinator, campaign):
    theirs = LetterFactory().campaign
    assert "Choose one of your campaigns." in words(recognized(coordinator, theirs, words=PASTED))
    response = sent_back(coordinator, recognized(coordinator, campaign, words=PASTED), act="use", campaign=theirs.pk)
    assert response.url == reverse("letters:new")
    assert Letter.objects.count() == 1


def test_new_like_starts_from_a_letter_of_ones_own(coordinator, campaign):
    mine = LetterFactory(campaign=campaign)
    sent = {"campaign": campaign.pk, "letter": mine.pk, "keep_recipients": "on"}
    response = coordinator.post(reverse("letters:new_like"), sent)
    letter = Letter.objects.exclude(pk=mine.pk).get()
    assert response.url == reverse("letters:write", args=[letter.slug])
    assert letter.recipients.count() == 1


@pytest.mark.parametrize("role_there", [None, "viewer", "translator"])
def test_new_like_knows_no_letters_of_others(coordinator, campaign, role_there):
    theirs = LetterFactory()
    if role_there:
        MembershipFactory(campaign=theirs.campaign, role=role_there, user=campaign.memberships.get().user)
    sent = {"campaign": campaign.pk, "letter": theirs.pk}
    assert str(theirs) not in words(coordinator.get(reverse("letters:new_like")))
    shown = words(coordinator.post(reverse("letters:new_like"), sent))
    assert '<a href="#id_letter">Choose one of your letters.</a>' in shown
    assert Letter.objects.count() == 1


@pytest.fixture
def brought():
    return services.start_from(CampaignFactory(), found(), by=UserFactory())


def test_overview_keeps_the_list_for_those_who_run_the_letter(client, brought):
    team_member(client, brought)
    shown = words(client.get(reverse("letters:overview", args=[brought.slug])))
    assert "A list of 4 names came with the pasted letter." in shown
    assert "<bdi>Night Nurses' Union</bdi>" in shown
    team_member(client, brought, "viewer")
    assert "Night Nurses" not in words(client.get(reverse("letters:overview", args=[brought.slug])))


def test_discard_throws_the_list_away(client, brought):
    url = reverse("letters:discard_pasted_roll", args=[brought.slug])
    team_member(client, brought)
    assert client.get(url).status_code == 405
    client.post(url)
    brought.refresh_from_db()
    assert not PastedRoll.objects.exists()
    assert JournalEntry.objects.about(brought).last().verb == "discarded_list"
    assert "came with the pasted letter" not in words(client.get(reverse("letters:overview", args=[brought.slug])))


@pytest.mark.parametrize("role_there", ["viewer", "translator"])
def test_discard_is_for_those_who_run_the_letter(client, brought, role_there):
    team_member(client, brought, role_there)
    assert client.post(reverse("letters:discard_pasted_roll", args=[brought.slug])).status_code == 404
    brought.refresh_from_db()
    assert brought.pasted_roll
