"""Pictures of posts, faces of people."""

from django.urls import path

from twoway.desk.pages.pictures import views

urlpatterns = [
    path("picture/post/<int:number>/<int:place>/", views.of_post, name="picture"),
    path("picture/face/<int:number>/", views.face, name="face"),
]
