"""Recorded crime of the invented authorities, year by year and as the statistics office lays it out."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from example import files
from example.areas import AUTHORITIES, Authority
from example.crimes import crimes
from example.geography import geography, people_in
from example.offences import offences
from example.rates import RATES, SERIES
from example.sending import send

YEARS = (2023, 2024, 2025)
TOTAL = "Total recorded crime (excluding fraud)"
# Groups of the statistics office, and the subgroups of the force's extract that make them up.
GROUPS: dict[str, tuple[str, ...]] = {
    "Violence against the person": ("Violence with injury", "Violence without injury", "Stalking and harassment"),
    "Homicide": (),
    "Death or serious injury caused by illegal driving": (),
    "Violence with injury": ("Violence with injury",),
    "Violence without injury": ("Violence without injury",),
    "Stalking and harassment": ("Stalking and harassment",),
    "Sexual offences": ("Other sexual offences", "Rape offences"),
    "Robbery": ("Robbery of personal property", "Robbery of business property"),
    "Theft offences": (),
    "Burglary": ("Residential burglary", "Burglary - business and community"),
    "Residential burglary": ("Residential burglary",),
    "Non-residential burglary": ("Burglary - business and community",),
    "Vehicle offences": ("Theft from a vehicle", "Theft of a motor vehicle", "Vehicle interference"),
    "Theft from the person": ("Theft from the person",),
    "Bicycle theft": ("Bicycle theft",),
    "Shoplifting": ("Shoplifting",),
    "All other theft offences": ("Other theft",),
    "Criminal damage and arson": ("Criminal damage", "Arson"),
    "Drug offences": ("Possession of drugs", "Trafficking of drugs"),
    "Possession of weapons offences": ("Possession of weapons offences",),
    "Public order offences": ("Public order offences",),
    "Miscellaneous crimes against society": ("Miscellaneous crimes against society",),
}
THEFTS = ("Burglary", "Vehicle offences", "Theft from the person", "Bicycle theft", "Shoplifting")
WHOLE: tuple[str, ...] = (
    *("Violence against the person", "Sexual offences", "Robbery", "Theft offences", "Criminal damage and arson"),
    *("Drug offences", "Possession of weapons offences", "Public order offences"),
    "Miscellaneous crimes against society",
)


def write_comparators(to: Path) -> None:
    """Write three years of recorded crime for every authority, with thousands commas as such tables have."""
    rows = [
        (a.code, a.name, year, group, f"{n:,}", f"{people_in(a)[0]:,}")
        for year in YEARS
        for a in AUTHORITIES
        for group, n in recorded()[a.code, year].items()
    ]
    heads = ["Area Code", "Area Name", "Year", "Offence Group", "Offences", "Residents"]
    send(to / "Recorded crime in comparison areas.csv", {h: [r[k] for r in rows] for k, h in enumerate(heads)})


@cache
def recorded() -> dict[tuple[str, int], dict[str, int]]:
    """Recorded crime by authority and year: counted where there are rows, and drawn where there are none."""
    found = crimes()
    authority = np.array([a.authority for a in geography().areas])[found.area]
    own = {
        (code, year): np.bincount(found.series[(authority == code) & (found.month // 12 == k)], minlength=len(SERIES))
        for code in sorted(set(authority.tolist()))
        for k, year in enumerate(YEARS)
    }
    rng = np.random.default_rng(9001)
    for place in AUTHORITIES[2:]:
        usual = _usual(rng, place)
        for year in YEARS:
            own[place.code, year] = rng.poisson(usual * rng.normal(1, 0.025, len(SERIES)).clip(0.9, 1.1))
    return {key: _grouped(counts.tolist()) for key, counts in own.items()}


def _usual(rng: np.random.Generator, place: Authority) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """A year's crimes of a place: the suburb's rate, lifted for what towns have in them and for deprivation."""
    lift = (1.15 + place.score / 55) * rng.lognormal(0, 0.06)
    suburb = np.array([12 * RATES[s][0] for s in SERIES])
    return np.asarray(place.population / 1000 * suburb * lift * rng.lognormal(0, 0.1, len(SERIES)))


def _grouped(counts: list[int]) -> dict[str, int]:
    every, inside = offences()
    parts: dict[str, int] = {}
    for category, (numbers, shares) in inside.items():
        whole, given = counts[SERIES.index(category)], 0
        subgroups: dict[str, float] = {}
        for number, share in zip(numbers, shares, strict=True):
            subgroups[every[number].subgroup] = subgroups.get(every[number].subgroup, 0.0) + share
        for k, (subgroup, share) in enumerate(subgroups.items()):
            n = whole - given if k == len(subgroups) - 1 else round(whole * share / sum(shares))
            parts[subgroup] = n
            given += n
    groups = {group: sum(parts[s] for s in names) for group, names in GROUPS.items()}
    groups["Theft offences"] = sum(groups[g] for g in (*THEFTS, "All other theft offences"))
    return {TOTAL: sum(groups[g] for g in WHOLE), **groups}


NOTES = (
    "Table C2: Number of police recorded crimes for headline offences by Community Safety Partnership area, "
    "year ending December 2025 [note 1][note 2]",
    "Invented figures for invented places",
    "This worksheet contains one table. Some cells refer to notes which can be found on the notes worksheet.",
    "Source: Saltmarsh example",
)


def write_table_c2(to: Path) -> None:
    """Write a year of recorded crime as the statistics office does: notes above, subtotals, broken headings."""
    heads = ["Police Force\nArea code", "Police Force\nArea name", "Community Safety\nPartnership code"]
    heads += ["Community Safety\nPartnership name", "Local Authority code", "Local Authority name"]
    heads += ["Total recorded crime\n (excluding fraud)", *GROUPS]
    rows: list[files.Row] = []
    for force in dict.fromkeys(a.force for a in AUTHORITIES):
        mine = [a for a in AUTHORITIES if a.force == force]
        short = force.removesuffix(" Police")
        tables = [recorded()[a.code, YEARS[-1]] for a in mine]
        rows.append(
            (mine[0].force_code, f"{short} ", "", "", "", "", *_said([sum(t[g] for t in tables) for g in tables[0]]))
        )
        for a, table in zip(mine, tables, strict=True):
            rows.append((a.force_code, short, a.csp, a.name, a.code, a.name, *_said(list(table.values()))))
    above = [[note, *[""] * (len(heads) - 1)] for note in NOTES]
    text = [*above, heads, *rows]
    files.write_csv(
        to / "ons_table_C2_csp_ye_december_2025.csv", [str(c) for c in text[0]], text[1:], encoding="utf-8-sig"
    )


def _said(numbers: list[int]) -> list[str]:
    return [f"{n:,} " for n in numbers]
