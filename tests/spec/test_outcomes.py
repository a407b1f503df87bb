"""Methods handbook: what became of crimes, when each has had the same time?"""

from __future__ import annotations

import csv
import gzip
import os
from pathlib import Path

import numpy as np
import pytest

from goldthread.analysis.outcomes import GROUPS, cohort, grouped, moved
from goldthread.analysis.shares import share_difference, share_of

title = "Outcomes by age of crime"
question = "What became of crimes, when each has had the same time to be dealt with?"

# Six crimes; the data ends in June. Three months after each:
#
#   crime in   outcome                    dated      after three months
#   January    Suspect charged            March      charged
#   January    Suspect charged            August     nothing yet: it came too late to count
#   February   No suspect identified      February   no suspect
#   March      Status update unavailable  .          status update unavailable
#   May        Suspect charged            May        left out: not yet three months old
#   June       (blank)                    .          left out
JANUARY = 2025 * 12
MONTHS = [JANUARY, JANUARY, JANUARY + 1, JANUARY + 2, JANUARY + 4, JANUARY + 5]
WORDS = [
    "Suspect charged",
    "Suspect charged",
    "Investigation complete; no suspect identified",
    "Status update unavailable",
    "Suspect charged",
    "",
]
DATED = [JANUARY + 2, JANUARY + 7, JANUARY + 1, np.nan, JANUARY + 4, np.nan]
JUNE = JANUARY + 5

SHARED = Path(os.environ.get("GOLDTHREAD_REFERENCE", Path(__file__).parents[3] / "shared/data"))
CLEVELAND = SHARED / "police-uk-cleveland-2023-2024"


def test_crimes_too_young_to_have_been_dealt_with_are_left_out_and_counted():
    found = cohort(MONTHS, WORDS, JUNE, outcome_month=DATED)
    assert (found.crimes, found.too_young) == (4, 2)


def test_an_outcome_that_came_after_the_age_does_not_count_yet():
    found = cohort(MONTHS, WORDS, JUNE, outcome_month=DATED)
    assert found.counts["Charged or summonsed"] == 1
    assert found.counts["No outcome recorded"] == 1
    assert found.later == 1


def test_status_update_unavailable_is_shown_and_never_dropped():
    found = cohort(MONTHS, WORDS, JUNE, outcome_month=DATED)
    assert found.unavailable == 1
    assert found.share("Status update unavailable") == 0.25
    assert sum(found.counts.values()) == found.crimes


def test_an_outcome_with_no_group_stays_under_its_own_name():
    assert grouped(["Taken to Mars", None, " suspect charged "]) == [
        "Taken to Mars",
        "No outcome recorded",
        "Charged or summonsed",
    ]


def test_shares_have_intervals_that_stay_within_nothing_and_everything():
    found = cohort(MONTHS, WORDS, JUNE)
    assert (found.shares.low >= 0).all()
    assert (found.shares.high <= 1).all()
    assert found.shares.share.sum() == pytest.approx(1)


def test_crimes_younger_than_three_months_are_never_counted():
    with pytest.raises(ValueError, match="at least 3 months"):
        cohort(MONTHS, WORDS, JUNE, age=2)


def test_two_years_can_be_compared_only_at_one_age_with_dated_outcomes():
    undated, dated = cohort(MONTHS, WORDS, JUNE), cohort(MONTHS, WORDS, JUNE, outcome_month=DATED)
    with pytest.raises(ValueError, match="fixed age"):
        moved(undated, dated, "Charged or summonsed")
    found = moved(dated, dated, "Charged or summonsed")
    assert found.points == 0
    assert not found.clear


def test_a_share_has_wilsons_interval():
    # 81 of 263: 0.308, 0.2553 to 0.3662 (Newcombe 1998, table I).
    found = share_of(81, 263)
    assert (found.low, found.high) == (pytest.approx(0.2553, abs=5e-5), pytest.approx(0.3662, abs=5e-5))
    none = share_of(0, 20)
    assert (none.low, none.high) == (0, pytest.approx(0.1611, abs=5e-5))
    assert np.isnan(share_of(0, 0).low)
    with pytest.raises(ValueError, match="not more than its whole"):
        share_of(3, 2)


def test_a_difference_of_shares_has_newcombes_interval():
    # 56 of 70 against 48 of 80: 20 points, 5.24 to 33.39 (Newcombe 1998, table II, method 10).
    found = share_difference(share_of(56, 70), share_of(48, 80))
    assert (found.points, found.low, found.high) == pytest.approx((20, 5.24, 33.39), abs=0.005)


def test_no_crimes_old_enough_give_no_share():
    found = cohort([JUNE], ["Suspect charged"], JUNE)
    assert found.crimes == 0
    assert np.isnan(found.share("Charged or summonsed"))


@pytest.mark.real
@pytest.mark.skipif(not CLEVELAND.exists(), reason="the real data is not beside the repository")
def test_every_outcome_that_a_force_publishes_has_a_group_and_none_is_lost():
    words, months = [], []
    for month in ("2024-01", "2024-12"):
        with gzip.open(CLEVELAND / month / f"{month}-cleveland-street.csv.gz", "rt", encoding="utf-8-sig") as lines:
            for row in csv.DictReader(lines):
                if row["Crime type"] != "Anti-social behaviour":
                    words.append(row["Last outcome category"])
                    months.append(int(month[:4]) * 12 + int(month[5:]) - 1)
    assert {word.strip().casefold() for word in words} <= set(GROUPS)
    found = cohort(months, words, 2024 * 12 + 11)
    assert found.crimes + found.too_young == len(words)
    assert found.too_young > 0
    assert found.unavailable > 0
    assert found.share("No suspect identified") == pytest.approx(0.39, abs=0.05)
