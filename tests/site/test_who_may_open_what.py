"""Nothing can be reached that the table does not grant."""

from __future__ import annotations

import os
from collections.abc import Callable

from django.test import Client

from goldthread.access.pages import Anybody, SignedIn
from goldthread.access.permissions import Permission
from goldthread.access.roles import ROLES
from tests.site.conftest import Small
from tests.site.matrix import NOBODY, TABLE, address, answer, pages, table


def test_every_page_says_who_may_open_it() -> None:
    silent = [where for where, page in pages() if not hasattr(page.callback, "needs")]
    assert silent == ["language/"]  # Django's own, which only remembers a language
    for _, page in pages():
        assert isinstance(getattr(page.callback, "needs", Anybody()), Permission | Anybody | SignedIn)


def test_every_page_opens_to_those_whom_the_table_grants_it_and_to_nobody_else(
    small: Small, as_role: Callable[[str], Client]
) -> None:
    clients = {NOBODY: Client(headers={"host": "localhost"}), **{role: as_role(role) for role in ROLES}}
    found: dict[str, dict[str, str]] = {}
    for where, page in pages():
        if where != "language/":
            found[where] = {who: answer(client, address(page, small)) for who, client in clients.items()}
    now = table(found)
    if os.environ.get("GOLDTHREAD_WRITE_MATRIX") == "1":
        TABLE.write_text(now, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == now


def test_a_refusal_says_why_and_what_to_do(as_role: Callable[[str], Client]) -> None:
    page = as_role("auditor").get("/groups/open/")
    assert page.status_code == 403
    assert "you need to be partnership manager. The partnership manager can give you the role." in page.content.decode()
