"""The site in a real browser, served as it is run: everybody can read it, and the keyboard alone does the work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from tests.editions.browsing import violations
from tests.editions.conftest import browser
from tests.site.living import MANAGER, NEW, PASSWORD, Living, living

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

__all__ = ["browser"]

pytestmark = pytest.mark.chromium
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
FILES = (".svg", ".ics", ".csv", "/download/")


@pytest.fixture(scope="module")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    with living(tmp_path_factory.mktemp("site")) as one:
        yield one


def opened(browser: Browser, site: Living, **kwargs: bool) -> BrowserContext:
    """A browser of its own, that waits no longer than a busy machine needs."""
    context = browser.new_context(base_url=site.address, viewport=WIDE, **kwargs)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    return context


@pytest.fixture
def guest(browser: Browser, site: Living) -> Iterator[Page]:
    """A window in which nobody is signed in."""
    yield from window(opened(browser, site))


@pytest.fixture(scope="module")
def cookies(browser: Browser, site: Living) -> list[dict[str, str]]:
    """What a browser keeps once the manager is signed in."""
    with opened(browser, site) as context:
        page = context.new_page()
        sign_in(page, MANAGER)
        page.locator("#id_code").fill(site.recovery)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{site.address}/")
        return list(context.cookies())


@pytest.fixture
def manager(browser: Browser, site: Living, cookies: list[dict[str, str]]) -> Iterator[Page]:
    """A window in which the manager is signed in."""
    context = opened(browser, site)
    context.add_cookies(cookies)
    yield from window(context)


def window(context: BrowserContext) -> Iterator[Page]:
    """A window of it; whatever its pages complain of in the console fails the test."""
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda said: told.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    yield page
    context.close()
    assert not [said for said in told if "status of 4" not in said]  # a refused form is a page of its own status


def sign_in(page: Page, address: str) -> None:
    page.goto("/account/login/")
    page.locator("#id_login").fill(address)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").press("Enter")


def wrong(page: Page) -> list[str]:
    """What is wrong with the page that is open, wide and narrow."""
    where = urlsplit(page.url).path
    found = [f"{where} at 1280: {rule} {place}" for rule, place in violations(page)]
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    found += [f"{where} at 360: {rule} {place}" for rule, place in violations(page)]
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > NARROW["width"]:
        found.append(f"{where} is {wide} px wide at 360")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    return found


def test_every_page_that_a_manager_can_walk_to_is_sound(manager: Page) -> None:
    waiting, seen, found = ["/", "/account/"], set(), []
    while waiting:
        where = waiting.pop(0)
        view = resolve(where.partition("?")[0]).view_name
        if view in seen or where.partition("?")[0].endswith(FILES) or view == "account_logout":
            continue
        seen.add(view)
        manager.goto(where)
        found += wrong(manager)
        links = manager.eval_on_selector_all("a[href]", "all => all.map((one) => one.getAttribute('href'))")
        waiting += [link for link in links if re.match(r"/(?!/)", link)]
    assert found == []
    assert {"home", "groups", "group", "open-group", "people", "person", "organisations", "history"} <= seen
    assert {"account_change_password", "mfa_index", "mfa_view_recovery_codes", "usersessions_list"} <= seen


def test_every_page_before_signing_in_is_sound(guest: Page, site: Living) -> None:
    found = []
    for where in (
        *("login/", "signup/", "inactive/", "password/reset/", "password/reset/done/", "password/reset/key/a-none/"),
        *("password/reset/key/done/", "3rdparty/login/cancelled/", "3rdparty/login/error/", "email/"),
    ):
        guest.goto(f"/account/{where}")
        found += wrong(guest)
    for where in ("/accessibility/", f"/invitation/{site.invitation}/", "/invitation/none/"):
        guest.goto(where)
        found += wrong(guest)
    assert found == []


def test_setting_up_a_second_factor_shows_its_picture_and_is_sound(guest: Page) -> None:
    sign_in(guest, NEW)
    guest.wait_for_url("**/account/2fa/")
    found = wrong(guest)
    guest.goto("/account/2fa/totp/activate/")
    assert guest.evaluate("document.querySelector('img.gt-qr').naturalWidth") > 100
    found += wrong(guest)
    guest.goto("/account/2fa/webauthn/add/")
    assert found + wrong(guest) == []


def test_pages_that_refuse_what_was_typed_are_sound(guest: Page, manager: Page, site: Living) -> None:
    found = []
    for page, where in (
        (guest, "/account/login/"),
        (guest, "/account/password/reset/"),
        (guest, f"/invitation/{site.invitation}/"),
        (manager, "/groups/open/"),
        (manager, "/people/add/"),
        (manager, "/account/password/change/"),
    ):
        page.goto(where)
        page.locator("main form button[type=submit]").first.click()
        assert page.locator(".govuk-error-summary").count() == 1, where
        found += wrong(page)
    sign_in(guest, MANAGER)
    guest.locator("#id_code").fill("000000")
    guest.keyboard.press("Enter")
    guest.wait_for_selector(".govuk-error-summary")
    assert guest.locator(".govuk-error-summary").count() == 1
    assert found + wrong(guest) == []


def focused(page: Page) -> str:
    return str(page.evaluate("(document.activeElement.className || document.activeElement.id).split(' ')[0]"))


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until it has the focus; every step shows where the focus is."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(one) => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector} on {page.url}")


def test_the_keyboard_alone_signs_in_and_opens_a_group(guest: Page, site: Living) -> None:
    guest.goto("/groups/open/")
    keys = guest.keyboard
    tab_to(guest, "#id_login")
    keys.type(MANAGER)
    tab_to(guest, "#id_password")
    keys.type(PASSWORD)
    keys.press("Enter")
    guest.wait_for_url("**/authenticate/**")
    tab_to(guest, "#id_code")
    keys.type(site.code())
    keys.press("Enter")
    guest.wait_for_url("**/groups/open/")
    tab_to(guest, "#id_name")
    keys.type("Doorstep Crime Group")
    tab_to(guest, "main form button[type=submit]")
    keys.press("Enter")
    guest.wait_for_selector(".govuk-error-summary")
    assert focused(guest) == "govuk-error-summary"
    assert guest.title().startswith("Error: ")
    tab_to(guest, ".govuk-error-summary a")
    keys.press("Enter")  # to the first field that is wrong
    assert guest.evaluate("document.activeElement.name") == "kind"
    keys.press("Space")
    assert guest.locator("#id_name").input_value() == "Doorstep Crime Group"
    keys.press("ArrowDown")  # from board to strategic
    tab_to(guest, "#id_accountable_to")
    keys.type("Executive")
    tab_to(guest, "#id_purpose")
    keys.type("Fewer people cheated at their door.")
    tab_to(guest, "#id_opened_on")
    keys.type("1/9/2026")
    keys.press("Enter")
    guest.wait_for_url("**/groups/doorstep-crime-group/")
    assert "Doorstep Crime Group is open" in guest.locator(".govuk-notification-banner").inner_text()


def test_the_first_press_of_tab_offers_to_skip_to_the_content(manager: Page) -> None:
    manager.goto("/groups/")
    manager.keyboard.press("Tab")
    assert manager.evaluate("document.activeElement.textContent") == "Skip to main content"
    manager.keyboard.press("Enter")
    assert manager.evaluate("document.activeElement.id") == "main"


def test_without_javascript_a_group_is_opened_just_the_same(
    browser: Browser, site: Living, cookies: list[dict[str, str]]
) -> None:
    with opened(browser, site, java_script_enabled=False) as context:
        context.add_cookies(cookies)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto("/groups/open/")
        page.get_by_label("Name").fill("Retail Crime Group")
        page.get_by_role("button", name="Open the group").click()
        assert "Select the kind of group" in page.locator(".govuk-error-summary").inner_text()
        page.get_by_label("Strategic").check()
        page.get_by_label("Accountable to").select_option(label="Executive Board")
        page.get_by_label("Purpose").fill("Fewer thefts from shops.")
        page.get_by_label("Opens on").fill("1/9/2026")
        page.get_by_role("button", name="Open the group").click()
        assert urlsplit(page.url).path == "/groups/retail-crime-group/"
        assert page.get_by_role("link", name="People", exact=True).is_visible()  # the navigation is unfolded
