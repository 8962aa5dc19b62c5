"""The desk: two versions side by side, where two people have changed the same part."""

from __future__ import annotations

from django.shortcuts import render
from django.template.defaultfilters import linebreaksbr
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from letters import body, dates
from letters.services import drafting


def shown_before(request):
    """The parts that stood side by side on the page that was sent, and whose was chosen for each: None if no one's."""
    shown = [part for part in request.POST.getlist("shown") if part in drafting.PARTS]
    chosen = {part: request.POST.get(f"keep_{part}") for part in shown}
    return {part: whose if whose in ("mine", "theirs") else None for part, whose in chosen.items()}


def both(request, letter, form, recipients, choices, conflict=None):
    """Both versions of what both have changed; everything of ours stays in the form.

    `choices` has the parts to show: "mine" or "theirs" as chosen, None where nobody has chosen yet.
    """
    theirs = conflict.theirs if conflict else drafting.current(letter)
    context = {
        "letter": letter,
        "form": form,
        "recipients": recipients,
        "parts": list(choices),
        "began": request.POST.get("began") or form["version"].value(),
        "version": conflict.base if conflict else form["version"].value(),
        "differing": [
            {
                "part": part,
                "field": form[part] if part in form.fields else None,
                "theirs": _shown(form, theirs, part),
                "choice": choices[part],
            }
            for part in drafting.PARTS
            if part in choices
        ],
        "mine": recipients.recipients() if recipients.is_valid() else [],
        "is_asked_again": conflict is None,
        "who": who(request, letter),
        "as_text": request.GET.get("as") == "text",
    }
    return render(request, "letters/both_versions.html", context, status=409)


def who(request, letter):
    """Who saved last, for the one who is told."""
    return _("Your other window") if letter.saved_by == request.user else str(letter.saved_by or _("Somebody"))


def _shown(form, draft, part):
    """One part of a draft, to be read."""
    value = getattr(draft, part)
    if part == "recipients":
        return value
    if part == "body":
        return mark_safe("".join(body.for_page(value, prefix="theirs-")))  # noqa: S308 - written anew, see letters.body
    if part == "date":
        value = dates.in_words(value, "day", "en")
    elif part in ("date_precision", "language"):
        value = dict(form.fields[part].choices).get(value, value)
    return linebreaksbr(value or _("(empty)"), autoescape=True)
