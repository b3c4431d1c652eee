"""Ways in, and where to begin."""

from django.urls import path

from twoway.desk.pages.first_run import views

urlpatterns = [
    path("begin/<str:token>/", views.begin, name="begin"),
    path("invitation/<str:token>/", views.join, name="join"),
    path("welcome/", views.welcome, name="welcome"),
]
