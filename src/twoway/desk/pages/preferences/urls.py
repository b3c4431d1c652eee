"""One's own settings."""

from django.urls import path

from twoway.desk.pages.preferences import views

urlpatterns = [path("settings/", views.show, name="preferences")]
