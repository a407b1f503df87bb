"""The partnership's people and structure, as Django knows them."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Tables of who we are."""

    name = "goldthread.partners"
    label = "partners"
    default_auto_field = "django.db.models.BigAutoField"
