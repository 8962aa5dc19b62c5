"""The control for the confirmation page: links as they are commonly built, beside the site's own pages."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from signatories import services
from signatories.models import Purpose, Token

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Confirm</title>
<link rel="icon" href="data:,"></head>
<body><h1>Confirm</h1><form method="post">{% csrf_token %}<button>Yes, we sign</button></form></body></html>"""


@login_not_required
def by_get(request, token):
    services.confirm(Token.objects.found(Purpose.CONFIRM, token))
    return HttpResponse("Thank you")


@login_not_required
def by_button(request, token):
    if request.method == "POST":
        return by_get(request, token)
    return HttpResponse(engines["django"].from_string(PAGE).render({}, request))


urlpatterns = [
    path("naive/get/<str:token>/", by_get, name="by_get"),
    path("naive/button/<str:token>/", by_button, name="by_button"),
    path("", include("config.urls")),
]
