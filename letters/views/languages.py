"""The desk: the languages of a letter."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from letters import courtesy, services
from letters.forms import AddTextForm
from letters.models import Letter
from letters.pdf import writing
from letters.services import working

SAFE_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(SAFE_OR_POST)
def texts(request, slug):
    """Which languages there are, how far each is, and one more."""
    letters = Letter.objects.translated_by if request.method == "POST" else Letter.objects.seen_by
    letter = found(letters(request.user), slug)
    words = working.read(letter)
    form = AddTextForm(request.POST or None, present=[text["language"] for text in words.texts])
    if request.method == "POST" and form.is_valid():
        return _added(request, letter, form.cleaned_data["language"])
    context = {
        "letter": letter,
        "form": form,
        "texts": [_listed(text, words.authentic) for text in words.texts],
        **may(request.user, letter),
    }
    return render(request, "letters/texts.html", context)


def _added(request, letter, language):
    try:
        services.add_text(letter, language, by=request.user)
    except services.LanguageTaken:
        messages.info(request, _("Somebody else has added this language a moment ago."))
    except services.NotDraft:
        messages.error(request, not_written())
        return redirect("letters:texts", slug=letter.slug)
    return redirect("letters:translate", slug=letter.slug, language=language)


def _listed(text, authentic):
    is_authentic = text["is_authentic"]
    progress = None if is_authentic else courtesy.progress(courtesy.beside(text, authentic))
    return {**named(text["language"]), "is_authentic": is_authentic, "title": text["title"], "progress": progress}


@require_http_methods(SAFE_OR_POST)
def remove_text(request, slug, language):
    letter = found(Letter.objects.run_by(request.user), slug)
    return _decided(
        request, letter, language, services.remove_text, "letters/remove_text.html", _("The text is removed.")
    )


@require_http_methods(SAFE_OR_POST)
def make_authentic(request, slug, language):
    letter = found(Letter.objects.run_by(request.user), slug)
    done = _("This text is the authentic one now.")
    return _decided(request, letter, language, services.make_authentic, "letters/make_authentic.html", done)


def _decided(request, letter, language, act, template, done):
    """Ask; do it by POST; say what came of it."""
    if request.method != "POST":
        text, authentic = both_texts(letter, language)
        passages = courtesy.beside(text, authentic)
        context = {"letter": letter, "text": text, "to": named(language), "of": named(authentic["language"])}
        return render(request, template, {**context, "progress": courtesy.progress(passages)})
    try:
        act(letter, language, by=request.user)
    except services.NotCourtesy:
        messages.info(request, _("Somebody else was faster. This is how it stands now."))
    except services.Incomplete:
        messages.error(request, _("Some paragraphs are not translated yet: such a text cannot be the authentic one."))
    except services.NotDraft:
        messages.error(request, not_written())
    else:
        messages.success(request, done)
    return redirect("letters:texts", slug=letter.slug)


def found(letters, slug):
    return get_object_or_404(letters.select_related("campaign", "saved_by"), slug=slug)


def both_texts(letter, language):
    """The courtesy text in that language and the authentic one, as they are saved now."""
    words = working.read(letter)
    text = words.text_in(language)
    if text is None or text["is_authentic"]:
        raise Http404
    return text, words.authentic


def may(user, letter):
    """What this member of the team may do: write courtesy texts; run the letter."""
    may_write = letter.is_written and Letter.objects.translated_by(user).filter(pk=letter.pk).exists()
    return {"may_write": may_write, "may_run": Letter.objects.run_by(user).filter(pk=letter.pk).exists()}


def named(language):
    """A language as its readers call it, and as we do."""
    return {
        "language": language,
        "direction": writing.of(language).direction,
        "own_name": writing.name_of(language, language),
        "name": writing.name_of(language, translation.get_language()),
    }


def not_written():
    return _("The letter’s words cannot be changed now: it was opened, or its amendment was made, a moment ago.")
