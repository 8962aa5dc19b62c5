from django.urls import path

from bench.floor import views

urlpatterns = [path("page/", views.page), path("sign/", views.sign)]
