"""Pages behind a link from a mail. The link is the secret: no cookie, no account, nothing kept by any cache.

Whatever is wrong with a link, the answer is one page: it tells whoever tries links nothing, and helps whoever has one.
"""

from __future__ import annotations

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse, set_urlconf
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from config import languages
from signatories.models import Token


def behind(purpose):
    """A view of the token behind the link; whoever has another link, or none that works, sees dead_link."""

    def decorated(view):
        @csrf_exempt  # nobody can make a stranger send a secret it does not know
        @login_not_required
        @never_cache
        @sensitive_post_parameters()
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def opened(request, token, **more):
            found = Token.objects.found(purpose, token)
            if found is None or found.signatory.erased_at:
                return dead_link(request)
            _speak(request, found.signatory.language)
            return view(request, found, **more)

        return opened

    return decorated


def _speak(request, language):
    """As the mail did, whatever the browser asks for; and so do the pages that this one leads to.

    The link itself names no language: it holds a token and nothing else.
    """
    if languages.in_path(request.path_info):
        return
    spoken = languages.spoken(language)
    translation.activate(spoken)
    request.LANGUAGE_CODE = spoken
    if spoken != settings.LANGUAGE_CODE:
        set_urlconf(languages.urlconf(spoken))


def dead_link(request):
    return render(request, "signatories/unknown_link.html", status=404)


def back(token, done=""):
    """To My sign-on, which says what has been done: a word of views.done."""
    own = reverse("signatories:mine", args=[token.secret])
    return redirect(f"{own}?done={done}" if done else own)


def context_of(signatory):
    """What every one of these pages shows."""
    text = signatory.letter.text_for(signatory.language)
    return {
        "signatory": signatory,
        "letter": signatory.letter,
        "text": text,
        "title": (text and text.title) or str(signatory.letter),
        "letter_url": signatory.letter.url_for(signatory.language),
        "line": signatory.line,
    }
