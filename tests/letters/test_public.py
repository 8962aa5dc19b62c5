import re
from datetime import timedelta

import pytest
from django.utils import timezone

from letters import courtesy, services
from letters.models import Letter
from letters.services import working
from signatories.models import Line, Signatory
from tests.factories import LetterFactory, OpenLetterFactory, RevisionFactory, SignatoryFactory, UserFactory

pytestmark = pytest.mark.django_db


def page(client, letter):
    return client.get(letter.get_absolute_url()).content.decode()


def test_letter_shows_text_roll_and_the_way_to_sign(client):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True, line=Line("منظمة النهر", "", "EG"))
    SignatoryFactory(letter=letter, listed=True, line=Line("River <b>Watch</b>", "RW", "KE"))
    shown = page(client, letter)
    for words in (
        "For the bridge over the Lind",
        "We ask you to keep the bridge open.",
        "Commissioner for Bridges",
        "<bdi>منظمة النهر</bdi>",
        "<bdi>River &lt;b&gt;Watch&lt;/b&gt; (RW)</bdi>",  # one run: on a page from right to left, the brackets stay
        "2 organizations from 2 countries",
        f'href="/letters/{letter.slug}/sign/"',
        letter.revision.digest,
        "UTC",
    ):
        assert words in shown


def test_letter_names_nobody_who_is_not_listed_or_withheld(client):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, line=Line("Pending Canary", "", "KE"))
    SignatoryFactory(letter=letter, confirmed=True, line=Line("Confirmed Canary", "", "KE"))
    SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Withheld Canary", "", "IS"))
    shown = page(client, letter)
    assert "Canary" not in shown
    assert "Iceland" not in shown
    assert "1 organization whose name is withheld" in shown


def test_letter_shows_what_was_signed_whatever_the_draft_says_now(client):
    letter = OpenLetterFactory()
    letter.texts.update(title="Something nobody signed")
    assert "Something nobody signed" not in page(client, letter)


def test_letter_of_a_draft_is_not_there(client):
    assert client.get(LetterFactory().get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"is_paused": True}, "Sign-on is paused"),
        ({"opens_at": timezone.now() + timedelta(hours=2)}, "Sign-on opens"),
        ({"status": Letter.Status.CLOSED, "closed_at": timezone.now()}, "Sign-on closed"),
        ({"closes_at": timezone.now() - timedelta(minutes=1)}, "Sign-on closed"),
    ],
)
def test_letter_says_why_it_cannot_be_signed(client, state, words):
    letter = OpenLetterFactory(**state)
    shown = page(client, letter)
    assert words in shown
    assert "/sign/" not in shown


def test_home_lists_what_is_open_and_what_was(client):
    OpenLetterFactory(text={"title": "An open one"})
    OpenLetterFactory(text={"title": "A closed one"}, status=Letter.Status.CLOSED, closed_at=timezone.now())
    LetterFactory(text={"title": "A draft"})
    shown = client.get("/").content.decode()
    assert "An open one" in shown.split("Closed")[0]
    assert "A closed one" in shown.split("Closed")[1]
    assert "A draft" not in shown


def test_home_has_a_next_step_when_empty(client):
    assert "No letter is open at the moment" in client.get("/").content.decode()


def in_two_languages():
    """Arabic is authentic, French a courtesy text."""
    text = {"language": "ar", "title": "الجسر", "body": "<p>الجسر هو الوحيد.</p>", "salutation": "", "closing": ""}
    letter = LetterFactory(text=text)
    services.add_text(letter, "fr", by=UserFactory())
    held = working.read(letter)
    french = {"الجسر": "Le pont", "<p>الجسر هو الوحيد.</p>": "<p>C’est le seul.</p>"}
    there = [one for one in courtesy.beside(held.text_in("fr"), held.authentic) if one.authentic]
    typed = {one.key: services.Typed(french[one.authentic], one.authentic) for one in there}
    services.save_translation(letter, "fr", typed, bases={}, by=UserFactory())
    services.open_for_signing(letter, by=UserFactory())
    return Letter.objects.get(pk=letter.pk)


def test_letter_is_read_in_each_of_its_languages(client):
    letter = in_two_languages()
    SignatoryFactory(letter=letter, listed=True, line=Line("River Watch", "", "LB"))
    authentic, courtesy = page(client, letter), client.get(f"/letters/{letter.slug}/in/fr/").content.decode()
    assert '<article class="letter" lang="ar" dir="rtl">' in authentic
    assert '<article class="letter" lang="fr" dir="ltr">' in courtesy
    assert ("الجسر هو الوحيد." in authentic, "C’est le seul." in courtesy) == (True, True)
    assert "This text is authentic" in authentic
    assert "Courtesy translation. The authentic text is in Arabic." in courtesy
    assert ("لبنان" in authentic, "Liban" in courtesy) == (True, True)
    for shown in (authentic, courtesy):
        assert "<bdi>River Watch</bdi>" in shown
        assert "1 organization from 1 country" in shown
        assert (
            f'<link rel="alternate" hreflang="fr" href="http://127.0.0.1:8000/letters/{letter.slug}/in/fr/">' in shown
        )
    assert f'<a href="/letters/{letter.slug}/in/fr/" hreflang="fr" lang="fr" dir="ltr">français</a>' in authentic
    assert f'<a href="/letters/{letter.slug}/" hreflang="ar" lang="ar" dir="rtl">العربية</a>' in courtesy
    assert f'href="/letters/{letter.slug}/sign/?in=fr"' in courtesy


def test_letter_in_its_authentic_language_has_one_address(client):
    letter = in_two_languages()
    assert client.get(f"/letters/{letter.slug}/in/ar/").headers["Location"] == letter.get_absolute_url()
    assert client.get(f"/letters/{letter.slug}/in/es/").status_code == 404
    assert client.get(f"/letters/{LetterFactory().slug}/in/en/").status_code == 404


def test_letter_says_that_a_translation_is_behind(client):
    letter = in_two_languages()
    said = "Some of it is not translated, or older than the authentic text."
    user = UserFactory()
    for body, is_behind in (("<p>الجسر هو الوحيد.</p>", False), ("<p>الجسر هو الوحيد هنا.</p>", True)):
        services.prepare_amendment(letter, by=user)
        held = working.read(letter)
        held.authentic["body"], held.front["place"] = body, f"Beirut {is_behind}"
        working.write(letter, held, by=user)
        until = timezone.now() + timedelta(days=2)
        services.amend(letter, weight="substance", until=until, by=user)
        assert (said in client.get(f"/letters/{letter.slug}/in/fr/").content.decode()) == is_behind
        assert said not in page(client, letter)


def test_letter_in_a_language_that_was_taken_out_leads_to_the_authentic_text(client):
    letter, user = in_two_languages(), UserFactory()
    services.prepare_amendment(letter, by=user)
    services.remove_text(letter, "fr", by=user)
    services.amend(letter, weight="substance", until=timezone.now() + timedelta(days=2), by=user)
    assert client.get(f"/letters/{letter.slug}/in/fr/").headers["Location"] == letter.get_absolute_url()


def test_letter_in_one_language_offers_no_other(client):
    assert "hreflang" not in page(client, OpenLetterFactory())


def test_letter_says_to_whom_it_goes_in_one_line(client):
    letter = OpenLetterFactory(text={"title": "To one"})
    assert '<bdi lang="en">Ada Example, Commissioner for Bridges</bdi></p>' in page(client, letter)
    many = [
        {
            "line": "to",
            "honorific": "Ms",
            "name": name,
            "office": "",
            "organization": "Rivers",
            "address": "",
            "email": "",
        }
        for name in "ABCDE"
    ]
    letter = LetterFactory(status="open", opens_at=timezone.now() - timedelta(days=1))
    RevisionFactory(letter=letter, recipients=many)
    assert '<bdi lang="en">Ms C, Rivers</bdi>; and 2 others</p>' in page(client, letter)


def frozen(letter):
    """An edition; the letter is closed for it."""
    letter.move_to(Letter.Status.CLOSED, closed_at=letter.closes_at)
    return services.freeze(letter, by=UserFactory())


def over(headline, number, **text):
    letter = OpenLetterFactory(
        closes_at=timezone.now() - timedelta(hours=30),
        opens_at=timezone.now() - timedelta(days=9),
        text={"headline": headline, **text},
    )
    for n in range(number):
        SignatoryFactory(letter=letter, listed=True, line=Line(f"Org {n}", "", "KE"))
    frozen(letter)
    return letter


def test_letter_has_its_headline_once_an_edition_is_frozen(client):
    letter = over("{n} organizations ask for a bridge", 7)
    shown = page(client, letter)
    assert '<h1 lang="en" dir="ltr">5+ organizations ask for a bridge</h1>' in shown
    assert '<p class="lede" lang="en" dir="ltr">For the bridge over the Lind</p>' in shown
    assert "The headline rounds down to a multiple of 5: 7 organizations are named below." in shown
    assert shown.count("<h1") == 1


def test_headline_counts_nobody_whose_name_is_withheld(client):
    letter = over("{n} organizations ask", 4)
    SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Withheld", "", "KE"))
    assert ">4 organizations ask</h1>" in page(client, letter)


def test_letter_has_no_headline_before_or_without_the_number_it_wants(client):
    letter = OpenLetterFactory(text={"headline": "{n} organizations ask"})
    assert '<h1 lang="en" dir="ltr">For the bridge over the Lind</h1>' in page(client, letter)
    assert "{n}" not in page(client, over("{n} organizations ask", 0))
    assert ">They ask</h1>" in page(client, over("They ask", 0))


def test_letter_says_when_it_closes_soon(client):
    soon, later = (OpenLetterFactory(closes_at=timezone.now() + timedelta(hours=hours)) for hours in (30.5, 60))
    assert "Closing soon: 1\xa0day, 6\xa0hours left." in page(client, soon)
    assert "Closing soon" not in page(client, later)


def test_letter_opened_again_says_which_edition_who_signs_now_stands_in(client):
    letter = over("They ask", 1)
    services.reopen(letter, closes_at=timezone.now() + timedelta(days=2), reason="late answers", by=UserFactory())
    shown = page(client, letter)
    assert "Edition 1 was frozen on" in shown
    assert "who signs now stands in the next edition." in shown
    assert '<h1 lang="en" dir="ltr">For the bridge over the Lind</h1>' in shown


def test_letter_names_who_withdrew_after_it_was_printed(client):
    letter = over("They ask", 2)
    gone, stays = letter.signatories.order_by("name")
    gone.move_to(Signatory.Status.WITHDRAWN, withdrawn_at=timezone.now())
    shown = page(client, letter)
    print(
        shown.partition('id="signed"')[2][:900],
        list(letter.editions.values("number", "as_of", "roll")),
        gone.line,
        gone.withdrawn_at,
    )
    assert re.search(r"<li><bdi>Org 0</bdi>: printed in edition 1, withdrawn on \d+ \w+ \d{4}</li>", shown)
    assert stays.line.name in shown.partition("Withdrawn since")[0]
    assert stays.line.name not in shown.partition("Withdrawn since")[2].partition("</section>")[0]


def test_letter_lists_individuals_after_the_organizations(client):
    letter = OpenLetterFactory(open_to=Letter.OpenTo.BOTH)
    SignatoryFactory(letter=letter, listed=True, line=Line("River Watch", "", "KE", second_name="Mto"))
    person = Line("Ana Pérez", "", "CO", affiliation="Rector")
    SignatoryFactory(letter=letter, listed=True, line=person, kind=Signatory.Kind.INDIVIDUAL)
    shown = page(client, letter)
    organizations, _, individuals = shown.partition("<h2>Individuals</h2>")
    assert '<bdi>River Watch</bdi> <span class="muted"><bdi>Mto</bdi></span>' in organizations
    assert "<bdi>Ana Pérez</bdi>, <small><bdi>Rector</bdi>*</small>" in individuals
    assert "* Affiliations are given for identification only." in individuals
    assert "Sign this letter" in shown


def test_letter_has_words_to_share_and_its_files(client):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True, line=Line("River Watch", "", "KE"))
    shown = page(client, letter)
    words = re.search(r'<textarea id="share-text"[^>]*>(.*?)</textarea>', shown, re.DOTALL)[1]
    assert words.splitlines()[0] == "For the bridge over the Lind"
    assert "Signed by 1 organization from 1 country." in words
    assert words.splitlines()[-1] == f"http://127.0.0.1:8000/letters/{letter.slug}/"
    assert "<" not in words
    for name in ("letter.pdf", "letter.docx", "board/"):
        assert f'href="/letters/{letter.slug}/{name}"' in shown


def test_long_roll_can_be_searched(client):
    letter = OpenLetterFactory()
    assert 'role="search"' not in page(client, letter)
    for n in range(21):
        SignatoryFactory(letter=letter, listed=True, line=Line(f"Org {n}", "", "KE"))
    assert f'<form method="get" action="/letters/{letter.slug}/signatories/" role="search"' in page(client, letter)


def test_count_says_how_many_individuals_there_are_without_an_organization(client):
    letter = OpenLetterFactory(open_to=Letter.OpenTo.BOTH)
    person = Line("Ana Pérez", "", "CO", affiliation="Rector")
    SignatoryFactory(letter=letter, listed=True, line=person, kind=Signatory.Kind.INDIVIDUAL)
    shown = page(client, letter).partition('class="count-line"')[2].partition("</p>")[0]
    assert "1 individual" in shown


def test_home_names_no_letter_that_is_not_to_be_found(client):
    OpenLetterFactory(text={"title": "For the bridge"})
    OpenLetterFactory(text={"title": "For the ford"}, may_be_indexed=False)
    shown = client.get("/").content.decode()
    assert ("For the bridge" in shown, "For the ford" in shown) == (True, False)


@pytest.mark.parametrize(
    ("path", "accepted", "shown"),
    [
        ("/letters/{}/", "", "ar"),  # as a crawler asks
        ("/letters/{}/", "en", "ar"),
        ("/letters/{}/", "fr", "fr"),
        ("/fr/letters/{}/", "", "fr"),
        ("/es/letters/{}/", "fr", "ar"),
        ("/fr/letters/{}/in/ar/", "", "ar"),
        ("/letters/{}/in/ar/", "fr", "ar"),
    ],
)
def test_letter_shows_the_text_of_its_reader(client, path, accepted, shown):
    letter = in_two_languages()
    SignatoryFactory(letter=letter, listed=True, line=Line("River Watch", "", "LB"))
    said = client.get(path.format(letter.slug), headers={"accept-language": accepted}).content.decode()
    assert re.findall(r'<article class="letter" lang="(\w+)"', said) == [shown]
    assert ("لبنان" in said, "Liban" in said) == (shown == "ar", shown == "fr")
    own = {"ar": f"/letters/{letter.slug}/", "fr": f"/letters/{letter.slug}/in/fr/"}
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{own[shown]}">' in said
    assert re.findall(r'<link rel="alternate" hreflang="(\w+)" href="http://127.0.0.1:8000([^"]+)"', said) == [
        *own.items()
    ]


def test_reader_of_a_courtesy_text_gets_to_the_authentic_one(client):
    letter = in_two_languages()
    address = f"/fr/letters/{letter.slug}/in/ar/"
    assert f'<a href="{address}" hreflang="ar"' in client.get(f"/fr/letters/{letter.slug}/").content.decode()
    assert '<article class="letter" lang="ar" dir="rtl">' in client.get(address).content.decode()
