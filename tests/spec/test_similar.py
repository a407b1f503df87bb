"""Methods handbook: which areas are most like this one?"""

from __future__ import annotations

import csv
import gzip
import os
from pathlib import Path

import numpy as np
import pytest
from sklearn.decomposition import PCA

from goldthread.analysis.similar import components, most_similar, prepare

title = "Most similar areas"
question = "Which areas are most like this one, when no official group is given?"

# Five invented areas and two things about them.
#
#   area        people per hectare   share in the most deprived fifth
#   Saltmarsh          30                       20
#   Fenwick            31                       21
#   Highcliffe         29                       18
#   Marlpool            5                        2
#   Overy              90                       60
NAMES = ("Saltmarsh", "Fenwick", "Highcliffe", "Marlpool", "Overy")
VALUES = np.array([[30, 20], [31, 21], [29, 18], [5, 2], [90, 60]], float)
VARIABLES = ("people per hectare", "share in the most deprived fifth")

SHARED = Path(os.environ.get("GOLDTHREAD_REFERENCE", Path(__file__).parents[3] / "shared/data"))
PEOPLE = SHARED / "population-deprivation"


def test_the_nearest_are_those_with_nearly_the_same_values():
    found = most_similar(NAMES, VALUES, VARIABLES, "Saltmarsh", size=2)
    assert found.members == ("Fenwick", "Highcliffe")
    assert found.distances[0] < found.distances[1]
    assert found.stability == (1.0, 1.0)


def test_an_area_is_never_in_its_own_group():
    found = most_similar(NAMES, VALUES, VARIABLES, "Overy", size=14)
    assert "Overy" not in found.members
    assert len(found.members) == 4


def test_the_unit_a_variable_is_in_does_not_matter():
    draw = np.random.default_rng(1)
    table = draw.normal(50, 5, (40, 6))
    names, variables = [f"Area {i}" for i in range(40)], [f"v{i}" for i in range(6)]
    first = most_similar(names, table, variables, "Area 7")
    second = most_similar(names, table * [1, 10, 100, 1000, 0.1, 1], variables, "Area 7")
    assert first.members == second.members
    assert first.distances == pytest.approx(second.distances)


def test_saying_the_same_thing_five_times_does_not_make_it_matter_five_times_as_much():
    draw = np.random.default_rng(2)
    density, age = draw.normal(size=200), draw.normal(size=200)
    names = [f"Area {i}" for i in range(200)]
    repeated = np.column_stack([density] * 5 + [age])
    mahalanobis = most_similar(names, repeated, list("abcdef"), "Area 0", distance="mahalanobis", keep=0.99)
    plainly = most_similar(names, np.column_stack([density, age]), list("ab"), "Area 0", distance="mahalanobis", keep=1)
    assert mahalanobis.kept == 2
    assert mahalanobis.members == plainly.members


def test_skewed_variables_are_logged_and_said_to_be():
    draw = np.random.default_rng(3)
    table = np.column_stack([draw.lognormal(3, 1.2, 100), draw.normal(10, 1, 100)])
    found = most_similar([str(i) for i in range(100)], table, ("density", "age"), "4")
    assert found.logged == ("density",)
    assert abs(prepare(table).scores.mean(axis=0)).max() < 1e-12


def test_an_area_without_a_value_is_left_out_and_named():
    table = VALUES.copy()
    table[4, 1] = np.nan
    found = most_similar(NAMES, table, VARIABLES, "Saltmarsh")
    assert found.left_out == ("Overy",)
    with pytest.raises(ValueError, match="Overy has no value"):
        most_similar(NAMES, table, VARIABLES, "Overy")


def test_a_neighbour_that_hangs_on_one_variable_is_shown_to():
    draw = np.random.default_rng(4)
    table = draw.normal(size=(60, 8))
    found = most_similar([str(i) for i in range(60)], table, list("abcdefgh"), "0")
    assert 0 < found.steadiness < 1
    assert len(found.stability) == len(found.members) == 14


def test_components_are_those_of_a_reference_library():
    draw = np.random.default_rng(5)
    scores = prepare(draw.normal(size=(80, 7)) @ draw.normal(size=(7, 7))).scores
    placed, explained = components(scores, 0.9)
    reference = PCA().fit(scores)
    shares = np.cumsum(reference.explained_variance_ratio_)
    kept = int(np.searchsorted(shares, 0.9) + 1)
    assert placed.shape[1] == kept
    assert explained == pytest.approx(shares[kept - 1])
    assert np.abs(placed) == pytest.approx(np.abs(reference.transform(scores)[:, :kept]))


def test_a_variable_that_is_the_same_everywhere_says_nothing():
    table = np.column_stack([VALUES, np.full(5, 7.0)])
    found = most_similar(NAMES, table, (*VARIABLES, "flat"), "Saltmarsh", size=2)
    assert found.members == ("Fenwick", "Highcliffe")


def rows(name: str) -> list[dict[str, str]]:
    with gzip.open(PEOPLE / name, "rt", encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.real
@pytest.mark.skipif(not PEOPLE.exists(), reason="the reference tables are not beside the repository")
def test_bournemouth_christchurch_and_poole_is_most_like_towns_of_its_kind():
    deprived = {r["ltla24_code"]: r for r in rows("imd2025_england_ltla24.csv.gz")}
    ages = {r["ltla21_code"]: r for r in rows("age_gender21_ltla21_ew.csv.gz")}
    ethnic: dict[str, dict[str, float]] = {}
    for r in rows("ethnicity21_ltla21.csv.gz"):
        ethnic.setdefault(r["ltla21_code"], {})[r["ethnic_group"]] = float(r["value"] or 0)
    homes = {r["ltla23_code"]: float(r["households"]) for r in rows("households21_england_wales_ltla23.csv.gz")}
    names, table = [], []
    for code in sorted(set(deprived) & set(ages) & set(homes) & set(ethnic)):
        a, d = ages[code], deprived[code]
        people = float(a["total_population"])
        younger = float(a["younger_females"]) + float(a["younger_males"])
        older = float(a["older_females"]) + float(a["older_males"])
        names.append(d["ltla24_name"])
        score = float(d["imd_average_score"])
        worst = float(d["imd_proportion_of_lso_as_in_most_deprived_10_percent_nationally"])
        table.append([score, worst, younger / people, older / people, people, people / homes[code]])
    variables = ("deprivation", "most deprived tenth", "younger", "older", "people", "people in a home")
    found = most_similar(names, np.array(table), variables, "Bournemouth, Christchurch and Poole")
    assert len(found.members) == 14
    assert list(found.distances) == sorted(found.distances)
    assert 0.5 < found.steadiness <= 1
    # Large, coastal or suburban places with an older population; never inner London.
    assert not {"Tower Hamlets", "Newham", "Hackney"} & set(found.members)
