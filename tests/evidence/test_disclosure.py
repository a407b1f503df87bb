"""Small numbers in one table: withheld, and not to be worked out from what is left."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.evidence.disclosure import (
    Fact,
    NotAdditive,
    Protected,
    Reason,
    Rule,
    attack,
    protect,
    protect_editions,
    rule_for,
    rules,
    view_of,
    withhold,
)
from tests.plain.disclosure import every_table

MEMBER = Rule("member")
PUBLIC = Rule("public", round_to=5)
Table = list[list[int]]


def with_totals(inner: Sequence[Sequence[int]]) -> Table:
    rows = [[*row, sum(row)] for row in inner]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def protected(inner: Sequence[Sequence[int]], rule: Rule = MEMBER) -> tuple[Protected, Table]:
    table = with_totals(inner)
    return protect(table, rule, total_row=True, sums=[(len(table[0]) - 1, range(len(table[0]) - 1))]), table


def intervals(shown: Protected, table: Table) -> dict[tuple[int, int], tuple[float, float]]:
    width = len(table[0])
    view = view_of(shown, table, total_row=True, sums=[(width - 1, range(width - 1))])
    return {divmod(int(k), width): (lo, hi) for k, (lo, hi) in zip(view.open, attack(view), strict=True)}


def primary(shown: Protected) -> list[tuple[int, int]]:
    reasons = shown.withheld.reasons
    return [(i, j) for i, row in enumerate(reasons) for j, r in enumerate(row) if r is Reason.PRIMARY]


def test_a_table_with_no_small_count_is_left_alone():
    shown, table = protected([[12, 9], [7, 30]])
    assert not shown.withheld.any
    assert [list(row) for row in shown.shown] == table


def test_looking_at_a_table_with_no_small_count_takes_microseconds():
    counts = [[20 + i + j for j in range(14)] for i in range(12)]
    starts = time.perf_counter()
    for _ in range(50):
        withhold(counts, MEMBER)
    assert (time.perf_counter() - starts) / 50 < 0.001


def test_a_zero_is_shown_and_a_one_is_not():
    assert [[MEMBER.is_small(n) for n in (None, 0, 1, 4, 5)]] == [[False, False, True, True, False]]
    assert withhold([[0, 1, 9]], MEMBER).cells == {(0, 1)}


def test_a_zero_can_be_withheld_too_where_the_rule_says_so():
    assert withhold([[0, 1, 9]], Rule("health", shows_zeros=False)).cells == {(0, 0), (0, 1)}


def test_what_was_not_received_is_not_said_to_be_withheld():
    held = withhold([[None, 2, 8], [None, 9, 9]], MEMBER, sums=[(2, (0, 1))])
    assert (0, 0) not in held.cells
    assert (0, 1) in held.cells


def test_a_lone_small_count_takes_others_with_it():
    shown, table = protected([[2, 20, 30], [15, 25, 35], [12, 22, 32]])
    assert primary(shown) == [(0, 0)]
    assert len(shown.withheld.cells) == 4  # the corners of a rectangle: no fewer would do
    low, high = intervals(shown, table)[0, 0]
    assert low <= 1
    assert high >= 5


def test_a_total_that_is_small_is_withheld_with_its_parts():
    shown, _ = protected([[1, 2], [20, 30]])
    assert {(0, 0), (0, 1), (0, 2)} <= shown.withheld.cells


def test_a_subtotal_protects_as_a_total_does():
    counts = [[3], [9], [12], [8], [20]]
    held = withhold(counts, MEMBER, total_row=False, row_sums=[(2, (0, 1)), (4, (2, 3))])
    assert (0, 0) in held.cells
    assert (1, 0) in held.cells or (2, 0) in held.cells
    assert held.reasons[0][0] is Reason.PRIMARY


def test_an_analyst_sees_small_counts_marked():
    shown, table = protected([[2, 20], [15, 25]], rule_for("analyst"))
    assert [list(row) for row in shown.shown] == table
    assert shown.marked == {(0, 0)}


def test_the_public_sees_the_rest_to_the_nearest_five():
    shown, _ = protected([[2, 21, 33], [15, 27, 38], [12, 22, 32]], PUBLIC)
    assert all(n is None or n % 5 == 0 for row in shown.shown for n in row)
    assert [PUBLIC.rounded(n) for n in (0, 5, 7, 8, 12, 13)] == [0, 5, 5, 10, 10, 15]
    assert [PUBLIC.behind(n) for n in (0, 5, 10)] == [(0, 0), (5, 7), (8, 12)]


def test_editions_withhold_the_same_cells_so_that_one_cannot_be_laid_over_another():
    table = with_totals([[2, 20, 30], [15, 25, 35]])
    editions = protect_editions(table, rules(), total_row=True, sums=[(3, range(3))])
    assert set(editions) == {"analyst", "executive", "member", "public"}
    assert editions["executive"].withheld == editions["member"].withheld == editions["public"].withheld
    assert not editions["analyst"].withheld.any


def test_a_stricter_edition_withholds_all_that_a_laxer_one_does():
    table = with_totals([[2, 20, 30, 7], [15, 8, 35, 21], [11, 9, 26, 40]])
    editions = protect_editions(
        table, {"public": Rule("public", threshold=10), "member": MEMBER}, total_row=True, sums=[(4, range(4))]
    )
    assert list(editions) == ["public", "member"]
    assert editions["member"].withheld.cells < editions["public"].withheld.cells


def test_a_percentage_published_elsewhere_counts_as_something_a_reader_knows():
    # 3 of 40 is 7.5 %; the total is shown, so the percentage alone gives the 3 away.
    table = with_totals([[3, 37], [20, 30]])
    fact = Fact(7.45, 7.55, {(0, 0): 100 / 40})
    held = withhold(table, MEMBER, total_row=True, sums=[(2, (0, 1))], facts=[fact])
    assert held.exposed == ((0, 0),)
    assert withhold(table, MEMBER, total_row=True, sums=[(2, (0, 1))]).exposed == ()


def test_a_vague_percentage_can_be_lived_with():
    table = with_totals([[3, 37], [20, 30]])
    fact = Fact(0, 50, {(0, 0): 100 / 40})
    assert withhold(table, MEMBER, total_row=True, sums=[(2, (0, 1))], facts=[fact]).exposed == ()


def test_a_sum_that_does_not_add_up_is_refused():
    with pytest.raises(NotAdditive, match="Row 1, column 3"):
        withhold([[2, 9, 99]], MEMBER, sums=[(2, (0, 1))])


def test_a_group_that_is_all_of_one_kind_can_be_protected():
    table = with_totals([[12, 0], [20, 30]])
    lax, _ = protected([[12, 0], [20, 30]])
    assert not lax.withheld.any
    shown = protect(table, Rule("health", groups=True), total_row=True, sums=[(2, (0, 1))])
    assert {(0, 0), (0, 1)} <= shown.withheld.cells
    found = intervals(shown, table)
    assert found[0, 1][1] >= 1
    assert found[0, 0][0] <= 11


def test_a_rule_that_could_round_a_shown_count_to_nothing_is_refused():
    with pytest.raises(ValueError, match="round to zero"):
        Rule("odd", threshold=2, round_to=10)
    with pytest.raises(ValueError, match="protects nobody"):
        Rule("odd", threshold=1)


def test_an_edition_nobody_wrote_a_rule_for_is_held_to_the_strictest():
    assert rule_for("poster").round_to == 5
    assert rule_for("poster").withholds


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=3))
def test_whoever_tries_every_table_cannot_tell_that_a_small_cell_is_small(inner):
    shown, table = protected(inner)
    withheld = shown.withheld.cells
    if not withheld:
        return
    tables = every_table(shown.shown, least=1, cap=10, withheld=withheld)
    bottom = len(table) - 1, len(table[0]) - 1
    for i, j in primary(shown):
        assert tables[:, i, j].max() >= 5
        if i < bottom[0] and j < bottom[1]:
            assert tables[:, i, j].min() == 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 8), min_size=2, max_size=2), min_size=2, max_size=2))
def test_the_linear_programmes_agree_with_trying_every_table(inner):
    shown, table = protected(inner)
    tables = every_table(shown.shown, least=1, cap=20, withheld=shown.withheld.cells)
    for (i, j), (low, high) in intervals(shown, table).items():
        assert tables[:, i, j].min() == low
        # A cap stands in for no limit at all, and every withheld cell of the same sum takes some of it.
        assert min(tables[:, i, j].max(), 16) == min(high, 16)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(2, 6).flatmap(
        lambda k: st.lists(st.lists(st.integers(0, 14), min_size=k, max_size=k), min_size=2, max_size=7)
    )
)
def test_no_attack_pins_a_small_cell_of_a_larger_table(inner):
    shown, table = protected(inner)
    found = intervals(shown, table)
    for i, j in primary(shown):
        low, high = found[i, j]
        parts = sum(n > 0 for n in table[i][:-1]) if j == len(table[0]) - 1 else 0
        parts = max(parts, sum(row[j] > 0 for row in table[:-1]) if i == len(table) - 1 else 0)
        assert high >= 5
        assert low <= max(1, parts) or i == len(table) - 1


@pytest.mark.parametrize("mean", [3, 8, 30])
def test_a_table_of_twelve_months_by_fourteen_kinds_is_protected_quickly(mean):
    draw = np.random.default_rng(20)
    inner = draw.poisson(mean * draw.gamma(1, 1, (12, 14))).tolist()
    protected(inner)
    starts = time.process_time()
    shown, table = protected(inner)
    assert time.process_time() - starts < 1.0  # 0.03 to 0.15 s when nothing else runs
    found = intervals(shown, table)
    assert all(found[cell][1] >= 5 for cell in primary(shown))
