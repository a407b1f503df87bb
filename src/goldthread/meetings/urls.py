"""Addresses of meetings."""

from django.urls import path

from goldthread.meetings import views

urlpatterns = [
    path("", views.following.home, name="home"),
    path("meetings/", views.meetings.listed, name="meetings"),
    path("groups/<slug:slug>/meetings/", views.meetings.of_group, name="meetings-of"),
    path("groups/<slug:slug>/meetings/cycle/", views.meetings.cycle_set, name="set-cycle"),
    path("groups/<slug:slug>/meetings/plan/", views.meetings.planned, name="plan-meeting"),
    path("meetings/<int:meeting>/", views.meetings.one, name="meeting"),
    path("meetings/<int:meeting>/move/", views.meetings.moved, name="move-meeting"),
    path("meetings/<int:meeting>/cancel/", views.meetings.cancelled, name="cancel-meeting"),
    path("meetings/<int:meeting>/agenda/add/", views.agenda.added, name="add-item"),
    path("meetings/<int:meeting>/attendance/", views.agenda.attended, name="attendance"),
    path("items/<int:item>/", views.agenda.one, name="item"),
    path("items/<int:item>/change/", views.agenda.changed, name="change-item"),
    path("items/<int:item>/declare/", views.agenda.declared, name="declare"),
    path("items/<int:item>/minutes/", views.minutes.written, name="write-minutes"),
    path("items/<int:item>/decide/", views.minutes.decided, name="decide"),
    path("decisions/<int:decision>/position/", views.minutes.positioned, name="position"),
    path("meetings/<int:meeting>/minutes/", views.minutes.read, name="minutes"),
    path("meetings/<int:meeting>/minutes/agree/", views.minutes.agreed, name="agree-minutes"),
    path("groups/<slug:slug>/decisions/", views.minutes.decisions, name="decisions"),
    path("actions/", views.following.listed, name="actions"),
    path("actions/raise/", views.following.raised, name="raise-action"),
    path("actions/<int:action>/", views.following.one, name="action"),
    path("actions/<int:action>/done/", views.following.done, name="action-done"),
    path("actions/<int:action>/close/", views.following.closed, name="close-action"),
    path("items/<int:item>/raise/", views.following.raised_at, name="raise-at"),
    path("calendar/<str:feed>/", views.calendar.feed, name="calendar"),
]
