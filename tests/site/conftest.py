"""A small partnership, and a way to be each kind of person in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

import pytest
from django.test import Client
from django.utils import timezone

from goldthread.access.roles import ROLES, Reach
from goldthread.audit.recording import Clock
from goldthread.meetings.actions import decide, plan_meeting, raise_action, record_attendance
from goldthread.meetings.models import Action, Decision, Meeting
from goldthread.partners import actions
from goldthread.partners.models import Group, Organisation, Partnership, Person

START = date(2025, 4, 1)
CLOCK = Clock()
PASSWORD = "marsh reed heron tide"
CONSTITUTION = {
    "articles": [("Membership", "Every responsible authority."), ("Decisions", "By consensus.")],
    "fallback": ["The chair asks again.", "The board decides."],
    "overdue_days": 14,
}
TERMS = {
    "purpose": "Less violence.",
    "frequency": "Every six weeks",
    "quorum": 3,
    "quorum_kinds": ["council", "police"],
    "inputs": "Performance of the last quarter.",
    "outputs": "An action plan.",
    "delegated_limits": "Up to £5,000 a year.",
    "reporting": "To the board, each quarter.",
    "review_on": date(2099, 4, 1),
}


@dataclass
class Small:
    """A partnership of two organisations and three groups."""

    partnership: Partnership
    council: Organisation
    police: Organisation
    manager: Person
    board: Group
    strategic: Group
    tactical: Group

    def person(self, name: str, organisation: Organisation | None = None) -> Person:
        """Somebody new."""
        address = f"{name.lower().replace(' ', '.')}@example.org"
        return actions.add_person(by=CLOCK, name=name, email=address, organisation=organisation or self.council)


@pytest.fixture
def small(db: None) -> Small:
    partnership = actions.found(by=CLOCK, name="Saltmarsh Community Safety Partnership", area="Saltmarsh")
    council, police = (
        actions.add_organisation(by=CLOCK, name=name, short_name=short, kind=kind, joined_on=START)
        for name, short, kind in (("Saltmarsh Council", "Council", "council"), ("Saltmarsh Police", "Police", "police"))
    )
    manager = actions.add_person(by=CLOCK, name="Morgan Reed", email="morgan.reed@example.org", organisation=council)
    actions.give_role(by=CLOCK, person=manager, role="partnership-manager", starts_on=START)
    manager = Person.objects.get(pk=manager.pk)
    opened = {"opened_on": START, "by": manager}
    board = actions.open_group(name="Executive Board", kind="board", purpose="To lead.", strategy_group=True, **opened)
    strategic = actions.open_group(
        name="Violence Reduction Group", kind="strategic", purpose="Less violence.", accountable_to=board, **opened
    )
    tactical = actions.open_group(
        name="Night-time Group", kind="tactical", purpose="Safer nights.", accountable_to=strategic, **opened
    )
    return Small(partnership, council, police, manager, board, strategic, tactical)


def a_meeting(small: Small, day: date | None = None) -> Meeting:
    """A meeting of the strategic group, today unless another day is wanted; the same when it is there already."""
    day = day or timezone.localdate()
    there = Meeting.objects.filter(group=small.strategic, held_on=day).first()
    return there or plan_meeting(
        by=small.manager, group=small.strategic, held_on=day, starts_at=time(14), place="Town Hall"
    )


def a_decision(small: Small) -> Decision:
    """A decision at the first item of a meeting that was held today; the same when it is there already."""
    there: Decision | None = Decision.objects.select_related("item__meeting__group").first()
    if there is not None:
        return there
    meeting = record_attendance(by=small.manager, meeting=a_meeting(small), present=[])
    item = meeting.agenda.get(number=1)
    return decide(by=small.manager, item=item, text="Fund the night bus.", implications="Fewer assaults.")


def an_action(small: Small, decision: Decision) -> Action:
    """An action of the manager’s, raised where something was decided; the same when it is there already."""
    there: Action | None = Action.objects.first()
    item = decision.item
    told = {"owner": small.manager, "what": "Ask the bus company.", "due_on": timezone.localdate()}
    return there or raise_action(by=small.manager, group=item.meeting.group, item=item, **told)


@pytest.fixture
def as_role(small: Small) -> Callable[[str], Client]:
    """A browser signed in as somebody who holds one role and no other; in the strategic group if it is a group's."""

    def made(role: str) -> Client:
        person = small.person(f"The {ROLES[role].title}")
        group = small.strategic if ROLES[role].reach is Reach.GROUP else None
        actions.give_role(by=CLOCK, person=person, role=role, group=group, starts_on=START)
        return signed_in(person)

    return made


def signed_in(person: Person) -> Client:
    """A browser in which a person is signed in with a second factor."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    invitation = actions.invite(by=CLOCK, person=person)
    account = actions.accept(by=person, invitation=invitation, password=PASSWORD).account
    assert account is not None
    TOTP.activate(account, generate_totp_secret())
    client = Client(headers={"host": "localhost"})
    client.force_login(account)
    return client
