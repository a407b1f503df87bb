"""Methods handbook: is any group stopped and searched more than others, and is as much found?"""

from __future__ import annotations

import csv
import gzip
import os
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from goldthread.analysis.searches import CAVEATS, broad_group, disproportionality

title = "Stop and search"
question = "Is any group stopped and searched more than others, and is as much found on it?"

# A year of searches in Saltmarsh.
#
#   group        searches   something found   residents   rate per 1,000   ratio to White
#   White           450            90           90,000          5.0             1
#   Black            60            12            3,000         20.0             4.0
#   Asian            40             4            5,000          8.0             1.6
#   not stated       50            10               .
SEARCHES = {"White": 450, "Black": 60, "Asian": 40, "Not stated": 50}
FOUND = {"White": 90, "Black": 12, "Asian": 4, "Not stated": 10}
RESIDENTS = {"White": 90_000, "Black": 3_000, "Asian": 5_000, "Mixed": 2_000}

SHARED = Path(os.environ.get("GOLDTHREAD_REFERENCE", Path(__file__).parents[3] / "shared/data"))
CLEVELAND = SHARED / "police-uk-cleveland-2023-2024"


@pytest.fixture
def by_group():
    return {g.group: g for g in disproportionality(SEARCHES, FOUND, RESIDENTS).groups}


def test_rates_are_per_thousand_residents_of_the_group(by_group):
    assert (by_group["White"].rate, by_group["Black"].rate, by_group["Asian"].rate) == (5, 20, 8)


def test_a_ratio_has_its_exact_interval(by_group):
    black = by_group["Black"]
    assert black.ratio == pytest.approx(4)
    exact = stats.binomtest(60, 510).proportion_ci()
    odds = [share / (1 - share) * 30 for share in (exact.low, exact.high)]
    assert (black.low, black.high) == pytest.approx(odds)


def test_the_reference_group_is_one_by_definition(by_group):
    assert (by_group["White"].ratio, by_group["White"].low, by_group["White"].high) == (1, 1, 1)


def test_a_group_nobody_of_which_was_searched_is_shown(by_group):
    mixed = by_group["Mixed"]
    assert (mixed.searches, mixed.rate, mixed.ratio) == (0, 0, 0)
    assert mixed.high > 0
    assert np.isnan(mixed.find_rate)


def test_searches_of_unstated_ethnicity_are_shown_and_bound_the_ratio(by_group):
    found = disproportionality(SEARCHES, FOUND, RESIDENTS)
    assert (found.searches, found.not_stated) == (600, 50)
    assert found.not_stated_share == pytest.approx(50 / 600)
    black = by_group["Black"]
    assert black.if_all_reference == pytest.approx(20 / (500 / 90))
    assert black.if_all_group == pytest.approx((110 / 3) / 5)
    assert black.if_all_reference < black.ratio < black.if_all_group


def test_what_is_found_tells_whether_grounds_were_alike(by_group):
    assert by_group["White"].find_rate == by_group["Black"].find_rate == 0.2
    asian = by_group["Asian"]
    assert asian.find_rate == 0.1
    assert asian.find_gap.points == pytest.approx(-10)
    assert asian.find_low < 0.1 < asian.find_high


def test_the_caveats_go_with_the_figures():
    assert disproportionality(SEARCHES, FOUND, RESIDENTS).caveats == CAVEATS
    assert any("does not by itself show" in caveat for caveat in CAVEATS)


def test_without_residents_of_the_reference_group_there_is_nothing_to_compare_with():
    with pytest.raises(ValueError, match="reference group, White"):
        disproportionality(SEARCHES, FOUND, {"Black": 10})


@pytest.mark.parametrize(
    ("said", "seen", "group"),
    [
        ("White - English/Welsh/Scottish/Northern Irish/British", "White", "White"),
        ("Mixed/Multiple ethnic groups - White and Asian", "Asian", "Mixed"),
        ("Other ethnic group - Not stated", "Black", "Black"),
        ("", "Asian", "Asian"),
        (None, None, "Not stated"),
        ("", "", "Not stated"),
        ("Asian, Asian British or Asian Welsh: Chinese (number)", None, "Asian"),
        ("Other ethnic group: Arab (number)", None, "Other"),
        ("Black/African/Caribbean/Black British - Caribbean", "White", "Black"),
    ],
)
def test_the_wordings_of_the_census_and_of_police_fall_into_the_same_five_groups(said, seen, group):
    assert broad_group(said, seen) == group


@pytest.mark.real
@pytest.mark.skipif(not CLEVELAND.exists(), reason="the real data is not beside the repository")
def test_every_search_a_force_published_falls_into_a_group():
    counts: dict[str, int] = {}
    rows = 0
    with gzip.open(CLEVELAND / "2024-01/2024-01-cleveland-stop-and-search.csv.gz", "rt", encoding="utf-8-sig") as lines:
        for row in csv.DictReader(lines):
            group = broad_group(row["Self-defined ethnicity"], row["Officer-defined ethnicity"])
            counts[group] = counts.get(group, 0) + 1
            rows += 1
    assert sum(counts.values()) == rows
    assert set(counts) == {"White", "Black", "Asian", "Mixed", "Other", "Not stated"} & set(counts)
    assert counts["White"] > 500
    assert 0 < counts["Not stated"] < 200
