"""People."""

from django.urls import path

from twoway.desk.pages.people import privacy, views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/<int:number>/", views.show, name="person"),
    path("people/<int:number>/note/", views.note, name="person_note"),
    path("people/note/<int:number>/drop/", views.drop_note, name="drop_person_note"),
    path("people/<int:number>/describe/", views.describe, name="describe_person"),
    path("people/<int:number>/export/", privacy.export, name="export_person"),
    path("people/<int:number>/erasing/", privacy.ask, name="erasing_person"),
    path("people/<int:number>/erase/", privacy.erase, name="erase_person"),
]
