from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("campaigns.urls")),
    path("", include("letters.urls")),
    path("", include("signatories.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
