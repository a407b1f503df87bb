"""What exists: organisations, people and their accounts, groups, the roles held in them, and the rules they agreed."""

from goldthread.partners.models.accounts import Account, Invitation
from goldthread.partners.models.constitution import Article, Constitution, Partnership
from goldthread.partners.models.groups import Group, GroupKind, TermsOfReference
from goldthread.partners.models.organisations import Nomination, Organisation, OrganisationKind
from goldthread.partners.models.people import Deputy, Holding, Person

__all__ = [
    "Account",
    "Article",
    "Constitution",
    "Deputy",
    "Group",
    "GroupKind",
    "Holding",
    "Invitation",
    "Nomination",
    "Organisation",
    "OrganisationKind",
    "Partnership",
    "Person",
    "TermsOfReference",
]
