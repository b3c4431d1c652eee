"""Writing, sending, taking back."""

from django.urls import path

from twoway.desk.pages.composer import similar, views

urlpatterns = [
    path("conversation/<int:number>/answer/", views.answer, name="answer"),
    path("conversation/<int:number>/draft/", views.draft, name="draft"),
    path("conversation/<int:number>/advice/", views.advice, name="advice"),
    path("conversation/<int:number>/similar/", similar.similar, name="similar"),
    path("draft/<int:number>/drop/", views.drop_draft, name="drop_draft"),
    path("outgoing/<int:number>/", views.outgoing, name="outgoing"),
    path("attachment/<int:number>/", views.attachment, name="attachment"),
    path("attachment/<int:number>/drop/", views.drop_attachment, name="drop_attachment"),
]
