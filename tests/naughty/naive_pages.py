"""The control for the browser: pages that take a name for markup, under the site's policy and without it."""

from csp.decorators import csp_exempt
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import include, path

PAGE = "<!DOCTYPE html><html lang='en'><title>x</title><link rel='icon' href='data:,'><ul>{}</ul></html>"
words: list[str] = []


@login_not_required
def guarded(request):
    return HttpResponse(PAGE.format("".join(f"<li>{one}" for one in words)))


urlpatterns = [
    path("naive/guarded/", guarded),
    path("naive/open/", csp_exempt()(guarded)),
    path("", include("config.urls")),
]
