from django.urls import path

from letters.views import following, public, writing

app_name = "letters"

public_pages = [
    path("", public.home, name="home"),
    path("letters/<slug:slug>/", public.letter, name="letter"),
]

desk = [
    path("desk/letters/new/", writing.new, name="new"),
    path("desk/letters/<slug:slug>/", following.overview, name="overview"),
    path("desk/letters/<slug:slug>/write/", writing.write, name="write"),
    path("desk/letters/<slug:slug>/autosave/", writing.autosave, name="autosave"),
    path("desk/letters/<slug:slug>/timetable/", writing.timetable, name="timetable"),
    path("desk/letters/<slug:slug>/preview.pdf", following.preview, name="preview"),
    path("desk/letters/<slug:slug>/open/", following.open_for_signing, name="open_for_signing"),
    path("desk/letters/<slug:slug>/pause/", following.pause, name="pause"),
    path("desk/letters/<slug:slug>/resume/", following.resume, name="resume"),
    path("desk/letters/<slug:slug>/close/", following.close, name="close"),
    path("desk/letters/<slug:slug>/reopen/", writing.reopen, name="reopen"),
    path("desk/letters/<slug:slug>/signatories/", following.signatories, name="signatories"),
    path("desk/letters/<slug:slug>/freeze/", following.freeze, name="freeze"),
    path("desk/letters/<slug:slug>/editions/<int:number>/<str:language>.pdf", following.document, name="document"),
    path("desk/letters/<slug:slug>/renderings/<int:pk>/again/", following.render_again, name="render_again"),
]

urlpatterns = [*public_pages, *desk]
