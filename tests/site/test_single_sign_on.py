"""Signing in through one's own organisation: a real provider, the real site, and whom its word lets in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import requests

from goldthread.config.place import Missing, single_sign_on
from tests.site.living import LEFT, MANAGER, NEW, Living, living
from tests.site.provider import CLIENT, SECRET, Provider, provider

INVITED = "kit.sedge@example.org"


@pytest.fixture(scope="module")
def organisation() -> Iterator[Provider]:
    with provider() as one:
        yield one


@pytest.fixture(scope="module")
def site(organisation: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    told = {"NAME": "Saltmarsh Council", "SERVER": organisation.address, "CLIENT": CLIENT, "SECRET": SECRET}
    settings = {f"GOLDTHREAD_OIDC_{name}": value for name, value in told.items()}
    with living(tmp_path_factory.mktemp("site"), settings) as one:
        yield one


@pytest.fixture
def browser() -> Iterator[requests.Session]:
    with requests.Session() as one:
        yield one


def follow(browser: requests.Session, site: Living) -> requests.Response:
    """Press “Sign in through Saltmarsh Council” and see where it ends."""
    page = browser.get(f"{site.address}/account/login/").text
    [link] = re.findall(r'href="([^"]+)">Sign in through Saltmarsh Council<', page)
    return browser.get(site.address + link.replace("&amp;", "&"))


def inside(browser: requests.Session, site: Living) -> bool:
    return browser.get(f"{site.address}/groups/", allow_redirects=False).status_code == 200


def test_somebody_known_gets_in_and_needs_no_second_factor_of_ours(
    browser: requests.Session, site: Living, organisation: Provider
) -> None:
    organisation.user = {"sub": "7", "email": NEW.upper(), "email_verified": True}
    assert follow(browser, site).url == f"{site.address}/"
    assert inside(browser, site)


def test_somebody_who_was_invited_gets_in_without_ever_choosing_a_password(
    browser: requests.Session, site: Living, organisation: Provider
) -> None:
    organisation.user = {"sub": "8", "email": INVITED, "email_verified": True}
    assert "Kit Sedge" in follow(browser, site).text
    assert browser.get(f"{site.address}/invitation/{site.invitation}/").status_code == 403


@pytest.mark.parametrize(
    "user",
    [
        {"sub": "9", "email": "nobody@example.org", "email_verified": True},
        {"sub": "10", "email": MANAGER, "email_verified": False},
        {"sub": "10", "email": MANAGER},
        {"sub": "7", "email": "somebody.else@example.org", "email_verified": True},
        {"sub": "11", "email": LEFT, "email_verified": True},
        {"sub": "12"},
    ],
    ids=["unknown", "not verified", "says nothing of it", "known before by another address", "closed", "no address"],
)
def test_nobody_else_gets_in_and_is_told_whom_to_ask(
    browser: requests.Session, site: Living, organisation: Provider, user: dict[str, object]
) -> None:
    organisation.user = user
    page = follow(browser, site)
    assert page.status_code == 403 and "Ask the partnership manager to add you" in page.text
    assert not inside(browser, site)


def test_an_answer_that_nobody_asked_for_lets_nobody_in(
    browser: requests.Session, site: Living, organisation: Provider
) -> None:
    organisation.user = {"sub": "7", "email": NEW, "email_verified": True}
    page = browser.get(f"{site.address}/account/oidc/sso/login/callback/?code=stolen&state=made-up")
    assert page.status_code in (401, 403)
    assert not inside(browser, site)


def test_no_way_in_is_added_to_an_account_that_is_open(
    browser: requests.Session, site: Living, organisation: Provider
) -> None:
    organisation.user = {"sub": "7", "email": NEW, "email_verified": True}
    follow(browser, site)
    assert browser.get(f"{site.address}/account/oidc/sso/login/?process=connect").status_code == 403


def test_half_of_its_settings_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    assert single_sign_on() == []
    monkeypatch.setenv("GOLDTHREAD_OIDC_NAME", "Saltmarsh Council")
    with pytest.raises(Missing, match="needs GOLDTHREAD_OIDC_SERVER, GOLDTHREAD_OIDC_CLIENT, GOLDTHREAD_OIDC_SECRET"):
        single_sign_on()
