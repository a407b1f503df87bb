"""Methods handbook: did it work, and did crime just move next door?"""

from __future__ import annotations

import math

import numpy as np
import pytest

from goldthread.analysis.evaluation import (
    Site,
    before_after,
    displacement_quotient,
    harm_difference,
    picked_at_its_worst,
    weighted_displacement_difference,
)
from goldthread.analysis.harm import Weights

title = "Evaluation"
question = "Did it work, and did crime just move next door?"

# An alley-gating scheme, burglaries a year, as in the paper that set the method out.
#
#   place             before   after
#   gated               207     110
#   control             308     318
#   next to gated       178     157
#   next to control     150     140
#
#   prevented: (110 − 207) − (318 − 308) + (157 − 178) − (140 − 150) = −118
#   variance: the sum of all eight counts, 1,568
GATED, CONTROL = Site(207, 110), Site(308, 318)
NEAR, NEAR_CONTROL = Site(178, 157), Site(150, 140)


def test_crimes_prevented_are_the_difference_of_differences_moved_ones_counted():
    found = weighted_displacement_difference(GATED, CONTROL, NEAR, NEAR_CONTROL)
    assert found.total == -118
    assert found.se == pytest.approx(math.sqrt(1568))
    assert round(found.z, 2) == -2.98
    assert (round(found.low), round(found.high)) == (-196, -40)
    assert (found.local, found.nearby) == (-107, -11)


def test_periods_of_different_length_are_weighed():
    found = weighted_displacement_difference(Site(80, 20), Site(100, 50), times=(2, 1))
    assert found.total == -20
    assert found.se == pytest.approx(math.sqrt(115))


def test_places_of_different_size_are_weighed():
    found = weighted_displacement_difference(
        Site(207, 110, 1.2), Site(308, 318, 0.9), Site(178, 157, 1.5), Site(150, 140, 1.6)
    )
    assert found.total == pytest.approx(-99.69444444)
    assert found.se == pytest.approx(35.4280755)
    assert found.z == pytest.approx(-2.813995483)
    assert (found.low, found.high) == pytest.approx((-169.1321965, -30.25669241))


def test_places_nearby_need_a_control_too():
    with pytest.raises(ValueError, match="need a control"):
        weighted_displacement_difference(GATED, CONTROL, NEAR)


def test_nothing_happening_is_called_something_one_time_in_twenty():
    draw, called = np.random.default_rng(11), 0
    for _ in range(2000):
        t, c, d, dc = (Site(*draw.poisson(60, 2)) for _ in range(4))
        called += weighted_displacement_difference(t, c, d, dc).p < 0.05
    assert called / 2000 == pytest.approx(0.05, abs=0.012)


# Five kinds of crime, each with its own difference, put together by what each weighs.
#
#   kind            treated        control      weight
#   vehicle theft   130 → 74      133 → 91         3
#   theft           327 → 202     388 → 305        2
#   burglary        398 → 190     148 → 97         5
#   robbery         144 → 92       86 → 64         7
#   assault         183 → 96       94 → 67        10
KINDS = {
    "vehicle theft": ((130, 74), (133, 91), 3),
    "theft": ((327, 202), (388, 305), 2),
    "burglary": ((398, 190), (148, 97), 5),
    "robbery": ((144, 92), (86, 64), 7),
    "assault": ((183, 96), (94, 67), 10),
}


def test_harm_prevented_adds_up_kinds_by_what_each_weighs():
    weights = Weights("Made-up index", "2020", "points", {kind: w for kind, (_, _, w) in KINDS.items()})
    found = harm_difference(
        {kind: weighted_displacement_difference(Site(*t), Site(*c)) for kind, (t, c, _) in KINDS.items()}, weights
    )
    assert found.total == -1721
    assert (found.se, found.z) == pytest.approx((304.10360077, -5.65925558))
    assert (found.low, found.high) == pytest.approx((-2317.03210507, -1124.96789493))
    assert (found.index, found.date) == ("Made-up index", "2020")
    with pytest.raises(ValueError, match="no weight for arson"):
        harm_difference({"arson": weighted_displacement_difference(GATED, CONTROL)}, weights)


def test_benefit_that_spread_next_door_makes_the_displacement_quotient_positive():
    found = displacement_quotient(GATED, NEAR, CONTROL)
    assert found.quotient == pytest.approx(0.25819, abs=1e-5)
    assert found.low < found.quotient < found.high
    assert found.undefined < 0.01


def test_crime_that_moved_next_door_makes_it_negative():
    moved = displacement_quotient(Site(400, 200), Site(400, 560), Site(800, 800))
    assert moved.quotient == pytest.approx(-0.8)
    assert moved.reading == "some displaced"
    worse = displacement_quotient(Site(4000, 3000), Site(4000, 6500), Site(8000, 8000))
    assert worse.reading == "more displaced than gained"
    assert displacement_quotient(Site(400, 200), Site(400, 280), Site(800, 800)).reading == "benefit spread"


@pytest.mark.parametrize("treated", [Site(100, 98), Site(100, 140), Site(0, 0)])
def test_where_nothing_was_gained_there_is_nothing_to_displace(treated):
    found = displacement_quotient(treated, Site(100, 120), Site(200, 200))
    assert found.reading == "nothing to displace"
    assert np.isnan(found.quotient)


def test_a_change_is_measured_against_the_controls_change():
    found = before_after(Site(200, 150), Site(400, 360))
    assert found.ratio == pytest.approx(0.75 / 0.9)
    se = math.sqrt(1 / 200 + 1 / 150 + 1 / 400 + 1 / 360)
    assert found.low == pytest.approx(found.ratio * math.exp(-1.959964 * se))
    assert found.p > 0.05


def test_crime_that_comes_and_goes_needs_a_larger_change():
    plainly = before_after(Site(200, 130), Site(400, 390))
    loosely = before_after(Site(200, 130), Site(400, 390), dispersion=4)
    assert plainly.p < 0.01 < 0.05 < loosely.p


def test_a_count_of_nought_has_half_a_crime_added_and_says_so():
    found = before_after(Site(6, 0), Site(10, 10))
    assert found.halved
    assert 0 < found.ratio < 0.2


def test_a_place_picked_at_its_worst_would_have_fallen_by_itself():
    assert "picked at its worst" in picked_at_its_worst((0, 11), (6, 17))
    assert picked_at_its_worst((0, 11), (12, 23)) == ""
