"""What the force's command and control log holds: anti-social behaviour, other incidents, and hate reports."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from example import persons
from example.areas import SALTMARSH
from example.crimes import STARTS, crimes, is_asb, profile
from example.geography import geography
from example.happenings import Happenings, chance, draw, pick, weights_of
from example.sending import send

ASB, OTHER = "ASB incidents 2024-2025.tsv.gz", "Transport and welfare incidents 2025.csv"
HATE = "Hate crime and incidents 2024-2025.xlsx"
TOWN = {"centre": 6.0, "seafront": 2.0, "estate": 2.0, "terraced": 1.5, "student": 1.5}


def write_police_logs(to: Path) -> None:
    """Write the anti-social behaviour log, the other incidents and the register of hate crime."""
    _asb(to / ASB)
    _other(to / OTHER)
    _hate(to / HATE)


def asb_happenings() -> Happenings:
    """The anti-social behaviour of the open data, from 2024, with its times and addresses."""
    found = crimes()
    here = np.array([a.authority == SALTMARSH for a in geography().areas])
    mine = is_asb(found) & here[found.area] & (found.month >= 12)
    moment = STARTS[0].astype("datetime64[m]") + found.start[mine].astype("timedelta64[m]")
    return Happenings(found.area[mine], found.address[mine], moment)


def _asb(path: Path) -> None:
    rng = np.random.default_rng(3001)
    found = asb_happenings()
    number = len(found)
    send(
        path,
        {
            "Log Number": [f"SP-{d}-{k % 9000 + 1000}" for k, d in enumerate(found.dates("%Y%m%d"))],
            "ASB Type": pick(rng, {"Nuisance": 0.66, "Personal": 0.2, "Environmental": 0.14}, number),
            "Date Created": found.dates("%d-%b-%Y"),
            "Time Created": found.dates("%H:%M:%S"),
            "LSOA21CD": [a.code for a in found.places],
            "X": found.easting,
            "Y": found.northing,
            "Neighbourhood": [a.ward.name for a in found.places],
            "Closure Code": pick(rng, {"Advice given": 0.5, "No trace": 0.3, "Passed to council": 0.2}, number),
            "Repeat Caller": chance(rng, 0.18, number, ("Y", "N")),
            "Alcohol Related": chance(rng, 0.22, number, ("Y", "N")),
            "Youth Related": chance(rng, 0.34, number, ("Y", "N")),
            "Caller Pseudonym": persons.keys(rng, number, letter="C", again=0.3),
            "Caller Name": persons.names(rng, number),
            "Phone": persons.telephones(rng, number),
            "Log Text": persons.notes(rng, number),
        },
    )


def _other(path: Path) -> None:
    rng = np.random.default_rng(3002)
    found = draw(rng, 165, weights_of(TOWN), first_month=24, week=profile(16, 7, 1.2))
    number = len(found)
    group = pick(rng, {"Public Safety/Welfare": 0.7, "Transport": 0.3}, number)
    welfare = pick(rng, {"Concern for safety": 0.55, "Missing person": 0.25, "Mental health": 0.2}, number)
    traffic = pick(rng, {"Collision": 0.5, "Obstruction": 0.3, "Broken down vehicle": 0.2}, number)
    types = [t if g == "Transport" else w for g, w, t in zip(group, welfare, traffic, strict=True)]
    send(
        path,
        {
            "Incident Number": [f"SPI-{k:06d}" for k in range(1, number + 1)],
            "NSIR Group": group,
            "NSIR Type": types,
            "Incident Date": found.dates("%Y-%m-%d"),
            "Incident Time": found.dates("%H:%M"),
            "LSOA": [a.code for a in found.places],
            "Easting": found.easting,
            "Northing": found.northing,
            "Result Code": pick(rng, {"Resolved": 0.7, "Passed to partner": 0.3}, number),
            "Missing Person Name": persons.names(rng, number),
        },
    )


def _hate(path: Path) -> None:
    rng = np.random.default_rng(3003)
    found = draw(rng, 21, weights_of(TOWN), week=profile(18, 6, 1.5), summer=0.1)
    number = len(found)
    strands = {"Racial": 0.62, "Homophobic": 0.17, "Disability": 0.1, "Transgender": 0.05, "Faith": 0.06}
    moments = found.moment.astype("datetime64[s]").tolist()
    send(
        path,
        {
            "Report Number": [f"HC{k:05d}" for k in range(1, number + 1)],
            "Date Occurred": [m.date() for m in moments],
            "Time Occurred": [m.time() for m in moments],
            "Monitored Strand": pick(rng, strands, number),
            "Multiple Strands": chance(rng, 0.06, number),
            "Recorded as Crime": chance(rng, 0.82, number),
            "Reporting Body": pick(rng, {"Police": 0.83, "Council": 0.1, "Reporting centre": 0.07}, number),
            "LSOA": [a.code for a in found.places],
            "Disposal": pick(rng, {"No further action": 0.7, "Charged": 0.12, "Community resolution": 0.18}, number),
            "Victim Name": persons.names(rng, number),
            "Comments": persons.notes(rng, number),
        },
        above=[
            "Saltmarsh Police: hate crime and incidents",
            "Main strand only. For partnership use; not for release.",
        ],
    )
