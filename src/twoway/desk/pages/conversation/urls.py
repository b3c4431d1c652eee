"""One conversation and its deeds."""

from django.urls import path

from twoway.desk.pages.conversation import deeds, views

urlpatterns = [
    path("conversation/<int:number>/", views.show, name="conversation"),
    path("conversation/<int:number>/thread/", views.thread, name="thread"),
    path("conversation/<int:number>/branch/", views.branch, name="branch"),
    path("conversation/<int:number>/present/", views.present, name="present"),
    path("conversation/<int:number>/assign/", deeds.assign, name="assign"),
    path("conversation/<int:number>/hand-over/", deeds.hand_over, name="hand_over"),
    path("conversation/<int:number>/snooze/", deeds.snooze, name="snooze"),
    path("conversation/<int:number>/wake/", deeds.wake, name="wake"),
    path("conversation/<int:number>/tag/", deeds.tag, name="tag"),
    path("conversation/<int:number>/untag/", deeds.untag, name="untag"),
    path("conversation/<int:number>/note/", deeds.note, name="note"),
    path("conversation/<int:number>/expert/", deeds.ask_expert, name="ask_expert"),
    path("conversation/<int:number>/no-answer/", deeds.no_answer, name="no_answer"),
    path("conversation/<int:number>/promise/", deeds.promise, name="promise"),
    path("conversation/<int:number>/kept/", deeds.keep_promise, name="keep_promise"),
    path("conversation/<int:number>/spam/", deeds.spam, name="spam"),
    path("conversation/<int:number>/take-down/", deeds.take_down, name="take_down"),
    path("post/<int:number>/kind/", deeds.correct, name="correct"),
    path("post/<int:number>/why/", views.why, name="why"),
    path("post/<int:number>/<slug:does>/", deeds.react, name="react"),
]
