"""The force's own extracts of crimes and of suspects: exact times, Home Office codes, flags and pseudonyms."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from example import clock, files, persons
from example.areas import SALTMARSH
from example.crimes import STARTS, Crimes, crimes, is_asb
from example.geography import geography
from example.happenings import chance, pick
from example.mistakes import spoil
from example.offences import (
    ALCOHOL,
    BUSINESS,
    DOMESTIC,
    HATE,
    HOME,
    KNIFE,
    NO_VICTIM,
    ONLINE,
    SEXUAL,
    VIOLENT,
    Offence,
    draw_offences,
)
from example.police_uk import published
from example.rates import night_area
from example.streets import streets

Whole = NDArray[np.int64]
FIRST_MONTH = 12
DAY = "%d/%m/%Y"
CRIMES, SUSPECTS = "Saltmarsh Police crime extract 2024-2025.csv", "Saltmarsh Police suspects 2024-2025.csv"
HEADER = [
    *("Crime Ref No", "HOOC", "Offence Description", "HO Subgroup", "Date Recorded"),
    *("Date Committed From", "Time Committed From", "Date Committed To", "Time Committed To"),
    *("LSOA", "Easting", "Northing", "Beat", "Address Key", "DA Flag", "Hate Flag", "Knife Flag", "Alcohol Related"),
    *("Injury", "Business", "Cyber Flag", "Emergency Worker", "Public Place", "Victim Pseudonym", "Victim Age Band"),
    *("Victim Sex", "Victim Ethnicity", "Crime Outcome", "Victim Name", "Postcode", "MO"),
]
SUSPECT_HEADER = [
    *("Crime Reference", "Suspect Key", "Recorded Date", "Offence Subgroup", "Suspect Age Band", "Suspect Sex"),
    *("Suspect Ethnicity", "LSOA Code", "Lives in Area", "Outcome", "Suspect Name", "Date of Birth"),
]
BANDS = {"under 18": 0.12, "18-24": 0.2, "25-34": 0.23, "35-44": 0.18, "45-54": 0.13, "55-64": 0.08, "65+": 0.06}
OFFENDERS = {"10-17": 0.14, "18-24": 0.24, "25-34": 0.29, "35-44": 0.2, "45-54": 0.09, "55-64": 0.03, "65+": 0.01}
SEXES = {"F": 0.48, "M": 0.51, "U": 0.01}
GROUPS = {"White": 0.74, "Asian": 0.04, "Black": 0.03, "Mixed": 0.02, "Other": 0.01, "Not stated": 0.16}
HO_OUTCOMES = (
    *("18 - Investigation complete, no suspect identified", "16 - Victim does not support action"),
    *("1 - Charged or summonsed", "8 - Community resolution", "3 - Caution", "21 - Not in the public interest"),
)


@cache
def extract() -> tuple[Whole, list[Offence]]:
    """Which crimes are in the local extract (Saltmarsh, from January 2024), and the offence of each."""
    found = crimes()
    here = np.array([a.authority == SALTMARSH for a in geography().areas])
    which = np.flatnonzero(here[found.area] & ~is_asb(found) & (found.month >= FIRST_MONTH))
    return which, draw_offences(np.random.default_rng(1829), found.series[which])


def reference(k: int) -> str:
    """The force's own number for a crime."""
    return f"55/{100_000 + k}/{crimes().month[k] // 12 + 23}"


def write_police_crime(to: Path) -> None:
    """Write the crime extract, in Windows-1252 as the force's system saves it, and the file of suspects."""
    which, kinds = extract()
    rows = _rows(crimes(), which, kinds)
    files.write_csv(to / CRIMES, HEADER, spoil(CRIMES, HEADER, rows), encoding="cp1252")
    suspects = _suspects(which, kinds)
    files.write_csv(to / SUSPECTS, SUSPECT_HEADER, spoil(SUSPECTS, SUSPECT_HEADER, suspects))


def share_of(shares: dict[str, float], kinds: list[Offence]) -> NDArray[np.float64]:
    """The chance of a flag for each crime, by its subgroup (none when it is not named)."""
    return np.array([shares.get(o.subgroup, 0.0) for o in kinds])


def _rows(found: Crimes, which: Whole, kinds: list[Offence]) -> list[tuple[object, ...]]:
    rng = np.random.default_rng(1834)
    number = len(which)
    late = np.where(found.area[which] == night_area(geography()), 2.4, 1.0)
    ages = ["" if o.subgroup in NO_VICTIM else band for o, band in zip(kinds, pick(rng, BANDS, number), strict=True)]
    outcomes = [HO_OUTCOMES[r] if d < 36 else "" for r, d in _decisions(which)]
    columns: list[Sequence[object]] = [
        [reference(k) for k in which.tolist()],
        [o.code for o in kinds],
        [o.words for o in kinds],
        [o.subgroup for o in kinds],
        *_when(rng, found, which, kinds),
        *_where(rng, found, which),
        chance(rng, share_of(DOMESTIC, kinds), number, ("Y", "N")),
        chance(rng, share_of(HATE, kinds), number, ("Y", "N")),
        chance(rng, share_of(KNIFE, kinds), number, ("Y", "N")),
        chance(rng, np.minimum(share_of(ALCOHOL, kinds) * late, 0.9), number, ("Y", "N")),
        ["Y" if o.subgroup == "Violence with injury" else "N" for o in kinds],
        ["Y" if o.subgroup in BUSINESS else "N" for o in kinds],
        chance(rng, share_of(ONLINE, kinds), number, ("Y", "N")),
        ["Y" if o.code in ("104", "8S") else "N" for o in kinds],
        chance(rng, np.array([0.1 if o.subgroup in HOME else 0.45 for o in kinds]), number, ("Y", "N")),
        _victims(rng, found, which, kinds),
        ages,
        [s if a else "" for s, a in zip(_sexes(rng, kinds), ages, strict=True)],
        [g if a else "" for g, a in zip(pick(rng, GROUPS, number), ages, strict=True)],
        outcomes,
        persons.names(rng, number),
        persons.postcodes(rng, number),
        persons.notes(rng, number),
    ]
    return list(zip(*columns, strict=True))


def _decisions(which: Whole) -> list[tuple[int, int]]:
    facts = published()
    return list(zip(facts.result[which].tolist(), facts.decided[which].tolist(), strict=True))


def _when(rng: np.random.Generator, found: Crimes, which: Whole, kinds: list[Offence]) -> list[list[str]]:
    """Recorded on, and committed from and to; some sexual offences are years old, and a few rows have no end."""
    begin = STARTS[0].astype("datetime64[m]")
    start = begin + found.start[which].astype("timedelta64[m]")
    end = begin + found.end[which].astype("timedelta64[m]")
    last = STARTS[found.month[which] + 1].astype("datetime64[m]") - np.timedelta64(1, "m")
    recorded = np.minimum(end + (rng.exponential(700, len(which))).astype("timedelta64[m]"), last)
    old = np.array([o.subgroup in SEXUAL for o in kinds]) & (rng.random(len(which)) < 0.24)
    years = np.where(old, rng.integers(370, 6000, len(which)), 0).astype("timedelta64[D]")
    start, end = start - years, end - years
    gone = (rng.random(len(which)) < 0.03).tolist()
    return [
        clock.days(recorded, DAY),
        clock.days(start, DAY),
        clock.times(start, "%H:%M"),
        ["" if g else said for said, g in zip(clock.days(end, DAY), gone, strict=True)],
        ["" if g else said for said, g in zip(clock.times(end, "%H:%M"), gone, strict=True)],
    ]


def _where(rng: np.random.Generator, found: Crimes, which: Whole) -> list[list[object]]:
    """LSOA, grid reference, beat and address key; about one in ninety has no place."""
    ground, areas = streets(), geography().areas
    known = (rng.random(len(which)) > 0.011).tolist()
    cells = list(zip(found.area[which].tolist(), found.address[which].tolist(), known, strict=True))
    return [
        [areas[a].code if k else "" for a, _, k in cells],
        [round(float(ground.x[a, d])) if k else "" for a, d, k in cells],
        [round(float(ground.y[a, d])) if k else "" for a, d, k in cells],
        [areas[a].ward.name if k else "" for a, _, k in cells],
        [f"ADR-{a * 1009 + d * 7:06d}" if k else "" for a, d, k in cells],
    ]


def _victims(rng: np.random.Generator, found: Crimes, which: Whole, kinds: list[Offence]) -> list[str]:
    """Homes have one victim each; violence comes back to some people; crimes against no person have none."""
    drawn = persons.keys(rng, len(which), letter="V", again=0.17)
    homes = zip(found.area[which].tolist(), found.address[which].tolist(), strict=True)
    out = []
    for offence, key, (area, address) in zip(kinds, drawn, homes, strict=True):
        if offence.subgroup in NO_VICTIM:
            out.append("")
        elif offence.subgroup in HOME:
            out.append(f"V-H{area:03d}{address:03d}")
        else:
            out.append(key)
    return out


def _sexes(rng: np.random.Generator, kinds: list[Offence]) -> list[str]:
    women = np.array([0.86 if o.subgroup in SEXUAL else 0.56 if o.subgroup in VIOLENT else 0.46 for o in kinds])
    return chance(rng, women, len(kinds), ("F", "M"))


def _suspects(which: Whole, kinds: list[Offence]) -> list[tuple[object, ...]]:
    """One row for each crime in which someone was suspected, and sometimes a second."""
    rng = np.random.default_rng(1856)
    results = [r for r, _ in _decisions(which)]
    chosen = [n for n, r in enumerate(results) if r and rng.random() < 0.62]
    count = len(chosen)
    codes = [a.code for a in geography().saltmarsh]
    local = rng.random(count) < 0.83
    home = rng.integers(0, len(codes), count)
    columns: list[list[str]] = [
        [reference(int(which[n])) for n in chosen],
        persons.keys(rng, count, letter="S", again=0.36),
        _recorded(which[chosen]),
        [kinds[n].subgroup for n in chosen],
        pick(rng, OFFENDERS, count),
        chance(rng, 0.21, count, ("F", "M")),
        pick(rng, GROUPS, count),
        [codes[h] if here else "" for h, here in zip(home.tolist(), local.tolist(), strict=True)],
        ["Yes" if here else "No" for here in local.tolist()],
        [HO_OUTCOMES[results[n]] for n in chosen],
        *(persons.names(rng, count), persons.births(rng, count)),
    ]
    return list(zip(*columns, strict=True))


def _recorded(which: Whole) -> list[str]:
    found = crimes()
    return clock.days(STARTS[0].astype("datetime64[m]") + found.start[which].astype("timedelta64[m]"), DAY)
