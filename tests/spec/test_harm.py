"""Methods handbook: how much harm, and not only how many crimes?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.analysis.harm import (
    DifferentIndices,
    Weights,
    category_weights,
    harm,
    harm_concentration,
    mixed,
    standings,
)

title = "Harm"
question = "How much harm does crime do, when a robbery and a stolen bicycle are not counted alike?"

# A made-up index, in days.
#
#   kind         crimes   days each    days    rank by volume   rank by harm
#   Shoplifting     100        1        100          1                3
#   Burglary         10       20        200          2                2
#   Robbery           2      300        600          3                1
#   ASB             500   none                       it has no weight in any index
INDEX = Weights("Made-up index", "2025", "days", {"Shoplifting": 1, "Burglary": 20, "Robbery": 300})
COUNTS = {"Shoplifting": 100, "Burglary": 10, "Robbery": 2, "Anti-social behaviour": 500}


def test_harm_is_the_sum_of_count_times_weight():
    found = harm(COUNTS, INDEX)
    assert found.total == 900
    assert found.by_kind == {"Shoplifting": 100, "Burglary": 200, "Robbery": 600}


def test_its_variance_is_the_sum_of_weight_squared_times_count():
    found = harm(COUNTS, INDEX)
    assert found.se**2 == pytest.approx(100 * 1 + 10 * 400 + 2 * 90_000)
    assert found.low < found.total < found.high


def test_its_interval_holds_as_often_as_it_says():
    draw, held = np.random.default_rng(6), 0
    truth = {"Shoplifting": 400, "Burglary": 120, "Robbery": 40}
    expected = sum(n * INDEX.of[kind] for kind, n in truth.items())
    for _ in range(400):
        found = harm({kind: int(draw.poisson(n)) for kind, n in truth.items()}, INDEX)
        held += found.low <= expected <= found.high
    assert held / 400 == pytest.approx(0.95, abs=0.035)


def test_anti_social_behaviour_has_no_weight_and_is_counted_apart():
    assert harm(COUNTS, INDEX).unweighted == {"Anti-social behaviour": 500}


def test_a_kind_nobody_gave_a_weight_is_asked_about_and_never_weighs_nothing():
    with pytest.raises(ValueError, match="no weight for Fraud"):
        harm({"Fraud": 3}, INDEX)


def test_two_indices_are_never_added():
    other = Weights("Another index", "2025", "days", {"Robbery": 365})
    with pytest.raises(DifferentIndices, match="two rulers"):
        harm({"Robbery": 1}, INDEX) + harm({"Robbery": 1}, other)
    with pytest.raises(DifferentIndices):
        _ = INDEX | other


def test_one_index_of_two_dates_is_two_rulers():
    later = Weights("Made-up index", "2026", "days", {"Robbery": 300})
    with pytest.raises(DifferentIndices):
        harm({"Robbery": 1}, INDEX) + harm({"Robbery": 1}, later)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 20))
def test_harm_of_the_parts_adds_up_to_harm_of_the_whole(thefts, burglaries, robberies):
    first = harm({"Shoplifting": thefts, "Robbery": robberies}, INDEX)
    second = harm({"Burglary": burglaries, "Robbery": 1}, INDEX)
    whole = harm({"Shoplifting": thefts, "Burglary": burglaries, "Robbery": robberies + 1}, INDEX)
    both = first + second
    assert both.total == pytest.approx(whole.total)
    assert both.se == pytest.approx(whole.se)
    assert (both.low, both.high) == pytest.approx((whole.low, whole.high))


def test_a_kind_can_rise_from_last_to_first_when_harm_is_counted():
    found = standings(harm(COUNTS, INDEX))
    assert [(s.kind, s.volume_rank, s.harm_rank, s.rise) for s in found] == [
        ("Robbery", 3, 1, 2),
        ("Burglary", 2, 2, 0),
        ("Shoplifting", 1, 3, -2),
    ]
    assert found[0].harm_share == pytest.approx(2 / 3)
    assert found[0].volume_share == pytest.approx(2 / 112)


# A category that is a mixture: 90 common assaults at 10 days, 9 at 365, 1 homicide at 5,475.
#   mean (900 + 3,285 + 5,475) / 100 = 96.6, and anything from 10 to 5,475 for any one of them


def test_a_category_weighs_the_mean_of_what_it_is_made_of_with_its_band():
    offences = Weights("Made-up index", "2025", "days", {"assault": 10, "wounding": 365, "homicide": 5475})
    found = mixed(offences, "Violence", {"assault": 90, "wounding": 9, "homicide": 1, "not in the index": 50})
    assert found.of["Violence"] == pytest.approx(96.6)
    assert (found.least["Violence"], found.most["Violence"]) == (10, 5475)
    done = harm({"Violence": 100, "Burglary": 1}, INDEX | found)
    assert (done.least, done.total, done.most) == (pytest.approx(1020), pytest.approx(9680), pytest.approx(547_520))
    with pytest.raises(ValueError, match="None of the offences"):
        mixed(offences, "Drugs", {"possession": 10})


def test_half_of_the_harm_lies_in_fewer_places_than_half_of_the_crime():
    found = harm_concentration([600, 50, 50, 50, 50, 50, 50, 0, 0, 0], [2, 3, 3, 3, 3, 3, 3, 0, 0, 0])
    assert (found.places_for_half_of_harm, found.places_for_half_of_crime) == (1, 4)
    assert found.share_for_half_of_harm == 0.1
    assert harm_concentration([0, 0], [0, 0]).places_for_half_of_harm == 0


@pytest.mark.parametrize("index", ["ons-severity", "cambridge"])
def test_both_published_indices_weigh_every_police_uk_crime_category_and_not_asb(index):
    weights = category_weights(index)
    assert len(weights.of) == 13
    assert "Anti-social behaviour" not in weights.of
    assert all(weights.least[kind] <= weights.of[kind] <= weights.most[kind] for kind in weights.of)
    assert weights.of["Robbery"] > weights.of["Burglary"] > weights.of["Shoplifting"]


def test_a_force_has_its_own_mix():
    assert category_weights("cambridge", "Avon and Somerset").of["Burglary"] == 240.5
    assert category_weights("cambridge").of["Burglary"] == 244.7


def test_the_two_published_indices_are_two_rulers():
    with pytest.raises(DifferentIndices):
        harm({"Robbery": 1}, category_weights("cambridge")) + harm({"Robbery": 1}, category_weights("ons-severity"))
