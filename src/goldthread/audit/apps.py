"""The record, as Django knows it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Tables of the record."""

    name = "goldthread.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
