"""
Saltmarsh's people and groups in the site, made by the same actions that its pages use: `python -m example.site`.

Only into an empty site. The same seed makes the same people.
"""

from __future__ import annotations

import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from example.persons import WORDS
from goldthread.config import running
from goldthread.evidence.trouble import BadRequest

if TYPE_CHECKING:
    from goldthread.partners.models import Group, Holding, Organisation, Person

SEED = 2024
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Made:
    """Who and what was made, by the names that site.yaml gives them."""

    people: Mapping[str, Person]
    groups: Mapping[str, Group]


def told() -> dict[str, Any]:
    """What is agreed about Saltmarsh."""
    said: dict[str, Any] = yaml.safe_load((HERE / "site.yaml").read_text(encoding="utf-8"))
    return said


def names(seed: int, number: int) -> list[str]:
    """So many different invented names."""
    every = [f"{first} {last}" for first, last in product(WORDS["first"], WORDS["last"])]
    return [every[i] for i in np.random.default_rng(seed).permutation(len(every))[:number].tolist()]


def make(seed: int = SEED, password: str | None = None) -> Made:
    """
    Make the partnership; with a password everybody who is still there can sign in by it.

    BadRequest when a partnership is there already.
    """
    from goldthread.partners.queries import partnership

    if partnership() is not None:
        raise BadRequest("There is a partnership here already. Name an empty folder in GOLDTHREAD_DATA.")
    said = told()
    people, bodies = _people(said, seed)
    manager = people["manager"]
    _nominate(said, manager, people, bodies)
    groups = {each["name"]: each for each in said["groups"]}
    opened: dict[str, Group] = {}
    for name, group in groups.items():
        opened[name] = _open(said, manager, group, opened)
        _sit(said, manager, opened[name], group, people)
        _agree(said, manager, opened[name], group)
    _constitution(said, manager)
    _those_who_left(manager, people, password)
    return Made(people, opened)


def _people(said: Mapping[str, Any], seed: int) -> tuple[dict[str, Person], dict[str, Organisation]]:
    """Found the partnership, and add its bodies, their people, and the roles that reach across it."""
    from goldthread.audit.recording import Clock
    from goldthread.partners import actions
    from goldthread.partners.models import Person

    clock, start = Clock(), said["founded_on"]
    actions.found(by=clock, **said["partnership"])
    called = iter(names(seed, sum(len(body["people"]) for body in said["organisations"])))
    people: dict[str, Person] = {}
    bodies: dict[str, Organisation] = {}
    for body in said["organisations"]:
        words = {"name": body["name"], "short_name": body["short"], "kind": body["kind"]}
        bodies[body["short"]] = actions.add_organisation(by=clock, joined_on=start, **words)
        for key, post in body["people"].items():
            name = next(called)
            told_of = {"name": name, "post": post, "organisation": bodies[body["short"]]}
            told_of["telephone"] = f"01632 960{len(people):03d}"
            told_of["email"] = f"{name.lower().replace(' ', '.')}@{body['short'].lower().replace(' ', '-')}.example"
            people[key] = actions.add_person(by=clock, **told_of)
    for role, holders in said["across"].items():
        for key in holders:
            actions.give_role(by=clock, person=people[key], role=role, starts_on=start)
    # Read again: a person remembers for the length of a page which roles they hold.
    return {key: Person.objects.get(pk=person.pk) for key, person in people.items()}, bodies


def _nominate(
    said: Mapping[str, Any], manager: Person, people: Mapping[str, Person], bodies: Mapping[str, Organisation]
) -> None:
    from goldthread.partners import actions

    for body in said["organisations"]:
        if "nominee" in body:
            words = {"organisation": bodies[body["short"]], "person": people[body["nominee"]]}
            actions.nominate(by=manager, starts_on=said["founded_on"], **words)


def _open(said: Mapping[str, Any], manager: Person, group: Mapping[str, Any], opened: Mapping[str, Group]) -> Group:
    from goldthread.partners import actions

    fields = {name: group[name] for name in ("name", "kind", "purpose", "to_end_on", "strategy_group") if name in group}
    if "under" in group:
        fields["accountable_to"] = opened[group["under"]]
    return actions.open_group(by=manager, opened_on=said["founded_on"], **fields)


def _sit(
    said: Mapping[str, Any], manager: Person, group: Group, told_of: Mapping[str, Any], people: Mapping[str, Person]
) -> None:
    """Give the roles of a group: those of the past end the day before those that came after them."""
    from goldthread.partners import actions

    start, changed = said["founded_on"], said["changed_on"]

    def give(key: str, role: str, day: date) -> Holding:
        return actions.give_role(by=manager, person=people[key], role=role, group=group, starts_on=day)

    for role, before in (("chair", "former-chair"), ("group-member", "former-member")):
        if before in told_of:
            held = give(told_of[before], role, start)
            actions.end_role(by=manager, holding=held, on=changed - timedelta(days=1))
    held_now = {told_of["chair"]: give(told_of["chair"], "chair", changed if "former-chair" in told_of else start)}
    if "co-chair" in told_of:
        held_now[told_of["co-chair"]] = give(told_of["co-chair"], "co-chair", start)
    for key in told_of["members"]:
        held_now[key] = give(key, "group-member", start)
    for key, deputy in told_of.get("deputies", {}).items():
        actions.name_deputy(by=manager, holding=held_now[key], person=people[deputy], starts_on=changed)


def _agree(said: Mapping[str, Any], manager: Person, group: Group, told_of: Mapping[str, Any]) -> None:
    """Write a group's terms of reference, and adopt them."""
    from goldthread.partners import actions

    fields = {**said["terms"][told_of["kind"]], **told_of.get("terms", {})}
    fields |= {name: told_of[name] for name in ("purpose", "inputs", "outputs")}
    review = said["changed_on"].replace(year=said["changed_on"].year + 2)
    terms = actions.draft_terms(by=manager, group=group, review_on=review, **fields)
    actions.adopt_terms(by=manager, terms=terms, on=said["changed_on"], decision="Executive Board 2025/1")


def _constitution(said: Mapping[str, Any], manager: Person) -> None:
    from goldthread.partners import actions

    words = {"fallback": said["fallback"], "overdue_days": said["overdue_days"]}
    made = actions.draft_constitution(by=manager, articles=list(said["articles"].items()), **words)
    actions.adopt_constitution(by=manager, constitution=made, on=said["changed_on"], decision="Executive Board 2025/2")


def _those_who_left(manager: Person, people: Mapping[str, Person], password: str | None) -> None:
    """Close the accounts of those who left, and let everybody else in."""
    from goldthread.partners import actions

    for key, person in people.items():
        if key.startswith("former-"):
            actions.close_person(by=manager, person=person, why="Moved to another post.")
        elif password is not None:
            actions.accept(by=person, invitation=actions.invite(by=manager, person=person), password=password)


def main() -> None:
    """Make it where GOLDTHREAD_DATA or DATABASE_URL say, and tell who can sign in."""
    running.set_up()
    running.bring_up_to_date()
    password = secrets.token_urlsafe(12)
    made = make(password=password)
    for key, person in made.people.items():
        if not key.startswith("former-"):
            print(f"{person.email:<60} {person.post}")
    print(f"The password of each is {password}, and is not kept. A second factor is set up when one first signs in.")


if __name__ == "__main__":
    try:
        main()
    except BadRequest as problem:
        sys.exit(str(problem))
