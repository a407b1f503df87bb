"""Stop and search as data.police.uk publishes it, with one month that never came."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from example.crimes import LENGTHS, STARTS
from example.geography import geography
from example.happenings import chance, pick
from example.police_uk import FIRST_RELEASE, write_month
from example.streets import streets
from example.truths import MONTHS, month_name, truths

Numbers = NDArray[np.float64]
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
OBJECTS = {
    "Controlled drugs": 0.62,
    "Article for use in theft": 0.13,
    "Offensive weapons": 0.17,
    "Stolen goods": 0.08,
}
AGES = {"10-17": 0.15, "18-24": 0.27, "25-34": 0.25, "over 34": 0.33}
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
NOTHING = "A no further action disposal"
ENDS = {NOTHING: 0.76, "Arrest": 0.13, "Community resolution": 0.08, "Khat or Cannabis warning": 0.03}


def write_stop_and_search(to: Path) -> None:
    """Write one file a month, but for the month that is missing."""
    rng = np.random.default_rng(1984)
    weights = np.array([{"centre": 9, "estate": 4, "seafront": 3}.get(a.kind, 1) for a in geography().areas], float)
    for month in range(MONTHS):
        rows = _rows(rng, month, weights / weights.sum())
        if month_name(month) not in truths()["missing_months"]["police-uk-stop-and-search"]:
            write_month(to / FIRST_RELEASE, month, "stop-and-search", HEADER, rows)


def _rows(rng: np.random.Generator, month: int, weights: Numbers) -> list[tuple[object, ...]]:
    ground = streets()
    each = len(ground.names) // len(weights)
    number = int(rng.poisson(95))
    point = rng.choice(len(weights), number, p=weights) * each + rng.integers(0, each, number)
    minutes = np.sort(rng.integers(0, int(LENGTHS[month]) * 1440, number)).astype("timedelta64[m]")
    sought, ends = pick(rng, OBJECTS, number), pick(rng, ENDS, number)
    seen = {g[0]: g[1] for g in GROUPS}
    said = [(g, seen[g]) for g in pick(rng, {g[0]: g[2] for g in GROUPS}, number)]
    people = zip(chance(rng, 0.13, number, ("Female", "Male")), pick(rng, AGES, number), said, strict=True)
    vehicle = (rng.random(number) < 0.05).tolist()
    none = ("", "", "", "")
    persons = [none if v else (sex, age, *group) for v, (sex, age, group) in zip(vehicle, people, strict=True)]
    linked = ["" if e == NOTHING else x for e, x in zip(ends, chance(rng, 0.7, number, ("True", "False")), strict=True)]
    whens = [f"{w}:00+00:00" for w in np.datetime_as_string(STARTS[month] + minutes).tolist()]
    return [
        (
            "Vehicle search" if vehicle[k] else "Person search",
            *(whens[k], "", "", f"{ground.lat[p]:.6f}", f"{ground.lon[p]:.6f}", *persons[k]),
            *(LAWS.get(sought[k], PACE), sought[k], ends[k], linked[k], ""),
        )
        for k, p in enumerate(point.tolist())
    ]
