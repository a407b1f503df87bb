"""
Who may open what: every address, as every role and as nobody, said in one table.

The table is `docs/reference/who-may-open-what.md`. A test works it out again
and compares; `GOLDTHREAD_WRITE_MATRIX=1` with that test writes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from goldthread.access.roles import ROLES
from goldthread.meetings.calendar import feed_of
from goldthread.partners import actions
from goldthread.partners.models import Constitution, Person
from tests.site.conftest import CLOCK, CONSTITUTION, START, TERMS, Small, a_decision, a_meeting, an_action

TABLE = Path(__file__).parents[2] / "docs/reference/who-may-open-what.md"
NOBODY = "nobody"
# The library that signs people in says itself who may open its pages; tests/site/test_signing_in.py goes through them.
NOT_OURS = ("account/login", "account/logout", "account/2fa", "account/3rdparty", "account/sessions")
HEAD = """# Who may open what

Every page of the site, and every form that is sent to it, as each role and as somebody who is not signed in. Made by \
going to each, and checked in every run of the tests: nothing can be reached that this table does not grant.

`reads` opens the page · `sends` also takes its form · `–` is refused with the reason · `sign in` is asked to sign in \
first.

"""


def pages() -> Iterator[tuple[str, URLPattern]]:
    """Every address of ours by its name."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, URLPattern]]:
        for each in patterns:
            where = before + str(each.pattern)
            if isinstance(each, URLResolver):
                if each.urlconf_name != "allauth.urls" and getattr(each.urlconf_name, "__name__", "") != "allauth.urls":
                    yield from walk(each.url_patterns, where)
            else:
                assert each.name, f"{where} has no name"
                yield where, each

    yield from walk(get_resolver().url_patterns, "")


def address(pattern: URLPattern, small: Small) -> str:
    """One address of a pattern, of something that is there."""
    other = Person.objects.filter(name="Sam Low").first() or small.person("Sam Low")
    things = {"slug": small.strategic.slug, "pk": other.pk, "label": small.board.label, "secret": ""}
    decision = a_decision(small)
    meeting = decision.item.meeting
    things |= {"decision": decision.pk, "action": an_action(small, decision).pk}
    things |= {"meeting": meeting.pk, "item": meeting.agenda.get(number=1).pk, "feed": feed_of(small.strategic)}
    things["organisation"] = small.council.pk
    held = other.holdings.first() or actions.give_role(
        by=CLOCK, person=other, role="group-member", group=small.strategic, starts_on=START
    )
    deputy = held.deputies.first() or actions.name_deputy(
        by=small.manager, holding=held, person=small.manager, starts_on=START
    )
    things |= {"holding": held.pk, "deputy": deputy.pk}
    if not small.strategic.terms.exists():
        actions.draft_terms(by=small.manager, group=small.strategic, **TERMS)
    if not Constitution.objects.exists():
        actions.draft_constitution(by=small.manager, **CONSTITUTION)
    things["number"] = 1  # of the terms and of the constitution alike
    if pattern.name == "close-group":
        things["slug"] = small.tactical.slug  # nothing answers to it, so that it can be closed
    if pattern.name in ("move-meeting", "cancel-meeting"):  # what was held stays where it was
        things["meeting"] = a_meeting(small, timezone.localdate() + timedelta(days=7)).pk
    if "secret" in pattern.pattern.converters:
        things["secret"] = actions.invite(by=CLOCK, person=other).secret
    return reverse(str(pattern.name), kwargs={name: things[name] for name in pattern.pattern.converters})


def answer(client: Client, where: str) -> str:
    """What somebody gets who goes there, and who then sends an empty form."""
    seen, sent = client.get(where), client.post(where)
    for response in (seen, sent):
        if response.status_code == 302 and "/account/login/" in response["Location"]:
            return "sign in"
    if seen.status_code == 403:
        assert sent.status_code == 403, f"{where} is refused to readers and not to senders"
        return "–"
    assert {seen.status_code, sent.status_code} <= {200, 302, 400, 405}, (
        f"{where}: {seen.status_code}, {sent.status_code}"
    )
    return "reads" if sent.status_code == 405 else "sends"


def table(rows: Mapping[str, Mapping[str, str]]) -> str:
    """The page of the documentation."""
    columns = [*ROLES, NOBODY]
    titles = [*(role.title for role in ROLES.values()), "Nobody"]
    lines = [f"| page | {' | '.join(titles)} |", "|---|" + "---|" * len(columns)]
    lines += [f"| `/{where}` | {' | '.join(row[c] for c in columns)} |" for where, row in sorted(rows.items())]
    roles = "\n".join(f"- **{role.title}**: {role.sentence}" for role in ROLES.values())
    return f"{HEAD}{chr(10).join(lines)}\n\n## The roles\n\n{roles}\n"
