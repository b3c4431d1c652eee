"""The lists, saved views, what is done to many at once."""

from django.urls import path, register_converter

from twoway.desk.pages.our_turn import views
from twoway.desk.pages.our_turn.boxes import BY_SLUG


class BoxConverter:
    """The names of the lists, and nothing else."""

    regex = "|".join(BY_SLUG)

    def to_python(self, value: str) -> str:
        """Take the name as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Write the name as it is."""
        return value


register_converter(BoxConverter, "box")

urlpatterns = [
    path("", views.show, name="our_turn"),
    path("list/<box:box>/", views.show, name="list"),
    path("lists/", views.boxes, name="boxes"),
    path("lists/bulk/", views.bulk, name="bulk"),
    path("lists/keep/", views.keep_view, name="keep_view"),
    path("lists/drop/<int:view>/", views.drop_view, name="drop_view"),
]
