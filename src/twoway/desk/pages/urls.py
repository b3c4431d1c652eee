"""The addresses of all screens: each folder that has a `urls` brings its own."""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.urls import URLPattern

from twoway.desk import pages


def _screens() -> list[URLPattern]:
    names = [
        f"{pages.__name__}.{found.name}.urls"
        for found in iter_modules(pages.__path__)
        if found.ispkg
    ]
    screens = [import_module(name) for name in sorted(names) if find_spec(name)]
    return [pattern for screen in screens for pattern in screen.urlpatterns]


urlpatterns: list[URLPattern] = _screens()
