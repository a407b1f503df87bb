"""What was agreed is written in versions, adopted by a decision, and can be read as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from goldthread.access.rulings import NotAllowed
from goldthread.partners import actions
from goldthread.partners.articles import Unreadable, joined, parted
from goldthread.partners.models import Constitution, TermsOfReference
from tests.site.conftest import CONSTITUTION, START, TERMS, Small

AsRole = Callable[[str], Client]
HERE = "/groups/violence-reduction-group/"
TYPED: dict[str, Any] = {**TERMS, "review_on": "1/4/2099", "after": 0}


def text(client: Client, where: str) -> str:
    """What a page says."""
    return client.get(where).content.decode()


def test_terms_are_written_adopted_and_shown_on_the_groups_page(small: Small, as_role: AsRole) -> None:
    manager = as_role("partnership-manager")
    assert manager.post(f"{HERE}terms/draft/", TYPED)["Location"] == f"{HERE}terms/1/"
    assert "No terms of reference have been adopted yet." in text(manager, HERE)
    assert "a draft: it holds once it is adopted" in text(manager, f"{HERE}terms/1/")
    adopted = manager.post(f"{HERE}terms/1/adopt/", {"on": "1/5/2025", "decision": "decision 4 of the board"})
    assert adopted["Location"] == HERE
    shown = text(manager, HERE)
    assert "by decision 4 of the board" in shown and "1 April 2099" in shown and "Up to £5,000 a year." in shown
    assert "3 organisations, among them: Responsible authority: council; Responsible authority: chief" in shown
    assert manager.get(f"{HERE}terms/1/adopt/").status_code == 403  # once


def test_the_next_version_begins_from_the_last_and_the_older_one_can_be_read(small: Small, as_role: AsRole) -> None:
    manager = as_role("partnership-manager")
    first = actions.draft_terms(by=small.manager, group=small.strategic, **TERMS)
    actions.adopt_terms(by=small.manager, terms=first, on=START, decision="decision 1")
    form = text(manager, f"{HERE}terms/draft/")
    assert "Every six weeks" in form and 'value="01/04/2099"' in form
    manager.post(f"{HERE}terms/draft/", {**TYPED, "frequency": "Monthly", "after": 1})
    manager.post(f"{HERE}terms/2/adopt/", {"on": "1/6/2025", "decision": "decision 2"})
    assert "Monthly" in text(manager, HERE) and "Every six weeks" not in text(manager, HERE)
    assert "Every six weeks" in text(manager, f"{HERE}terms/1/")
    assert "decision 1" in text(manager, f"{HERE}terms/") and "decision 2" in text(manager, f"{HERE}terms/")


def test_a_draft_is_not_adopted_after_a_newer_version(small: Small) -> None:
    first, second = (actions.draft_terms(by=small.manager, group=small.strategic, **TERMS) for _ in range(2))
    actions.adopt_terms(by=small.manager, terms=second, on=START, decision="decision 2")
    with pytest.raises(NotAllowed, match="Newer terms of reference"):
        actions.adopt_terms(by=small.manager, terms=first, on=START, decision="decision 3")


def test_the_second_of_two_who_write_a_version_is_told_and_may_save_again(small: Small, as_role: AsRole) -> None:
    manager = as_role("partnership-manager")
    manager.post(f"{HERE}terms/draft/", TYPED)
    page = manager.post(f"{HERE}terms/draft/", {**TYPED, "frequency": "Monthly"})
    said = page.content.decode()
    assert page.status_code == 400 and "Somebody else wrote version 1" in said and "Monthly" in said
    assert 'name="after" value="1"' in said and TermsOfReference.objects.count() == 1
    assert manager.post(f"{HERE}terms/draft/", {**TYPED, "frequency": "Monthly", "after": 1}).status_code == 302


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("quorum", "none", "Enter a whole number"),
        ("quorum", "1", "a quorum of 1 organisations has no room for them"),
        ("review_on", "1/4/2020", "Enter a day after today"),
        ("review_on", "31/2/2099", "as a real date"),
        ("reporting", "", "Enter what it reports, and to whom"),
        ("quorum_kinds", "bakery", "Select kinds of body from the list"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    small: Small, as_role: AsRole, field: str, typed: str, message: str
) -> None:
    page = as_role("partnership-manager").post(f"{HERE}terms/draft/", {**TYPED, field: typed})
    assert page.status_code == 400 and message in page.content.decode()
    assert f'id="id_{field}-error"' in page.content.decode() and "An action plan." in page.content.decode()


def test_adoption_lies_in_the_past_and_names_its_decision(small: Small, as_role: AsRole) -> None:
    actions.draft_terms(by=small.manager, group=small.strategic, **TERMS)
    page = as_role("partnership-manager").post(f"{HERE}terms/1/adopt/", {"on": "1/5/2099", "decision": ""})
    assert page.status_code == 400 and "Enter today or a day before today" in page.content.decode()
    assert "Enter the decision by which it was adopted" in page.content.decode()


ARTICLES = """1. Membership
Every responsible authority.
(a) and those whom it invites

2. Decisions
By consensus."""
WRITTEN = {
    "articles": ARTICLES,
    "fallback": "The chair asks again.\n\nThe board decides.",
    "overdue_days": 21,
    "after": 0,
}


def test_a_constitution_is_written_adopted_and_read(small: Small, as_role: AsRole) -> None:
    manager = as_role("partnership-manager")
    assert manager.post("/constitution/draft/", WRITTEN)["Location"] == "/constitution/versions/1/"
    assert "No constitution has been adopted yet." in text(manager, "/constitution/")
    manager.post("/constitution/versions/1/adopt/", {"on": "1/5/2025", "decision": "decision 1 of the board"})
    read = text(as_role("councillor"), "/constitution/")
    assert "2. Decisions" in read and "by decision 1 of the board" in read and "<li>The board decides.</li>" in read
    assert "After 21 days" in read and "you need to be partnership manager" in read


def test_an_older_constitution_can_be_read_as_it_was(small: Small, as_role: AsRole) -> None:
    manager = as_role("partnership-manager")
    first = actions.draft_constitution(by=small.manager, **CONSTITUTION)
    actions.adopt_constitution(by=small.manager, constitution=first, on=START, decision="decision 1")
    assert "2. Decisions\nBy consensus." in text(manager, "/constitution/draft/")
    manager.post("/constitution/draft/", {**WRITTEN, "after": 1, "articles": "1. Votes\nBy vote."})
    manager.post("/constitution/versions/2/adopt/", {"on": "1/6/2025", "decision": "decision 9"})
    assert "By vote." in text(manager, "/constitution/") and "By consensus." not in text(manager, "/constitution/")
    assert "By consensus." in text(manager, "/constitution/versions/1/")
    listed = text(manager, "/constitution/versions/")
    assert "decision 1" in listed and "decision 9" in listed


def test_a_draft_of_the_constitution_is_not_adopted_after_a_newer_one(small: Small) -> None:
    first, second = (actions.draft_constitution(by=small.manager, **CONSTITUTION) for _ in range(2))
    actions.adopt_constitution(by=small.manager, constitution=second, on=START, decision="decision 2")
    with pytest.raises(NotAllowed, match="A newer version"):
        actions.adopt_constitution(by=small.manager, constitution=first, on=START, decision="decision 3")


def test_what_is_wrong_with_the_articles_is_said_and_what_was_typed_stays(small: Small, as_role: AsRole) -> None:
    typed = {**WRITTEN, "articles": "1. Membership\nAll.\n3. Votes\nNone."}
    page = as_role("partnership-manager").post("/constitution/draft/", typed)
    said = page.content.decode()
    assert page.status_code == 400 and "where article 2 would come" in said and "3. Votes" in said
    assert 'id="id_articles-error"' in said and not Constitution.objects.exists()


def test_articles_are_parted_by_their_titles_and_joined_as_they_were() -> None:
    found = parted(ARTICLES)
    assert [title for title, _ in found] == ["Membership", "Decisions"]
    assert found[0][1].endswith("(a) and those whom it invites")
    assert parted(joined(found)) == found


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("We agree.\n1. Membership\nAll.", "Line 1 stands before the first title"),
        ("1. Membership\n\n2. Votes\nNone.", "Article 1, Membership, has a title and no text"),
        ("2. Votes\nNone.", "where article 1 would come"),
        ("   \n", "Write at least one article"),
        (f"1. {'M' * 201}\nAll.", "longer than 200 letters"),
    ],
)
def test_a_text_that_cannot_be_parted_is_refused_with_the_line(typed: str, message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        parted(typed)
