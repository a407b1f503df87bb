"""Signing in, with a second factor; what locks the way in, what ends it, and what the record keeps of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from goldthread.audit.models import Entry
from goldthread.partners import actions
from goldthread.partners.models import Account, Person
from tests.site.conftest import CLOCK, PASSWORD, Small
from tests.site.living import code

NEW = "otter sedge brine gull"
NOW = 1_790_000_000  # for the app and for the site, so that no half minute ends between the two


class Kit(NamedTuple):
    """Somebody with a password and an authenticator app."""

    person: Person
    secret: str
    recovery: list[str]


@pytest.fixture(autouse=True)
def the_clock_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", SimpleNamespace(time=lambda: NOW))


@pytest.fixture(autouse=True)
def nobody_is_locked_out() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def browser() -> Client:
    return Client(headers={"host": "localhost"})


def password(client: Client, address: str, typed: str = PASSWORD) -> str:
    """Send the first page of signing in; where it leads, or what it says."""
    page = client.post("/account/login/", {"login": address, "password": typed})
    return page["Location"] if page.status_code == 302 else page.content.decode()


def inside(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def signed_in(kit: Kit) -> Client:
    """A browser that went through both pages."""
    client = browser()
    password(client, kit.person.email)
    cache.clear()  # an app's code works once, and a test may sign in twice within its half minute
    client.post("/account/2fa/authenticate/", {"code": code(kit.secret, NOW)})
    assert inside(client)
    return client


def invited(small: Small) -> Person:
    person = small.person("Kit Sedge")
    return actions.accept(by=person, invitation=actions.invite(by=CLOCK, person=person), password=PASSWORD)


@pytest.fixture
def kit(small: Small) -> Kit:
    """Made as people do: a password, the app, then the codes that they are shown."""
    person, client = invited(small), browser()
    password(client, person.email)
    page = client.get("/account/2fa/totp/activate/").content.decode()
    [secret] = re.findall(r'value="([A-Z2-7]{32})"', page)
    client.post("/account/2fa/totp/activate/", {"code": code(secret, NOW)})
    shown = client.get("/account/2fa/recovery-codes/download/").content.decode()
    client.post("/account/logout/")
    cache.clear()
    return Kit(person, secret, re.findall(r"^[0-9a-f]{8,}$", shown, re.MULTILINE))


def recorded(kit: Kit) -> list[str]:
    return [e.sentence for e in Entry.objects.filter(event__startswith="account:", by_id=str(kit.person.pk))]


def test_a_password_and_a_code_from_the_app_let_somebody_in(kit: Kit) -> None:
    client = browser()
    assert password(client, kit.person.email) == "/account/2fa/authenticate/"
    assert not inside(client)
    assert client.post("/account/2fa/authenticate/", {"code": code(kit.secret, NOW)})["Location"] == "/"
    assert inside(client)


def test_a_wrong_code_lets_nobody_in_and_is_said_beside_the_field(kit: Kit) -> None:
    client = browser()
    password(client, kit.person.email)
    page = client.post("/account/2fa/authenticate/", {"code": f"{(int(code(kit.secret, NOW)) + 7) % 10**6:06}"})
    assert "There is a problem" in page.content.decode() and 'id="id_code-error"' in page.content.decode()
    assert not inside(client)


def test_a_recovery_code_lets_somebody_in_once(kit: Kit) -> None:
    assert len(kit.recovery) == 10
    first, second = browser(), browser()
    for client in (first, second):
        password(client, kit.person.email)
        client.post("/account/2fa/authenticate/", {"code": kit.recovery[3]})
    assert inside(first)
    assert not inside(second)


def test_a_code_from_the_app_works_once(kit: Kit) -> None:
    seen = code(kit.secret, NOW)
    first, second = browser(), browser()
    for client in (first, second):
        password(client, kit.person.email)
        client.post("/account/2fa/authenticate/", {"code": seen})
    assert inside(first)
    assert not inside(second)


def test_five_wrong_passwords_lock_the_way_in_and_it_says_so(kit: Kit) -> None:
    said = [password(browser(), kit.person.email, "wrong wrong wrong") for _ in range(5)]
    assert all("Too many" not in page and "not correct" in page for page in said)
    assert "Too many failed login attempts. Try again later." in password(browser(), kit.person.email)


def test_wrong_codes_lock_the_second_page_too(kit: Kit) -> None:
    client = browser()
    password(client, kit.person.email)
    for _ in range(6):
        page = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "Too many" in page.content.decode()
    client.post("/account/2fa/authenticate/", {"code": code(kit.secret, NOW)})
    assert not inside(client)


def test_somebody_without_a_second_factor_gets_no_further_than_setting_one_up(small: Small) -> None:
    person, client = invited(small), browser()
    password(client, person.email)
    for where in ("/", "/groups/", "/people/", "/history/", "/search/?q=reed"):
        assert client.get(where)["Location"] == "/account/2fa/"


def test_a_session_ends_with_the_browser_and_after_eight_hours(kit: Kit) -> None:
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE and settings.SESSION_COOKIE_HTTPONLY
    client = signed_in(kit)
    assert client.cookies["sessionid"]["expires"] == ""  # the browser forgets it
    assert client.session.get_expiry_age() == 8 * 60 * 60
    store = client.session
    store.set_expiry(-1)  # as it is once its hours are over
    store.save()
    assert not inside(client)


def test_signing_out_everywhere_ends_the_other_browsers(kit: Kit) -> None:
    here, there = signed_in(kit), signed_in(kit)
    assert here.get("/account/sessions/").content.decode().count("127.0.0.1") == 2
    here.post("/account/sessions/")
    assert inside(here)
    assert not inside(there)


def test_a_forgotten_password_is_chosen_anew_by_a_link_that_works_once(kit: Kit) -> None:
    client = browser()
    client.post("/account/password/reset/", {"email": kit.person.email})
    [letter] = mail.outbox
    assert letter.to == [kit.person.email]
    [link] = re.findall(r"http://localhost(/account/password/reset/key/\S+)", letter.body)
    form = client.get(link)["Location"]
    weak = client.post(form, {"password1": "short", "password2": "short"}).content.decode()
    assert "There is a problem" in weak
    client.post(form, {"password1": NEW, "password2": NEW})
    assert not inside(client)  # the letter alone does not let anybody in
    assert password(browser(), kit.person.email, NEW) == "/account/2fa/authenticate/"
    assert "not correct" in password(browser(), kit.person.email)
    again = browser().get(link)
    assert (
        again.status_code == 200 and '<form method="post" action="/account/password/reset' not in again.content.decode()
    )


def test_an_unknown_address_is_answered_as_a_known_one_and_gets_no_letter(kit: Kit) -> None:
    def asked(address: str) -> tuple[str, str]:
        client = browser()
        sent = client.post("/account/password/reset/", {"email": address})
        return sent["Location"], re.sub(r'(nonce|value)="[^"]*"', "", client.get(sent["Location"]).content.decode())

    assert asked("nobody@example.org") == asked(kit.person.email)
    assert [letter.to for letter in mail.outbox] == [[kit.person.email]]
    assert password(browser(), "nobody@example.org").count("not correct") == password(
        browser(), kit.person.email, "wrong wrong wrong"
    ).count("not correct")


def test_whose_address_was_changed_signs_in_at_the_new_one_and_nobody_at_the_old(small: Small, kit: Kit) -> None:
    signed_in(kit)
    person, old, new = Person.objects.get(pk=kit.person.pk), kit.person.email, "kit.sedge@police.example.org"
    actions.change_person(by=small.manager, person=person, email=new)
    assert password(browser(), new) == "/account/2fa/authenticate/"
    assert "not correct" in password(browser(), old)
    browser().post("/account/password/reset/", {"email": old})
    assert mail.outbox == []


def test_a_closed_account_lets_nobody_in_by_any_way(small: Small, kit: Kit) -> None:
    open_browser = signed_in(kit)
    actions.close_person(by=small.manager, person=Person.objects.get(pk=kit.person.pk), why="Left.")
    assert not inside(open_browser)
    client = browser()
    password(client, kit.person.email)
    client.post("/account/2fa/authenticate/", {"code": kit.recovery[0]})
    assert not inside(client)
    client.post("/account/password/reset/", {"email": kit.person.email})
    assert mail.outbox == []


def test_the_record_keeps_every_way_in_and_what_changed_of_it(kit: Kit) -> None:
    client = signed_in(kit)
    client.post("/account/2fa/recovery-codes/generate/")
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    client = browser()
    password(client, kit.person.email, NEW)
    cache.clear()
    client.post("/account/2fa/authenticate/", {"code": code(kit.secret, NOW)})
    client.post("/account/2fa/totp/deactivate/")
    told = [sentence.removeprefix("Kit Sedge ").removesuffix(".") for sentence in recorded(kit)]
    changed = "changed how they sign in: "
    assert told == [
        "signed in",
        f"{changed}an authenticator app was added",
        f"{changed}a set of recovery codes was added",
        "signed out",
        "signed in",
        f"{changed}a set of recovery codes was removed",
        f"{changed}a set of recovery codes was added",
        "signed out",
        f"{changed}a new password",
        "signed in",
        f"{changed}an authenticator app was removed",
        f"{changed}a set of recovery codes was removed",
    ]
    assert not Authenticator.objects.filter(user=kit.person.account).exists()


def test_what_lets_somebody_in_is_never_in_the_record(kit: Kit) -> None:
    kept = "".join(e.sentence + str(e.changes) for e in Entry.objects.all())
    assert not [secret for secret in (PASSWORD, kit.secret, *kit.recovery) if secret in kept]


# Every address of the library that signs people in, and what it answers: opened and sent by nobody, then by somebody
# who is signed in. 404 is a page that this site does not have; “in” asks to sign in; “→” leads elsewhere.
ANSWERS = {
    "/account/2fa/": ("in in", "200 405"),
    "/account/2fa/authenticate/": ("in in", "→ →"),
    "/account/2fa/reauthenticate/": ("in in", "200 200"),
    "/account/2fa/recovery-codes/": ("in in", "200 405"),
    "/account/2fa/recovery-codes/download/": ("in in", "200 405"),
    "/account/2fa/recovery-codes/generate/": ("in in", "200 →"),
    "/account/2fa/totp/activate/": ("in in", "→ →"),
    "/account/2fa/totp/deactivate/": ("in in", "200 →"),
    "/account/2fa/webauthn/": ("in in", "200 405"),
    "/account/2fa/webauthn/add/": ("in in", "200 200"),
    "/account/2fa/webauthn/keys/0/edit/": ("in in", "404 404"),
    "/account/2fa/webauthn/keys/0/remove/": ("in in", "404 404"),
    "/account/2fa/webauthn/login/": ("in in", "→ →"),
    "/account/2fa/webauthn/reauthenticate/": ("in in", "→ →"),
    "/account/3rdparty/": ("404 404", "404 404"),
    "/account/3rdparty/login/cancelled/": ("200 405", "200 405"),
    "/account/3rdparty/login/error/": ("401 405", "401 405"),
    "/account/3rdparty/signup/": ("404 404", "404 404"),
    "/account/confirm-email/": ("404 404", "404 404"),
    "/account/confirm-email/none/": ("404 404", "404 404"),
    "/account/email/": ("404 404", "404 404"),
    "/account/inactive/": ("200 405", "200 405"),
    "/account/login/": ("200 200", "→ →"),
    "/account/login/code/confirm/": ("404 404", "404 404"),
    "/account/logout/": ("→ →", "200 →"),
    "/account/oidc/none/login/": ("404 404", "404 404"),
    "/account/oidc/none/login/callback/": ("404 404", "404 404"),
    "/account/password/change/": ("in in", "200 200"),
    "/account/password/reset/": ("200 200", "200 200"),
    "/account/password/reset/done/": ("200 405", "200 405"),
    "/account/password/reset/key/a-none/": ("200 200", "200 200"),
    "/account/password/reset/key/done/": ("200 405", "200 405"),
    "/account/password/set/": ("404 404", "404 404"),
    "/account/reauthenticate/": ("in in", "200 200"),
    "/account/sessions/": ("in in", "200 →"),
    "/account/signup/": ("200 200", "→ →"),
    "/account/social/connections/": ("404 404", "404 404"),
    "/account/social/login/cancelled/": ("404 404", "404 404"),
    "/account/social/login/error/": ("404 404", "404 404"),
    "/account/social/signup/": ("404 404", "404 404"),
}


def library() -> Iterator[str]:
    """The addresses, with something that is not there where one names a thing."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, URLPattern]]:
        for each in patterns:
            if isinstance(each, URLResolver):
                yield from walk(each.url_patterns, before + str(each.pattern))
            else:
                yield before + str(each.pattern), each

    nothing = {"pk": 0, "key": "none", "uidb36": "a", "provider_id": "none"}
    for where, pattern in walk(get_resolver().url_patterns, ""):
        if where.startswith("account/social"):
            yield f"/{where}"
        elif "allauth" in pattern.callback.__module__:
            yield reverse(pattern.name, kwargs={n: nothing[n] for n in re.findall(r"<(?:int:)?(\w+)>", where)})


def answers(client: Client, where: str) -> str:
    """What it answers to being opened and to an empty form, each from the same state."""
    told, cookies = [], client.cookies
    for ask in (client.get, client.post):
        client.cookies = deepcopy(cookies)
        with transaction.atomic():
            page = ask(where)
            transaction.set_rollback(True)
        to = page.get("Location", "")
        told.append("in" if "/account/login/" in to else "→" if to else str(page.status_code))
    client.cookies = cookies
    return " ".join(told)


def test_every_page_of_the_library_answers_as_this_table_says(kit: Kit) -> None:
    guest, person = browser(), signed_in(kit)
    assert {where: (answers(guest, where), answers(person, where)) for where in library()} == ANSWERS


def test_an_address_is_changed_by_nobody_here_and_no_way_in_is_added(kit: Kit) -> None:
    client = signed_in(kit)
    client.post("/account/email/", {"action_add": "", "email": "other@example.org"})
    client.post("/account/signup/", {"email": "other@example.org", "password1": NEW})
    browser().post("/account/signup/", {"email": "other@example.org", "password1": NEW})
    assert [account.email for account in Account.objects.all()] == [kit.person.email]
