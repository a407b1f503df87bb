"""Organisations, groups and the roles in them are kept from their pages, and what they were stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client

from goldthread.partners import actions
from goldthread.partners.models import Nomination, Organisation, Person
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
