"""How we are doing."""

from django.urls import path

from twoway.desk.pages.how_we_are_doing import learned, views

urlpatterns = [
    path("how-we-are-doing/", views.show, name="how_we_are_doing"),
    path("how-we-are-doing/learned/", learned.show, name="learned"),
    path("how-we-are-doing/learned/learn/", learned.learn, name="learn"),
    path("how-we-are-doing/learned/take-back/", learned.take_back, name="take_back_learned"),
    path("how-we-are-doing/count/", views.count_us, name="count_us"),
    path("how-we-are-doing/look/", views.look_at, name="audit_handle"),
    path("how-we-are-doing/progress/", views.progress, name="progress"),
    path("how-we-are-doing/report/<int:number>/", views.report, name="report"),
]
