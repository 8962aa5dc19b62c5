"""The desk: a round of consultation, whom it asks, what they say, and the team's answers."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from letters import instants, services
from letters.forms import AnswerForm, BeginConsultationForm, ExtendConsultationForm, InviteForm
from letters.forms.consulting import TAKEN
from letters.models import Comment, Consultation, Letter, Partner
from letters.pdf import writing
from letters.services import working
from letters.views.remarks import remarks


def _run(request, slug):
    return get_object_or_404(Letter.objects.run_by(request.user).select_related("campaign"), slug=slug)


def _round(request, slug, pk):
    letter = _run(request, slug)
    return get_object_or_404(letter.consultations.select_related("letter__campaign"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def consultation(request, slug):
    """The newest round, or an earlier one; by POST, another one."""
    if request.method != "POST":
        letter = get_object_or_404(Letter.objects.seen_by(request.user).select_related("campaign"), slug=slug)
        return _page(request, letter)
    letter = _run(request, slug)
    form = BeginConsultationForm(request.POST, letter=letter)
    if not form.is_valid():
        return _page(request, letter, begin=form)
    try:
        services.begin_consultation(letter, by=request.user, **form.cleaned_data)
    except services.NotReady as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
    except services.PastClosing:
        form.add_error("closes_at", _("The round has to end after it begins. Choose a later time."))
        return _page(request, letter, begin=form)
    except (services.AlreadyConsulting, services.ForbiddenMove):
        messages.error(request, _("Not possible any more: somebody else was faster. This is how it stands now."))
    else:
        messages.success(request, _("The round is set. Now invite the partners."))
    return redirect("letters:consultation", slug=slug)


@require_POST
def extend_consultation(request, slug, pk):
    asked = _round(request, slug, pk)
    form = ExtendConsultationForm(request.POST, letter=asked.letter)
    if not form.is_valid():
        return _page(request, asked.letter, asked, extend=form)
    until = form.cleaned_data["until"]
    try:
        services.extend_consultation(asked, closes_at=until, by=request.user)
    except services.NotConsulting:
        messages.error(request, _("The round has been ended meanwhile. You can begin another one."))
    except services.PastClosing:
        form.add_error("until", _("The round has to end after it begins. Choose a later time."))
        return _page(request, asked.letter, asked, extend=form)
    else:
        words = instants.in_words(until, asked.letter.zone)
        messages.success(request, _("Partners can comment until %(instant)s.") % {"instant": words})
    return _back(asked)


@require_POST
def end_consultation(request, slug, pk):
    asked = _round(request, slug, pk)
    services.end_consultation(asked, by=request.user)
    messages.success(request, _("The round has ended. Partners can still read the answers."))
    return _back(asked)


@require_POST
def invite_partners(request, slug, pk):
    asked = _round(request, slug, pk)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, asked.letter, asked, invite=form)
    invitees = [services.Invitee(*line) for line in form.cleaned_data["lines"]]
    try:
        refused = services.invite_partners(asked, invitees, by=request.user)
    except services.NotConsulting:
        form.add_error(None, _("The round is over. Extend it first, then invite them."))
        return _page(request, asked.letter, asked, invite=form)
    if number := len(invitees) - len(refused):
        said = ngettext("%(n)d invitation goes out.", "%(n)d invitations go out.", number)
        messages.success(request, said % {"n": number})
    for invitee in refused:
        said = _("Not invited: %(organization)s. This address has had enough mails for today; try again tomorrow.")
        messages.warning(request, said % {"organization": invitee.organization})
    return _back(asked, "partners")


@require_POST
def remind_partners(request, slug, pk):
    asked = _round(request, slug, pk)
    try:
        number = services.remind_partners(asked, by=request.user)
    except services.NotConsulting:
        messages.error(request, _("The round takes no comments now, so nobody was reminded."))
        return _back(asked, "partners")
    said = ngettext("%(n)d reminder goes out.", "%(n)d reminders go out.", number) % {"n": number}
    messages.success(request, said if number else _("Nobody to remind: each can be reminded once a day."))
    return _back(asked, "partners")


@require_POST
def revoke_partner(request, slug, pk):
    letter = _run(request, slug)
    partner = get_object_or_404(Partner.objects.select_related("consultation"), pk=pk, consultation__letter=letter)
    services.revoke_partner(partner, by=request.user)
    messages.success(request, _("The link of this partner no longer works. What it said stays."))
    return _back(partner.consultation, "partners")


@require_POST
def answer_comment(request, slug, pk):
    letter = _run(request, slug)
    rows = Comment.objects.select_related("partner__consultation__letter__campaign", "revision", "answered_in")
    comment = get_object_or_404(rows, pk=pk, partner__consultation__letter=letter)
    asked = comment.partner.consultation
    form = AnswerForm(request.POST, comment=comment, may_take=bool(comment.wording))
    if form.is_valid():
        _answer(request, comment, form)
    return _page(request, letter, asked, answer=form) if form.errors else _back(asked, f"comment-{comment.pk}")


def _answer(request, comment, form):
    """What cannot be done is an error of the form, so that the page comes back with what was typed."""
    sent = form.cleaned_data
    takes = sent["answer"] == TAKEN
    choice = Comment.Answer.ACCEPTED if takes else sent["answer"]
    facts = {"words": sent["words"], "take_wording": takes, "was": sent["was"], "by": request.user}
    try:
        services.answer(comment, answer=choice, **facts)
    except services.ParagraphGone:
        gone = _("The paragraph is no longer in the text. Put the wording in by hand, then choose “Accepted”.")
        form.add_error("answer", gone)
    except services.NotDraft:
        form.add_error("answer", _("The letter has been opened: its text changes only by an amendment."))
    except services.AnsweredMeanwhile:
        form.add_error(None, _("Somebody else has answered this comment meanwhile. Look at that answer first."))
    except services.TakenBack:
        messages.info(request, _("The partner has taken this comment back."))
    else:
        messages.success(request, _("Answered. The partner gets a mail in a few minutes."))


def _page(request, letter, asked=None, **bound):
    rounds = letter.consultations.order_by("-opens_at", "-pk")
    chosen = request.GET.get("round", "")
    asked = asked or (rounds.filter(pk=chosen).first() if chosen.isascii() and chosen.isdigit() else None)
    asked = asked or rounds.first()
    may_run = Letter.objects.run_by(request.user).filter(pk=letter.pk).exists()
    context = {
        "letter": letter,
        "consultation": asked,
        "may_run": may_run,
        "rounds": rounds,
        "begin": bound.get("begin") or BeginConsultationForm(letter=letter),
        "may_begin": may_run and letter.is_draft and all(one.is_over for one in rounds),
        "bound": next(iter(bound.values()), None),
    }
    if asked:
        context |= _asked(request, letter, asked, bound)
    return render(request, "letters/consultation.html", context)


def _asked(request, letter, asked, bound):
    """What there is to say of a round."""
    standing = Count("comments", filter=Q(comments__withdrawn_at__isnull=True))
    unanswered = Count("comments", filter=Q(comments__withdrawn_at__isnull=True, comments__answer=""))
    partners = list(asked.partners.annotate(comment_count=standing, unanswered_count=unanswered))
    comments = Comment.objects.standing().filter(partner__consultation=asked)
    only = request.GET.get("show") == "unanswered"
    shown = (comments.unanswered() if only else comments).select_related("partner", "revision", "answered_in")
    until = instants.on_the_wall(asked.closes_at, letter.zone)
    return {
        "partners": partners,
        "positions": [
            (value, label, sum(partner.position == value for partner in partners))
            for value, label in Partner.Position.choices
        ],
        "silent": asked.partners.invited().silent().count(),
        "invite": bound.get("invite") or InviteForm(initial={"lines": _earlier(letter, asked, partners)}),
        "extend": bound.get("extend") or ExtendConsultationForm(letter=letter, initial={"until": until}),
        "may_extend": asked.ended_at is None and letter.status == Letter.Status.CONSULTATION,
        "groups": _groups(letter, list(shown), bound.get("answer")),
        "total": comments.count(),
        "unanswered": comments.unanswered().count(),
        "only_unanswered": only,
    }


def _earlier(letter, asked, partners):
    """The partners of the round before, to be invited again: nobody has to type them twice."""
    before = letter.consultations.filter(opens_at__lt=asked.opens_at).order_by("-opens_at").first()
    if partners or before is None:
        return ""
    lines = [(one.organization, one.email, one.language) for one in before.partners.invited()]
    return "\n".join(", ".join(filter(None, line)) for line in lines)


def _groups(letter, comments, bound):
    """The comments by the paragraph they are about, as the text is being written now, each with its form."""
    words = working.read(letter)
    texts = {text["language"]: text for text in words.texts}
    lost = sorted({comment.language for comment in comments} - set(texts))
    groups = []
    for language in [*texts, *lost]:
        found = remarks(comments, texts.get(language) or {"language": language, "body": ""})
        named = writing.name_of(language, "en") if len(texts) + len(lost) > 1 else ""
        for (is_gone, number), inside in groupby(found, key=lambda remark: (remark.is_gone, remark.number)):
            members = [(remark, _form(letter, remark, bound)) for remark in inside]
            groups.append({"is_gone": is_gone, "number": number, "language": named, "members": members})
    return groups


def _form(letter, remark, bound):
    if bound is not None and bound.prefix == f"comment-{remark.comment.pk}":
        return bound
    return AnswerForm(comment=remark.comment, may_take=bool(remark.wording and remark.number and letter.is_draft))


def _back(asked: Consultation, anchor: str = ""):
    address = reverse("letters:consultation", args=[asked.letter.slug])
    return redirect(f"{address}?round={asked.pk}{'#' if anchor else ''}{anchor}")
