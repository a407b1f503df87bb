"""The partnership's meetings, as Django knows them."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Tables of how groups meet and follow up."""

    name = "goldthread.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"
