"""The writing page's buttons that change what is on the page and save nothing."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letters import typography
from letters.forms import Recipients, WriteForm

ARRANGING = ("add", "remove", "up", "down")
TYPESET = ("title", "re_line", "salutation", "body", "closing", "headline")


def rearranged(request, form, recipients):
    """The page's context after one of these buttons, with everything that was typed; None if none was pressed."""
    typed, rows, more = form.typed(), recipients.typed(), {}
    if act := next((act for act in ARRANGING if f"recipient_{act}" in request.POST), None):
        index = request.POST[f"recipient_{act}"]
        rows = recipients.rearranged(rows, act, int(index) if index.isdecimal() else -1)
    elif "salute" in request.POST:
        typed["salutation"] = request.POST["salute"]
    elif "typeset" in request.POST:
        typed, more = _typeset(form, typed)
    elif "typeset_back" in request.POST:
        typed, more = _as_before(form, typed, request.POST)
    else:
        return None
    again = WriteForm(initial=typed, language=form.written_in, as_text=form.as_text)
    return {"form": again, "recipients": Recipients(initial=rows, prefix="to"), **more}


def _typeset(form, typed):
    """Quotes, dashes and spaces as the letter's language has them. What they were goes along, to go back to."""
    form.is_valid()
    done, total = {}, typography.Counts()
    for part in TYPESET:
        before = form.cleaned_data.get(part, "")
        words, counts = _set(form, part, before)
        if words != before:
            done[part], total = words, total + counts
    was = [(part, form[part].value()) for part in done]
    return typed | done, {
        "was": was,
        "note": _in_words(total) if was else _("Nothing to set: this is as the language has it."),
    }


def _set(form, part, words):
    language = form.cleaned_data.get("language") or form.written_in
    return (typography.typographic if part == "body" else typography.typographic_line)(words, language)


def _in_words(counts):
    """ "14 quotation marks, 3 dashes set." """
    said = [
        ngettext("%(n)s quotation mark or apostrophe", "%(n)s quotation marks and apostrophes", counts.quotes),
        ngettext("%(n)s dash", "%(n)s dashes", counts.dashes),
        ngettext("%(n)s space", "%(n)s spaces", counts.spaces),
        ngettext("%(n)s ellipsis", "%(n)s ellipses", counts.dots),
    ]
    numbers = (counts.quotes, counts.dashes, counts.spaces, counts.dots)
    listed = ", ".join(words % {"n": n} for words, n in zip(said, numbers, strict=True) if n)
    return _("Set: %(listed)s. Look, then save.") % {"listed": listed}


def _cleaned(field, words):
    try:
        return field.clean(words)
    except ValidationError:  # not from our page
        return ""


def _as_before(form, typed, sent):
    """Back, but for the parts that were edited since: these stay as they are."""
    form.is_valid()
    back, edited = {}, []
    for part in TYPESET:
        if (was := sent.get(f"was_{part}")) is not None:
            before = _cleaned(form.fields[part], was)
            if form.cleaned_data.get(part) == _set(form, part, before)[0]:
                back[part] = before
            else:
                edited.append(str(form.fields[part].label))
    note = _("You have changed these since; they stay as they are: %(parts)s.") % {"parts": ", ".join(edited)}
    return typed | back, {"note": note if edited else _("It is as it was.")}
