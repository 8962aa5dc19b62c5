"""Answers that pages of other sites may read: no cookie is looked at, and nothing in them is for one reader."""

from __future__ import annotations

from functools import wraps

from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseNotFound

METHODS = "GET, HEAD, OPTIONS"


def for_any_site(view):
    """CORS (fetch.spec.whatwg.org) without credentials; also answers what browsers ask beforehand."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers={"Allow": METHODS})
            response["Access-Control-Allow-Methods"] = METHODS
            response["Access-Control-Allow-Headers"] = "If-None-Match"
            response["Access-Control-Max-Age"] = "86400"
        elif request.method not in {"GET", "HEAD"}:
            response = HttpResponseNotAllowed(METHODS.split(", "))
        else:
            response = _found(view, request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag"
        return response

    vars(answered)["answers_options"] = True
    return answered


def _found(view, request, *args, **kwargs):
    """Not there is an answer, too: a script elsewhere could not tell it from a broken line otherwise."""
    try:
        return view(request, *args, **kwargs)
    except Http404:
        return HttpResponseNotFound("Not found.\n", content_type="text/plain; charset=utf-8")
