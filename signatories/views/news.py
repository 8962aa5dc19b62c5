"""The desk: telling the signatories what became of the letter."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns import writing
from letters.models import Letter
from letters.models.editions import long_in
from signatories import emails, services
from signatories.forms import NewsForm
from signatories.models import News

LONGEST = 200  # of what an address fills in


@require_http_methods(["GET", "HEAD", "POST"])
def news(request, slug):
    """What was told and how far that is; a form; and, once it is filled in, the mail as it will go out."""
    letter = get_object_or_404(Letter.objects.run_by(request.user).public().select_related("campaign"), slug=slug)
    form = NewsForm(request.POST or None, letter=letter, initial=_asked(request))
    if request.method == "POST" and "change" not in request.POST and form.is_valid():
        if "send" in request.POST:
            services.announce(letter, by=request.user, **form.cleaned_data)
            messages.success(request, _("The mails are being written. Load this page again to see how far it is."))
            return redirect("signatories:news", slug=slug)
        return render(request, "signatories/news_preview.html", _preview(letter, form))
    if "change" in request.POST:
        form.errors.clear()
    told = [{"news": one, **services.progress(one)} for one in _noted(letter)]
    recipients = services.recipients(letter).count()
    context = {"letter": letter, "form": form, "told": told, "n": recipients}
    context["not_told"] = services.not_told(letter).count()
    return render(request, "signatories/news.html", context)


def _noted(letter):
    return letter.news.select_related("edition", "publication").defer(*long_in("edition"))


def _asked(request):
    """What the page that led here knows already: which edition was delivered to whom."""
    return {name: request.GET[name][:LONGEST] for name in ("kind", "edition", "whom") if request.GET.get(name)}


def _preview(letter, form):
    message = emails.news_message(News(letter=letter, **form.cleaned_data))
    kind = f"signatories.{emails.writer_of(News(letter=letter, **form.cleaned_data)).__name__}"
    recipients = services.recipients(letter)
    return {
        "letter": letter,
        "form": form,
        "mail": writing.worded(kind, message),
        "n": recipients.count(),
        "not_told": services.not_told(letter).count(),
        "withheld": recipients.withheld().count(),
    }
