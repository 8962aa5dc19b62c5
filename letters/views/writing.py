"""The desk: a new letter, its words, its timetable."""

from __future__ import annotations

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.models import Campaign
from letters import body, dates, instants, services
from letters.forms import NewLetterForm, Recipients, ReopenForm, TimetableForm, WriteForm
from letters.models import Letter
from letters.services import drafting

ARRANGING = ("add", "remove", "up", "down")


def _run(request, slug):
    return get_object_or_404(Letter.objects.run_by(request.user).select_related("campaign", "saved_by"), slug=slug)


def new(request):
    campaigns = Campaign.objects.run_by(request.user)
    if not campaigns:
        messages.info(request, _("A letter belongs to a campaign. Make the campaign first."))
        return redirect("campaigns:new_campaign")
    chosen = campaigns.filter(slug=request.GET.get("campaign", "")).first()
    form = NewLetterForm(request.POST or None, campaigns=campaigns, initial={"campaign": chosen})
    if request.method == "POST" and form.is_valid():
        letter = services.create_letter(by=request.user, **form.cleaned_data)
        return redirect("letters:write", slug=letter.slug)
    return render(request, "letters/new.html", {"form": form})


def write(request, slug):
    """The letter's parts in their order, saved as they are typed or by the button."""
    letter = _run(request, slug)
    if request.method != "POST":
        if not letter.is_draft:
            messages.info(request, _("The letter has been opened. What organizations sign cannot be rewritten."))
            return redirect("letters:overview", slug=slug)
        saved = drafting.current(letter)
        initial = {**drafting.as_initial(saved), "version": saved.fingerprint()}
        form = WriteForm(initial=initial, language=saved.language, as_text=_as_text(request))
        return _page(request, letter, form, Recipients(initial=list(saved.recipients), prefix="to"))
    form, recipients = _sent(request, letter.text.language)
    if arranging := next((act for act in ARRANGING if f"recipient_{act}" in request.POST), None):
        return _rearranged(request, letter, form, recipients, arranging)
    if not (form.is_valid() & recipients.is_valid()):
        shown = _shown_before(request)
        return _both(request, letter, form, recipients, shown) if shown else _page(request, letter, form, recipients)
    return _save(request, letter, form, recipients)


@require_POST
def autosave(request, slug):
    """The protocol of static/js/autosave.js."""
    letter = _run(request, slug)
    form, recipients = _sent(request, letter.text.language)
    if not (form.is_valid() & recipients.is_valid()):
        everything = [form, *recipients.forms]
        wrong = {one.add_prefix(name): said for one in everything for name, said in one.errors.items()}
        return JsonResponse({"errors": wrong}, status=422)
    draft = _draft(form, recipients)
    try:
        services.save_draft(letter, draft, base=form.cleaned_data["version"], by=request.user)
    except services.Conflict as conflict:
        return JsonResponse({"version": conflict.base, "by": _who(request, conflict.letter)}, status=409)
    except services.NotDraft:
        opened = _("The letter has been opened and can no longer be changed.")
        return JsonResponse({"errors": {"": [opened]}}, status=422)
    now = instants.on_the_wall(timezone.now(), letter.zone)
    saved_at = f"{now:%H:%M} ({instants.zone_in_words(letter.zone)})"
    return JsonResponse({"version": draft.fingerprint(), "saved_at": saved_at})


def timetable(request, slug):
    letter = _run(request, slug)
    if letter.is_over:
        messages.info(request, _("The letter is closed. To give more time, open it again."))
        return redirect("letters:overview", slug=slug)
    initial = {"slug": letter.slug, "zone": letter.zone}
    for name in ("opens_at", "closes_at"):
        instant = getattr(letter, name)
        initial[name] = instants.on_the_wall(instant, letter.zone) if instant else None
    form = TimetableForm(request.POST or None, initial=initial, letter=letter)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        slug = data.pop("slug", letter.slug)
        try:
            services.set_timetable(letter, slug=slug, by=request.user, **data)
        except services.ForbiddenMove:
            messages.error(request, _("Not saved: the letter has closed meanwhile."))
        else:
            closes = instants.in_words(data["closes_at"], data["zone"])
            messages.success(request, _("Saved. Sign-on closes %(instant)s.") % {"instant": closes})
        return redirect("letters:overview", slug=slug)
    return render(request, "letters/timetable.html", {"letter": letter, "form": form})


def reopen(request, slug):
    letter = _run(request, slug)
    if letter.status != Letter.Status.CLOSED:
        messages.info(request, _("Only a closed letter can be opened again."))
        return redirect("letters:overview", slug=slug)
    form = ReopenForm(request.POST or None, letter=letter)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.reopen(letter, closes_at=data["closes_at"], reason=data["reason"], by=request.user)
        except (services.ForbiddenMove, services.PastClosing):
            messages.error(request, _("Only a closed letter can be opened again."))
        else:
            messages.success(request, _("Sign-on is open again."))
        return redirect("letters:overview", slug=slug)
    return render(request, "letters/reopen.html", {"letter": letter, "form": form})


def _as_text(request):
    return request.GET.get("as") == "text"


def _sent(request, language):
    as_text = _as_text(request)
    return WriteForm(request.POST, language=language, as_text=as_text), Recipients(request.POST, prefix="to")


def _draft(form, recipients):
    words = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    return services.Draft(recipients=recipients.recipients(), **words)


def _page(request, letter, form, recipients, *, status=200):
    context = {
        "letter": letter,
        "form": form,
        "recipients": recipients,
        "as_text": _as_text(request),
        "is_saved": request.method != "POST",
        "saved_over": request.session.get(f"saved over {letter.pk}", ""),
    }
    return render(request, "letters/write.html", context, status=status)


def _rearranged(request, letter, form, recipients, act):
    index = request.POST.get(f"recipient_{act}", "")
    rows = recipients.rearranged(recipients.typed(), act, int(index) if index.isdecimal() else -1)
    again = WriteForm(initial=form.typed(), language=letter.text.language, as_text=_as_text(request))
    return _page(request, letter, again, Recipients(initial=rows, prefix="to"))


def _save(request, letter, form, recipients):
    base, choices = form.cleaned_data["version"], _shown_before(request)
    if None in choices.values():
        return _both(request, letter, form, recipients, choices)
    preferred = [part for part, whose in choices.items() if whose == "theirs"]
    try:
        services.save_draft(letter, _draft(form, recipients), base=base, by=request.user, taking=preferred)
    except services.Conflict as conflict:
        return _both(request, conflict.letter, form, recipients, choices | dict.fromkeys(conflict.parts), conflict)
    except services.NotDraft:
        messages.error(request, _("Meanwhile the letter was opened. What you typed is below; it is not in the letter."))
        return _page(request, letter, form, recipients, status=409)
    began = request.POST.get("began") or base
    request.session[f"saved over {letter.pk}"] = began  # the browser's own copy is not needed any more, see autosave.js
    messages.success(request, _("Saved."))
    return redirect("letters:overview", slug=letter.slug)


def _shown_before(request):
    """The parts that stood side by side on the page that was sent, and whose was chosen for each: None if no one's."""
    shown = [part for part in request.POST.getlist("shown") if part in drafting.PARTS]
    chosen = {part: request.POST.get(f"keep_{part}") for part in shown}
    return {part: whose if whose in ("mine", "theirs") else None for part, whose in chosen.items()}


def _both(request, letter, form, recipients, choices, conflict=None):
    """Both versions of what both have changed, side by side; everything of ours stays in the form.

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
        "who": _who(request, letter),
        "as_text": _as_text(request),
    }
    return render(request, "letters/both_versions.html", context, status=409)


def _who(request, letter):
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
