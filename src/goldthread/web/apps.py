"""The furniture, as Django knows it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, static files and translations."""

    name = "goldthread.web"
    label = "web"
