"""The action log: who may raise, read and close actions, and what there is to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from goldthread.access.permissions import Permission
from goldthread.access.rulings import YES, Ruling, first_no, no
from goldthread.meetings.models import Action, ActionState, AgendaItem
from goldthread.meetings.rules import may_see
from goldthread.partners.models import Group, Person


def may_raise(person: Person, group: Group, owner: Person | None = None, item: AgendaItem | None = None) -> Ruling:
    """Whoever takes part raises actions for themselves; whoever manages actions raises them for anybody."""
    if item is not None and item.meeting.group_id != group.pk:
        return no("This item is of another group’s meeting.")
    own = owner is None or owner.pk == person.pk
    needs = Permission.TAKE_PART if own else Permission.MANAGE_ACTIONS
    gone = no(f"The account of {owner} is closed.") if owner is not None and owner.closed_at else YES
    return first_no(gone, may_see(person, item) if item else YES, person.may(needs, group))


def may_see_action(person: Person, action: Action) -> Ruling:
    """Owners read their own; others what they may read of the group, and of the item at which it was raised."""
    if action.owner_id == person.pk:
        return YES
    if action.item is not None:
        return may_see(person, action.item)
    return person.may(Permission.SEE_MEETINGS, action.group)


def may_say_done(person: Person, action: Action) -> Ruling:
    """The owner says that it is done, or whoever manages the group's actions for them."""
    own = YES if action.owner_id == person.pk else person.may(Permission.MANAGE_ACTIONS, action.group)
    return first_no(still_open(action), may_see_action(person, action), own)


def may_close(person: Person, action: Action) -> Ruling:
    """The chair of the group and the manager close actions; owners do not close their own by that alone."""
    return first_no(
        still_open(action), may_see_action(person, action), person.may(Permission.MANAGE_ACTIONS, action.group)
    )


def still_open(action: Action) -> Ruling:
    """An action that was closed stays as it was."""
    return YES if action.state == ActionState.OPEN else no("This action is closed.")


def all_actions() -> QuerySet[Action]:
    """Actions with all that a list of them tells."""
    return Action.objects.select_related("group", "owner", "agency", "item__meeting__group")


def to_do(person: Person) -> Sequence[Action]:
    """What a person must do and has not said is done, the earliest first."""
    return list(all_actions().filter(owner=person, state=ActionState.OPEN, said_done_at__isnull=True))


def open_actions(person: Person) -> QuerySet[Action]:
    """Open actions of the groups whose meetings a person may read, but those of items that they may not, and theirs."""
    reads = {h.group_id for h in person.holdings_today if Permission.SEE_MEETINGS in h.kind.may}
    confides = {h.group_id for h in person.holdings_today if Permission.SEE_CONFIDENTIAL in h.kind.may}
    readable = Q() if None in reads else Q(group__in=reads)
    if None not in confides:
        readable &= Q(item__isnull=True) | Q(item__confidential=False) | Q(group__in=confides)
    return all_actions().filter(Q(owner=person) | readable, state=ActionState.OPEN)


@dataclass(frozen=True)
class Answers:
    """What somebody may do with an action, each with its reason."""

    say_done: Ruling
    close: Ruling


def answers(person: Person, action: Action) -> Answers:
    """What the page of an action offers."""
    return Answers(may_say_done(person, action), may_close(person, action))
