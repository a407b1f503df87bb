"""Tests of what changed are corrected among themselves: what is true everywhere must not lower the bar for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from goldthread.chapters.brief import Brief, slugs
from goldthread.chapters.context import read_context
from tests.chapters.evidence_of import evidence_of, monthly, street_rows


@pytest.fixture
def brief(tmp_path: Path) -> Iterator[Brief]:
    rows = street_rows({"Burglary": monthly("2025-01..2025-12", 3)})
    with evidence_of(tmp_path, rows, period="2025-01..2025-12") as evidence:
        yield Brief(evidence, read_context(None, "Saltmarsh"))


def test_many_true_tests_of_how_things_stand_do_not_make_a_weak_change_stand(brief: Brief) -> None:
    brief.enter("change.burglary", 0.03)
    brief.enter("change.robbery", 0.9)
    for i in range(20):
        brief.enter(f"concentration.line-{i}", 1e-9)
        brief.enter(f"times.season.line-{i}", 1e-9)
    brief.settle()
    assert not brief.stands("change.burglary")  # it would stand among the forty: 0.03 is under 41/42 of 0.05
    assert brief.stands("times.season.line-3")


def test_each_family_says_how_many_tests_were_made_and_how_many_stand(brief: Brief) -> None:
    brief.enter("change.burglary", 0.001)
    brief.enter("change.robbery", float("nan"))
    brief.enter("peers.burglary", 0.4)
    brief.settle()
    assert brief.tests(standing=False) == (1, 1)
    assert brief.tests(standing=True) == (1, 0)


def test_names_that_partners_write_nearly_alike_have_ids_of_their_own() -> None:
    assert slugs(["A & B", "A-B", "a b", "Other", "***", "A & B"]) == [
        "a-b",
        "a-b-2",
        "a-b-3",
        "other",
        "other-2",
        "a-b-4",
    ]
