"""Search."""

from django.urls import path

from twoway.desk.pages.search import views

urlpatterns = [path("search/", views.show, name="search")]
