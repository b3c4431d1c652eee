"""Where each address leads: signing in to allauth, everything else to the pages."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("twoway.desk.pages.urls")),
]
