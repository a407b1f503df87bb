"""Organisations, groups and the roles in them are kept from their pages, and what they were stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client

from goldthread.partners import actions
from goldthread.partners.models import Deputy, Group, Holding, Nomination, Organisation, Person
from tests.site.conftest import CLOCK, START, Small, signed_in

AsRole = Callable[[str], Client]


def text(client: Client, where: str) -> str:
    """What a page says."""
    return client.get(where).content.decode()


def of_council(small: Small) -> str:
    return f"/organisations/{small.council.pk}/"


def test_an_organisation_is_added_and_has_a_page_with_its_people(small: Small, as_role: AsRole) -> None:
    manager = as_role("partnership-manager")
    told = {"name": "Marsh Fire", "short_name": "Fire", "kind": "fire", "joined_on": "1/4/2025"}
    made = manager.post("/organisations/add/", told)
    fire = Organisation.objects.get(name="Marsh Fire")
    assert made["Location"] == f"/organisations/{fire.pk}/"
    small.person("Kit Sedge", fire)
    assert "Kit Sedge" in text(manager, made["Location"])
    assert "Marsh Fire" in text(manager, "/organisations/")


def test_two_organisations_cannot_share_a_name_and_what_was_typed_stays(small: Small, as_role: AsRole) -> None:
    told = {"name": small.council.name, "short_name": "Other", "kind": "council", "joined_on": "1/4/2025"}
    page = as_role("partnership-manager").post("/organisations/add/", told)
    assert page.status_code == 400 and 'id="id_name-error"' in page.content.decode()
    assert 'value="Other"' in page.content.decode()


def test_each_thing_that_the_law_asks_for_has_a_link_to_mend_it(small: Small, as_role: AsRole) -> None:
    manager, here = as_role("partnership-manager"), of_council(small)
    listed = text(manager, "/organisations/")
    assert f'href="{here}change/"' in listed and f'href="{here}nominate/"' in listed
    council = Organisation.objects.get(pk=small.council.pk)
    told = {"name": council.name, "short_name": council.short_name, "kind": "council", "joined_on": "1/4/2025"}
    manager.post(f"{here}change/", {**told, "version": council.version, "why_absent": "It sends a paper instead."})
    manager.post(f"{here}nominate/", {"person": small.manager.pk, "starts_on": "1/5/2025"})
    listed = text(manager, "/organisations/")
    assert f'href="{here}change/"' not in listed and f'href="{here}nominate/"' not in listed
    assert "It sends a paper instead." in text(manager, here)


def test_those_who_may_not_mend_it_read_why(small: Small, as_role: AsRole) -> None:
    analyst = as_role("analyst")
    assert f'href="{of_council(small)}change/"' not in text(analyst, "/organisations/")
    assert "you need to be partnership manager" in text(analyst, of_council(small))


def test_one_nominee_follows_another_and_both_can_be_read(small: Small, as_role: AsRole) -> None:
    manager, kit = as_role("partnership-manager"), small.person("Kit Sedge")
    where = f"{of_council(small)}nominate/"
    manager.post(where, {"person": small.manager.pk, "starts_on": "1/5/2025"})
    early = manager.post(where, {"person": kit.pk, "starts_on": "1/5/2025"})
    assert early.status_code == 400 and "is nominated from 1 May 2025" in early.content.decode()
    manager.post(where, {"person": kit.pk, "starts_on": "1/9/2025"})
    first, second = Nomination.objects.order_by("starts_on")
    assert first.ends_on == date(2025, 8, 31) == second.starts_on - timedelta(days=1)
    shown = text(manager, of_council(small))
    assert "Morgan Reed" in shown and "31 August 2025" in shown and "Kit Sedge" in shown


def test_an_agency_lead_nominates_for_their_own_organisation_and_no_other(small: Small) -> None:
    lead = small.person("Robin Fen", small.police)
    actions.give_role(by=CLOCK, person=lead, role="agency-lead", starts_on=START)
    browser = signed_in(Person.objects.get(pk=lead.pk))
    own = browser.post(f"/organisations/{small.police.pk}/nominate/", {"person": lead.pk, "starts_on": "1/5/2025"})
    assert own.status_code == 302
    assert browser.get(f"{of_council(small)}nominate/").status_code == 403


def test_nobody_of_another_organisation_is_nominated(small: Small, as_role: AsRole) -> None:
    other = small.person("Robin Fen", small.police)
    told = {"person": other.pk, "starts_on": "1/5/2025"}
    page = as_role("partnership-manager").post(f"{of_council(small)}nominate/", told)
    assert page.status_code == 400 and "Select the person" in page.content.decode()


def test_the_second_of_two_who_change_an_organisation_is_told(small: Small, as_role: AsRole) -> None:
    manager, council = as_role("partnership-manager"), Organisation.objects.get(pk=small.council.pk)
    told = {"name": council.name, "kind": "council", "joined_on": "1/4/2025", "version": council.version}
    assert manager.post(f"{of_council(small)}change/", {**told, "short_name": "SC"}).status_code == 302
    page = manager.post(f"{of_council(small)}change/", {**told, "short_name": "Saltmarsh"})
    assert page.status_code == 400 and "Somebody else changed Saltmarsh Council" in page.content.decode()
    assert 'value="Saltmarsh"' in page.content.decode()
    assert Organisation.objects.get(pk=council.pk).short_name == "SC"


def test_a_group_is_changed_from_its_page_and_the_second_of_two_editors_is_told(small: Small, as_role: AsRole) -> None:
    manager, group = as_role("partnership-manager"), Group.objects.get(pk=small.tactical.pk)
    told = {"name": "Night Group", "accountable_to": small.board.pk, "version": group.version}
    where = "/groups/night-time-group/change/"
    assert manager.post(where, {**told, "purpose": "Safe nights."}).status_code == 302
    page = manager.post(where, {**told, "purpose": "Quiet nights."})
    assert page.status_code == 400 and "Somebody else changed" in page.content.decode()
    assert "Quiet nights." in page.content.decode()
    group = Group.objects.get(pk=group.pk)
    assert (group.purpose, group.accountable_to, group.slug) == ("Safe nights.", small.board, "night-time-group")


def test_a_group_cannot_answer_to_itself_or_to_one_below_it(small: Small, as_role: AsRole) -> None:
    manager = as_role("partnership-manager")
    for below in (small.strategic, small.tactical):
        told = {"name": "V", "purpose": "V.", "accountable_to": below.pk, "version": small.strategic.version}
        page = manager.post("/groups/violence-reduction-group/change/", told)
        assert page.status_code == 400 and "Select the group that it answers to" in page.content.decode()


def test_there_is_one_strategy_group_at_a_time(small: Small, as_role: AsRole) -> None:
    told = {"name": "V", "purpose": "V.", "accountable_to": small.board.pk, "strategy_group": "on", "version": 0}
    page = as_role("partnership-manager").post("/groups/violence-reduction-group/change/", told)
    assert page.status_code == 400 and "Executive Board is the strategy group now" in page.content.decode()


def task_and_finish(small: Small) -> Group:
    return actions.open_group(
        by=small.manager,
        name="Lighting Group",
        kind="task-and-finish",
        purpose="Light the path.",
        accountable_to=small.strategic,
        opened_on=START,
        to_end_on=date(2025, 12, 31),
    )


def test_a_task_and_finish_group_closes_with_its_report_and_roles_in_it_end(small: Small, as_role: AsRole) -> None:
    manager, group = as_role("partnership-manager"), task_and_finish(small)
    actions.give_role(by=CLOCK, person=small.manager, role="chair", group=group, starts_on=START)
    page = manager.post("/groups/lighting-group/close/", {"on": "30/9/2025"})
    assert page.status_code == 400 and "Enter the report with which it closes" in page.content.decode()
    manager.post("/groups/lighting-group/close/", {"on": "30/9/2025", "report": "The path is lit."})
    assert Group.objects.get(pk=group.pk).closed_on == date(2025, 9, 30)
    assert group.holdings.get().ends_on == date(2025, 9, 30)
    assert "The path is lit." in text(manager, "/groups/lighting-group/")
    assert "Lighting Group is closed." in text(manager, "/groups/lighting-group/change/")


def test_a_group_that_others_answer_to_says_why_it_cannot_close(small: Small, as_role: AsRole) -> None:
    page = text(as_role("partnership-manager"), "/groups/violence-reduction-group/")
    assert "Night-time Group still answers to Violence Reduction Group." in page and "/close/" not in page


def test_roles_and_deputies_are_given_and_ended_from_the_groups_page(small: Small, as_role: AsRole) -> None:
    manager, kit, sam = as_role("partnership-manager"), small.person("Kit Sedge"), small.person("Sam Low")
    here = "/groups/violence-reduction-group/"
    manager.post(f"{here}role/", {"person": kit.pk, "role": "chair", "starts_on": "1/5/2025"})
    again = manager.post(f"{here}role/", {"person": kit.pk, "role": "chair", "starts_on": "1/6/2025"})
    assert again.status_code == 400 and "Kit Sedge already holds this role in the group" in again.content.decode()
    held = Holding.objects.get(person=kit)
    assert f'href="/roles/{held.pk}/deputy/"' in text(manager, here)
    manager.post(f"/roles/{held.pk}/deputy/", {"person": sam.pk, "starts_on": "1/6/2025"})
    deputy = Deputy.objects.get(holding=held)
    assert f'href="/deputies/{deputy.pk}/end/"' in text(manager, here)
    manager.post(f"/deputies/{deputy.pk}/end/", {"on": "30/6/2025"})
    early = manager.post(f"/roles/{held.pk}/end/", {"on": "1/4/2025"})
    assert early.status_code == 400 and "on or after 1 May 2025, when it started" in early.content.decode()
    manager.post(f"/roles/{held.pk}/end/", {"on": "31/7/2025"})
    assert "Nobody held a role in it on that day." in text(manager, here)
    june, july = text(manager, f"{here}?on=2025-06-15"), text(manager, f"{here}?on=2025-07-15")
    assert "Kit Sedge" in june and "Sam Low" in june and "Kit Sedge" in july
    assert "Roles on" in july and "15 July 2025" in july


def test_holders_name_their_own_deputy_and_nobody_elses(small: Small) -> None:
    mine, theirs, sam = small.person("Kit Sedge"), small.person("Robin Fen", small.police), small.person("Sam Low")
    held = actions.give_role(by=CLOCK, person=mine, role="group-member", group=small.strategic, starts_on=START)
    other = actions.give_role(by=CLOCK, person=theirs, role="group-member", group=small.strategic, starts_on=START)
    browser = signed_in(Person.objects.get(pk=mine.pk))
    assert browser.post(f"/roles/{held.pk}/deputy/", {"person": sam.pk, "starts_on": "1/5/2025"}).status_code == 302
    assert browser.get(f"/roles/{other.pk}/deputy/").status_code == 403
    here = text(browser, "/groups/violence-reduction-group/")
    assert f"/roles/{held.pk}/deputy/" in here and f"/roles/{other.pk}/deputy/" not in here
    assert "/end/" in here and f"/roles/{held.pk}/end/" not in here


def test_a_role_across_the_partnership_is_ended_from_the_persons_page(small: Small, as_role: AsRole) -> None:
    manager, kit = as_role("partnership-manager"), small.person("Kit Sedge")
    held = actions.give_role(by=CLOCK, person=kit, role="analyst", starts_on=START)
    assert f'href="/roles/{held.pk}/end/"' in text(manager, f"/people/{kit.pk}/")
    assert manager.post(f"/roles/{held.pk}/end/", {"on": "30/9/2025"})["Location"] == f"/people/{kit.pk}/"
    assert manager.get(f"/roles/{held.pk}/end/").status_code == 403  # once


def test_who_was_told_of_anothers_change_may_save_on_top_of_it(small: Small, as_role: AsRole) -> None:
    manager, council = as_role("partnership-manager"), Organisation.objects.get(pk=small.council.pk)
    told = {"name": council.name, "kind": "council", "joined_on": "1/4/2025", "version": 0}
    manager.post(f"{of_council(small)}change/", {**told, "short_name": "SC"})
    page = manager.post(f"{of_council(small)}change/", {**told, "short_name": "Saltmarsh"})
    assert page.status_code == 400 and 'name="version" value="1"' in page.content.decode()
    again = manager.post(f"{of_council(small)}change/", {**told, "version": 1, "short_name": "Saltmarsh"})
    assert again.status_code == 302 and Organisation.objects.get(pk=council.pk).short_name == "Saltmarsh"
