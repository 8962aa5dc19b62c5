"""The desk: the words of a letter."""

from __future__ import annotations

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from letters import body, instants, salutations, services
from letters.forms import Recipients, WriteForm
from letters.models import Letter
from letters.services import drafting
from letters.views import arranging, versions


def _run(request, slug):
    return get_object_or_404(Letter.objects.run_by(request.user).select_related("campaign", "saved_by"), slug=slug)


@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # views go without types
def write(request, slug):
    """The letter's parts in their order, saved as they are typed or by the button; beside them how it will look."""
    letter = _run(request, slug)
    if request.method != "POST":
        return _opened(request, letter)
    form, recipients = _sent(request, letter)
    if again := arranging.rearranged(request, form, recipients):
        return _page(request, letter, **again)
    if not (form.is_valid() & recipients.is_valid()):
        return _refused(request, letter, form, recipients)
    return _save(request, letter, form, recipients)


@require_POST
def autosave(request, slug):
    """The protocol of static/js/autosave.js."""
    letter = _run(request, slug)
    form, recipients = _sent(request, letter)
    if not (form.is_valid() & recipients.is_valid()):
        everything = [form, *recipients.forms]
        return _wrong({one.add_prefix(name): said for one in everything for name, said in one.errors.items()})
    draft = _draft(form, recipients)
    try:
        services.save_draft(letter, draft, base=form.cleaned_data["version"], by=request.user)
    except services.Conflict as conflict:
        return JsonResponse({"version": conflict.base, "by": versions.who(request, conflict.letter)}, status=409)
    except services.LanguageTaken:
        return _wrong({"language": [_language_taken()]})
    except services.NotDraft:
        return _wrong({"": [_("The letter has been opened, or its amendment made or thrown away, meanwhile.")]})
    now = instants.on_the_wall(timezone.now(), letter.zone)
    saved_at = f"{now:%H:%M} ({instants.zone_in_words(letter.zone)})"
    answer = {"version": draft.fingerprint(), "saved_at": saved_at, **_brought_in(request, letter, draft)}
    return JsonResponse(answer)


def _wrong(errors):
    return JsonResponse({"errors": errors}, status=422)


def _language_taken():
    return _("The letter has a translation in this language already. Choose another, or remove the translation first.")


def _brought_in(request, letter, draft):
    """What somebody else has changed in the text, for the page that does not show it yet."""
    saved = drafting.current(Letter.objects.get(pk=letter.pk))
    if saved.body == draft.body:
        return {}
    text = body.to_text(saved.body) if _as_text(request) else saved.body
    return {"merged": {"body": text, "version": draft.taking(["body"], saved).fingerprint()}}


def _opened(request, letter):
    if not letter.is_written:
        is_open = letter.status == Letter.Status.OPEN and not letter.is_over
        if is_open:
            messages.info(request, _("The letter is open: its words change by an amendment only. Begin one here."))
        else:
            messages.info(
                request, _("What was signed cannot be rewritten. To amend a closed letter, open it again first.")
            )
        return redirect("letters:overview", slug=letter.slug)
    saved = drafting.current(letter)
    initial = {**drafting.as_initial(saved), "version": saved.fingerprint()}
    form = WriteForm(initial=initial, language=saved.language, as_text=_as_text(request))
    return _page(request, letter, form, Recipients(initial=list(saved.recipients), prefix="to"))


def _as_text(request):
    return request.GET.get("as") == "text"


def _sent(request, letter):
    language = drafting.current(letter).language
    form = WriteForm(request.POST, language=language, as_text=_as_text(request))
    return form, Recipients(request.POST, prefix="to")


def _draft(form, recipients):
    words = {name: form.cleaned_data[name] for name in drafting.PARTS if name != "recipients"}
    return services.Draft(recipients=recipients.recipients(), **words)


def _page(request, letter, form, recipients, *, status=200, **more):
    context = {
        "letter": letter,
        "form": form,
        "recipients": recipients,
        "as_text": _as_text(request),
        "is_saved": request.method != "POST",
        "saved_over": request.session.get(f"saved over {letter.pk}", ""),
        "salutations": salutations.proposed(recipients.shown(), form["language"].value() or form.written_in),
        **more,
    }
    return render(request, "letters/write.html", context, status=status)


def _refused(request, letter, form, recipients):
    shown = versions.shown_before(request)
    both = versions.both(request, letter, form, recipients, shown) if shown else None
    return both or _page(request, letter, form, recipients)


def _save(request, letter, form, recipients):
    base, choices = form.cleaned_data["version"], versions.shown_before(request)
    if None in choices.values():
        return versions.both(request, letter, form, recipients, choices)
    preferred = [part for part, whose in choices.items() if whose == "theirs"]
    draft, name = _draft(form, recipients), form.cleaned_data["revision_name"]
    try:
        services.keep_draft(letter, draft, base=base, by=request.user, taking=preferred, name=name)
    except services.Conflict as conflict:
        choices |= dict.fromkeys(conflict.parts)
        return versions.both(request, conflict.letter, form, recipients, choices, conflict)
    except services.LanguageTaken:
        form.add_error("language", _language_taken())
        return _refused(request, letter, form, recipients)
    except services.NotDraft:
        messages.error(request, _("Meanwhile the letter was opened. What you typed is below; it is not in the letter."))
        return _page(request, letter, form, recipients, status=409)
    # The browser's own copy is not needed any more, see autosave.js.
    request.session[f"saved over {letter.pk}"] = drafting.in_brief(request.POST.get("began") or base)
    is_merged = "body" not in preferred and drafting.current(letter).body != draft.body
    messages.success(request, _("Saved, with what others have changed in the text.") if is_merged else _("Saved."))
    return redirect("letters:overview", slug=letter.slug)
