"""Terms of reference and the constitution: written as drafts, and adopted by a decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from goldthread.audit.recording import action, note
from goldthread.partners.actions.changing import change
from goldthread.partners.events import EVENTS
from goldthread.partners.models import Article, Constitution, Group, Person, TermsOfReference
from goldthread.partners.rules import may_adopt_constitution, may_adopt_terms, may_write_constitution, may_write_terms


@action(EVENTS["terms:drafted"])
def draft_terms(*, by: Person, at: datetime, group: Group, **fields: Any) -> TermsOfReference:
    """Write the next version of a group's terms of reference."""
    may_write_terms(by, group).hold()
    last = group.terms.order_by("-number").first()
    note(group.label)
    return change(TermsOfReference(group=group, number=last.number + 1 if last else 1), fields)


@action(EVENTS["terms:adopted"])
def adopt_terms(*, by: Person, at: datetime, terms: TermsOfReference, on: date, decision: str) -> TermsOfReference:
    """Record that terms of reference were adopted, and by which decision."""
    may_adopt_terms(by, terms).hold()
    note(terms.group.label, decision=decision)
    return change(terms, {"adopted_on": on, "adopted_as": decision})


@action(EVENTS["constitution:drafted"])
def draft_constitution(
    *, by: Person, at: datetime, articles: Sequence[tuple[str, str]], fallback: Sequence[str], overdue_days: int
) -> Constitution:
    """Write the next version of the constitution: its articles by title and text, in order."""
    may_write_constitution(by).hold()
    last = Constitution.objects.order_by("-number").first()
    number = last.number + 1 if last else 1
    made = change(Constitution(), {"number": number, "fallback": list(fallback), "overdue_days": overdue_days})
    for i, (title, text) in enumerate(articles, start=1):
        change(Article(constitution=made, number=i), {"title": title, "text": text})
    return made


@action(EVENTS["constitution:adopted"])
def adopt_constitution(
    *, by: Person, at: datetime, constitution: Constitution, on: date, decision: str
) -> Constitution:
    """Record that a version was adopted, and by which decision; the one before it no longer holds."""
    may_adopt_constitution(by, constitution).hold()
    note(decision=decision)
    return change(constitution, {"adopted_on": on, "adopted_as": decision})
