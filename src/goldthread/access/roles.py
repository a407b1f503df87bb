"""Every role, in words that an auditor could sign: what it is called, what it is for, and what it lets a person do."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from goldthread.access.permissions import Permission


class Reach(Enum):
    """How far a role goes."""

    PARTNERSHIP = "the whole partnership"
    GROUP = "one group"


class Role:
    """What a person is for; a subclass each, held for a period, in one group or across the partnership."""

    name: str
    title: str
    sentence: str
    reach: Reach = Reach.PARTNERSHIP
    may: frozenset[Permission] = frozenset()


READS: Final = frozenset({Permission.SEE_PARTNERSHIP, Permission.SEE_MEETINGS})
PARTICIPATES: Final = READS | {Permission.TAKE_PART, Permission.ANSWER_SELF_ASSESSMENT}


class PartnershipManager(Role):
    """Runs the partnership from day to day."""

    name, title = "partnership-manager", "Partnership manager"
    sentence = "Runs the partnership from day to day: its people, groups, meetings, actions and risks."
    may = PARTICIPATES | {
        *(
            Permission.SEE_CONFIDENTIAL,
            Permission.MANAGE_PEOPLE,
            Permission.MANAGE_ORGANISATIONS,
            Permission.MANAGE_GROUPS,
            Permission.MANAGE_CONSTITUTION,
        ),
        *(
            Permission.PLAN_MEETINGS,
            Permission.WRITE_MINUTES,
            Permission.MANAGE_ACTIONS,
            Permission.MANAGE_RISKS,
            Permission.RUN_SELF_ASSESSMENT,
            Permission.READ_HISTORY,
        ),
    }


class Analyst(Role):
    """Writes the evidence."""

    name, title = "analyst", "Analyst"
    sentence = "Prepares evidence and assessments, and reads what the groups do with them."
    may = PARTICIPATES


class Chair(Role):
    """Chairs one group."""

    name, title = "chair", "Chair"
    sentence = "Chairs a group: settles its agenda, its decisions and its minutes, and reads all its papers."
    reach = Reach.GROUP
    may = PARTICIPATES | {
        Permission.SEE_CONFIDENTIAL,
        Permission.CHAIR,
        Permission.PLAN_MEETINGS,
        Permission.WRITE_MINUTES,
        Permission.MANAGE_ACTIONS,
        Permission.MANAGE_RISKS,
    }


class CoChair(Chair):
    """Shares the chair."""

    name, title = "co-chair", "Co-chair"
    sentence = "Shares the chair of a group, or takes it when the chair is away, with the same powers."


class GroupMember(Role):
    """Belongs to one group."""

    name, title = "group-member", "Group member"
    sentence = (
        "Belongs to a group for an organisation: reads its papers, takes part in its decisions, carries its actions."
    )
    reach = Reach.GROUP
    may = PARTICIPATES | {Permission.SEE_CONFIDENTIAL}


class AgencyLead(Role):
    """Speaks for an organisation."""

    name, title = "agency-lead", "Agency lead"
    sentence = "Speaks for an organisation: names deputies and who shares its information, and answers for its actions."
    may = PARTICIPATES | {Permission.NOMINATE}


class InformationGovernanceLead(Role):
    """Sees that information is handled lawfully."""

    name, title = "information-governance-lead", "Information governance lead"
    sentence = "Sees that information is handled lawfully: reads the record of who did what, and who may do what."
    may = READS | {Permission.READ_HISTORY}


class ScrutinyOfficer(Role):
    """Serves the crime and disorder committee."""

    name, title = "scrutiny-officer", "Scrutiny officer"
    sentence = "Serves the crime and disorder committee: reads what the partnership decided and did."
    may = READS


class CommitteeCouncillor(Role):
    """A councillor on the crime and disorder committee."""

    name, title = "committee-councillor", "Councillor on the committee"
    sentence = "Sits on the crime and disorder committee: reads what is not confidential, to ask about it."
    may = READS


class Councillor(Role):
    """A councillor who is not on the committee."""

    name, title = "councillor", "Councillor"
    sentence = "A councillor who is not on the committee: sees who is in the partnership and how to raise a matter."
    may = frozenset({Permission.SEE_PARTNERSHIP})


class Administrator(Role):
    """Keeps the site running."""

    name, title = "administrator", "Site administrator"
    sentence = "Keeps the site running and lets people in; reads no papers and takes no part in decisions."
    may = frozenset({Permission.SEE_PARTNERSHIP, Permission.MANAGE_SITE, Permission.MANAGE_PEOPLE})


class MaracCoordinator(Role):
    """Runs the MARAC; its pages come with the case room."""

    name, title = "marac-coordinator", "MARAC co-ordinator"
    sentence = (
        "Runs the multi-agency risk assessment conference; its case records are apart, and nothing here opens them."
    )
    may = frozenset({Permission.SEE_PARTNERSHIP})


class MaracRepresentative(Role):
    """Sits on the MARAC for an organisation."""

    name, title = "marac-representative", "MARAC representative"
    sentence = "Sits on the multi-agency risk assessment conference for an organisation; nothing here opens its cases."
    may = frozenset({Permission.SEE_PARTNERSHIP})


class Auditor(Role):
    """Reads everything that is not confidential, and the record, and changes nothing."""

    name, title = "auditor", "Read-only auditor"
    sentence = "Reads what is not confidential, and the record of who did what, and can change nothing."
    may = READS | {Permission.READ_HISTORY}


ROLES: Final[Mapping[str, type[Role]]] = {
    role.name: role
    for role in (
        *(PartnershipManager, Analyst, Chair, CoChair, GroupMember, AgencyLead, InformationGovernanceLead),
        *(ScrutinyOfficer, CommitteeCouncillor, Councillor, Administrator, MaracCoordinator, MaracRepresentative),
        Auditor,
    )
}


def titles_that_may(permission: Permission) -> list[str]:
    """The titles of roles that allow something, for the sentence of a refusal."""
    return [role.title.lower() for role in ROLES.values() if permission in role.may]
