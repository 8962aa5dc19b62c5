from django.urls import path

from letters.views import public

app_name = "letters"

public_urls = [
    path("", public.home, name="home"),
    path("letters/<slug:slug>/", public.letter, name="letter"),
]

urlpatterns = public_urls
