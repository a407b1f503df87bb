"""How a field is classified: who may come to see what is in it."""

from __future__ import annotations

from enum import Enum


class Classed(Enum):
    """The classes of information, from what anyone may read to what nobody may."""

    OPEN = "may be published"
    INTERNAL = "about the partnership's work; for those who take part in it"
    STAFF = "about a person who works in the partnership: a name, an address, an opinion given"
    PERSONAL = "about a person at risk or a resident; in the case room only"
    SECRET = "lets somebody in, such as a password; never shown, copied or recorded"

    @property
    def recorded(self) -> bool:
        """Whether the record may hold its old and new values, and not only that it changed."""
        return self in (Classed.OPEN, Classed.INTERNAL)
