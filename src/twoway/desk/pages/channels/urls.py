"""Our accounts: connecting, health, purpose, voices."""

from django.urls import path

from twoway.desk.pages.channels import connecting, ours, views

urlpatterns = [
    path("channels/", views.show, name="channels"),
    path("channels/<int:number>/", views.channel, name="channel"),
    path("channels/<int:number>/purpose/", views.describe, name="describe_channel"),
    path("channels/<int:number>/voice/", views.let_speak, name="let_speak"),
    path("channels/<int:number>/no-voice/", views.stop_speaking, name="stop_speaking"),
    path("channels/<int:number>/pause/", views.pause, name="pause_channel"),
    path("channels/<int:number>/disconnect/", connecting.disconnect, name="disconnect"),
    path("channels/<int:number>/account/", ours.find, name="find_own_account"),
    path("channels/<int:number>/account/keep/", ours.keep, name="keep_own_account"),
    path("channels/account/<int:number>/drop/", ours.drop, name="drop_own_account"),
    path("channels/practise/", connecting.practise, name="practise"),
    path("channels/connect/<slug:name>/", connecting.connect, name="connect"),
    path("channels/connected/<slug:name>/", connecting.connected, name="connected"),
    path("<slug:name>-client.json", connecting.describe_us, name="describe_us"),
]
