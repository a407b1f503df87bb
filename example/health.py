"""What the ambulance service, the hospital and the mental health trust know of violence, some of it hidden."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from example import persons
from example.crimes import profile
from example.happenings import chance, draw, pick, weights_of
from example.sending import send
from example.truths import effect

AMBULANCE, DEPARTMENT = "Ambulance assault calls 2024-25.xlsx", "ED assault attendances.csv"
ADMISSIONS = "Admissions for violence, drugs and alcohol.xlsx"
VIOLENCE = {
    "centre": 4.0,
    "seafront": 1.8,
    "student": 1.3,
    "estate": 2.2,
    "terraced": 1.7,
    "harbour": 1.5,
    "rural": 0.6,
}
BANDS = {"under 18": 0.09, "18-24": 0.3, "25-34": 0.27, "35-44": 0.16, "45-54": 0.1, "55-64": 0.05, "65+": 0.03}
EVENING = profile(22, 5, 2.6)
# Where people say they were hurt, by ward; "outside the club" is of no use to anyone, and is common.
SAID = {
    "Old Town and Quay": ("Outside club on the Quay", "Old Town, taxi rank", "Pub, Old Town"),
    "Promenade": ("Seafront by the pier", "Promenade arcade"),
    "Harbourside": (
        "Harbourside, shift changeover at the fish dock",
        "Harbourside, shared house",
        "Harbourside quay road",
    ),
}
POSTCODES = {"SX1": 0.3, "SX2": 0.21, "SX3": 0.24, "SX4": 0.14, "SX5": 0.11}


def hidden() -> dict[str, float]:
    """How many times more violence health services see in the ward where the police see little."""
    said = effect("hidden_violence")
    return {said["ward"]: said["health_times"]}


def write_health(to: Path) -> None:
    """Write the ambulance calls, the emergency department's assault records and the admissions."""
    _ambulance(to / AMBULANCE)
    _department(to / DEPARTMENT)
    _admissions(to / ADMISSIONS)


def _ambulance(path: Path) -> None:
    rng = np.random.default_rng(4001)
    found = draw(rng, 41, weights_of(VIOLENCE, wards=hidden()), week=EVENING, summer=0.12)
    number = len(found)
    known = np.array([0.22 if a.ward.name in hidden() else 0.68 for a in found.places])
    moments = found.moment.astype("datetime64[s]").tolist()
    send(
        path,
        {
            "CAD Number": [f"A{k:06d}" for k in range(1, number + 1)],
            "Date of Call": [m.date() for m in moments],
            "Time of Call": [m.time() for m in moments],
            "Nature of Call": pick(
                rng, {"Assault": 0.78, "Stab or penetrating injury": 0.05, "Sexual assault": 0.17}, number
            ),
            "LSOA": [a.code for a in found.places],
            "Location Category": pick(rng, {"Street": 0.45, "Home": 0.35, "Licensed premises": 0.2}, number),
            "Conveyed": pick(rng, {"Conveyed": 0.61, "Treated at scene": 0.39}, number),
            "Police on Scene": chance(rng, known, number, ("Y", "N")),
            "Alcohol Related": chance(rng, 0.41, number, ("Y", "N")),
            "Patient Age Band": pick(rng, BANDS, number),
            "Patient Sex": chance(rng, 0.36, number, ("F", "M")),
            "NHS Number": persons.health_numbers(rng, number),
            "Patient Name": persons.names(rng, number),
            "Crew Notes": persons.notes(rng, number),
        },
        above=[
            "Far East Coast Ambulance: calls to assaults in Saltmarsh, January 2024 to December 2025",
            "Times are of the call being connected. One row is one call, not one patient.",
            "OFFICIAL - SENSITIVE. For the community safety partnership under ISA-2025-07.",
        ],
    )


def _department(path: Path) -> None:
    rng = np.random.default_rng(4002)
    found = draw(rng, 66, weights_of(VIOLENCE, wards=hidden()), week=EVENING, summer=0.12)
    number = len(found)
    wards = [a.ward.name for a in found.places]
    arrived = found.moment + rng.integers(20, 600, number).astype("timedelta64[m]")
    arrived = np.minimum(arrived, np.datetime64("2025-12-31T23:59"))
    later = arrived.astype("datetime64[s]").tolist()
    places = [SAID[w][int(rng.integers(len(SAID[w])))] if w in SAID else w for w in wards]
    vague = (rng.random(number) < 0.2).tolist()
    known = np.array([0.25 if w in hidden() else 0.66 for w in wards])
    weapons = {
        "Fist or foot": 0.62,
        "Knife or sharp object": 0.06,
        "Glass or bottle": 0.05,
        "Blunt object": 0.08,
        "Unknown": 0.19,
    }
    send(
        path,
        {
            "Attendance ID": [f"ED{k:06d}" for k in range(1, number + 1)],
            "Attendance Date": [m.strftime("%d/%m/%y") for m in later],
            "Attendance Time": [m.strftime("%H:%M") for m in later],
            "Date of Assault": found.dates("%d/%m/%y"),
            "Time of Assault": ["" if v else t for t, v in zip(found.dates("%H:%M"), vague, strict=True)],
            "Location of Assault": ["street" if v else p for p, v in zip(places, vague, strict=True)],
            "Weapon Type": pick(rng, weapons, number),
            "Number of Assailants": rng.choice([1, 2, 3, 4], number, p=[0.7, 0.17, 0.08, 0.05]).tolist(),
            "Reported to Police": chance(rng, known, number, ("Y", "N")),
            "Known to Patient": chance(rng, 0.38, number, ("Y", "N")),
            "Domestic": chance(rng, 0.17, number, ("Y", "N")),
            "Alcohol Involved": chance(rng, 0.44, number, ("Y", "N")),
            "Patient Age Band": pick(rng, BANDS, number),
            "Patient Sex": chance(rng, 0.3, number, ("F", "M")),
            "MRN": [f"MRN{k:07d}" for k in rng.integers(0, 10**7, number).tolist()],
            "Patient Name": persons.names(rng, number),
            "DOB": persons.births(rng, number),
            "Home Postcode": persons.postcodes(rng, number),
        },
    )


def _admissions(path: Path) -> None:
    rng = np.random.default_rng(4003)
    found = draw(rng, 52, weights_of(VIOLENCE, wards=hidden()), week=EVENING)
    number = len(found)
    shares = {"Assault": 0.3, "Psychoactive substances": 0.38, "Toxic effect of alcohol": 0.05}
    kinds = pick(rng, {**shares, "Evidence of alcohol": 0.22, "Domestic abuse": 0.05}, number)
    codes = {
        "Assault": "Y04",
        "Psychoactive substances": "F11",
        "Toxic effect of alcohol": "T51",
        "Evidence of alcohol": "Y91",
    }
    send(
        path,
        {
            "Admitted": [m.date() for m in found.moment.astype("datetime64[s]").tolist()],
            "Sub-category": kinds,
            "ICD-10 Code": [codes.get(k, "Y07") for k in kinds],
            "Postcode District": pick(rng, POSTCODES, number),
            "Patient Age Band": pick(rng, BANDS, number),
            "Patient Sex": chance(rng, 0.34, number, ("F", "M")),
            "NHS Number": persons.health_numbers(rng, number),
            "Patient Name": persons.names(rng, number),
        },
        above=["Saltmarsh General Hospital: emergency admissions of residents", "Regulation data sets 9 and 10"],
    )
