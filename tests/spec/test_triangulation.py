"""Methods handbook: do police, health, the council and residents agree on what and where?"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from goldthread.analysis.triangulation import agree, concordance, matrix, overlap_chance, spearman, unseen

title = "Triangulation"
question = "Do police, health, the council and residents agree on what the trouble is, and where?"

# Five issues, as four sources see them (crimes, ambulance calls, complaints, residents who call it a problem).
#
#   issue          police   ambulance   council   residents %
#   Violence         900        80          .          40
#   ASB              700         .        300          60
#   Burglary         200         .          .          20
#   Fly-tipping        .         .        500          50
#   Drugs            100        30          .          30
ISSUES = ("Violence", "ASB", "Burglary", "Fly-tipping", "Drugs")
NONE = float("nan")
SOURCES = {
    "police": [900, 700, 200, NONE, 100],
    "ambulance": [80, NONE, NONE, NONE, 30],
    "council": [NONE, 300, NONE, 500, NONE],
    "residents": [40, 60, 20, 50, 30],
}


def test_each_source_is_put_on_a_scale_from_least_to_most_of_what_it_reports():
    found = matrix(ISSUES, SOURCES)
    assert found.position[:, 0] == pytest.approx([1, 2 / 3, 1 / 3, NONE, 0], nan_ok=True)
    assert found.position[:, 1] == pytest.approx([1, NONE, NONE, NONE, 0], nan_ok=True)


def test_a_source_that_says_nothing_is_left_out_and_not_taken_to_say_none():
    found = matrix(ISSUES, SOURCES)
    assert found.speaking.tolist() == [3, 3, 2, 2, 3]
    assert found.mean[3] == pytest.approx((1 + 0.75) / 2)


def test_agreement_is_low_where_one_source_puts_first_what_another_puts_last():
    found = matrix(("A", "B", "C"), {"police": [1, 2, 3], "health": [3, 2, 1]})
    assert found.agreement.tolist() == [0.0, 1.0, 0.0]
    assert np.isnan(matrix(("A", "B"), {"police": [1, NONE], "health": [NONE, NONE]}).agreement).all()


# Eight wards, police crimes of violence and ambulance calls to assaults.
POLICE = [90, 80, 70, 60, 50, 40, 30, 20]
HEALTH = [45, 44, 30, 33, 26, 20, 60, 9]


def test_two_sources_that_order_the_wards_alike_are_said_to_agree():
    found = agree({"police": POLICE, "health": [45, 40, 36, 30, 25, 20, 16, 10]})
    [pair] = found.pairs
    assert pair.correlation == 1
    assert pair.p == pytest.approx(1 / 10_000, abs=1e-3)
    assert found.w == 1
    assert (pair.top, pair.overlap) == (3, 3)
    assert pair.overlap_p == pytest.approx(1 / 56)


def test_correlation_and_concordance_are_those_of_a_reference_library_ties_and_all():
    a, b = [3, 1, 4, 1, 5, 9, 2, 6], [2, 7, 1, 8, 2, 8, 1, 8]
    assert spearman(a, b) == pytest.approx(stats.spearmanr(a, b).statistic)
    table = np.array([a, b, [1, 2, 3, 4, 5, 6, 7, 8]], float)
    w, p = concordance(table)
    chi_square, reference_p = stats.friedmanchisquare(*table.T)  # the same statistic by another name
    assert 3 * 7 * w == pytest.approx(chi_square)
    assert p == pytest.approx(reference_p)


def test_overlap_by_chance_is_what_shuffling_gives_in_the_long_run():
    expected, p = overlap_chance(30, 5, 5, 2)
    draw = np.random.default_rng(18)
    shuffled = np.array([(draw.permutation(30)[:5] < 5).sum() for _ in range(20_000)])
    assert expected == pytest.approx(shuffled.mean(), abs=0.02)
    assert p == pytest.approx((shuffled >= 2).mean(), abs=0.01)
    assert p == pytest.approx(stats.hypergeom(30, 5, 5).sf(1))


def test_sources_that_have_nothing_to_do_with_each_other_seldom_seem_to():
    draw, called = np.random.default_rng(19), 0
    for _ in range(300):
        [pair] = agree({"a": draw.random(20), "b": draw.random(20)}, draws=199).pairs
        called += pair.p < 0.05
    assert called / 300 == pytest.approx(0.05, abs=0.03)


def test_only_places_that_both_report_on_are_compared():
    found = agree({"police": [1, 2, 3, NONE], "health": [1, 2, NONE, 4], "council": [2, 3, 4, 5]})
    assert found.n == 2
    assert [pair.n for pair in found.pairs] == [2, 3, 3]
    assert np.isnan(found.pairs[0].correlation)
    with pytest.raises(ValueError, match="two sources"):
        agree({"police": POLICE})


def test_a_ward_with_far_more_calls_than_crimes_is_flagged():
    found = {row.item: row for row in unseen([f"Ward {i}" for i in range(8)], POLICE, HEALTH)}
    odd = found["Ward 6"]
    assert odd.flagged
    assert (odd.police, odd.other) == (30, 60)
    assert odd.ratio == pytest.approx((60 / 30) / (207 / 410))
    assert odd.low > 2
    assert odd.p < 0.001
    assert not any(row.flagged for item, row in found.items() if item != "Ward 6")


def test_its_interval_is_that_of_the_exact_binomial():
    row = unseen(("A", "B"), [30, 410], [60, 207])[0]
    reference = stats.binomtest(60, 90).proportion_ci()
    usual = 207 / 410
    assert row.low == pytest.approx(reference.low / (1 - reference.low) / usual)
    assert row.high == pytest.approx(reference.high / (1 - reference.high) / usual)


def test_when_sources_differ_by_chance_alone_hardly_ever_is_any_place_flagged():
    draw, called = np.random.default_rng(21), 0
    for _ in range(200):
        rate = draw.gamma(2, 20, 40)
        found = unseen([str(i) for i in range(40)], draw.poisson(rate), draw.poisson(rate / 3))
        called += any(row.flagged for row in found)
    assert called / 200 < 0.08


def test_a_place_with_neither_is_left_out():
    assert [row.item for row in unseen(("A", "B", "C"), [5, 0, 9], [2, 0, 4])] == ["A", "C"]
