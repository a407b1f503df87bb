"""Nobody registers by themselves: somebody who may invites them, and the invitation works once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from goldthread.access.rulings import NotAllowed
from goldthread.audit.models import Entry
from goldthread.partners import actions
from goldthread.partners.models import Account, Person
from tests.site.conftest import CLOCK, PASSWORD, Small


def fresh() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.mark.django_db(transaction=False)
def test_from_invitation_to_second_factor(
    small: Small, as_role: Callable[[str], Client], django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    manager, guest = as_role("partnership-manager"), fresh()
    added = manager.post(
        "/people/add/", {"name": "Kit Sedge", "email": "Kit.Sedge@example.org", "organisation": small.police.pk}
    )
    person = Person.objects.get(email="kit.sedge@example.org")
    assert added["Location"] == f"/people/{person.pk}/"
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        manager.post(f"/people/{person.pk}/invite/")
    [letter] = mail.outbox
    assert letter.to == ["kit.sedge@example.org"]
    [link] = re.findall(r"http://localhost(/invitation/\S+)", letter.body)
    assert "Choose a password" in guest.get(link).content.decode()
    made = guest.post(link, {"password": PASSWORD})
    assert made["Location"] == "/account/login/"
    signed = guest.post("/account/login/", {"login": "kit.sedge@example.org", "password": PASSWORD})
    assert signed.status_code == 302
    assert guest.get("/groups/")["Location"] == "/account/2fa/"  # nothing else until there is a second factor
    assert "can sign in" in Entry.objects.filter(event="invitation:accepted").last().sentence  # type: ignore[union-attr]
    assert fresh().get(link).status_code == 403  # once


def test_an_invitation_expires_and_a_new_one_ends_the_old(small: Small) -> None:
    person = small.person("Kit Sedge")
    first = actions.invite(by=CLOCK, person=person)
    second = actions.invite(by=CLOCK, person=person)
    assert fresh().get(f"/invitation/{first.secret}/").status_code == 403
    later = timezone.now() + timedelta(days=8)
    with pytest.raises(NotAllowed, match="expired"):
        actions.accept(by=person, at=later, invitation=second, password=PASSWORD)
    assert Account.objects.count() == 0


@pytest.mark.parametrize("password", ["short", "kit.sedge@example.org", "password1234", ""])
def test_a_weak_password_is_refused_beside_its_field(small: Small, password: str) -> None:
    link = f"/invitation/{actions.invite(by=CLOCK, person=small.person('Kit Sedge')).secret}/"
    page = fresh().post(link, {"password": password})
    assert page.status_code == 400
    assert 'id="id_password-error"' in page.content.decode() and "There is a problem" in page.content.decode()


def test_nobody_can_register(small: Small) -> None:
    page = fresh().post("/account/signup/", {"email": "new@example.org", "password1": PASSWORD})
    assert page.status_code == 200 and Account.objects.count() == 0


def test_repeated_wrong_passwords_lock_the_way_in_even_for_the_right_one(small: Small) -> None:
    person = small.person("Kit Sedge")
    actions.accept(by=person, invitation=actions.invite(by=CLOCK, person=person), password=PASSWORD)
    guest = fresh()
    for _ in range(5):
        guest.post("/account/login/", {"login": person.email, "password": "wrong wrong wrong"})
    guest.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert guest.get("/groups/").status_code == 302 and "/account/login/" in guest.get("/groups/")["Location"]


def test_a_closed_account_ends_sessions_roles_and_the_way_in_but_not_the_past(
    small: Small, as_role: Callable[[str], Client]
) -> None:
    browser = as_role("analyst")
    person = Person.objects.get(name="The Analyst")
    actions.close_person(by=small.manager, person=person, why="Left the council.")
    assert "/account/login/" in browser.get("/groups/")["Location"]
    assert person.holdings.filter(ends_on__isnull=True).count() == 0
    assert Entry.objects.filter(by_name="The Analyst").exists()


def test_two_who_change_the_same_person_lose_nothing(small: Small, as_role: Callable[[str], Client]) -> None:
    manager, kit = as_role("partnership-manager"), small.person("Kit Sedge")
    told = {"name": "Kit Sedge", "email": kit.email, "organisation": small.council.pk, "version": kit.version}
    manager.post(f"/people/{kit.pk}/change/", {**told, "post": "Superintendent"})
    page = manager.post(f"/people/{kit.pk}/change/", {**told, "post": "Chief Inspector"})
    assert page.status_code == 400
    assert "Somebody else changed Kit Sedge" in page.content.decode() and "Chief Inspector" in page.content.decode()
    assert Person.objects.get(pk=kit.pk).post == "Superintendent"
