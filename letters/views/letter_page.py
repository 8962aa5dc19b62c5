"""What the page of a letter shows, in one of its texts: for anybody, and on the desk as it will be."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from config import languages
from letters import dates, instants
from letters.pdf import writing
from letters.pdf.typesetting import FEW, count_line, has_affiliations, language_of_words, withheld_line
from letters.services import published as publishing
from letters.services import translating, working
from letters.views.article import article

SOON = timedelta(hours=48)


def context(request, letter, revision, text, publication):
    """With one of the texts; the roll and its count are the same in all, its headings in the language of the page.
    With `publication`, as it is, or would be, once that is public."""
    listed_in = language_of_list(text["language"])
    roll = letter.roll(listed_in, timezone.now())
    words = publishing.in_words(publication, letter, text["language"], roll.organizations) if publication else None
    edition = letter.editions.light().order_by("-number").first()
    shown = {
        "letter": letter,
        "revision": revision,
        **_amendments(letter),
        "is_asking": letter.substance > 1 and not letter.is_over,
        "canonical_path": languages.without(letter.url_in(text["language"], is_authentic=text["is_authentic"])),
        "versions": _versions(request, letter, revision, text) if len(revision.texts) > 1 else [],
        "authentic": writing.name_of(revision.authentic["language"], translation.get_language()),
        "is_behind": not text["is_authentic"] and translating.revision_is_behind(revision, text["language"]),
        "roll": roll,
        "listed_in": listed_in,
        "list_direction": writing.of(listed_in).direction,
        "count": count_line(roll) if roll.printed else "",
        "withheld": withheld_line(roll),
        "identifies": has_affiliations(roll),
        "long_roll": roll.printed > FEW,
        "edition": edition,
        "departures": letter.signatories.withdrawn_since_frozen(_printing(edition, words)),
        "called": called(text, words),
        "closes_soon": letter.accepts_signatures and letter.closes_at - timezone.now() < SOON,
        **_files(letter, text),
        **article(text, revision.recipients, working.front(letter)),
    }
    shown["addressed"] = [short(one, text["language"]) for one in shown["to"]]
    return shown | (_published(letter, revision, text, roll, words) if words else {})


def language_of_list(language):
    """That of our other words on the page; beside a text in a language that no page has, the text's own."""
    has_pages = language_of_words(language).partition("-")[0] == language.partition("-")[0]
    return _page_language() if has_pages else language


def called(text, words):
    """The headline, once there is one, or else the title."""
    return (words and words.headline) or text["title"]


def _published(letter, revision, text, roll, words):
    edition = words.edition
    came, _left = letter.signatories.came_and_went(letter.signatories.in_print(edition), roll)
    return {
        "published": words,
        "is_amended": edition.revision.digest != revision.digest,
        "joined": tuple(came),
        "hides_salutation": not words.shows_salutation,
        "hides_closing": not words.shows_closing,
        "delivered": [_delivered(one, letter, text["language"]) for one in publishing.deliveries(letter, edition)],
        "replies": [_reply(one) for one in publishing.replies(letter)],
        **edition_files(letter, edition, text),
    }


def _printing(newest, words):
    """The editions whose lines the page answers for: what is published, and the newest."""
    return list(dict.fromkeys(filter(None, (words and words.edition, newest))))


def edition_files(letter, edition, text):
    """The edition's document in the language of the text, or else the authentic one, and what is published beside."""
    of = edition.revision.text_in(text["language"])
    at = [letter.slug, edition.number] if of["is_authentic"] else [letter.slug, of["language"], edition.number]
    return {
        "edition_pdf_url": reverse("letters:edition_pdf", args=at),
        "manifest_url": reverse("letters:manifest_file", args=[letter.slug, edition.number]),
        "press_url": url_of("press", letter, text),
        "document": edition.renderings.public().done().filter(language=of["language"]).first(),
    }


def url_of(page, letter, text):
    """One of the letter's pages, in the language of the text."""
    at = [letter.slug] if text["is_authentic"] else [letter.slug, text["language"]]
    return reverse(f"letters:{page}", args=at)


def _delivered(delivery, letter, language):
    day = instants.on_the_wall(delivery.sent_at, letter.zone).date()
    return {
        "edition": delivery.edition.number,
        "to": short(delivery.recipient_signed, language),
        "on": dates.in_words(day, "day", _page_language()),
    }


def _reply(reply):
    return {"reply": reply, "on": dates.in_words(reply.received_on, "day", _page_language())}


def _page_language():
    return translation.get_language() or settings.LANGUAGE_CODE


def _files(letter, text):
    pages = {"pdf_url": "letter_pdf", "word_url": "board_copy", "board_url": "board"}
    return {name: url_of(page, letter, text) for name, page in pages.items()}


def short(recipient, language):
    """Whom it goes to in one line: the full block stands in the letter."""
    person = " ".join(filter(None, (recipient["honorific"], recipient["name"])))
    return writing.of(language).comma.join(filter(None, (person, recipient["office"] or recipient["organization"])))


def _amendments(letter):
    """Newest first; those that changed nothing that is signed apart."""
    sides = ("previous", "revision")
    heavy = [f"{side}__{held}" for side in sides for held in ("canonical", "texts", "recipients", "front")]
    made = list(letter.amendments.select_related(*sides).defer(*heavy).order_by("-revision__number"))
    return {
        "amendments": [one for one in made if not one.is_quiet],
        "quiet_amendments": [one for one in made if one.is_quiet],
    }


def text_here(request, revision):
    """The text that the plain address shows this reader: in its language, or else the authentic one.

    Whoever asks for no language, as crawlers do, is taken for a reader of the site's own: that one chooses no text
    unless it is in the address, so the plain address stays that of the authentic text.
    """
    reads = translation.get_language()
    chosen = languages.in_path(request.path_info) or reads != settings.LANGUAGE_CODE
    return revision.text_for(reads) if chosen else revision.authentic


def _versions(request, letter, revision, shown):
    """The texts in their languages, each called as its readers call it."""
    texts = sorted(revision.texts, key=lambda text: (not text["is_authentic"], text["language"]))
    own = {text["language"]: letter.url_in(text["language"], is_authentic=text["is_authentic"]) for text in texts}
    urls, authentic = dict(own), revision.authentic
    if text_here(request, revision) is not authentic:
        urls[authentic["language"]] = letter.url_in(authentic["language"], is_authentic=False)
    return [
        {
            "language": text["language"],
            "direction": writing.of(text["language"]).direction,
            "name": writing.name_of(text["language"], text["language"]),
            "url": urls[text["language"]],
            "plain_url": languages.without(own[text["language"]]),
            "is_shown": text is shown,
        }
        for text in texts
    ]
