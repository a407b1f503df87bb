"""Methods handbook: what did residents say, allowing for who was asked?"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from goldthread.analysis.surveys import kish, moved, share, weighted_mean, weighted_total
from tests.plain import surveys as plain

title = "Surveys"
question = "What share of residents think so, and has it really changed?"

# Forty answered. Young people were asked too seldom, so each of theirs counts three times.
#
#   age     answered   weight   feel unsafe after dark
#   under 25     10       3              8
#   25 over      30       1              9
#                               plain 17 of 40 = 42.5 %; weighted (24 + 9) / (30 + 30) = 55 %
SAID = np.array([1] * 8 + [0] * 2 + [1] * 9 + [0] * 21, bool)
WEIGHTS = np.array([3.0] * 10 + [1.0] * 30)

REFERENCES = (
    Path(os.environ.get("GOLDTHREAD_REFERENCE", Path(__file__).parents[3] / "shared/data")) / "method-references"
)
needs_references = pytest.mark.skipif(not REFERENCES.exists(), reason="the reference data is not beside the repository")


def column(name: str, key: str) -> np.ndarray:
    with (REFERENCES / f"{name}.csv").open(newline="") as lines:
        values = [row[key] for row in csv.DictReader(lines)]
    try:
        return np.array([float(value) for value in values])
    except ValueError:
        return np.array(values)


def test_a_share_counts_each_answer_for_as_many_as_it_stands_for():
    found = share(SAID, WEIGHTS)
    assert found.value == pytest.approx(0.55)
    assert (found.count, found.base) == (17, 40)
    assert found.low < 0.55 < found.high


def test_unequal_weights_cost_precision_and_the_base_says_so():
    assert kish(WEIGHTS) == pytest.approx(40 * (10 * 9 + 30) / 60**2)
    assert kish(np.ones(40)) == 1
    found = share(SAID, WEIGHTS)
    assert found.effective < found.base


def test_fewer_than_thirty_answers_give_no_share_but_do_give_their_base():
    found = share(SAID[:29], WEIGHTS[:29])
    assert found.suppressed
    assert np.isnan(found.value)
    assert found.base == 29


def test_when_nobody_said_so_the_interval_still_has_a_top():
    found = share(np.zeros(40, bool), np.ones(40))
    assert (found.value, found.low) == (0, 0)
    assert found.high == pytest.approx(1 - 0.025 ** (1 / 40))
    everybody = share(np.ones(40, bool), np.ones(40))
    assert (everybody.low, everybody.high) == (pytest.approx(1 - found.high), 1)


def test_people_of_one_household_say_less_than_as_many_strangers():
    homes = np.repeat(np.arange(20), 2)
    alike = np.repeat(np.arange(20) % 2, 2).astype(bool)
    strangers = share(alike, np.ones(40))
    assert share(alike, np.ones(40), clusters=homes).se > strangers.se * 1.3


def test_the_standard_error_agrees_with_leaving_out_each_household_in_turn():
    draw = np.random.default_rng(8)
    homes = np.repeat(np.arange(60), 3)
    values = draw.normal(size=60)[homes] + draw.normal(size=180)
    weights = draw.uniform(0.5, 2, 180)
    found = weighted_mean(values, weights, clusters=homes)
    assert found.se == pytest.approx(plain.jackknife(values, weights, homes), rel=0.02)


def test_a_move_of_a_few_points_on_small_bases_is_no_change():
    before = share(np.arange(60) < 24, np.ones(60))
    after = share(np.arange(60) < 27, np.ones(60))
    found = moved(before, after)
    assert found.points == pytest.approx(5)
    assert found.low < 0 < found.high
    assert found.p > 0.5


def test_the_same_move_on_large_bases_is_one():
    before = share(np.arange(6000) < 2400, np.ones(6000))
    after = share(np.arange(6000) < 2700, np.ones(6000))
    found = moved(before, after)
    assert found.p < 0.001
    assert found.low > 0


def test_a_move_from_a_suppressed_wave_is_not_given():
    before = share(np.arange(20) < 4, np.ones(20))
    assert np.isnan(moved(before, share(SAID, WEIGHTS)).points)


def test_no_change_is_called_a_change_one_time_in_twenty():
    draw, called = np.random.default_rng(9), 0
    for _ in range(800):
        waves = [share(draw.random(200) < 0.35, draw.uniform(0.5, 2, 200)) for _ in range(2)]
        called += moved(*waves).p < 0.05
    assert called / 800 == pytest.approx(0.05, abs=0.02)


@pytest.mark.real
@needs_references
def test_a_cluster_sample_of_schools_gives_what_r_gives():
    weights, clusters, population = (column("apiclus1", key) for key in ("pw", "dnum", "fpc"))
    found = weighted_mean(column("apiclus1", "api00"), weights, clusters=clusters, population=population)
    assert (found.value, found.se, found.deff) == pytest.approx((644.169399, 23.542241, 9.345869), rel=1e-7)
    total = weighted_total(column("apiclus1", "enroll"), weights, clusters=clusters, population=population)
    assert (total.value, total.se) == pytest.approx((3404940.13, 932235.03), rel=1e-8)


@pytest.mark.real
@needs_references
def test_a_stratified_sample_of_schools_gives_what_r_gives():
    weights, strata, population = (column("apistrat", key) for key in ("pw", "stype", "fpc"))
    found = weighted_mean(column("apistrat", "api00"), weights, strata=strata, population=population)
    assert (found.value, found.se, found.deff) == pytest.approx((662.287363, 9.408941, 1.204457), rel=1e-6)
    said = share(column("apistrat", "sch.wide") == "Yes", weights, strata=strata, population=population)
    assert (said.value, said.low, said.high) == pytest.approx((0.827948, 0.774540, 0.870815), abs=1e-6)
    assert kish(weights) == pytest.approx(1.186371, abs=1e-6)
