"""Pages of who we are: each translates a request to one action, or to a question or two."""

from goldthread.partners.views import (
    brand,
    constitution,
    groups,
    history,
    home,
    invitations,
    organisations,
    people,
    roles,
    terms,
)

__all__ = [
    "brand",
    "constitution",
    "groups",
    "history",
    "home",
    "invitations",
    "organisations",
    "people",
    "roles",
    "terms",
]
