"""Every change to who we are: one verb each, one transaction, one entry in the record."""

from goldthread.partners.actions.agreements import adopt_constitution, adopt_terms, draft_constitution, draft_terms
from goldthread.partners.actions.groups import change_group, close_group, open_group
from goldthread.partners.actions.invitations import accept, invite, withdraw
from goldthread.partners.actions.organisations import add_organisation, change_organisation, nominate
from goldthread.partners.actions.partnership import change_partnership, found
from goldthread.partners.actions.people import add_person, change_person, close_person
from goldthread.partners.actions.roles import end_deputy, end_role, give_role, name_deputy

__all__ = [
    "accept",
    "add_organisation",
    "add_person",
    "adopt_constitution",
    "adopt_terms",
    "change_group",
    "change_organisation",
    "change_partnership",
    "change_person",
    "close_group",
    "close_person",
    "draft_constitution",
    "draft_terms",
    "end_deputy",
    "end_role",
    "found",
    "give_role",
    "invite",
    "name_deputy",
    "nominate",
    "open_group",
    "withdraw",
]
