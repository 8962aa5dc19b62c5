from django.contrib import admin
from django.urls import include, path

handler400 = "config.errors.bad_request"

urlpatterns = [
    path("", include("signatories.urls")),  # the busiest first
    path("", include("letters.urls")),
    path("", include("campaigns.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
