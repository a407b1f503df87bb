"""Writing minutes and decisions, and agreeing them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from goldthread.audit.recording import action, note
from goldthread.meetings.events import EVENTS
from goldthread.meetings.models import AgendaItem, Decision, How, Meeting, Minute, Position
from goldthread.meetings.rules import may_agree, may_decide, may_state_position, may_write
from goldthread.partners.actions.changing import change
from goldthread.partners.models import Organisation, Person


@action(EVENTS["minutes:written"])
def write_minute(*, by: Person, at: datetime, item: AgendaItem, text: str, version: int | None = None) -> Minute:
    """
    Write what the minutes say of an item.

    `version` is nought for whoever saw none yet, and else one more than that
    of the minute they saw: a minute that somebody else began is not written over.
    """
    may_write(by, item).hold()
    note(item.label, item.meeting.label)
    was: Minute | None = Minute.objects.filter(item=item).select_related("item__meeting__group").first()
    if was is None:
        return change(Minute(item=item), {"text": text})
    return change(was, {"text": text}, None if version is None else version - 1)


@action(EVENTS["decision:taken"])
def decide(
    *,
    by: Person,
    at: datetime,
    item: AgendaItem,
    text: str,
    implications: str,
    how: str = How.CONSENSUS,
    step: str = "",
) -> Decision:
    """Record a decision at an item, with the next number of the group in the year; refused without a quorum."""
    may_decide(by, item).hold()
    group, year = item.meeting.group, item.meeting.held_on.year
    last = Decision.objects.filter(group=group, year=year).aggregate(last=Max("number"))["last"] or 0
    note(item.label, item.meeting.label, group.label, how=step or "consensus")
    made = Decision(item=item, group=group, year=year, number=last + 1)
    return change(made, {"text": text, "how": how, "step": step, "implications": implications})


@action(EVENTS["position:recorded"])
def state_position(
    *, by: Person, at: datetime, decision: Decision, organisation: Organisation, stance: str, words: str = ""
) -> Position:
    """Record that an organisation dissents, or agrees subject to its own governance."""
    may_state_position(by, decision, organisation).hold()
    note(decision.label, organisation.label)
    return change(Position(decision=decision), {"organisation": organisation, "stance": stance, "words": words})


@action(EVENTS["minutes:agreed"])
def agree_minutes(*, by: Person, at: datetime, meeting: Meeting, agreed_in: Meeting) -> Meeting:
    """Record that a later meeting of the group agreed the minutes; they stay as they are from then on."""
    may_agree(by, meeting, agreed_in).hold()
    note(agreed_in.label, meeting.group.label, later=agreed_in)
    return change(meeting, {"minutes_agreed_at": at, "minutes_agreed_by": by.name, "agreed_in": agreed_in})
