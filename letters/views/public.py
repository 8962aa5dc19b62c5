"""What anyone may read. The same for everybody: no account state, no messages."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from config import languages
from letters import headlines
from letters.hot_pages import hot
from letters.models import Letter, Revision
from letters.pdf import writing
from letters.pdf.typesetting import FEW, count_line, has_affiliations, withheld_line
from letters.pdf.typesetting import number as figure
from letters.services import publishing, translating, working
from letters.views.article import article
from letters.views.comparing import compared_revisions

SOON = timedelta(hours=48)


@hot
@login_not_required
@require_safe
def home(request):
    """What this is, and the letters that can be signed or read."""
    letters = list(publishing.findable().select_related("campaign").prefetch_related("texts").order_by("closes_at"))
    context = {
        "open": [letter for letter in letters if not letter.is_over],
        "closed": [letter for letter in reversed(letters) if letter.is_over][:20],
    }
    return render(request, "letters/home.html", context)


@hot
@login_not_required
@require_safe
def letter(request, slug):
    """The letter as it is signed, who has signed, and the way to sign; in the reader's language, if there is a text."""
    letter = _public(slug)
    revision = letter.revisions.latest("number")
    return _page(request, letter, revision, _text_here(request, revision))


@hot
@login_not_required
@require_safe
def letter_in(request, slug, language):
    """The same with one of its texts, whoever reads it. The authentic one is here only for those whom the plain
    address shows another."""
    letter = _public(slug)
    revision = letter.revisions.latest("number")
    text = revision.text_in(language)
    if text["language"] != language and not _was_once(letter, language):
        raise Http404
    if text["is_authentic"] and (text["language"] != language or _text_here(request, revision) is text):
        return redirect(letter)
    return _page(request, letter, revision, text)


@hot
@login_not_required
@require_safe
def amended(request, slug, number):
    """What one amendment changed: the one that made revision `number`."""
    letter = _public(slug)
    made = letter.amendments.select_related("previous", "revision")
    amendment = get_object_or_404(made, revision__number=number)
    context = {"letter": letter, "amendment": amendment}
    return render(request, "letters/amended.html", context | compared_revisions(amendment.previous, amendment.revision))


def _public(slug):
    return get_object_or_404(Letter.objects.public().select_related("campaign"), slug=slug)


def _text_here(request, revision):
    """The text that the plain address shows this reader: in its language, or else the authentic one.

    Whoever asks for no language, as crawlers do, is taken for a reader of the site's own: that one chooses no text
    unless it is in the address, so the plain address stays that of the authentic text.
    """
    reads = translation.get_language()
    chosen = languages.in_path(request.path_info) or reads != settings.LANGUAGE_CODE
    return revision.text_for(reads) if chosen else revision.authentic


def _page(request, letter, revision, text):
    """With one of the texts; the roll and its count are the same in all, its countries in the language of the text."""
    roll = letter.roll(text["language"], timezone.now())
    edition = letter.editions.defer("roll").order_by("-number").first()
    context = {
        "letter": letter,
        "revision": revision,
        **_amendments(letter),
        "is_asking": letter.substance > 1 and not letter.is_over,
        "canonical_path": languages.without(letter.url_in(text["language"], is_authentic=text["is_authentic"])),
        "versions": _versions(request, letter, revision, text) if len(revision.texts) > 1 else [],
        "authentic": writing.name_of(revision.authentic["language"], translation.get_language()),
        "is_behind": not text["is_authentic"] and translating.revision_is_behind(revision, text["language"]),
        "roll": roll,
        "count": count_line(roll) if roll.printed else "",
        "withheld": withheld_line(roll),
        "identifies": has_affiliations(roll),
        "long_roll": roll.printed > FEW,
        "edition": edition,
        "departures": letter.signatories.withdrawn_since_frozen() if edition else [],
        "headline": _headline(letter, text, roll) if edition and letter.is_over else None,
        "closes_soon": letter.accepts_signatures and letter.closes_at - timezone.now() < SOON,
        **_files(letter, text),
        **article(text, revision.recipients, working.front(letter)),
    }
    context["addressed"] = [_short(one, text["language"]) for one in context["to"]]
    return render(request, "letters/letter.html", context)


def _headline(letter, text, roll):
    """What the letter is called once it is published: with a round number of the organizations named, or None."""
    words, number = text["headline"], roll.organizations
    if not words:
        return None
    if not headlines.wants_number(words):
        return {"words": words}
    if not number:
        return None
    floor, more = headlines.rounded(number)
    with translation.override(text["language"]):
        shown = writing.of(text["language"]).figures(figure(floor)) + ("+" if more else "")
    return {"words": headlines.filled(words, shown), "number": number, "step": headlines.step_of(number), "more": more}


def _files(letter, text):
    address = [letter.slug] if text["is_authentic"] else [letter.slug, text["language"]]
    pages = {"pdf_url": "letter_pdf", "word_url": "board_copy", "board_url": "board"}
    return {name: reverse(f"letters:{page}", args=address) for name, page in pages.items()}


def _short(recipient, language):
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


def _was_once(letter, language):
    """Whether the page has been there in this language: mails lead to it."""
    opened = letter.revisions.filter(cause__in=[Revision.Cause.OPENED, Revision.Cause.AMENDED])
    return any(text["language"] == language for texts in opened.values_list("texts", flat=True) for text in texts)


def _versions(request, letter, revision, shown):
    """The texts in their languages, each called as its readers call it."""
    texts = sorted(revision.texts, key=lambda text: (not text["is_authentic"], text["language"]))
    own = {text["language"]: letter.url_in(text["language"], is_authentic=text["is_authentic"]) for text in texts}
    urls, authentic = dict(own), revision.authentic
    if _text_here(request, revision) is not authentic:
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
