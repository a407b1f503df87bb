"""Actions are carried until somebody other than their owner's word alone closes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from goldthread.access.rulings import NotAllowed
from goldthread.audit.models import Entry
from goldthread.meetings import actions
from goldthread.meetings.models import Action
from tests.site.conftest import Small, a_decision, an_action, signed_in
from tests.site.test_meetings_agenda import member


def test_from_the_item_to_the_owners_first_page_and_closed_by_the_chair(
    small: Small, as_role: Callable[[str], Client]
) -> None:
    item, kit, chair = a_decision(small).item, member(small, "Kit", "police"), as_role("chair")
    yesterday = timezone.localdate() - timedelta(days=1)
    sent = {"what": "Ask the bus company.", "owner": kit.pk, "due_on": yesterday.isoformat()}
    assert "The action is raised." in chair.post(f"/items/{item.pk}/raise/", sent, follow=True).content.decode()
    action = Action.objects.get()
    assert (action.agency, action.group, action.item) == (small.police, small.strategic, item)
    owner = signed_in(kit)
    first = owner.get("/").content.decode()
    assert "Ask the bus company." in first and "Overdue" in first and "Nothing waits" not in first
    refused = owner.post(f"/actions/{action.pk}/done/", {"version": 0})
    assert refused.status_code == 400 and "Enter the evidence" in refused.content.decode()
    owner.post(f"/actions/{action.pk}/done/", {"version": 0, "evidence": "Their letter."})
    assert "Nothing waits for you today." in owner.get("/").content.decode()
    assert owner.get(f"/actions/{action.pk}/close/").status_code == 403
    assert "To be closed" in chair.get("/actions/").content.decode()
    chair.post(f"/actions/{action.pk}/close/", {"version": 1, "state": "done"})
    assert Action.objects.get().state == "done"
    assert [e.sentence for e in Entry.objects.filter(event="action:closed")] == [
        f"The Chair closed action {action.pk} of Violence Reduction Group as done."
    ]


def test_a_closed_action_stays_as_it_was(small: Small) -> None:
    action = actions.close_action(by=small.manager, action=an_action(small, a_decision(small)), state="dropped")
    with pytest.raises(NotAllowed, match="closed"):
        actions.say_done(by=small.manager, action=action, evidence="Late.")


def test_members_raise_actions_for_themselves_and_not_for_others(small: Small) -> None:
    kit, jo, today = member(small, "Kit", "police"), member(small, "Jo", "council"), timezone.localdate()
    told = {"group": small.strategic, "what": "Count the taxis.", "due_on": today}
    assert actions.raise_action(by=kit, owner=kit, **told).agency == small.police
    with pytest.raises(NotAllowed, match="raise, assign and close any action"):
        actions.raise_action(by=kit, owner=jo, **told)
    with pytest.raises(NotAllowed, match="of Executive Board"):
        actions.raise_action(by=kit, owner=kit, **{**told, "group": small.board})


def test_an_action_of_a_confidential_item_is_for_its_group_and_its_owner(
    small: Small, as_role: Callable[[str], Client]
) -> None:
    decision = a_decision(small)
    action = an_action(small, decision)
    actions.change_item(by=small.manager, item=decision.item, confidential=True)
    reads, inside = as_role("auditor"), as_role("group-member")
    assert action.what not in reads.get("/actions/").content.decode()
    assert reads.get(f"/actions/{action.pk}/").status_code == 403
    assert action.what in inside.get("/actions/").content.decode()
    assert not any(action.what in f"{e.sentence}{e.changes}" for e in Entry.objects.all())


def test_pages_of_actions_ask_the_database_little(
    small: Small, as_role: Callable[[str], Client], django_assert_max_num_queries: Callable[[int], object]
) -> None:
    kit, today = member(small, "Kit", "police"), timezone.localdate()
    for n in range(60):
        actions.raise_action(by=kit, group=small.strategic, owner=kit, what=f"Count {n}.", due_on=today)
    browser, owner = as_role("partnership-manager"), signed_in(kit)
    for who, where in (
        (browser, "/actions/"),
        (owner, "/"),
        (owner, f"/actions/{Action.objects.get(what='Count 0.').pk}/"),
    ):
        with django_assert_max_num_queries(25):  # type: ignore[attr-defined]
            assert who.get(where).status_code == 200
