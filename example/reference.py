"""The reference tables of Saltmarsh, laid out as the real ones are published, in a folder for `--reference`."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from pathlib import Path

import shapely

from example import files
from example.areas import AUTHORITIES, FIRE, NORTH, REGION, SALTMARSH, SOUTH, WARDS, authority_of
from example.elsewhere import elsewhere
from example.geography import Geography, SmallArea, geography, rings
from example.reference_people import write_people

NAMES = {a.code: a.name for a in AUTHORITIES}


def write_reference(to: Path) -> None:
    """Write every reference table: boundaries and lookups, populations and deprivation, and the list of areas."""
    world = geography()
    lookups = to / "boundaries-lookups"
    _areas(to / "areas.csv")
    _ward_lookup(lookups, world)
    _old_lookup(lookups, world)
    _centroids(lookups, world)
    _authority_lookups(lookups)
    _rural_urban(lookups, world)
    _boundaries(lookups, world)
    write_people(to / "population-deprivation", world)


def _areas(path: Path) -> None:
    rows = [(a.code, a.name, a.csp, a.name, a.force) for a in AUTHORITIES]
    files.write_csv(path, ["code", "name", "csp_code", "csp_name", "force_name"], rows)


def quoted(path: Path, header: Sequence[str], rows: Sequence[files.Row]) -> None:
    """Write a table as the R packages publish it: every text in quotation marks, no mark at the front."""
    files.write_csv(path, header, rows, quoting=csv.QUOTE_NONNUMERIC)


def _ward_lookup(to: Path, world: Geography) -> None:
    head = [
        "LSOA21CD",
        "LSOA21NM",
        "LSOA21NMW",
        "WD24CD",
        "WD24NM",
        "WD24NMW",
        "LAD24CD",
        "LAD24NM",
        "LAD24NMW",
        "ObjectId",
    ]
    rows = [
        (a.code, a.name, "", a.ward.code, a.ward.name, "", a.authority, NAMES[a.authority], "", a.number + 1)
        for a in world.areas
    ]
    for number, e in enumerate(elsewhere(), start=len(rows) + 1):
        rows.append((e.code, e.name, "", e.ward, e.ward_name, "", e.authority, NAMES[e.authority], "", number))
    name = "LSOA_(2021)_to_Electoral_Ward_(2024)_to_LAD_(2024)_Best_Fit_Lookup_in_EW.csv.gz"
    files.write_csv(to / name, head, rows, encoding="utf-8-sig")


def _old_lookup(to: Path, world: Geography) -> None:
    head = ["LSOA11CD", "LSOA11NM", "LSOA21CD", "LSOA21NM", "CHGIND", "LAD22CD", "LAD22NM", "LAD22NMW", "ObjectId"]
    rows = []
    for number, fit in enumerate(world.fits, start=1):
        old, new = world.old[fit.old], world.areas[fit.new]
        rows.append((old.code, old.name, new.code, new.name, fit.how, new.authority, NAMES[new.authority], "", number))
    for number, e in enumerate(elsewhere(), start=len(rows) + 1):
        rows.append((e.code, e.name, e.code, e.name, "U", e.authority, NAMES[e.authority], "", number))
    name = "LSOA_(2011)_to_LSOA_(2021)_to_LAD_(2022)_Exact_Fit_Lookup_EW_V3.csv.gz"
    files.write_csv(to / name, head, rows, encoding="utf-8-sig")


def _identifier(code: str) -> str:
    """A made-up GlobalID: the published column has one, and nothing reads it."""
    digest = hashlib.sha256(code.encode()).hexdigest()
    return "-".join(digest[a:b] for a, b in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32)))


def _centroids(to: Path, world: Geography) -> None:
    rows = [(a.number + 1, a.code, _identifier(a.code), *a.centre) for a in world.areas]
    name = "LSOA_Dec_2021_PWC_for_England_and_Wales_2022.csv.gz"
    files.write_csv(to / name, ["FID", "LSOA21CD", "GlobalID", "x", "y"], rows, encoding="utf-8-sig")


def _authority_lookups(to: Path) -> None:
    quoted(
        to / "lookup_ltla24_csp24_pfa24.csv.gz",
        ["ltla24_code", "ltla24_name", "csp24_code", "csp24_name", "pfa24_code", "pfa24_name"],
        [(a.code, a.name, a.csp, a.name, a.force_code, a.force.removesuffix(" Police")) for a in AUTHORITIES],
    )
    quoted(
        to / "lookup_ltla24_region24.csv.gz",
        ["ltla24_name", "ltla24_code", "region24_name", "region24_code"],
        [(a.name, a.code, REGION[1], REGION[0]) for a in AUTHORITIES],
    )
    quoted(
        to / "lookup_ltla24_fra24.csv.gz",
        ["ltla24_name", "ltla24_code", "fra24_name", "fra24_code"],
        [(a.name, a.code, FIRE.removesuffix(" Fire and Rescue"), "E31000099") for a in AUTHORITIES[:2]],
    )
    years = [f"ltla{year}_{part}" for year in range(16, 25) for part in ("code", "name")]
    changed = [[*old * 3, *(SALTMARSH, NAMES[SALTMARSH]) * 6] for old in (NORTH, SOUTH)]
    same = [[*(a.code, a.name) * 9] for a in AUTHORITIES if a.code != SALTMARSH]
    quoted(to / "lookup_ltla_ltla.csv.gz", years, [*changed, *same])


def _rural_urban(to: Path, world: Geography) -> None:
    rural = ("RSN1", "Smaller rural: Nearer to a major town or city", "Rural")
    urban = ("UN1", "Urban: Nearer to a major town or city", "Urban")
    rows = [(a.code, *(rural if a.kind == "rural" else urban)) for a in world.areas]
    rows += [(e.code, *urban) for e in elsewhere()]
    quoted(to / "ruc21_lsoa21.csv.gz", ["lsoa21_code", "ruc21_code", "classification", "ruc"], rows)


def _boundaries(to: Path, world: Geography) -> None:
    new = [
        (
            {
                "lsoa21_code": a.code,
                "lsoa21_name": a.name,
                "ward24_code": a.ward.code,
                "ward24_name": a.ward.name,
                "ltla24_code": a.authority,
                "ltla24_name": NAMES[a.authority],
            },
            [rings(a.polygon)],
        )
        for a in world.areas
    ]
    files.write_geojson(to / "lsoa21_saltmarsh.geojson", new)
    old = [({"lsoa11_name": o.name, "lsoa11_code": o.code}, [rings(o.polygon)]) for o in world.old]
    files.write_geojson(to / "lsoa11_saltmarsh.geojson", old)
    wards = [
        ({"ward22_name": w.name, "ward22_code": w.code}, _joined([a for a in world.areas if a.ward == w]))
        for w in WARDS
    ]
    files.write_geojson(to / "wards22_saltmarsh.geojson", wards)
    codes = dict.fromkeys(authority_of(w) for w in WARDS)
    whole = [
        ({"ltla24_name": NAMES[c], "ltla24_code": c}, _joined([a for a in world.areas if a.authority == c]))
        for c in codes
    ]
    files.write_geojson(to / "ltla24_england_wales_geographr.geojson", whole)


def _joined(areas: list[SmallArea]) -> list[list[list[list[float]]]]:
    shape = shapely.unary_union([a.polygon for a in areas])
    return [rings(part) for part in sorted(getattr(shape, "geoms", [shape]), key=lambda p: -p.area)]
