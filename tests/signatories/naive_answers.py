"""The control for what forms answer: one that tells known addresses from others, in one of the usual ways."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from campaigns import outbox
from signatories.models import Signatory

leak = ""


@csrf_exempt
@login_not_required
def sign(request, slug):
    known = Signatory.objects.holding_address().filter(contact_hash=outbox.address_hash(request.POST["email"])).exists()
    if leak == "location":
        return redirect("/already/" if known else "/sent/")
    response = HttpResponse("Thank you." if leak != "body" or not known else "You have signed already.")
    if known and leak == "status":
        response.status_code = 409
    if known and leak == "header":
        response["X-Known"] = "1"
    if known and leak == "cookie":
        response.set_cookie("known", "1")
    return response


urlpatterns = [path("naive/sign/<slug:slug>/", sign), path("", include("config.urls"))]
