"""The invented geography is a sound one, lies where nothing is, and is nobody's."""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from example.areas import AUTHORITIES, COMPARED, WARDS
from example.elsewhere import elsewhere, everywhere
from example.geography import geography

WARD_LOOKUP = "LSOA_(2021)_to_Electoral_Ward_(2024)_to_LAD_(2024)_Best_Fit_Lookup_in_EW.csv.gz"
OLD_LOOKUP = "LSOA_(2011)_to_LSOA_(2021)_to_LAD_(2022)_Exact_Fit_Lookup_EW_V3.csv.gz"


def rows(path: Path) -> list[dict[str, str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def polygons(path: Path) -> Iterator[tuple[dict[str, str], BaseGeometry]]:
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        yield feature["properties"], shape(feature["geometry"])


@pytest.fixture(scope="module")
def lookups(saltmarsh: Path) -> Path:
    return saltmarsh / "reference/boundaries-lookups"


@pytest.mark.parametrize("name", ["lsoa21_saltmarsh", "lsoa11_saltmarsh"])
def test_small_areas_are_valid_and_meet_without_gaps_or_overlaps(lookups: Path, name: str) -> None:
    shapes = [p for _, p in polygons(lookups / f"{name}.geojson")]

    assert all(p.is_valid and p.area > 0 for p in shapes)
    whole = shapely.union_all(shapes)
    assert sum(p.area for p in shapes) == pytest.approx(whole.area, rel=1e-5)
    assert len(getattr(whole, "geoms", [whole])) <= 2


def test_every_ward_is_in_one_piece(lookups: Path) -> None:
    pieces = {ward.name: 0 for ward in WARDS}
    for properties, polygon in polygons(lookups / "wards22_saltmarsh.geojson"):
        pieces[properties["ward22_name"]] = len(polygon.geoms)

    assert set(pieces.values()) == {1}


def test_it_lies_in_the_open_sea(lookups: Path) -> None:
    west, south, east, north = shapely.union_all([p for _, p in polygons(lookups / "lsoa21_saltmarsh.geojson")]).bounds

    assert 1.0 < west < east < 1.6
    assert 53.4 < south < north < 53.7


def test_every_small_area_is_in_every_table_once(saltmarsh: Path, lookups: Path) -> None:
    here = [area.code for area in geography().areas]
    codes = [area.code for area in everywhere()]
    people = saltmarsh / "reference/population-deprivation"

    assert len(set(codes)) == len(codes)
    assert [r["LSOA21CD"] for r in rows(lookups / WARD_LOOKUP)] == codes
    assert [r["LSOA21CD"] for r in rows(lookups / "LSOA_Dec_2021_PWC_for_England_and_Wales_2022.csv.gz")] == here
    for name in ("households_census2021_lsoa21", "imd2025_england_lsoa21", "workday_population_lsoa21"):
        assert [r["lsoa21_code"] for r in rows(people / f"{name}.csv.gz")] == codes
    assert [r["lsoa21_code"] for r in rows(lookups / "ruc21_lsoa21.csv.gz")] == codes


def test_small_areas_elsewhere_add_up_to_their_authorities() -> None:
    for place in COMPARED:
        mine = [area for area in elsewhere() if area.authority == place.code]
        assert sum(area.population for area in mine) == place.population
        assert sum(area.households for area in mine) == place.households


def test_the_2011_edition_fits_the_2021_edition_as_its_letters_say(lookups: Path) -> None:
    fits = rows(lookups / OLD_LOOKUP)
    news, olds = defaultdict(set), defaultdict(set)
    for fit in fits:
        news[fit["LSOA11CD"]].add(fit["LSOA21CD"])
        olds[fit["LSOA21CD"]].add(fit["LSOA11CD"])

    assert {fit["CHGIND"] for fit in fits} == {"U", "S", "M", "X"}
    for fit in fits:
        before, after = olds[fit["LSOA21CD"]], news[fit["LSOA11CD"]]
        match fit["CHGIND"]:
            case "U":
                assert fit["LSOA11CD"] == fit["LSOA21CD"]
            case "S":
                assert len(before) == 1
                assert len(after) > 1
            case "M":
                assert len(before) > 1
                assert len(after) == 1
            case _:
                assert len(before) > 1 or len(after) > 1
    assert set(olds) == {area.code for area in everywhere()}


def test_a_changed_area_has_the_ground_of_those_it_came_from(lookups: Path) -> None:
    new = {p["lsoa21_code"]: s for p, s in polygons(lookups / "lsoa21_saltmarsh.geojson")}
    old = {p["lsoa11_code"]: s for p, s in polygons(lookups / "lsoa11_saltmarsh.geojson")}
    for fit in rows(lookups / OLD_LOOKUP):
        if fit["LSOA21CD"] not in new:
            continue
        shared = new[fit["LSOA21CD"]].intersection(old[fit["LSOA11CD"]]).area
        assert shared > 0.2 * min(new[fit["LSOA21CD"]].area, old[fit["LSOA11CD"]].area)


def test_households_are_fewer_than_people_and_the_centre_fills_by_day() -> None:
    for area in geography().areas:
        assert 0 < area.households < area.population
        assert 1 <= area.decile <= 10
    centre = [a for a in geography().areas if a.kind == "centre"]
    assert all(a.workday > 2 * a.population for a in centre)


@pytest.mark.real
def test_no_name_or_code_is_that_of_a_real_authority_partnership_force_ward_or_small_area(shared_data: Path) -> None:
    real = shared_data / "boundaries-lookups"
    taken: set[str] = set()
    for row in rows(real / "lookup_ltla24_csp24_pfa24.csv.gz"):
        taken |= set(row.values())
    for row in rows(real / "lookup_ltla_ltla.csv.gz"):
        taken |= set(row.values())
    for row in rows(real / WARD_LOOKUP):
        taken |= {row["LSOA21CD"], row["LSOA21NM"], row["WD24CD"], row["LAD24NM"]}
    taken |= {row["LSOA11CD"] for row in rows(real / OLD_LOOKUP)}

    ours = {area.code for area in geography().areas} | {area.name for area in geography().areas}
    ours |= {area.code for area in elsewhere()} | {area.ward for area in elsewhere()}
    ours |= {old.code for old in geography().old} | {ward.code for ward in WARDS} | {ward.district for ward in WARDS}
    for authority in AUTHORITIES:
        ours |= {authority.code, authority.name, authority.csp, authority.force_code}
        ours.add(authority.force.removesuffix(" Police"))
    assert not ours & taken


@pytest.mark.real
def test_no_real_small_area_is_within_thirty_kilometres(shared_data: Path) -> None:
    real = rows(shared_data / "boundaries-lookups/LSOA_Dec_2021_PWC_for_England_and_Wales_2022.csv.gz")
    ground = shapely.union_all([area.polygon for area in geography().areas])
    points = shapely.points([float(r["x"]) for r in real], [float(r["y"]) for r in real])

    assert float(shapely.distance(points, ground).min()) > 30_000
