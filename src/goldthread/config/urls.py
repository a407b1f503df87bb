"""The root of every address."""

from django.urls import include, path
from django.views.i18n import set_language

from goldthread.config.health import alive, ready

urlpatterns = [
    path("health", alive, name="health"),
    path("ready", ready, name="ready"),
    path("language/", set_language, name="set_language"),
    path("account/", include("allauth.urls")),
    path("", include("goldthread.meetings.urls")),
    path("", include("goldthread.partners.urls")),
]
