"""Methods handbook: new, growing, steady, fading and past hot spots."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.analysis.hotspots.emerging import Kind, classify, emerging, mann_kendall
from tests.plain import emerging as plain
from tests.spec.reference import columns
from tests.spec.test_gi_star import FIELD

title = "Emerging hot spots"
question = "Is a hot spot new, growing, steady, fading or gone?"

# Ten months; H is hot, C is cold, . is neither.

book = {
    (".........H", 0): "new",
    ("CC.......H", 0): "new",
    ("CCCCCCCCCH", 0): "new",
    (".......HHH", 0): "consecutive",
    ("CC.....HHH", 1): "consecutive",
    ("HHHHHHHHHH", 1): "intensifying",
    (".HHHHHHHHH", 1): "intensifying",
    ("HHHHHHHHHH", 0): "persistent",
    ("HHHH.HHHHH", 0): "persistent",
    ("HHHHCHHHHH", 0): "persistent",
    ("HHHHHHHHHH", -1): "diminishing",
    ("H.H..H.H.H", 0): "sporadic",
    ("HHHHHHHH.H", 1): "intensifying",
    ("HHHHHHH..H", 1): "sporadic",
    ("H.H..C.H.H", 0): "oscillating",
    ("HHHHHHHHH.", 1): "historical",
    ("HHHHHHHH..", 0): "none",
    ("..........", 1): "none",
    ("H.H.H.H.H.", 0): "none",
}
sequences = st.text(alphabet="HC.", min_size=10, max_size=24)


def kinds(sequence: str, trend: int) -> str:
    state = np.array([[{"H": 1, "C": -1, ".": 0}[step]] for step in sequence], np.int8)
    kind = int(classify(state, np.array([trend], np.int8))[0])
    return Kind(abs(kind)).name.lower() + (" cold" if kind < 0 else "")


@pytest.mark.parametrize(("history", "answer"), book.items())
def test_each_history_has_its_kind(history, answer):
    assert kinds(*history) == answer


@pytest.mark.parametrize(("history", "answer"), book.items())
def test_a_cold_spot_is_a_hot_spot_in_the_mirror(history, answer):
    sequence, trend = history
    mirrored = kinds(sequence.translate(str.maketrans("HC", "CH")), -trend)

    assert mirrored == ("none" if answer == "none" else f"{answer} cold")


@settings(max_examples=600, deadline=None)
@given(sequences, st.sampled_from([-1, 0, 1]))
def test_it_agrees_with_the_rules_read_one_at_a_time(sequence, trend):
    assert kinds(sequence, trend) == plain.kind(sequence, trend)


@given(st.lists(st.integers(0, 5), min_size=3, max_size=12))
def test_the_trend_is_counted_pair_by_pair(series):
    found = mann_kendall(np.array(series, float)[:, None])

    assert (found.s[0], found.variance[0]) == pytest.approx(plain.mann_kendall(series))


@pytest.mark.real
def test_the_trend_of_the_nile_is_as_published():
    flow = np.array([float(value) for value in columns("method-references/nile.csv")["Nile"]])[:, None]

    found = mann_kendall(flow)

    assert (found.s[0], found.variance[0], found.z[0]) == pytest.approx((-1387, 112728.3333, -4.128067), abs=1e-4)


def test_no_trend_is_called_a_trend_one_time_in_twenty():
    series = np.random.default_rng(1).normal(size=(24, 20000))

    assert np.mean(mann_kendall(series).p < 0.05) == pytest.approx(0.05, abs=0.01)


def test_a_planted_newcomer_and_an_old_hand_are_told_apart():
    rng = np.random.default_rng(2)
    months = rng.poisson(0.3, (12, 40, 40))
    months[:, 5:8, 5:8] += 5
    months[-1, 30:33, 30:33] += 6

    found = emerging(months.reshape(12, -1), FIELD)

    laid = found.kind.reshape(40, 40)
    assert Kind(laid[6, 6]) == Kind.PERSISTENT
    assert Kind(laid[31, 31]) == Kind.NEW
    assert 31 * 40 + 31 in found.places(Kind.NEW)
    assert found.hot_steps.reshape(40, 40)[6, 6] == 12
    assert found.places(Kind.NEW, cold=True).size == 0


def test_where_nothing_is_going_on_next_to_nothing_is_emerging():
    rng = np.random.default_rng(3)

    shown = [(emerging(rng.negative_binomial(0.5, 0.4, (12, 1600)), FIELD).kind != 0).any() for _ in range(20)]

    assert np.mean(shown) <= 0.15


def test_a_busy_summer_makes_nothing_hot():
    rng = np.random.default_rng(4)
    season = np.repeat([0.2, 2.0, 0.2], [4, 4, 4])[:, None]

    assert not (emerging(rng.poisson(season, (12, 1600)), FIELD).kind != 0).any()


def test_nine_months_are_too_few():
    with pytest.raises(ValueError, match="At least 10 steps"):
        emerging(np.ones((9, 1600)), FIELD)
