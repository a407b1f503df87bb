"""Reference tables about people: populations, ages, ethnic groups, households and deprivation."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np

from example import files
from example.areas import AUTHORITIES, SALTMARSH
from example.elsewhere import elsewhere, everywhere
from example.geography import ENGLAND, Geography, SmallArea, decile_of, people_in

YEARS = range(2011, 2023)
DOMAINS = ("Income", "Employment", "Education", "Health", "Crime", "Housing_and_Services", "Environment")
ETHNIC_GROUPS = {
    "Asian, Asian British or Asian Welsh: Bangladeshi": 0.6,
    "Asian, Asian British or Asian Welsh: Chinese": 0.5,
    "Asian, Asian British or Asian Welsh: Indian": 0.9,
    "Asian, Asian British or Asian Welsh: Pakistani": 1.1,
    "Asian, Asian British or Asian Welsh: Other Asian": 0.7,
    "Black, Black British, Black Welsh, Caribbean or African: African": 1.2,
    "Black, Black British, Black Welsh, Caribbean or African: Caribbean": 0.4,
    "Black, Black British, Black Welsh, Caribbean or African: Other Black": 0.2,
    "Mixed or Multiple ethnic groups: White and Asian": 0.5,
    "Mixed or Multiple ethnic groups: White and Black African": 0.3,
    "Mixed or Multiple ethnic groups: White and Black Caribbean": 0.5,
    "Mixed or Multiple ethnic groups: Other Mixed or Multiple ethnic groups": 0.3,
    "White: Irish": 0.5,
    "White: Gypsy or Irish Traveller": 0.2,
    "White: Roma": 0.2,
    "White: Other White": 5.9,
    "Other ethnic group: Arab": 0.3,
    "Other ethnic group: Any other ethnic group": 0.7,
}
BRITISH = "White: English, Welsh, Scottish, Northern Irish or British"


MOST = "proportion_of_lso_as_in_most_deprived_10_percent_nationally"
SUMMARY = [
    f"{domain}_{what}"
    for domain in (
        "imd",
        "income",
        "employment",
        "education_skills_and_training",
        "health_deprivation_and_disability",
        "crime",
        "barriers_to_housing_and_services",
        "living_environment",
    )
    for what in ("average_rank", "average_score", MOST)
]


def write_people(to: Path, world: Geography) -> None:
    """Write populations by LSOA and year, ages, ethnic groups, households, deprivation and the workday population."""
    _populations(to, world)
    _households(to, world)
    _deprivation(to, world)
    _authorities(to)
    rows = [(a.code, a.workday) for a in everywhere()]
    _quoted(to / "workday_population_lsoa21.csv.gz", ["lsoa21_code", "workday_population"], rows)


def _quoted(path: Path, header: list[str], rows: Sequence[files.Row]) -> None:
    files.write_csv(path, header, rows, quoting=csv.QUOTE_NONNUMERIC)


def population_in(area: SmallArea, year: int) -> int:
    """Residents of a small area in the middle of a year, growing slowly towards the newest estimate (2022)."""
    drift = 0.006 if area.kind in ("student", "harbour") else 0.002
    wobble = 0.004 * np.sin(1.7 * year + area.number)
    change = 0.0 if year == 2022 else wobble - drift * (2022 - year)
    return round(float(area.population * (1 + change)))


def _populations(to: Path, world: Geography) -> None:
    """The published table is a Parquet file, so this one is too; one thread, so that its bytes never change."""
    to.mkdir(parents=True, exist_ok=True)
    columns = ['code AS "LSOA 2021 Code"', 'name AS "LSOA 2021 Name"', 'CAST(km2 AS DOUBLE) AS "Area Sq Km"']
    for year in YEARS:
        columns += [
            f'CAST(n{year} AS BIGINT) AS "Mid-{year}: Population"',
            f'CAST(round(n{year} / km2, 4) AS DOUBLE) AS "Mid-{year}: People per Sq Km"',
        ]
    rows = []
    for a in world.areas:
        people = [population_in(a, year) for year in YEARS]
        rows.append(f"('{a.code}', '{a.name}', {a.polygon.area / 1e6:.4f}, {', '.join(map(str, people))})")
    for e in elsewhere():
        people = [round(e.population * (1 - 0.003 * (2022 - year))) for year in YEARS]
        rows.append(f"('{e.code}', '{e.name}', {e.population / 3000:.4f}, {', '.join(map(str, people))})")
    names = ", ".join(["code", "name", "km2", *(f"n{year}" for year in YEARS)])
    target = str(to / "pop_density_lsoa21_mid2011_mid2022.parquet").replace("'", "''")
    table = f"SELECT {', '.join(columns)} FROM (VALUES {', '.join(rows)}) AS t({names})"
    with duckdb.connect(config={"threads": 1}) as db:
        db.execute(f"COPY ({table}) TO '{target}' (FORMAT parquet, COMPRESSION snappy)")


def _households(to: Path, world: Geography) -> None:
    small = [(a.code, a.households) for a in everywhere()]
    _quoted(to / "households_census2021_lsoa21.csv.gz", ["lsoa21_code", "total_households"], small)
    whole = [(a.code, people_in(a)[1]) for a in AUTHORITIES]
    _quoted(to / "households21_england_wales_ltla23.csv.gz", ["ltla23_code", "households"], whole)


def _deprivation(to: Path, world: Geography) -> None:
    rng = np.random.default_rng(20_251_030)
    parts: tuple[str, ...] = ("IMD", *DOMAINS)
    head = ["lsoa21_code", *(f"{d}_{what}" for what in ("decile", "rank", "score") for d in parts)]
    rows = []
    for a in everywhere():
        ranks = np.clip(np.round(a.rank + rng.normal(0, 3500, len(DOMAINS))), 1, ENGLAND).astype(int).tolist()
        scores = (a.score * rng.uniform(0.6, 1.3, len(DOMAINS))).round(3).tolist()
        all_ranks = [a.rank, *ranks]
        rows.append((a.code, *map(decile_of, all_ranks), *all_ranks, a.score, *scores))
    _quoted(to / "imd2025_england_lsoa21.csv.gz", head, rows)
    parts = tuple(d.replace("Housing_and_Services", "Housing_and_Access") for d in parts)
    old_head = ["lsoa11_code", *(f"{d}_{what}" for what in ("decile", "rank") for d in parts)]
    seen: dict[str, files.Row] = {}
    for fit in world.fits:
        new = rows[fit.new]
        seen.setdefault(world.old[fit.old].code, (world.old[fit.old].code, *new[1:17]))
    _quoted(to / "imd2019_england_lsoa11.csv.gz", old_head, list(seen.values()))


def _authorities(to: Path) -> None:
    scores, ages, ethnic, summary = [], [], [], []
    pyramid = {a.code: _ages(a.code, people_in(a)[0]) for a in AUTHORITIES}
    for a in AUTHORITIES:
        population, _, score = people_in(a)
        by_age = pyramid[a.code]
        scores.append((a.code, a.name, *_summary(a.code, score)))
        ages.append((a.code, a.name, population, *by_age))
        young, working = sum(by_age[:16]), sum(by_age[16:65])
        old = population - young - working
        women = [round(n * share) for n, share in ((young, 0.488), (working, 0.502), (old, 0.545))]
        men = [n - w for n, w in zip((young, working, old), women, strict=True)]
        summary.append((a.code, population, sum(women), sum(men), *women, *men))
        ethnic += _ethnic(a.code, a.name, population)
    _quoted(to / "imd2025_england_ltla24.csv.gz", ["ltla24_code", "ltla24_name", *SUMMARY], scores)
    single = [*map(str, range(90)), "90+"]
    _quoted(to / "population20_ltla21.csv.gz", ["ltla21_code", "ltla21_name", "total_population", *single], ages)
    head = ["ltla21_code", "total_population", "total_females", "total_males"]
    head += [f"{band}_{sex}" for sex in ("females", "males") for band in ("younger", "working_age", "older")]
    _quoted(to / "age_gender21_ltla21_ew.csv.gz", head, summary)
    _quoted(to / "ethnicity21_ltla21.csv.gz", ["ltla21_code", "ltla21_name", "ethnic_group", "value"], ethnic)


def _ages(code: str, population: int) -> list[int]:
    """Single years of age to 90 and over: a seaside shape, older than the country, with students in Saltmarsh."""
    age = np.arange(91)
    shape = 1.0 + 0.18 * np.exp(-(((age - 56) / 11) ** 2)) - 0.92 / (1 + np.exp(-(age - 80) / 4.5))
    if code == SALTMARSH:
        shape = shape + 0.8 * np.exp(-(((age - 20) / 1.8) ** 2))
    counts = np.floor(shape / shape.sum() * population).astype(int)
    counts[40] += population - counts.sum()
    return [int(n) for n in counts]


def _ethnic(code: str, name: str, population: int) -> list[files.Row]:
    rng = np.random.default_rng(int(code[-3:]))
    shares = {g: s * rng.uniform(0.7, 1.3) for g, s in ETHNIC_GROUPS.items()}
    counts = {g: round(population * s / 100) for g, s in shares.items()}
    counts[BRITISH] = population - sum(counts.values())
    numbers: list[files.Row] = [(code, name, f"{g} (number)", n) for g, n in counts.items()]
    return numbers + [(code, name, f"{g} (percent)", round(100 * n / population, 1)) for g, n in counts.items()]


def _summary(code: str, score: float) -> list[float]:
    """Mean rank, mean score and share of areas in the worst tenth, for deprivation as a whole and for each domain."""
    rng = np.random.default_rng(int(code[-3:]))
    found: list[float] = []
    for domain in range(len(SUMMARY) // 3):
        here = score if domain == 0 else score * rng.uniform(0.8, 1.2)
        found += [round(9000 + 430 * here, 2), round(here, 3), round(max(0.0, (here - 12) / 70), 4)]
    return found
