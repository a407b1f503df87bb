"""How the partnership works: groups under those they answer to, policy that changed, and gaps where none was told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from goldthread.chapters import delivery
from goldthread.chapters.brief import Brief
from goldthread.chapters.context import Context
from goldthread.chapters.model import Chart, Paragraph, Table
from goldthread.chapters.model.assessment import Partnership
from tests.chapters.conftest import Assessed
from tests.chapters.evidence_of import evidence_of, monthly, street_rows

BOARD = {"id": "board", "name": "Executive Board", "kind": "board"}
VIOLENCE = {"id": "v", "name": "Violence Group", "kind": "strategic", "reports_to": "board", "topics": ["violence"]}
NIGHT = {"id": "n", "name": "Night Group", "kind": "task and finish", "reports_to": "v"}


def chapter(tmp_path: Path, **said: Sequence[dict[str, Any]]) -> Any:
    with evidence_of(tmp_path, street_rows({"Burglary": monthly("2025-01..2025-02", 2)})) as evidence:
        return delivery.write(Brief(evidence, Context(Partnership(name="Saltmarsh CSP"), supplied=True, **said)))


def chart(made: Any) -> Chart:
    return next(b for b in made.blocks if isinstance(b, Chart))


def test_a_group_stands_under_the_group_that_it_answers_to_however_they_were_listed(tmp_path: Path) -> None:
    shown = chart(chapter(tmp_path, groups=[NIGHT, VIOLENCE, BOARD])).series[0]
    assert list(zip(shown.x, shown.y, strict=True)) == [
        ("Executive Board", 0),
        ("Violence Group", 1),
        ("Night Group", 2),
    ]


def test_the_sentence_counts_the_groups_below_the_top(tmp_path: Path) -> None:
    said = next(b.text for b in chapter(tmp_path, groups=[BOARD, VIOLENCE, NIGHT]).blocks if isinstance(b, Paragraph))
    assert said == "Executive Board stands at the top, over one strategic group and one task-and-finish group."


def test_groups_that_answer_to_each_other_or_to_nobody_named_are_still_all_shown(tmp_path: Path) -> None:
    ring = [{"id": "a", "name": "A", "reports_to": "b"}, {"id": "b", "name": "B", "reports_to": "a"}]
    lost = {"id": "c", "name": "C", "reports_to": "elsewhere"}
    shown = chart(chapter(tmp_path, groups=[*ring, lost])).series[0]
    assert sorted(shown.x) == ["A", "B", "C"]


def test_a_priority_that_no_group_works_on_is_pointed_out(tmp_path: Path) -> None:
    priorities = [{"id": "p", "title": "Fewer thefts", "topic": "theft"}]
    made = chapter(tmp_path, groups=[BOARD, VIOLENCE], current_priorities=priorities)
    assert any("Fewer thefts" in b.text for b in made.blocks if isinstance(b, Paragraph))


def test_policy_is_in_the_order_in_which_it_came(tmp_path: Path) -> None:
    late = {"title": "Later", "what": "Second.", "when": "2025-09", "level": "local"}
    early = {"title": "Earlier", "what": "First.", "when": "2025-04", "level": "national"}
    made = chapter(tmp_path, policy_changes=[late, early])
    [shown] = [b for b in made.blocks if isinstance(b, Table)]
    assert [row[:2] for row in shown.rows] == [("National", "Earlier"), ("Local", "Later")]
    assert [gap.what for gap in made.gaps] == ["Which groups carry out the partnership's plan, and whom they answer to"]


def test_without_either_the_chapter_says_so_and_both_are_gaps(tmp_path: Path) -> None:
    made = chapter(tmp_path)
    assert "were supplied" in made.missing and len(made.gaps) == 2


def test_saltmarsh_has_its_groups_in_a_table_as_well(assessed: Assessed) -> None:
    made = assessed.chapter("delivery")
    shown = next(b for b in made.blocks if isinstance(b, Table) and b.id == "delivery.groups")
    assert len(shown.rows) == len(assessed.context.groups) == len(chart(made).series[0].x)
    assert all(row[2] != "–" for row in shown.rows[1:])


@pytest.mark.parametrize("wrong", [{"groups": [{"id": "x"}]}, {"policy_changes": [{"title": "x"}]}])
def test_an_entry_that_lacks_what_it_needs_is_named(wrong: dict[str, Any]) -> None:
    from goldthread.chapters.partnership_file import checked
    from goldthread.evidence.trouble import BadRequest

    with pytest.raises(BadRequest, match=r"entry 1: it has no (name|what)"):
        checked(wrong, "partnership.yaml")
