"""Stop and search as data.police.uk publishes it, with one month that never came."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from example.crimes import LENGTHS, STARTS
from example.geography import geography
from example.police_uk import FIRST_RELEASE, write_month
from example.streets import streets
from example.truths import MONTHS, month_name, truths

HEADER = [
    "Type",
    "Date",
    "Part of a policing operation",
    "Policing operation",
    "Latitude",
    "Longitude",
    "Gender",
    "Age range",
    "Self-defined ethnicity",
    "Officer-defined ethnicity",
    "Legislation",
    "Object of search",
    "Outcome",
    "Outcome linked to object of search",
    "Removal of more than just outer clothing",
]
OBJECTS = ("Controlled drugs", "Article for use in theft", "Offensive weapons", "Stolen goods")
LAWS = {"Controlled drugs": "Misuse of Drugs Act 1971 (section 23)"}
PACE = "Police and Criminal Evidence Act 1984 (section 1)"
GROUPS = (
    ("White - English/Welsh/Scottish/Northern Irish/British", "White", 0.70),
    ("White - Any other White background", "White", 0.06),
    ("Asian/Asian British - Pakistani", "Asian", 0.02),
    ("Asian/Asian British - Any other Asian background", "Asian", 0.02),
    ("Black/African/Caribbean/Black British - African", "Black", 0.035),
    ("Black/African/Caribbean/Black British - Caribbean", "Black", 0.015),
    ("Mixed/Multiple ethnic groups - White and Black Caribbean", "Black", 0.02),
    ("Other ethnic group - Not stated", "White", 0.01),
    ("", "White", 0.12),
)
ENDS = ("A no further action disposal", "Arrest", "Community resolution", "Khat or Cannabis warning")


def write_stop_and_search(to: Path) -> None:
    """Write one file a month, but for the month that is missing."""
    rng = np.random.default_rng(1984)
    weights = np.array([{"centre": 9, "estate": 4, "seafront": 3}.get(a.kind, 1) for a in geography().areas], float)
    for month in range(MONTHS):
        rows = _rows(rng, month, weights / weights.sum())
        if month_name(month) not in truths()["missing_months"]["police-uk-stop-and-search"]:
            write_month(to / FIRST_RELEASE, month, "stop-and-search", HEADER, rows)


def _rows(
    rng: np.random.Generator, month: int, weights: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> list[list[object]]:
    ground = streets()
    each = len(ground.names) // len(weights)
    number = int(rng.poisson(95))
    area = rng.choice(len(weights), number, p=weights)
    point = area * each + rng.integers(0, each, number)
    when = np.sort(rng.integers(0, int(LENGTHS[month]) * 1440, number))
    found = []
    for k, minutes in zip(point.tolist(), when.tolist(), strict=True):
        moment = STARTS[month] + np.timedelta64(minutes, "m")
        found.append(_row(rng, str(moment), f"{ground.lat[k]:.6f}", f"{ground.lon[k]:.6f}"))
    return found


def _row(rng: np.random.Generator, moment: str, lat: str, lon: str) -> list[object]:
    vehicle = rng.random() < 0.05
    sought = OBJECTS[rng.choice(4, p=[0.62, 0.13, 0.17, 0.08])]
    end = ENDS[rng.choice(4, p=[0.76, 0.13, 0.08, 0.03])]
    said, seen, _ = GROUPS[rng.choice(len(GROUPS), p=[g[2] for g in GROUPS])]
    person = ["", "", "", ""]
    if not vehicle:
        age = ("10-17", "18-24", "25-34", "over 34")[rng.choice(4, p=[0.15, 0.27, 0.25, 0.33])]
        person = ["Female" if rng.random() < 0.13 else "Male", age, said, seen]
    linked = "" if end == ENDS[0] else str(bool(rng.random() < 0.7))
    kind = "Vehicle search" if vehicle else "Person search"
    at = f"{moment}:00+00:00"
    return [kind, at, "", "", lat, lon, *person, LAWS.get(sought, PACE), sought, end, linked, ""]
