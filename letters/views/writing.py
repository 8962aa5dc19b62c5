"""The desk: a new letter, its words, its timetable."""

from __future__ import annotations

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.models import Campaign
from letters import body, instants, services
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
    if not letter.is_draft:
        messages.info(request, _("The letter is open: its text and recipients are what organizations sign, and stay."))
        return redirect("letters:overview", slug=slug)
    saved = drafting.current(letter)
    if request.method != "POST":
        initial = {**drafting.as_initial(saved), "version": letter.version}
        form = WriteForm(initial=initial, language=saved.language, as_text=_as_text(request))
        return _page(request, letter, form, Recipients(initial=list(saved.recipients), prefix="to"))
    form, recipients = _sent(request, saved.language)
    if arranging := next((act for act in ARRANGING if f"recipient_{act}" in request.POST), None):
        return _rearranged(request, letter, form, recipients, arranging)
    if not (form.is_valid() & recipients.is_valid()):
        return _page(request, letter, form, recipients)
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
    try:
        version = services.save_draft(
            letter, _draft(form, recipients), version=form.cleaned_data["version"], by=request.user
        )
    except services.Conflict as conflict:
        return JsonResponse({"version": conflict.letter.version, "by": str(conflict.letter.saved_by)}, status=409)
    except services.NotDraft:
        opened = _("The letter has been opened and can no longer be changed.")
        return JsonResponse({"errors": {"": [opened]}}, status=422)
    now = instants.on_the_wall(timezone.now(), letter.zone)
    return JsonResponse({"version": version, "saved_at": now.strftime("%H:%M")})


def timetable(request, slug):
    letter = _run(request, slug)
    initial = {"slug": letter.slug, "zone": letter.zone}
    for name in ("opens_at", "closes_at"):
        instant = getattr(letter, name)
        initial[name] = instants.on_the_wall(instant, letter.zone) if instant else None
    form = TimetableForm(request.POST or None, initial=initial, letter=letter)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        slug = data.pop("slug", letter.slug)
        services.set_timetable(
            letter, slug=slug, by=request.user, **{name: data[name] for name in data if not name.endswith("_fold")}
        )
        closes = instants.in_words(data["closes_at"], data["zone"])
        messages.success(request, _("Saved. Sign-on closes %(instant)s.") % {"instant": closes})
        return redirect("letters:overview", slug=slug)
    return render(request, "letters/timetable.html", {"letter": letter, "form": form})


def reopen(request, slug):
    letter = _run(request, slug)
    form = ReopenForm(request.POST or None, letter=letter)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.reopen(letter, closes_at=data["closes_at"], reason=data["reason"], by=request.user)
        except services.ForbiddenMove:
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


def _page(request, letter, form, recipients):
    context = {"letter": letter, "form": form, "recipients": recipients, "as_text": _as_text(request)}
    return render(request, "letters/write.html", context)


def _rearranged(request, letter, form, recipients, act):
    index = request.POST.get(f"recipient_{act}", "")
    rows = recipients.rearranged(recipients.typed(), act, min(int(index or 0), len(recipients.forms) - 1))
    again = WriteForm(initial=form.typed(), language=letter.text.language, as_text=_as_text(request))
    return _page(request, letter, again, Recipients(initial=rows, prefix="to"))


def _save(request, letter, form, recipients):
    mine, version = _draft(form, recipients), form.cleaned_data["version"]
    taken = [part for part in request.POST.getlist("take") if hasattr(mine, part)]
    try:
        if taken:  # from the page that showed both: theirs instead of ours, if they have not changed again since
            mine = mine.taking(taken, drafting.current(letter))
        services.save_draft(letter, mine, version=version, by=request.user)
    except services.Conflict as conflict:
        return _both(request, conflict, mine)
    except services.NotDraft:
        messages.error(request, _("Meanwhile the letter was opened. Your last changes are below; they are not in it."))
        return _page(request, letter, form, recipients)
    messages.success(request, _("Saved."))
    return redirect("letters:overview", slug=letter.slug)


def _both(request, conflict, mine):
    """Both versions of what differs, side by side; everything of ours stays in the form."""
    letter = conflict.letter
    initial = {**drafting.as_initial(mine), "version": letter.version}
    form = WriteForm(initial=initial, language=mine.language, as_text=_as_text(request))
    context = {
        "letter": letter,
        "form": form,
        "recipients": Recipients(initial=list(mine.recipients), prefix="to"),
        "differing": [(form[part], _shown(conflict.theirs, part)) for part in conflict.parts if part != "recipients"],
        "theirs": conflict.theirs,
        "parts": conflict.parts,
        "recipients_differ": "recipients" in conflict.parts,
        "as_text": _as_text(request),
    }
    return render(request, "letters/both_versions.html", context, status=409)


def _shown(draft, part):
    """One part of a draft, to be read."""
    if part == "body":
        return mark_safe("".join(body.for_page(draft.body, prefix="theirs-")))  # noqa: S308 - written anew, see letters.body
    return getattr(draft, part) or _("(empty)")
