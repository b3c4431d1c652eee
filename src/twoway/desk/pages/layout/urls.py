"""What the frame of every page asks for."""

from django.urls import path

from twoway.desk.pages.layout.live import live

urlpatterns = [path("live", live, name="live")]
