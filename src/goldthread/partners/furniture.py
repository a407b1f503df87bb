"""What every page shows of the partnership: its name, its looks, who is signed in and where they can go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.access.permissions import Permission
from goldthread.partners.models import Partnership
from goldthread.partners.queries import partnership as the_partnership


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    title: str
    address: str
    here: bool


def partnership(request: HttpRequest) -> dict[str, Any]:
    """The partnership, the person and the navigation, for the layout."""
    person = getattr(request, "person", None)
    shown = the_partnership() or Partnership(name=_("A new partnership"))
    return {"partnership": shown, "person": person, "navigation": _navigation(request) if person else []}


def _navigation(request: HttpRequest) -> list[Place]:
    wanted = [
        (_("What I must do"), "home", None),
        (_("Meetings"), "meetings", Permission.SEE_PARTNERSHIP),
        (_("Actions"), "actions", Permission.SEE_MEETINGS),
        (_("Groups"), "groups", Permission.SEE_PARTNERSHIP),
        (_("People"), "people", Permission.SEE_PARTNERSHIP),
        (_("Organisations"), "organisations", Permission.SEE_PARTNERSHIP),
        (_("Constitution"), "constitution", Permission.SEE_PARTNERSHIP),
        (_("History"), "history", Permission.READ_HISTORY),
    ]
    person = request.person  # type: ignore[attr-defined]
    places = []
    for title, name, needs in wanted:
        if needs is None or person.may(needs):
            address = reverse(name)
            here = request.path == address or (address != "/" and request.path.startswith(address))
            places.append(Place(title, address, here))
    return places
