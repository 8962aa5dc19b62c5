from django.urls import path

from signatories.views import amendments, desk, signing

app_name = "signatories"

public = [
    path("letters/<slug:slug>/sign/", signing.sign, name="sign"),
    path("letters/<slug:slug>/sign/sent/", signing.sent, name="sent"),
    path("confirm/<str:token>/", signing.confirm, name="confirm"),
    path("amendment/<str:token>/", amendments.amendment, name="amendment"),
]

desk_pages = [
    path("desk/letters/<slug:slug>/try/", desk.try_out, name="try_out"),
    path("desk/letters/<slug:slug>/answers/", desk.answers, name="answers"),
    path("desk/letters/<slug:slug>/answers/remind/", desk.remind, name="remind"),
]

urlpatterns = [*public, *desk_pages]
