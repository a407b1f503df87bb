"""Minutes are written at the item and agreed at the next meeting; decisions are numbered and need a quorum."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from goldthread.access.rulings import NotAllowed
from goldthread.audit.models import Entry
from goldthread.audit.recorded import ChangedMeanwhile
from goldthread.meetings import actions
from goldthread.meetings.models import AgendaItem, Decision, Meeting
from goldthread.partners.actions import adopt_constitution, draft_constitution, give_role
from goldthread.partners.models import Person
from tests.site.conftest import CLOCK, START, Small, a_meeting
from tests.site.test_meetings_agenda import member, terms

SAID = {"text": "Fund the night bus.", "implications": "Fewer assaults at the rank."}


def held(small: Small, *there: Person, days_ago: int = 0) -> AgendaItem:
    """The first item of a meeting at which these were."""
    meeting = a_meeting(small, timezone.localdate() - timedelta(days=days_ago))
    actions.record_attendance(by=small.manager, meeting=meeting, present=there)
    item: AgendaItem = meeting.agenda.select_related("meeting__group").get(number=1)
    return item


def test_decisions_are_numbered_in_their_group_and_year(small: Small) -> None:
    item = held(small, member(small, "Kit", "council"))
    year = item.meeting.held_on.year
    made = [actions.decide(by=small.manager, item=item, **SAID).reference for _ in range(2)]
    assert made == [f"VRG {year}/1", f"VRG {year}/2"]
    assert Entry.objects.filter(sentence__endswith=f"recorded decision VRG {year}/2, by consensus.").exists()


def test_a_decision_without_a_quorum_is_refused_with_the_reason(small: Small) -> None:
    terms(small, 2, [])
    item = held(small, member(small, "Kit", "council"))
    with pytest.raises(NotAllowed, match="There was no quorum: 2 are needed"):
        actions.decide(by=small.manager, item=item, **SAID)
    assert not Decision.objects.exists()


def test_without_consensus_a_decision_names_a_step_of_the_constitution(
    small: Small, as_role: Callable[[str], Client]
) -> None:
    drafted = draft_constitution(
        by=small.manager,
        articles=[("One", "Text.")],
        fallback=["Adjourn for a week", "The board decides"],
        overdue_days=14,
    )
    adopt_constitution(by=small.manager, constitution=drafted, on=START, decision="EB 2025/1")
    item, chair = held(small, member(small, "Kit", "council")), as_role("chair")
    sent = {**SAID, "how": "fallback"}
    refused = chair.post(f"/items/{item.pk}/decide/", sent)
    assert refused.status_code == 400 and "Select the step of the constitution" in refused.content.decode()
    page = chair.post(f"/items/{item.pk}/decide/", {**sent, "step": "The board decides"}, follow=True).content.decode()
    assert "is recorded." in page and ": The board decides." in page


def test_an_organisation_dissents_or_agrees_subject_to_its_own_governance_once(
    small: Small, as_role: Callable[[str], Client]
) -> None:
    item = held(small, member(small, "Kit", "council"), member(small, "Jo", "police"))
    decision = actions.decide(by=small.manager, item=item, **SAID)
    chair = as_role("chair")
    sent = {"organisation": small.police.pk, "stance": "own-governance", "words": "The chief officer must sign."}
    page = chair.post(f"/decisions/{decision.pk}/position/", sent, follow=True).content.decode()
    assert "Saltmarsh Police: Agrees, subject to its own governance. The chief officer must sign." in page
    again = chair.post(f"/decisions/{decision.pk}/position/", sent)
    assert again.status_code == 400 and "already recorded" in again.content.decode()
    kit = Person.objects.get(name="Kit")
    with pytest.raises(NotAllowed):
        actions.state_position(by=kit, decision=decision, organisation=small.police, stance="dissents")
    actions.state_position(by=kit, decision=decision, organisation=small.council, stance="dissents")


def test_a_minute_that_somebody_else_began_is_not_written_over(small: Small) -> None:
    item = held(small, member(small, "Kit", "council"))
    actions.write_minute(by=small.manager, item=item, text="First.", version=0)
    with pytest.raises(ChangedMeanwhile):
        actions.write_minute(by=small.manager, item=item, text="Second, by one who saw none.", version=0)
    actions.write_minute(by=small.manager, item=item, text="First, and more.", version=1)
    assert not Entry.objects.filter(changes__icontains="First").exists()


def test_minutes_are_agreed_at_a_later_meeting_by_its_chair_and_then_stay(
    small: Small, as_role: Callable[[str], Client]
) -> None:
    kit = member(small, "Kit", "council")
    item, later = held(small, kit, days_ago=30), held(small, kit)
    chair, manager = as_role("chair"), as_role("partnership-manager")
    where = f"/meetings/{item.meeting.pk}/minutes/"
    manager.post(f"/items/{item.pk}/minutes/", {"text": "Apologies from Lee.", "version": 0})
    page = chair.get(where).content.decode()
    assert "Draft" in page and "Apologies from Lee." in page
    assert manager.get(f"{where}agree/").status_code == 403
    done = chair.post(f"{where}agree/", {"agreed_in": later.meeting.pk}, follow=True).content.decode()
    assert "Agreed at the meeting on" in done and "recorded by The Chair" in done
    item = AgendaItem.objects.select_related("meeting__group").get(pk=item.pk)
    for act in (
        lambda: actions.write_minute(by=small.manager, item=item, text="Not so."),
        lambda: actions.decide(by=small.manager, item=item, **SAID),
        lambda: actions.record_attendance(by=small.manager, meeting=item.meeting, present=[]),
    ):
        with pytest.raises(NotAllowed, match="have been agreed"):
            act()


def test_minutes_are_not_agreed_at_an_earlier_meeting(small: Small) -> None:
    kit = member(small, "Kit", "council")
    item, later = held(small, kit, days_ago=30), held(small, kit)
    give_role(by=CLOCK, person=kit, role="chair", group=small.strategic, starts_on=START)
    chair = Person.objects.get(pk=kit.pk)
    with pytest.raises(NotAllowed, match="later meeting"):
        actions.agree_minutes(by=chair, meeting=later.meeting, agreed_in=item.meeting)


def test_the_words_of_a_confidential_decision_are_for_its_group_alone(
    small: Small, as_role: Callable[[str], Client]
) -> None:
    item = held(small, member(small, "Kit", "council"))
    actions.change_item(by=small.manager, item=item, confidential=True)
    actions.decide(by=small.manager, item=item, **SAID)
    reads, inside = as_role("auditor"), as_role("group-member")
    for where in ("/groups/violence-reduction-group/decisions/", f"/meetings/{item.meeting.pk}/minutes/"):
        assert SAID["text"] in inside.get(where).content.decode()
        assert SAID["text"] not in reads.get(where).content.decode()
    assert not any(SAID["text"] in f"{e.sentence}{e.changes}" for e in Entry.objects.all())


def test_pages_of_minutes_ask_the_database_little(
    small: Small, as_role: Callable[[str], Client], django_assert_max_num_queries: Callable[[int], object]
) -> None:
    item = held(small, member(small, "Kit", "council"))
    for _ in range(6):
        actions.decide(by=small.manager, item=item, **SAID)
    browser = as_role("chair")
    meeting = Meeting.objects.get()
    for where in (
        f"/meetings/{meeting.pk}/minutes/",
        f"/items/{item.pk}/",
        "/groups/violence-reduction-group/decisions/",
    ):
        with django_assert_max_num_queries(25):  # type: ignore[attr-defined]
            assert browser.get(where).status_code == 200
