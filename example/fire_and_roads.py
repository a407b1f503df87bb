"""Fire incidents of the whole service area, and collisions in which someone was hurt."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from example import persons
from example.areas import AUTHORITIES
from example.crimes import profile
from example.geography import geography
from example.happenings import chance, draw, pick, weights_of
from example.sending import send
from example.streets import streets

FIRE, ROADS = "Fire incidents 2023-2025.csv", "dft-road-casualty-statistics-collision-saltmarsh-2023-2025.csv"
BURNT = {"estate": 2.6, "terraced": 1.6, "harbour": 1.8, "rural": 0.8, "centre": 1.6}
NAMES = {a.code: a.name for a in AUTHORITIES}
INCIDENTS = {
    "Secondary fire - deliberate": 0.26,
    "Primary fire - deliberate": 0.08,
    "Primary vehicle fire - deliberate": 0.05,
    "Dwelling fire - accidental": 0.12,
    "Primary fire - accidental": 0.08,
    "Secondary fire - accidental": 0.06,
    "AFA": 0.2,
    "Special service": 0.1,
    "Hoax call": 0.05,
}
PROPERTY = {
    "Dwelling": 0.3,
    "Outdoor - refuse": 0.3,
    "Outdoor - grassland": 0.15,
    "Road vehicle": 0.1,
    "Other building": 0.15,
}


def write_fire(to: Path) -> None:
    """Write three years of incidents, Wexcombe's too, with a mark at the front of the file as Excel leaves it."""
    rng = np.random.default_rng(5001)
    found = draw(rng, 74, weights_of(BURNT, force=True), first_month=0, week=profile(19, 6, 1.2), summer=0.15)
    number = len(found)
    kinds = pick(rng, INCIDENTS, number)
    homes = np.array([0.24 if "Dwelling" in k else 0.0 for k in kinds])
    send(
        to / FIRE,
        {
            "IRS Number": [f"SF{k:06d}" for k in range(1, number + 1)],
            "Date of Incident": found.dates("%d-%b-%y"),
            "Time of Call": found.dates("%H:%M"),
            "Fire Type and Motive": kinds,
            "Property Category": pick(rng, PROPERTY, number),
            "Hostility to Crew": chance(rng, 0.012, number),
            "Smoke Alarm Absent": chance(rng, homes, number),
            "Number of Casualties": np.where(rng.random(number) < 0.02, 1, 0).tolist(),
            "LSOA 2021": [a.code for a in found.places],
            "Easting_m": found.easting,
            "Northing_m": found.northing,
            "Station": pick(rng, {"Saltmouth": 0.7, "Marshwick": 0.2, "Wexcombe": 0.1}, number),
            "UPRN": (900_000_000_000 + rng.integers(0, 10**9, number)).tolist(),
            "Postcode_full": persons.postcodes(rng, number),
        },
        encoding="utf-8-sig",
    )


def write_roads(to: Path) -> None:
    """Write three years of collisions in Saltmarsh and Wexcombe as the Department for Transport lays them out."""
    rng = np.random.default_rng(5002)
    roads = {"centre": 3.0, "seafront": 1.6, "rural": 1.7, "harbour": 1.4}
    found = draw(rng, 33, weights_of(roads, force=True), first_month=0, week=profile(16, 5, 1.0))
    number = len(found)
    years = [int(y) for y in found.dates("%Y")]
    anchor = streets().anchor[found.area, found.address]
    send(
        to / ROADS,
        {
            "collision_index": [f"{y}99{k:07d}" for k, y in enumerate(years)],
            "collision_year": years,
            "collision_ref_no": [f"99{k:07d}" for k in range(number)],
            "location_easting_osgr": found.easting,
            "location_northing_osgr": found.northing,
            "longitude": [f"{streets().lon[k]:.6f}" for k in anchor.tolist()],
            "latitude": [f"{streets().lat[k]:.6f}" for k in anchor.tolist()],
            "collision_severity": pick(rng, {"1": 0.014, "2": 0.2, "3": 0.786}, number),
            "number_of_vehicles": rng.choice([1, 2, 3], number, p=[0.3, 0.6, 0.1]).tolist(),
            "number_of_casualties": rng.choice([1, 2, 3], number, p=[0.8, 0.15, 0.05]).tolist(),
            "date": found.dates("%d/%m/%Y"),
            "day_of_week": [(int(d) + 1) % 7 + 1 for d in found.dates("%w")],
            "time": found.dates("%H:%M"),
            "local_authority_ons_district": [NAMES[a.authority] for a in found.places],
            "road_type": pick(rng, {"6": 0.7, "3": 0.15, "1": 0.15}, number),
            "speed_limit": pick(rng, {"20": 0.2, "30": 0.55, "40": 0.1, "60": 0.15}, number),
            "lsoa_of_collision_location": [geography().areas[k].code for k in found.area.tolist()],
        },
    )
