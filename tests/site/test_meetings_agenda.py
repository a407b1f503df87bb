"""Agendas, who was there, whether that made a quorum, and interests declared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from goldthread.access.rulings import NotAllowed
from goldthread.audit.models import Entry
from goldthread.meetings import actions
from goldthread.meetings.models import Meeting
from goldthread.meetings.queries import agenda
from goldthread.meetings.quorum import quorum
from goldthread.partners.actions import adopt_terms, draft_terms, give_role, name_deputy
from goldthread.partners.models import Person
from tests.site.conftest import CLOCK, START, Small, a_meeting

WORDS = {
    **dict.fromkeys(("purpose", "frequency", "inputs", "outputs", "delegated_limits", "reporting"), "As agreed."),
    "review_on": date(2030, 1, 1),
}


def member(small: Small, name: str, organisation: str) -> Person:
    """Somebody who belongs to the strategic group for an organisation."""
    person = small.person(name, getattr(small, organisation))
    give_role(by=CLOCK, person=person, role="group-member", group=small.strategic, starts_on=START)
    return Person.objects.get(pk=person.pk)


def terms(small: Small, quorum: int, kinds: list[str], on: date = START) -> None:
    """Terms of reference of the strategic group with a quorum, adopted on a day."""
    told = {**WORDS, "quorum": quorum, "quorum_kinds": kinds}
    drafted = draft_terms(by=small.manager, group=small.strategic, **told)
    adopt_terms(by=small.manager, terms=drafted, on=on, decision="VRG 2025/1")


def titles(meeting: Meeting) -> list[str]:
    return [item.title for item in meeting.agenda.order_by("number")]


def test_every_agenda_has_its_standing_items_and_others_come_before_any_other_business(small: Small) -> None:
    meeting = a_meeting(small)
    item = actions.add_item(by=small.manager, meeting=meeting, title="Knife crime")
    assert titles(meeting)[0] == "Apologies for absence"
    assert titles(meeting)[-2:] == ["Knife crime", "Any other business"]
    actions.change_item(by=small.manager, item=item, number=2)
    assert titles(meeting)[1] == "Knife crime"
    assert [i.number for i in meeting.agenda.order_by("number")] == [1, 2, 3, 4, 5, 6]


def test_the_words_of_a_confidential_item_are_for_its_group_alone_and_not_in_the_record(
    small: Small, as_role: Callable[[str], Client]
) -> None:
    meeting = a_meeting(small)
    secret = actions.add_item(by=small.manager, meeting=meeting, title="Operation Curlew", confidential=True)
    reads, inside = as_role("auditor"), as_role("group-member")
    assert "Operation Curlew" in inside.get(f"/meetings/{meeting.pk}/").content.decode()
    page = reads.get(f"/meetings/{meeting.pk}/").content.decode()
    assert "Operation Curlew" not in page and "A confidential item" in page
    assert reads.get(f"/items/{secret.pk}/").status_code == 403
    assert not any("Curlew" in f"{e.sentence}{e.changes}" for e in Entry.objects.all())


def test_a_quorum_counts_organisations_and_not_people(small: Small) -> None:
    terms(small, 2, [])
    one, other, third = member(small, "Kit", "council"), member(small, "Lee", "council"), member(small, "Jo", "police")
    meeting = a_meeting(small)
    actions.record_attendance(by=small.manager, meeting=meeting, present=[one, other])
    assert quorum(meeting).sentence == ("Organisations there: 1 (Council). There was no quorum: 2 are needed.")
    actions.record_attendance(by=small.manager, meeting=meeting, present=[one, third])
    assert quorum(meeting).met
    assert Meeting.objects.get(pk=meeting.pk).state == "held"


def test_a_kind_of_body_that_must_be_there_is_missed_by_name(small: Small) -> None:
    terms(small, 1, ["police"])
    meeting = a_meeting(small)
    actions.record_attendance(by=small.manager, meeting=meeting, present=[member(small, "Kit", "council")])
    assert "nobody was there for Responsible authority: chief officer of police" in quorum(meeting).sentence


def test_a_deputy_counts_for_the_organisation_of_whom_they_stand_in_for(small: Small) -> None:
    terms(small, 2, [])
    kit, jo = member(small, "Kit", "council"), member(small, "Jo", "police")
    ash = small.person("Ash", small.council)
    name_deputy(by=small.manager, holding=jo.holdings.get(), person=ash, starts_on=START)
    meeting = a_meeting(small)
    actions.record_attendance(by=small.manager, meeting=meeting, present=[kit, ash])
    assert quorum(meeting).met


def test_terms_adopted_later_do_not_reach_back(small: Small) -> None:
    meeting = a_meeting(small)
    terms(small, 9, [], on=timezone.localdate() + timedelta(days=1))
    assert quorum(meeting).met and "no quorum is set" in quorum(meeting).sentence


def test_who_withdrew_from_an_item_does_not_count_for_it(small: Small) -> None:
    terms(small, 2, [])
    kit, jo = member(small, "Kit", "council"), member(small, "Jo", "police")
    meeting = a_meeting(small)
    item = actions.add_item(by=small.manager, meeting=meeting, title="A grant")
    actions.record_attendance(by=small.manager, meeting=meeting, present=[kit, jo])
    actions.declare(by=jo, item=item, person=jo, interest="My sister runs it.", withdrew=True)
    assert quorum(meeting).met and not quorum(meeting, item).met
    with pytest.raises(NotAllowed, match="record attendance"):
        actions.declare(by=jo, item=item, person=kit, interest="Theirs.", withdrew=False)


def test_nobody_was_at_a_meeting_that_has_not_been(small: Small) -> None:
    later = a_meeting(small, timezone.localdate() + timedelta(days=3))
    with pytest.raises(NotAllowed, match="has not come yet"):
        actions.record_attendance(by=small.manager, meeting=later, present=[])


def test_attendance_and_interests_are_recorded_on_pages(small: Small, as_role: Callable[[str], Client]) -> None:
    kit, meeting, chair = member(small, "Kit", "council"), a_meeting(small), as_role("chair")
    assert "Select who was there" in chair.post(f"/meetings/{meeting.pk}/attendance/").content.decode()
    page = chair.post(f"/meetings/{meeting.pk}/attendance/", {"present": [kit.pk]}, follow=True).content.decode()
    assert "Organisations there: 1 (Council)." in page
    item = agenda(meeting, kit)[0].item
    sent = {"person": kit.pk, "interest": "A friend.", "withdrew": "on"}
    assert "They withdrew." in chair.post(f"/items/{item.pk}/declare/", sent, follow=True).content.decode()


def test_the_pages_of_a_meeting_ask_the_database_little(
    small: Small, as_role: Callable[[str], Client], django_assert_max_num_queries: Callable[[int], object]
) -> None:
    terms(small, 1, [])
    there = [member(small, f"Member {n}", "council") for n in range(5)]
    meeting, browser = a_meeting(small), as_role("partnership-manager")
    actions.record_attendance(by=small.manager, meeting=meeting, present=there)
    item = actions.add_item(by=small.manager, meeting=meeting, title="Knife crime", lead=there[0])
    for where in (f"/meetings/{meeting.pk}/", f"/items/{item.pk}/", f"/meetings/{meeting.pk}/attendance/"):
        with django_assert_max_num_queries(25):  # type: ignore[attr-defined]
            assert browser.get(where).status_code == 200
