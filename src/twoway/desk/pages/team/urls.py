"""Colleagues, hours, the trail."""

from django.urls import path

from twoway.desk.pages.team import views

urlpatterns = [
    path("team/", views.show, name="team"),
    path("team/invite/", views.invite, name="invite"),
    path("team/invitation/<int:number>/", views.take_back, name="take_back_invitation"),
    path("team/role/<int:number>/", views.change_role, name="change_role"),
    path("team/organisation/", views.describe_organisation, name="describe_organisation"),
    path("team/hours/", views.keep_team, name="keep_team"),
    path("team/holiday/", views.keep_holiday, name="keep_holiday"),
    path("team/holiday/<int:number>/drop/", views.drop_holiday, name="drop_holiday"),
    path("team/trail/", views.trail, name="trail"),
]
