"""Returns are added up like with like, and shares are compared by the test that others use."""

from __future__ import annotations

import pytest
from statsmodels.stats.proportion import proportions_ztest

from goldthread.chapters.measuring.returns import Reading, added_up, same_share
from goldthread.evidence.periods import Month, Period

YEAR = Period(Month(2025, 1), Month(2025, 12))


def quarterly(*numbers: float, first: int = 2024) -> list[Reading]:
    return [Reading(Month(first, 1) + 3 * i, 3, n, 100.0) for i, n in enumerate(numbers)]


def test_four_quarters_are_added_beside_the_four_before() -> None:
    added = added_up(quarterly(1, 2, 3, 4, 10, 20, 30, 40), YEAR)
    assert added is not None
    assert (added.n, added.parts, added.months, added.before, added.matched, added.d) == (100, 4, 12, 10, 100, 100)


def test_a_quarter_without_its_partner_is_counted_and_not_compared() -> None:
    readings = quarterly(1, 2, 3, 4, 10, 20, 30, 40)
    added = added_up([r for r in readings if r.starts != Month(2024, 4)], YEAR)
    assert added is not None
    assert (added.n, added.both, added.before, added.matched) == (100, 3, 8, 80)


def test_a_quarter_that_reaches_beyond_the_period_is_not_part_of_it() -> None:
    added = added_up(quarterly(1, 2, 3, 4, 10, 20, 30, 40), Period(Month(2025, 1), Month(2025, 11)))
    assert added is not None
    assert (added.n, added.parts) == (60, 3)


def test_nothing_in_the_period_is_nothing_and_not_nought() -> None:
    assert added_up(quarterly(1, 2, 3, 4, first=2022), YEAR) is None


@pytest.mark.parametrize(("a", "of_a", "b", "of_b"), [(30, 100, 45, 100), (2, 50, 1, 900), (760, 9462, 766, 9000)])
def test_two_shares_are_compared_as_statsmodels_compares_them(a: float, of_a: float, b: float, of_b: float) -> None:
    assert same_share(a, of_a, b, of_b) == pytest.approx(proportions_ztest([a, b], [of_a, of_b])[1], rel=1e-9)


def test_shares_of_nothing_cannot_be_compared() -> None:
    assert same_share(0, 0, 3, 10) != same_share(0, 0, 3, 10)
    assert same_share(0, 10, 0, 10) != same_share(0, 10, 0, 10)
