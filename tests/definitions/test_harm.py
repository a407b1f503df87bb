"""Offences and their harm: every offence has its place, both indices are whole, and neither leaks into the other."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict

import pytest

from tests.definitions.reading import REFERENCE, feeds, rows, words

OFFENCES = rows("offences")
INDICES = ("ons-severity", "cambridge")
STREET = next(c for c in feeds()["police-uk-street"]["columns"] if c["name"] == "Crime type")["values"]
CRIMES = set(STREET) - {"Anti-social behaviour"}


def weights(name: str, *keys: str) -> dict[tuple[str, ...], float]:
    """The weights of a harm table by its key columns."""
    return {tuple(r[k] for k in keys): float(r["weight"]) for r in rows(f"harm/{name}")}


def test_an_offence_code_is_there_once_and_has_a_category_of_police_uk_unless_it_is_fraud() -> None:
    assert len({r["code"] for r in OFFENCES}) == len(OFFENCES) == 137
    assert {r["police_uk_category"] for r in OFFENCES} - {""} == CRIMES
    assert {r["group"] for r in OFFENCES if not r["police_uk_category"]} == {"Fraud offences"}


def test_a_subgroup_lies_in_one_group_and_one_category() -> None:
    places = {(r["subgroup"], r["group"], r["police_uk_category"]) for r in OFFENCES}
    assert len(places) == len({p[0] for p in places})


def test_the_local_crime_feed_speaks_of_the_same_subgroups() -> None:
    column = next(c for c in feeds()["police-local-crime"]["columns"] if c["becomes"] == "series")
    assert set(column["values"].values()) == {r["subgroup"] for r in OFFENCES if r["police_uk_category"]}


def test_every_offence_that_the_police_record_has_a_severity() -> None:
    weighed = weights("ons-severity", "code")
    assert {(r["code"],) for r in OFFENCES if r["police_uk_category"]} == set(weighed)
    assert min(weighed.values()) > 0
    assert max(weighed, key=lambda k: weighed[k]) in {("1",), ("4.1",), ("4.2",), ("4.10",)}


@pytest.mark.parametrize("index", INDICES)
def test_every_category_but_anti_social_behaviour_has_a_weight_within_its_band(index: str) -> None:
    table = rows(f"harm/{index}-categories")
    assert [r["police_uk_category"] for r in table] == sorted(CRIMES)
    assert all(0 < float(r["least"]) <= float(r["weight"]) <= float(r["most"]) for r in table)


@pytest.mark.parametrize("index", INDICES)
def test_every_force_has_a_weight_for_every_category_and_the_band_is_over_the_forces(index: str) -> None:
    by_force = weights(f"{index}-by-force", "force_name", "police_uk_category")
    forces = {r["force_name"] for r in rows("areas/force-names") if r["area_force"] == "yes"}
    assert {f for f, _ in by_force} == forces
    assert len(by_force) == 43 * 13
    for row in rows(f"harm/{index}-categories"):
        mine = [w for (_, category), w in by_force.items() if category == row["police_uk_category"]]
        assert (min(mine), max(mine)) == (float(row["least"]), float(row["most"]))


def test_the_two_indices_are_different_rulers() -> None:
    severity, cambridge = (weights(f"{i}-categories", "police_uk_category") for i in INDICES)
    assert severity[("Robbery",)] == 799.6
    assert cambridge[("Robbery",)] == 365.0
    assert words("harm/sources")["rules"][0].startswith("Two indices are two rulers.")


def test_each_index_names_its_source_its_edition_and_its_tables() -> None:
    said = words("harm/sources")
    for index in INDICES:
        assert all(said[index][k] for k in ("title", "unit", "source", "licence", "edition", "taken_on"))
        for key in ("by_category", "by_force"):
            assert rows(said[index][key].removesuffix(".csv"))


@pytest.mark.real
def test_a_severity_is_the_published_one_to_a_tenth() -> None:
    with (REFERENCE / "harm-weights/policeuk-ons-code-join.csv").open(encoding="utf-8-sig", newline="") as table:
        published = {r["ONS_COUNTS_code"]: float(r["ONS_SEVERITY_weight"]) for r in csv.DictReader(table)}
    for (code,), weight in weights("ons-severity", "code").items():
        assert weight == pytest.approx(published[code], abs=0.051)


@pytest.mark.real
def test_the_severity_of_a_category_in_a_force_is_the_mean_over_what_it_recorded() -> None:
    category = {r["code"]: r["police_uk_category"] for r in OFFENCES}
    severity = weights("ons-severity", "code")
    harm: dict[str, float] = defaultdict(float)
    count: dict[str, float] = defaultdict(float)
    path = REFERENCE / "home-office-ons-tables/prc-pfa-201718_new.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig") as table:
        for row in csv.DictReader(table):
            code = {"1/4.1/4.10/4.2": "1"}.get(row["Offence_Code"], row["Offence_Code"])
            if row["Force_Name"] == "Dorset" and category.get(code):
                n = float(row["Number_of_Offences"].replace(",", ""))
                harm[category[code]] += n * severity[(code,)]
                count[category[code]] += n
    by_force = weights("ons-severity-by-force", "force_name", "police_uk_category")
    for name in CRIMES:
        assert by_force[("Dorset", name)] == pytest.approx(harm[name] / count[name], abs=0.15), name
