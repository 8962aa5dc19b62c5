"""The desk: publishing an edition, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.forms import SOMEBODY_WAS_FASTER
from letters import instants, services
from letters.forms.publishing import PublishForm, TakeBackPublicationForm, as_initial
from letters.models import Letter, Publication
from letters.models.editions import long_in
from letters.pdf import writing
from letters.services import publications, published, static_copies
from letters.services.publications import Plan
from letters.views import letter_page
from letters.views.delivering import may_run, seen

SAFE_OR_POST = ["GET", "HEAD", "POST"]
Status = Publication.Status


def _run(request, slug):
    return get_object_or_404(Letter.objects.run_by(request.user).select_related("campaign"), slug=slug)


def _meant(request, letter):
    """The publication that a form was shown for, whatever has become of it; None if it says of none."""
    key = request.POST.get("publication", "")
    return letter.publications.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None


def _pending(letter):
    pending = letter.publications.pending().with_edition()
    return pending.select_related("prepared_by", "released_by").first()


@require_safe
def publish(request, slug):
    """Where it stands: what is public, what is prepared, and what was before."""
    letter = seen(request, slug)
    editions = letter.editions.light().order_by("-number")
    pending = _pending(letter)
    history = letter.publications.select_related("edition", "prepared_by", "released_by").defer(*long_in("edition"))
    context = {
        "letter": letter,
        "may_run": may_run(request, letter),
        "editions": editions,
        "offered": publications.offered(letter),
        "public": letter.publication,
        "pending": pending,
        "seen": publications.fingerprint(pending) if pending else "",
        "said": _said(letter, pending) if pending else [],
        "needs_other": bool(pending) and publications.needs_other(pending, request.user),
        "history": history,
        **static_copies.context(letter),
    }
    return render(request, "letters/publish.html", context)


def _said(letter, publication):
    """In each language."""
    return [
        {
            "name": writing.name_of(text["language"], "en"),
            "direction": writing.of(text["language"]).direction,
            "words": published.in_words(publication, letter, text["language"]),
            "url": f"{reverse('letters:preview_publication', args=[letter.slug])}?in={text['language']}",
        }
        for text in publication.edition.revision.texts
    ]


@require_http_methods(SAFE_OR_POST)
def publication_words(request, slug):
    """What is said around the text and when it comes out: prepared, or changed while it is not released."""
    letter = _run(request, slug)
    offered, is_sent = publications.offered(letter), request.method == "POST"
    form = _words_form(request, letter, offered) if offered else None
    if form is None or (form.before and form.before.status == Status.SCHEDULED and not is_sent):
        messages.info(request, _("Not possible now. This is how it stands."))
        return redirect("letters:publish", slug=slug)
    if form.is_valid():
        if answer := _kept(request, letter, form):
            return answer
        form = _words_form(request, letter, offered)
    if is_sent and form.before and form.before.status == Status.SCHEDULED:
        form.add_error(None, _("Not saved: somebody else has released it meanwhile. To change it, call it back first."))
    elif is_sent and form.is_valid():  # it says itself what somebody else has saved, but not what is gone
        form.add_error(None, SOMEBODY_WAS_FASTER)
    return render(request, "letters/publication_words.html", {"letter": letter, "form": form, "before": form.before})


def _words_form(request, letter, offered):
    before = publications.before(letter)
    return PublishForm(
        request.POST if request.method == "POST" else None,
        letter=letter,
        editions=offered,
        named=published.named(letter),
        proposed=publications.proposed(offered[0], before),
        before=before,
        initial=as_initial(before, letter.zone),
    )


def _kept(request, letter, form):
    """Write it down and say so; None if it is not as the form has it any more."""
    plan, before = Plan(**form.plan()), form.before
    try:
        if before and before.status == Status.SCHEDULED:
            return None
        if before and before.status == Status.PREPARED:
            publications.change(before, form.chosen, plan, by=request.user, seen=publications.fingerprint(before))
        else:
            publications.prepare(form.chosen, plan, by=request.user)
    except (services.ChangedSince, services.ForbiddenMove, publications.AlreadyPrepared):
        return None
    except publications.DocumentsMissing:
        return _too_late(request, letter)
    messages.success(request, _("Prepared. Look at the page as it will be, then release it."))
    return redirect("letters:publish", slug=letter.slug)


@require_safe
def preview_publication(request, slug):
    """The page exactly as it will be, under a bar that says that it is not."""
    letter = seen(request, slug)
    publication = _pending(letter)
    if publication is None:
        raise Http404
    revision = letter.revisions.latest("number")
    language = request.GET.get("in", "")
    text = revision.text_in(language)
    if language and text["language"] != language:
        raise Http404
    shown = letter_page.context(request, letter, revision, text, publication)
    edition = publication.edition
    shown["edition_pdf_url"] = reverse("letters:document", args=[slug, edition.number, shown["document"].language])
    shown["manifest_url"] = reverse("letters:manifest", args=[slug, edition.number])
    shown["plain_path"] = shown["canonical_path"]
    shown["press_url"] = ""  # there is none before it is out
    for one in shown["versions"]:
        one["url"] = f"{reverse('letters:preview_publication', args=[slug])}?in={one['language']}"
    response = render(request, "letters/preview_publication.html", {**shown, "publication": publication})
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def release_publication(request, slug):
    letter = _run(request, slug)
    publication = _meant(request, letter)
    if publication is None or publication.status != Status.PREPARED:
        return _as_it_is(request, letter, publication)
    try:
        publication = publications.release(publication, by=request.user, seen=request.POST.get("seen", ""))
    except services.ChangedSince:
        messages.error(request, _("It was changed while you looked. Look at it again, then release it."))
    except publications.SecondPersonNeeded:
        messages.error(request, _("In this campaign somebody else than who prepared it has to release it."))
    except services.ForbiddenMove:
        return _too_late(request, letter)
    else:
        messages.success(request, _released(publication, letter.zone))
    return redirect("letters:publish", slug=slug)


def _released(publication, zone):
    if publication.status == Status.PUBLIC:
        return _("It is public.")
    return _("Released. It comes out %(when)s.") % {"when": instants.in_words(publication.comes_at, zone)}


@require_POST
def call_back_publication(request, slug):
    letter = _run(request, slug)
    publication = _meant(request, letter)
    if publication is None or publication.status not in (Status.SCHEDULED, Status.PUBLIC):
        return _as_it_is(request, letter, publication)
    try:
        publications.call_back(publication, by=request.user)
    except publications.InstantPassed:
        messages.error(request, _("Its time has come, and it is public. It can be taken back below."))
    except services.ForbiddenMove:
        return _too_late(request, letter)
    else:
        messages.success(request, _("Called back. Nothing of it was seen."))
    return redirect("letters:publish", slug=slug)


@require_POST
def discard_publication(request, slug):
    letter = _run(request, slug)
    publication = _meant(request, letter)
    if publication is None or publication.status != Status.PREPARED:
        return _as_it_is(request, letter, publication)
    try:
        publications.discard(publication, by=request.user, seen=request.POST.get("seen", ""))
    except services.ChangedSince:
        messages.error(request, _("It was changed while you looked, and is kept. Look at what it says now."))
    except services.ForbiddenMove:
        return _too_late(request, letter)
    else:
        messages.success(request, _("Thrown away."))
    return redirect("letters:publish", slug=slug)


@require_http_methods(SAFE_OR_POST)
def take_back_publication(request, slug):
    letter = _run(request, slug)
    public = letter.publication
    if public is None:
        messages.info(request, _("Nothing of this letter is published now."))
        return redirect("letters:publish", slug=slug)
    if request.method == "POST" and _meant(request, letter) != public:
        return _too_late(request, letter)
    initial = {"tells": publications.were_told(public)}
    form = TakeBackPublicationForm(request.POST if request.method == "POST" else None, initial=initial)
    earlier = publications.open_editions(letter).exclude(pk=public.edition_id).exists()
    to_come = letter.publications.filter(status=Status.SCHEDULED).with_edition().first()
    if form.is_valid():
        try:
            publications.take_back(public, **form.cleaned_data, by=request.user)
        except services.ForbiddenMove:
            return _too_late(request, letter)
        messages.success(request, _taken_back(earlier))
        if to_come:
            messages.info(request, _("What was to come out next is called back, too: release it anew if it shall."))
        return redirect("letters:publish", slug=slug)
    context = {"letter": letter, "form": form, "public": public, "earlier": earlier, "to_come": to_come}
    return render(request, "letters/take_back_publication.html", context)


def _as_it_is(request, letter, publication):
    """For who asks for what cannot be any more, often by pressing a button twice: what has become of it."""
    if publication is None:
        return _too_late(request, letter)
    now = {
        Status.PREPARED: _("It is prepared, and not released."),
        Status.SCHEDULED: _("It is released already, and comes out at its time."),
        Status.PUBLIC: _("It is public already."),
        Status.REPLACED: _("It was public, and has been replaced since."),
        Status.REMOVED: _("It was public, and has been taken back."),
        Status.DISCARDED: _("It has been thrown away already."),
    }
    messages.info(request, now[publication.status])
    return redirect("letters:publish", slug=letter.slug)


def _taken_back(earlier):
    if earlier:
        return _(
            "Taken back: the page is as it was before anything was published, and the files are gone, those of earlier"
            " editions as well."
        )
    return _("Taken back: the page is as it was before, and the files are gone.")


def _too_late(request, letter):
    messages.error(request, _("Not possible any more: somebody else was faster. This is how it stands now."))
    return redirect("letters:publish", slug=letter.slug)
