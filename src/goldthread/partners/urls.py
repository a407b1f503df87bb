"""Addresses of who we are."""

from django.urls import path

from goldthread.partners import views

urlpatterns = [
    path("", views.home.home, name="home"),
    path("groups/", views.groups.listed, name="groups"),
    path("groups/open/", views.groups.opened, name="open-group"),
    path("groups/structure.svg", views.groups.chart, name="structure"),
    path("groups/<slug:slug>/", views.groups.one, name="group"),
    path("groups/<slug:slug>/change/", views.groups.changed, name="change-group"),
    path("groups/<slug:slug>/close/", views.groups.closed, name="close-group"),
    path("groups/<slug:slug>/role/", views.roles.given, name="give-role-here"),
    path("groups/<slug:slug>/terms/", views.terms.versions, name="terms"),
    path("groups/<slug:slug>/terms/draft/", views.terms.drafted, name="draft-terms"),
    path("groups/<slug:slug>/terms/<int:number>/", views.terms.one, name="terms-version"),
    path("groups/<slug:slug>/terms/<int:number>/adopt/", views.terms.adopted, name="adopt-terms"),
    path("roles/<int:holding>/end/", views.roles.ended, name="end-role"),
    path("roles/<int:holding>/deputy/", views.roles.deputy_named, name="name-deputy"),
    path("deputies/<int:deputy>/end/", views.roles.deputy_ended, name="end-deputy"),
    path("people/", views.people.listed, name="people"),
    path("people/add/", views.people.added, name="add-person"),
    path("people/<int:pk>/", views.people.one, name="person"),
    path("people/<int:pk>/change/", views.people.changed, name="change-person"),
    path("people/<int:pk>/close/", views.people.closed, name="close-person"),
    path("people/<int:pk>/invite/", views.invitations.sent, name="invite"),
    path("people/<int:pk>/role/", views.people.role_given, name="give-role"),
    path("invitation/<str:secret>/", views.invitations.accepted, name="invitation"),
    path("organisations/", views.organisations.listed, name="organisations"),
    path("organisations/add/", views.organisations.added, name="add-organisation"),
    path("organisations/<int:organisation>/", views.organisations.one, name="organisation"),
    path("organisations/<int:organisation>/change/", views.organisations.changed, name="change-organisation"),
    path("organisations/<int:organisation>/nominate/", views.organisations.nominated, name="nominate"),
    path("constitution/", views.constitution.one, name="constitution"),
    path("history/", views.history.listed, name="history"),
    path("history/<str:label>/", views.history.of, name="history-of"),
    path("search/", views.home.search, name="search"),
    path("account/", views.home.account, name="account"),
    path("accessibility/", views.home.accessibility, name="accessibility"),
    path("brand.css", views.brand.colours, name="brand"),
    path("mark.svg", views.brand.mark, name="mark"),
]
