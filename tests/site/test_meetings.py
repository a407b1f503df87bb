"""Groups meet in cycles; meetings move with a reason; calendars outside know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from goldthread.access.rulings import NotAllowed
from goldthread.audit.models import Entry
from goldthread.meetings import actions
from goldthread.meetings.calendar import feed_of
from goldthread.meetings.models import Meeting
from goldthread.meetings.rhythms import days
from goldthread.partners.actions import give_role
from goldthread.partners.models import Person
from tests.site.conftest import CLOCK, START, Small, a_meeting, signed_in


@pytest.mark.parametrize(
    ("rhythm", "count", "second"),
    [
        ("monthly", 12, date(2026, 2, 10)),
        ("six-weekly", 9, date(2026, 2, 24)),
        ("bi-monthly", 6, date(2026, 3, 10)),
        ("quarterly", 4, date(2026, 4, 14)),
    ],
)
def test_a_cycle_keeps_to_the_weekday_and_its_place_in_the_month(rhythm: str, count: int, second: date) -> None:
    found = days(rhythm, date(2026, 1, 13))  # the second Tuesday
    assert (len(found), found[1]) == (count, second)
    assert {day.weekday() for day in found} == {1}


def test_the_fifth_weekday_is_the_last_where_a_month_has_four() -> None:
    assert days("monthly", date(2026, 1, 29))[1] == date(2026, 2, 26)


def test_a_cycle_makes_a_year_of_meetings_and_the_list_shows_them(as_role: Callable[[str], Client]) -> None:
    manager = as_role("partnership-manager")
    sent = {"rhythm": "quarterly", "first_on": "13/1/2026", "starts_at": "2pm", "lasts": "90", "place": "Town Hall"}
    answer = manager.post("/groups/executive-board/meetings/cycle/", sent, follow=True)
    assert "4 meetings are planned." in answer.content.decode()
    assert [m.held_on.month for m in Meeting.objects.all()] == [1, 4, 7, 10]
    [entry] = Entry.objects.filter(event="cycle:set")
    assert "a cycle of Executive Board, quarterly from 13 January 2026, which makes 4 meetings." in entry.sentence


def test_a_meeting_moves_with_its_reason_and_without_one_it_stays(
    small: Small, as_role: Callable[[str], Client]
) -> None:
    chair, day = as_role("chair"), timezone.localdate() + timedelta(days=20)
    meeting = a_meeting(small, day)
    later = day + timedelta(days=7)
    sent = {"held_on": later.isoformat(), "starts_at": "10:00", "lasts": "120", "place": "Fire station", "version": "0"}
    refused = chair.post(f"/meetings/{meeting.pk}/move/", sent)
    assert refused.status_code == 400 and "Enter why the meeting is moved" in refused.content.decode()
    chair.post(f"/meetings/{meeting.pk}/move/", {**sent, "why": "The purdah."})
    meeting = Meeting.objects.get()
    assert (meeting.held_on, meeting.was_on, meeting.why) == (later, day, "The purdah.")
    stale = chair.post(f"/meetings/{meeting.pk}/move/", {**sent, "why": "Again."})
    assert stale.status_code == 400 and "Somebody else changed" in stale.content.decode()


def test_a_group_meets_once_a_day_and_a_cancelled_meeting_frees_the_day(small: Small) -> None:
    meeting = a_meeting(small, date(2026, 5, 5))
    again = {"group": small.strategic, "held_on": date(2026, 5, 5), "starts_at": time(9), "place": "Library"}
    with pytest.raises(ValidationError, match="already meets on that day"):
        actions.plan_meeting(by=small.manager, **again)
    actions.cancel_meeting(by=small.manager, meeting=meeting, why="Snow.")
    actions.plan_meeting(by=small.manager, **again)
    with pytest.raises(NotAllowed, match="was cancelled"):
        actions.move_meeting(by=small.manager, meeting=meeting, why="Thaw.", held_on=date(2026, 5, 6))


def test_a_chair_plans_only_their_own_group(as_role: Callable[[str], Client]) -> None:
    refused = as_role("chair").get("/groups/executive-board/meetings/plan/")
    assert refused.status_code == 403 and "of Executive Board" in refused.content.decode()


def test_calendars_are_read_back_as_they_were_planned(small: Small) -> None:
    meeting = a_meeting(small, date(2026, 7, 7))
    off = a_meeting(small, date(2026, 8, 4))
    actions.cancel_meeting(by=small.manager, meeting=off, why="Holidays.")
    answer = Client(headers={"host": "localhost"}).get(f"/calendar/{feed_of(small.strategic)}/")
    assert answer["Content-Type"].startswith("text/calendar")
    cancelled, kept = Calendar.from_ical(answer.content).walk("VEVENT")
    assert kept.decoded("dtstart") == meeting.begins_at
    assert kept.decoded("dtend") - kept.decoded("dtstart") == timedelta(hours=2)
    assert (str(kept["summary"]), str(kept["location"])) == ("Violence Reduction Group", "Town Hall")
    assert (str(kept["status"]), str(cancelled["status"])) == ("CONFIRMED", "CANCELLED")


def test_a_persons_calendar_has_their_groups_alone_and_a_made_up_address_opens_nothing(small: Small) -> None:
    a_meeting(small, date(2026, 7, 7))
    kit = small.person("Kit Sedge", small.police)
    nobody = Client(headers={"host": "localhost"})
    assert not Calendar.from_ical(nobody.get(f"/calendar/{feed_of(kit)}/").content).walk("VEVENT")
    give_role(by=CLOCK, person=kit, role="group-member", group=small.strategic, starts_on=START)
    assert len(Calendar.from_ical(nobody.get(f"/calendar/{feed_of(kit)}/").content).walk("VEVENT")) == 1
    assert nobody.get(f"/calendar/group:{small.board.pk}:made-up/").status_code == 404


@pytest.mark.parametrize("where", ["/meetings/", "/groups/violence-reduction-group/meetings/"])
def test_lists_of_meetings_ask_the_database_little(
    small: Small, where: str, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    first = timezone.localdate() + timedelta(days=1)
    actions.set_cycle(
        by=small.manager, group=small.strategic, rhythm="monthly", first_on=first, starts_at=time(9), place="Hall"
    )
    browser = signed_in(Person.objects.get(pk=small.manager.pk))
    with django_assert_max_num_queries(25):  # type: ignore[attr-defined]
        assert browser.get(where).status_code == 200
