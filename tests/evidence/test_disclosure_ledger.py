"""What was published before is remembered, so that two releases cannot be subtracted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from goldthread.evidence.disclosure import (
    Ledger,
    PublishedTable,
    Rule,
    leaks,
    protect,
    published,
    read_ledger,
    withhold_against,
    write_ledger,
)

MEMBER = Rule("member")
YEAR = tuple(f"2025-{month:02d}" for month in range(1, 13))
LATER = (*YEAR[1:], "2026-01")
WARDS = ("Harbour", "Marsh", "Quay")


def release(
    name: str,
    counts: Sequence[Sequence[int]],
    columns: Sequence[Sequence[str]],
    rows: Sequence[Sequence[str]] = ((*WARDS[:1],), (*WARDS[1:2],), (*WARDS[2:],)),
    total_row: bool = False,
    id: str = "assaults.by-ward",
    rule: Rule = MEMBER,
) -> PublishedTable:
    return published(
        protect(counts, rule, total_row=total_row),
        id=id,
        release=name,
        counts="Ambulance: assaults",
        dimensions=("place", "month"),
        rows=rows,
        columns=columns,
    )


def found(ledger: Ledger, table: PublishedTable) -> set[tuple[str, int, int]]:
    return {(leak.release, leak.row, leak.column) for leak in leaks(ledger, table)}


def test_the_first_release_has_nothing_to_be_subtracted_from():
    assert leaks(Ledger(), release("2025", [[12], [3], [20]], [YEAR])) == []


def test_twelve_months_then_the_next_twelve_give_nothing_away_by_themselves():
    ledger = Ledger((release("2025", [[12], [30], [20]], [YEAR]),))
    assert leaks(ledger, release("2026", [[11], [33], [20]], [LATER])) == []


def test_eleven_months_beside_the_year_give_the_twelfth_away():
    # The month itself was withheld; the year and the other eleven months were both shown.
    months = release("monthly", [[2]], [YEAR[-1:]], rows=[("Harbour",)], id="assaults.december")
    ledger = Ledger((months, release("year", [[40]], [YEAR], rows=[("Harbour",)], id="assaults.year")))
    eleven = release("to November", [[38]], [YEAR[:-1]], rows=[("Harbour",)], id="assaults.to-november")
    [leak] = leaks(ledger, eleven)
    assert (leak.id, leak.low, leak.high) == ("assaults.december", 2, 2)


def test_the_table_that_gives_it_away_is_withheld():
    months = release("monthly", [[2]], [YEAR[-1:]], rows=[("Harbour",)], id="assaults.december")
    ledger = Ledger((months, release("year", [[40]], [YEAR], rows=[("Harbour",)], id="assaults.year")))
    eleven = release("to November", [[38]], [YEAR[:-1]], rows=[("Harbour",)], id="assaults.to-november")
    safe, hopeless = withhold_against(ledger, eleven)
    assert safe.cells == ((None,),)
    assert safe.withheld == {(0, 0)}
    assert hopeless == []
    assert leaks(ledger, safe) == []


def test_a_larger_area_beside_the_smaller_one_inside_it_gives_the_rest_away():
    # Harbour's 3 were withheld; then the whole is shown, and the whole without Harbour.
    wards = release("wards", [[3], [30], [20]], [YEAR])
    whole = release("whole", [[53]], [YEAR], rows=[WARDS], id="assaults.all")
    assert found(Ledger((wards,)), whole) == {("wards", 0, 0)}
    safe, hopeless = withhold_against(Ledger((wards,)), whole)
    assert safe.withheld == {(0, 0)}
    assert not hopeless


def test_no_more_is_withheld_than_is_needed():
    wards = release("wards", [[4, 3], [30, 40], [20, 50]], [("2025-01",), ("2025-02",)])
    whole = release("whole", [[54, 93, 147]], [("2025-01",), ("2025-02",), ("2025-01", "2025-02")], rows=[WARDS])
    safe, hopeless = withhold_against(Ledger((wards,)), whole)
    assert not hopeless
    assert leaks(Ledger((wards,)), safe) == []
    assert len(safe.withheld) == 2  # with the two months together, Harbour's are 1 to 6 each


def test_the_same_cell_withheld_once_and_shown_once_is_a_leak_of_what_it_protected():
    # Marsh is withheld as well, so that the total does not give Harbour away ...
    first = release("first", [[3], [30], [20], [53]], [YEAR], rows=[*((w,) for w in WARDS), WARDS], total_row=True)
    assert len(first.withheld) == 2
    other = next(i for i, _ in sorted(first.withheld) if i != 0)
    # ... and a second table shows it.
    second = release("second", [[[3, 30, 20][other]]], [YEAR], rows=[(WARDS[other],)], id="assaults.one-ward")
    assert ("first", 0, 0) in found(Ledger((first,)), second)
    safe, _ = withhold_against(Ledger((first,)), second)
    assert safe.withheld == {(0, 0)}


def test_other_things_counted_are_no_help_to_a_reader():
    wards = release("wards", [[3], [30], [20]], [YEAR])
    other = PublishedTable(
        "fires", "member", "whole", "Fire: deliberate", ("place", "month"), (WARDS,), (YEAR,), ((53,),)
    )
    assert leaks(Ledger((wards,)), other) == []


def test_a_rounded_edition_leaves_the_doubt_that_rounding_makes():
    public = Rule("public", round_to=5)
    wards = release("wards", [[3], [30], [20]], [YEAR], rule=public)
    whole = release("whole", [[53]], [YEAR], rows=[WARDS], id="assaults.all", rule=public)
    # 53 is printed as 55 (53 to 57), 30 as 30 (28 to 32), 20 as 20 (18 to 22): Harbour is 1 to 11.
    assert leaks(Ledger((wards,)), whole) == []


def test_a_revised_month_is_set_aside_and_the_rest_still_checked():
    # The first release said 30 for Marsh; it has since been revised to 31.
    first = release("first", [[3], [30], [20]], [YEAR])
    second = release("second", [[31], [23]], [YEAR], rows=[("Marsh",), ("Harbour", "Quay")], id="assaults.two")
    assert ("first", 0, 0) in found(Ledger((first,)), second)


def test_what_earlier_releases_already_give_away_is_reported_and_not_hidden():
    months = release("monthly", [[2]], [YEAR[-1:]], rows=[("Harbour",)], id="assaults.december")
    year = release("year", [[40]], [YEAR], rows=[("Harbour",)], id="assaults.year")
    eleven = release("to November", [[38]], [YEAR[:-1]], rows=[("Harbour",)], id="assaults.to-november")
    fresh = release("next", [[9]], [("2026-01",)], rows=[("Harbour",)], id="assaults.january")
    safe, hopeless = withhold_against(Ledger((months, year, eleven)), fresh)
    assert safe.withheld == frozenset()
    assert [leak.id for leak in hopeless] == ["assaults.december"]


def test_a_ledger_comes_back_from_its_file_as_it_was(tmp_path: Path):
    ledger = Ledger().with_table(release("2025", [[12], [3], [20]], [YEAR]))
    write_ledger(tmp_path / "published.json", ledger)
    assert read_ledger(tmp_path / "published.json") == ledger
    assert [path.name for path in tmp_path.iterdir()] == ["published.json"]


def test_the_ledger_does_not_hold_what_was_withheld(tmp_path: Path):
    write_ledger(tmp_path / "published.json", Ledger().with_table(release("2025", [[3]], [YEAR], rows=[("Harbour",)])))
    assert '"cells": [\n    [\n     null\n    ]\n   ]' in (tmp_path / "published.json").read_text()


def test_publishing_the_same_release_again_replaces_it():
    ledger = Ledger().with_table(release("2025", [[12], [3], [20]], [YEAR]))
    again = ledger.with_table(release("2025", [[12], [9], [20]], [YEAR]))
    assert len(again.tables) == 1
    assert again.tables[0].withheld == frozenset()


def test_no_file_yet_is_an_empty_ledger_and_a_damaged_one_is_said_to_be(tmp_path: Path):
    assert read_ledger(tmp_path / "published.json") == Ledger()
    (tmp_path / "published.json").write_text('{"tables": [{"id": "half a')
    with pytest.raises(ValueError, match="damaged"):
        read_ledger(tmp_path / "published.json")
