"""Invented street files in the layout of data.police.uk, as many rows and areas as a benchmark asks for."""

from __future__ import annotations

import csv
import gzip
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from goldthread.evidence.definitions import table_of
from goldthread.evidence.periods import Month, Period

# Shares of the categories, near enough to those of England and Wales for a benchmark.
KINDS: Mapping[str, float] = {
    "Violence and sexual offences": 0.32,
    "Anti-social behaviour": 0.16,
    "Shoplifting": 0.08,
    "Criminal damage and arson": 0.08,
    "Other theft": 0.07,
    "Public order": 0.07,
    "Vehicle crime": 0.06,
    "Burglary": 0.04,
    "Drugs": 0.03,
    "Other crime": 0.02,
    "Theft from the person": 0.02,
    "Robbery": 0.02,
    "Possession of weapons": 0.02,
    "Bicycle theft": 0.01,
}
OUTCOMES = (
    "Investigation complete; no suspect identified",
    "Unable to prosecute suspect",
    "Status update unavailable",
    "Offender given a caution",
    "Awaiting court outcome",
)
POINTS = 21  # map points a small area: some 750,000 for 35,672 small areas
PEOPLE = 1_700
LAST = Month(2025, 12)


@dataclass(frozen=True)
class SmallAreas:
    """Small areas to put rows in: code, name, force and centre of each, and how much happens there."""

    codes: Sequence[str]
    names: Sequence[str]
    forces: Sequence[str]
    longitude: NDArray[np.float64]
    latitude: NDArray[np.float64]
    weight: NDArray[np.float64]


def country(areas: int = 290, each: int = 120, seed: int = 1) -> SmallAreas:
    """Small areas with invented codes, in so many authorities of England and Wales, the first by code."""
    rng = np.random.default_rng(seed)
    known = list({r["code"]: r for r in table_of("areas/authorities")}.values())[:areas]
    sizes = np.maximum(rng.normal(each, each / 4, len(known)).astype(int), 20)
    names = [
        f"{a['name']} {i // 5 + 1:03d}{'ABCDE'[i % 5]}" for a, n in zip(known, sizes, strict=True) for i in range(n)
    ]
    forces = [a["force_name"] for a, n in zip(known, sizes, strict=True) for _ in range(n)]
    many = len(names)
    busy = np.repeat(rng.lognormal(0, 0.4, len(known)), sizes) * rng.lognormal(0, 0.8, many)
    middle = rng.uniform((-4.5, 50.5), (1.5, 54.8), (len(known), 2)).repeat(sizes, axis=0)
    spread = middle + rng.normal(0, 0.05, (many, 2))
    codes = [f"E019{i:05d}" for i in range(many)]
    return SmallAreas(codes, names, forces, spread[:, 0], spread[:, 1], busy)


def write_street(
    to: Path,
    places: SmallAreas,
    rows: int,
    *,
    months: int = 24,
    packed: bool = True,
    snapped: bool = True,
    seed: int = 2,
) -> Path:
    """
    Write street files, one a force and month, into folders as the archive of data.police.uk has them.

    The months end in December 2025. `packed` says whether each is a gz, as they are kept, or plain; `snapped`
    whether points are moved to one of 21 a small area, as they are published, or are each row's own.
    """
    rng = np.random.default_rng(seed)
    con = duckdb.connect(config={"temp_directory": tempfile.gettempdir()})
    con.execute("SET preserve_insertion_order = true")
    forces = sorted(set(places.forces))
    of_force = np.array([forces.index(f) for f in places.forces])
    chance = np.cumsum(places.weight) / places.weight.sum()
    _learn(con, places)
    first = LAST + -(months - 1)
    for at, month in enumerate(Period(first, LAST)):
        wave = 1 + 0.1 * np.cos(2 * np.pi * (month.month - 7) / 12)
        many = rng.poisson(rows / months * wave)
        area = np.minimum(np.searchsorted(chance, rng.random(many)), len(chance) - 1)
        area = area[np.argsort(of_force[area], kind="stable")]
        drawn = _drawn(rng, area, at * 10_000_000, snapped)
        _write_month(con, to, month, forces, of_force[area], drawn, packed)
    con.close()
    return to


def _drawn(rng: np.random.Generator, area: NDArray[np.int64], first: int, snapped: bool) -> dict[str, NDArray[Any]]:
    many = area.size
    away = np.zeros((2, many)) if snapped else rng.normal(0, 0.0008, (2, many))
    return {
        "x": away[0],
        "y": away[1],
        "id": np.arange(first, first + many),
        "area": area,
        "kind": np.searchsorted(np.cumsum(list(KINDS.values())), rng.random(many)).clip(max=len(KINDS) - 1),
        "point": (POINTS * rng.random(many) ** 2).astype(np.int64),
        "outcome": rng.integers(0, len(OUTCOMES), many),
    }


def _learn(con: duckdb.DuckDBPyConnection, places: SmallAreas) -> None:
    """Make the small tables that rows are written from."""
    columns = {
        "area": np.arange(len(places.codes)),
        "code": np.array(places.codes, dtype=object),
        "name": np.array(places.names, dtype=object),
        "force": np.array(places.forces, dtype=object),
        "x": places.longitude,
        "y": places.latitude,
    }
    con.register("columns", columns)
    con.execute("CREATE TABLE areas AS SELECT * FROM columns")
    con.unregister("columns")
    for name, words in (("kinds", tuple(KINDS)), ("outcomes", OUTCOMES)):
        con.execute(f"CREATE TABLE {name} (n BIGINT, word VARCHAR)")
        con.executemany(f"INSERT INTO {name} VALUES (?, ?)", list(enumerate(words)))


def _write_month(
    con: duckdb.DuckDBPyConnection,
    to: Path,
    month: Month,
    forces: Sequence[str],
    of_force: NDArray[np.int64],
    drawn: Mapping[str, NDArray[Any]],
    packed: bool,
) -> None:
    con.register("drawn", dict(drawn))
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE month_rows AS
        SELECT CASE WHEN k.word = 'Anti-social behaviour' THEN '' ELSE sha256(d.id::VARCHAR) END AS "Crime ID",
            '{month}' AS "Month", a.force AS "Reported by", a.force AS "Falls within",
            format('{{:.6f}}', a.x + d.x + (d.point % 5 - 2) * 0.002) AS "Longitude",
            format('{{:.6f}}', a.y + d.y + (d.point // 5 - 2) * 0.0015) AS "Latitude",
            'On or near Invented Road ' || (d.area * {POINTS} + d.point) AS "Location",
            a.code AS "LSOA code", a.name AS "LSOA name", k.word AS "Crime type",
            CASE WHEN k.word = 'Anti-social behaviour' THEN '' ELSE o.word END AS "Last outcome category",
            '' AS "Context"
        FROM drawn d JOIN areas a USING (area) JOIN kinds k ON k.n = d.kind JOIN outcomes o ON o.n = d.outcome
        ORDER BY a.force, d.id
        """
    )
    con.unregister("drawn")
    folder = to / str(month)
    folder.mkdir(parents=True, exist_ok=True)
    for name, first, many in _stretches(forces, of_force):
        slug = name.lower().replace(" ", "-").replace("&", "and")
        path = folder / f"{month}-{slug}-street.csv{'.gz' if packed else ''}"
        con.execute(
            f"COPY (SELECT * FROM month_rows WHERE rowid >= {first} AND rowid < {first + many}) TO '{path}' "
            f"(FORMAT csv, HEADER, QUOTE '\"' {', COMPRESSION gzip' if packed else ''})"
        )


def _stretches(forces: Sequence[str], of_force: NDArray[np.int64]) -> Iterator[tuple[str, int, int]]:
    """Each force with the place of its first row and how many it has: rows are in order of force."""
    edges = np.searchsorted(of_force, np.arange(len(forces) + 1))
    for name, first, last in zip(forces, edges[:-1], edges[1:], strict=True):
        if last > first:
            yield name, int(first), int(last - first)


def write_people(path: Path, places: SmallAreas, seed: int = 3) -> Path:
    """Write a table of residents by small area, as a council's research team might send it."""
    people = np.random.default_rng(seed).normal(PEOPLE, 250, len(places.codes)).clip(min=1_000).astype(int)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out)
        write.writerow(["LSOA21CD", "LSOA21NM", "Mid Year", "Population"])
        write.writerows(zip(places.codes, places.names, [2024] * len(people), people.tolist(), strict=True))
    return path


def saltmarsh(reference: Path, seed: int = 4) -> SmallAreas:
    """The small areas of the invented partnership of the example, from the reference tables it is sent with."""
    [lookup] = reference.rglob("LSOA_(2021)_to_Electoral_Ward*")
    [middles] = reference.rglob("LSOA_Dec_2021_PWC*")
    with gzip.open(lookup, "rt", encoding="utf-8-sig", newline="") as rows:
        own = {r["LSOA21CD"]: r["LSOA21NM"] for r in csv.DictReader(rows) if r["LAD24NM"] == "Saltmarsh"}
    with gzip.open(middles, "rt", encoding="utf-8-sig", newline="") as rows:
        grid = {r["LSOA21CD"]: (float(r["x"]), float(r["y"])) for r in csv.DictReader(rows)}
    codes = sorted(own)
    x, y = np.array([grid[c] for c in codes]).T
    # Near enough for a benchmark: the town is small, so a plane stands in for the projection.
    longitude = 1.35 + (x - x.mean()) / 66_000
    latitude = 53.517 + (y - y.mean()) / 111_000
    weight = np.random.default_rng(seed).lognormal(0, 0.9, len(codes))
    return SmallAreas(codes, [own[c] for c in codes], ["Saltmarsh Police"] * len(codes), longitude, latitude, weight)
