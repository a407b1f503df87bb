"""Dates, numbers and lists, said one way everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str | SafeString:
    """A day as 5 March 2026, marked up so that a program knows it too; nothing for none."""
    if value is None:
        return ""
    local = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), formats.date_format(local, "j F Y"))


@register.filter
def moment(value: datetime | None) -> str | SafeString:
    """A moment as 5 March 2026, 14:05."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    said = formats.date_format(local, "j F Y, H:i")
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), said)


@register.filter
def listed(values: Iterable[object]) -> str:
    """A list as one, two and three."""
    *most, last = [str(v) for v in values] or [""]
    return f"{', '.join(most)} {gettext('and')} {last}" if most else last
