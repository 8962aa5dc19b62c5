"""My sign-on: what an organization sees and does behind the link that all its mails bear."""

from __future__ import annotations

from django.shortcuts import redirect, render

from letters import changes
from letters.models.editions import long_in
from signatories import services
from signatories.forms import AgreeForm, AnswerForm, CorrectionForm, ObjectionForm, VisibilityForm, WithdrawForm
from signatories.models import Purpose
from signatories.services import importing
from signatories.views import done
from signatories.views.behind_links import back, behind, context_of, dead_link
from signatories.views.confirming import choice_page
from signatories.views.in_print import in_print, warned


@behind(Purpose.MINE)
def mine(request, token):
    """How it stands, in words, and the way to everything that can be done about it."""
    signatory = token.signatory
    if signatory.is_held:
        return dead_link(request)
    is_standing = signatory.status in {"pending", "confirmed", "listed", "duplicate"}
    correction = signatory.corrections.open().first()
    context = {
        **context_of(signatory),
        "done": done.in_words(request.GET.get("done", ""), token),
        "is_standing": is_standing,
        "is_off": signatory.status == "listed" and not signatory.agrees,
        "asked": services.asks_of(signatory),
        "has_changed": _has_changed(signatory),
        "answer": services.standing_of(signatory).value,
        "decides": services.is_open(token),
        "question": signatory.questions.open().first() if is_standing else None,
        "correction": correction,
        "proposed_by": importing.list_behind(correction),
        "came_in_a_list": any(one.came_in for one in importing.lists_naming(signatory)),
        "objections": signatory.objections.select_related("amendment__revision"),
        "newest": signatory.letter.amendments.order_by("-revision__number").select_related("revision").first(),
        **warned(signatory),
        "days_waited": services.days_waited(signatory) if signatory.status in {"confirmed", "duplicate"} else None,
        "has_older_links": token.older.exists(),
        "news": signatory.letter.news.to_read().select_related("publication", "edition").defer(*long_in("edition")),
        **in_print(signatory),
    }
    return render(request, "signatories/mine.html", context)


@behind(Purpose.MINE)
def decide(request, token):
    """What the board has decided: the same choice as behind the first mail."""
    return choice_page(request, token) if services.is_open(token) else back(token)


@behind(Purpose.MINE)
def amendment(request, token):
    """The difference between what was agreed to and what is in force, and a choice in which nothing is selected."""
    signatory = token.signatory
    asked = services.asks_of(signatory)
    if asked is None:
        has_changed = request.method != "POST" and _has_changed(signatory)
        return _shown(request, signatory, None, None) if has_changed else back(token)
    form = _amendment_form(asked, signatory, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _shown(request, signatory, asked, form)
    answer = _answered(token, form.cleaned_data)
    if answer is services.Answer.CHANGED:
        return redirect(request.path)
    return back(token, "agreed" if answer is services.Answer.AGREED else "")


@behind(Purpose.MINE)
def question(request, token):
    """What a vetter wants to know."""
    open_one = token.signatory.questions.open().first()
    if open_one is None:
        return back(token)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.answer(token, words=form.cleaned_data["words"])
        return back(token, "answered")
    return render(
        request, "signatories/question.html", {**context_of(token.signatory), "form": form, "asked": open_one}
    )


@behind(Purpose.MINE)
def correct(request, token):
    """The line, written anew."""
    signatory = token.signatory
    if signatory.status not in {"pending", "confirmed", "listed", "duplicate"}:
        return back(token)
    form = CorrectionForm(request.POST if request.method == "POST" else None, signatory=signatory)
    if form.is_valid():
        services.correct(token, **form.facts)
        return back(token, "corrected")
    return render(request, "signatories/correct.html", {**context_of(signatory), "form": form})


@behind(Purpose.MINE)
def visibility(request, token):
    """Where the name stands. Only the signatory raises it."""
    signatory = token.signatory
    if signatory.is_individual or signatory.status not in {"pending", "confirmed", "listed", "duplicate"}:
        return back(token)
    form = VisibilityForm(request.POST if request.method == "POST" else None, signatory=signatory)
    if form.is_valid():
        services.show_as(token, form.cleaned_data["visibility"])
        return back(token, "shown")
    context = {**context_of(signatory), "form": form, **warned(signatory)}
    return render(request, "signatories/visibility.html", context)


@behind(Purpose.MINE)
def withdraw(request, token):
    """Off the letter, with a tick: programs that follow links in mails press buttons too."""
    signatory = token.signatory
    if signatory.status not in {"pending", "confirmed", "listed", "duplicate"}:
        return back(token)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.withdraw(token)
        return back(token)
    context = {**context_of(signatory), "form": form, **warned(signatory)}
    return render(request, "signatories/withdraw.html", context)


def _amendment_form(asked, signatory, data):
    if asked.is_substance:
        revision = signatory.letter.revision.number
        return AgreeForm(data, initial={"revision": revision}, is_individual=signatory.is_individual)
    return ObjectionForm(data)


def _answered(token, answers):
    if answers["choice"] == "withdraw":
        return services.withdraw(token)
    if answers["choice"] == "agree":
        return services.agree(token, seen=answers["revision"])
    return services.object_to(token, words=answers["words"])


def _has_changed(signatory):
    """Whether what it agreed to is not, to the letter, what is in force."""
    agreed, now = signatory.agreed_revision, signatory.letter.revision
    return bool(agreed and now and not signatory.trial_id and now.number > agreed.number)


def _shown(request, signatory, asked, form):
    agreed, now = signatory.agreed_revision, signatory.letter.revision
    context = {"amendment": asked, "form": form, "revision": now}
    context["comparison"] = changes.compare(agreed.snapshot, now.snapshot)
    return render(request, "signatories/amendment.html", context_of(signatory) | context)
