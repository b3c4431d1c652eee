"""The addresses of all screens."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
