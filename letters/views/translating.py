"""The desk: a courtesy text side by side with the authentic one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from letters import body, courtesy, instants, services
from letters.forms import TranslationForm
from letters.forms.translating import TEXT
from letters.models import Letter
from letters.views import languages, sheet, versions

SAFE_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(SAFE_OR_POST)
def translate(request, slug, language):
    """The authentic text on one side, its translation on the other, paragraph by paragraph."""
    if request.method != "POST":
        letter = languages.found(Letter.objects.seen_by(request.user), slug)
        return _page(request, letter, language)
    letter = _writable(request, slug)
    form = _form(request, letter, language)
    if "cut" in request.POST:
        return _cut(request, letter, language)
    if "again" in request.POST or not form.is_valid():
        return _page(request, letter, language, form=form, status=200 if "again" in request.POST else 422)
    return _save(request, letter, language, form)


@require_POST
def autosave_translation(request, slug, language):
    """The protocol of static/js/autosave.js. What is out of date stays so until somebody says that it is right."""
    letter = _writable(request, slug)
    form = _form(request, letter, language)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    typed = _typed(form)
    try:
        letter = services.save_translation(letter, language, typed, bases=form.bases(), by=request.user)
    except services.BothTranslated as conflict:
        answer = {"version": form["version"].value(), "by": versions.who(request, conflict.letter)}
        return JsonResponse(answer, status=409)
    except services.NotCourtesy:
        return JsonResponse({"errors": {"": [_("This text has been removed meanwhile.")]}}, status=422)
    except services.NotDraft:
        return JsonResponse({"errors": {"": [languages.not_written()]}}, status=422)
    now = instants.on_the_wall(timezone.now(), letter.zone)
    saved_at = f"{now:%H:%M} ({instants.zone_in_words(letter.zone)})"
    bases = form.bases() | {key: courtesy.mark(one.own) for key, one in typed.items()}
    return JsonResponse({"version": TranslationForm.version_of(bases), "saved_at": saved_at})


def _writable(request, slug):
    """For those who may write courtesy texts; for others it is not there."""
    return languages.found(Letter.objects.translated_by(request.user), slug)


def _form(request, letter, language, data=None):
    text, authentic = languages.both_texts(letter, language)
    return TranslationForm(data or request.POST, passages=courtesy.beside(text, authentic), language=language)


def _typed(form, *, is_final=False):
    """By key. With the button, what was changed since the page was opened is said to be right."""
    began = form.bases("began")
    typed = {}
    for key, own, seen, is_right in form.typed():
        is_changed = is_final and began.get(key, "") not in ("", courtesy.mark(own))
        typed[key] = services.Typed(own, seen, is_right or is_changed)
    return typed


def _save(request, letter, language, form):
    choices = _choices(request)
    if None in choices.values():
        return _page(request, letter, language, form=form, choices=choices, status=409)
    typed, bases = _typed(form, is_final=True), form.bases()
    theirs = [key for key, whose in choices.items() if whose == "theirs"]
    try:
        services.save_translation(letter, language, typed, bases=bases, by=request.user, taking=theirs, keeping=True)
    except services.BothTranslated as conflict:
        choices |= dict.fromkeys(conflict.keys)
        return _page(request, conflict.letter, language, form=form, choices=choices, is_new=conflict.keys, status=409)
    except services.NotCourtesy:
        raise Http404 from None
    except services.NotDraft:
        messages.error(request, languages.not_written() + " " + _("What you typed is below; it is not in the text."))
        return _page(request, letter, language, form=form, status=409)
    # The browser's own copy is not needed any more, see autosave.js.
    saved_over = (form["began" if choices else "version"].value() or "").partition("~")[0]
    request.session[f"saved over {letter.pk} {language}"] = saved_over
    messages.success(request, _("Saved."))
    return redirect("letters:translate", slug=letter.slug, language=language)


def _choices(request):
    """The passages that stood on the page in both versions, and whose was chosen for each: None if no one's."""
    chosen = {key: request.POST.get(f"keep-{key}") for key in request.POST.getlist("shown")}
    return {key: whose if whose in ("mine", "theirs") else None for key, whose in chosen.items()}


def _cut(request, letter, language):
    """A whole translation, cut into paragraphs beside the authentic ones. Nothing is saved by it."""
    text, authentic = languages.both_texts(letter, language)
    shares, is_even = courtesy.shared_out(body.from_text(request.POST.get("whole", "")), authentic["body"])
    form = _form(request, letter, language)
    data = request.POST.copy()
    data["whole"] = ""
    paragraphs = [row for row in sheet.rows(form, courtesy.beside(text, authentic), {}) if _is_paragraph(row)]
    for row, share in zip(paragraphs, shares, strict=False):
        if share:
            data[TEXT + row.key] = courtesy.typed(share)
    filled = sum(map(bool, shares))
    words = ngettext("%(n)s paragraph was filled in.", "%(n)s paragraphs were filled in.", filled) % {"n": filled}
    if is_even:
        words += " " + _("There are as many as in the authentic text, so they were paired in order. Look, then save.")
    else:
        words += " " + _(
            "There are not as many as in the authentic text: they were paired in order, headings with headings, and "
            "what was left over stands in the last one before. Look through them and move what is in the wrong place."
        )
    return _page(request, letter, language, form=_form(request, letter, language, data), cut=words)


def _is_paragraph(row):
    return row.passage is not None and not row.passage.is_line and row.passage.authentic


def _page(request, letter, language, *, form=None, choices=None, is_new=(), cut="", status=200):
    """`choices` are the passages to be shown in both versions; `is_new` those that nobody has been asked about yet."""
    text, authentic = languages.both_texts(letter, language)
    passages = courtesy.beside(text, authentic)
    form = form or TranslationForm(passages=passages, language=language)
    rows = sheet.rows(form, passages, choices or {})
    context = {
        "letter": letter,
        "form": form,
        "pairs": rows,
        "version": _version(form, rows, is_new),
        "both": [row for row in rows if row.is_both],
        "to_look_at": [row for row in rows if row.state in ("stale", "orphan")],
        "is_asked_again": bool(choices) and not is_new,
        "is_saved": request.method != "POST",
        "who": versions.who(request, letter),
        "cut": cut,
        "to": languages.named(language),
        "of": languages.named(authentic["language"]),
        "progress": courtesy.progress(passages),
        "saved_over": request.session.get(f"saved over {letter.pk} {language}", ""),
        **languages.may(request.user, letter),
    }
    if request.method == "POST":  # what was typed is shown, even where it cannot be saved any more
        context["may_write"] = True
    return render(request, "letters/translate.html", context, status=status)


def _version(form, rows, is_new):
    """What the page sends along: what is new on it included, and theirs of what it shows in both versions."""
    marks = {row.key: row.passage.mark for row in rows if row.passage}
    unsent = {key: mark for key, mark in marks.items() if key not in form.sent}
    return TranslationForm.version_of(unsent | form.bases() | {key: marks[key] for key in is_new if key in marks})
