"""Every mail the site can send, with made-up facts: for translators, and for whoever wants to know what it says."""

from __future__ import annotations

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_replace
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from campaigns import writing

FORMS = {"": _("As it is usually sent"), "opaque": _("With a withheld name")}
FRAMED = {"default-src": [NONE], "style-src": [UNSAFE_INLINE], "frame-ancestors": [SELF], "sandbox": True}


@require_safe
def mails(request):
    """All of them, in words; each leads to what its reader sees."""
    language = _asked(request)
    shown = [
        {"kind": kind, "when": sample.when, "forms": _forms(kind, language)}
        for kind, sample in writing.samples().items()
    ]
    return render(request, "campaigns/mails.html", {"mails": shown, **_languages(language)})


@require_safe
@csp_replace({"frame-src": [SELF]})  # type: ignore[arg-type]  # it thinks that views take a request alone
def sample_mail(request, kind):
    """One mail in its forms: subject, text, and HTML in a frame in which nothing runs."""
    sample = writing.samples().get(kind)
    if sample is None:
        raise Http404
    language = _asked(request)
    context = {"kind": kind, "when": sample.when, "forms": _forms(kind, language), **_languages(language)}
    return render(request, "campaigns/sample_mail.html", context)


@xframe_options_sameorigin
@require_safe
@csp(FRAMED)  # type: ignore[arg-type]
def sample_frame(request, kind):
    """The HTML of a mail, which styles itself by attributes, as mails have to."""
    wanted = request.GET.get("form", "")
    for form in _forms(kind, _asked(request)):
        if form["form"] == wanted:
            return HttpResponse(form["words"].html)
    raise Http404


def _forms(kind, language):
    sample = writing.samples().get(kind)
    if sample is None:
        raise Http404
    with translation.override(language):
        return [
            {
                "form": form,
                "label": FORMS.get(form, form),
                "words": writing.worded(kind, message),
                "is_optional": bool(message.unsubscribe),
            }
            for form, message in sample.forms().items()
        ]


def _asked(request):
    wanted = request.GET.get("in", "")
    return wanted if wanted in dict(settings.LANGUAGES) else translation.get_language() or settings.LANGUAGE_CODE


def _languages(language):
    return {
        "languages": settings.LANGUAGES if len(settings.LANGUAGES) > 1 else [],
        "language": language,
        "direction": "rtl" if translation.get_language_info(language)["bidi"] else "ltr",
    }
