"""
How often does a whole assessment call something significant where nothing happened, and how often where it did?

Run `python benchmarks/null_areas.py [AREAS] [--planted PERCENT] [--jobs N]`.
Each invented area has Saltmarsh's ground and three years of police.uk-like
crime in which nothing changes: from a few a year to hundreds a month, up to
four times as variable as chance. Every other area is seasonal and has the same
busy places every year; in the rest every resident (or household) is as likely
as any other, in every month, and only they count for the tests of season and
concentration, which are true of the others. The whole measuring part of the
assessment is done on each: every test that any chapter makes. For each kind of test the share is printed
that passes 5 % alone, and the share that stands after all the report's tests
are corrected together, with how many areas had any. With `--planted 40`,
burglary and shoplifting rise by 40 % in the last year of every area, and the
share of areas in which that was found is printed too. Last come the families that the assessment corrects by
themselves, early warnings and changes of small areas: how many tests, how many stood, and in how many areas any did.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from goldthread.chapters.assembling import measured
from goldthread.chapters.brief import Brief, of_standing
from goldthread.chapters.context import read_context
from goldthread.chapters.measuring.small_areas import ASB_LINE, VIOLENCE, SmallAreas
from goldthread.chapters.measuring.warning import Warnings
from goldthread.chapters.topics import topic_of_series
from goldthread.evidence.places import to_degrees
from goldthread.evidence.store import Evidence
from tests.chapters.evidence_of import evidence_of, monthly, street_rows

MONTHS = 36
LEVEL = 0.05
# A month, for the whole area: from what is rare to what is everyday.
RATES = {
    "Anti-social behaviour": 320.0,
    "Violence and sexual offences": 400.0,
    "Criminal damage and arson": 120.0,
    "Public order": 100.0,
    "Shoplifting": 90.0,
    "Other theft": 80.0,
    "Vehicle crime": 60.0,
    "Burglary": 50.0,
    "Drugs": 30.0,
    "Other crime": 20.0,
    "Robbery": 8.0,
    "Theft from the person": 6.0,
    "Bicycle theft": 5.0,
    "Possession of weapons": 3.0,
}
# Whether one way of foretelling places beats another: of any place where crime has addresses, one of the two does.
NEVER_NULL = frozenset({"hotspots"})
PLANTED = ("Burglary", "Shoplifting")


@dataclass
class Tally:
    """Tests made, passed alone and stood, by kind; and areas with any that stood."""

    made: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)
    stood: Counter[str] = field(default_factory=Counter)
    areas_with_any: int = 0
    areas: int = 0
    found: Counter[str] = field(default_factory=Counter)
    families: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        for mine, theirs in zip(
            (self.made, self.alone, self.stood, self.found, self.families),
            (other.made, other.alone, other.stood, other.found, other.families),
            strict=True,
        ):
            mine.update(theirs)
        self.areas_with_any += other.areas_with_any
        self.areas += other.areas


def template(folder: Path) -> Path:
    """An evidence file of Saltmarsh with a row or two, whose ground every invented area stands on."""
    rows = street_rows({series: monthly("2023-01..2025-12", 1) for series in RATES})
    evidence_of(folder, rows, period="2025-01..2025-12").connection.close()
    return folder / "evidence.duckdb"


def invented(rng: np.random.Generator, start: Path, planted: float, flat: bool) -> list[tuple[str, int, str, int]]:
    """Counts by series, month and small area: steady but for season and for more variation than chance's."""
    with Evidence(start) as ground:
        people = ground.columns("SELECT lsoa, population, households FROM places ORDER BY lsoa")
    areas = [str(code) for code in people["lsoa"]]
    months = np.arange(MONTHS)
    starts = np.datetime64("2023-01", "M") + np.arange(MONTHS + 1)
    days = np.diff(starts.astype("datetime64[D]")).astype(np.float64)  # every day alike, so a February has fewer
    found = []
    scale = rng.lognormal(0, 0.8)
    for series, rate in RATES.items():
        season = 1 + (0 if flat else rng.uniform(0, 0.4)) * np.cos(2 * np.pi * (months - rng.uniform(0, 12)) / 12)
        mean = rate * scale * season * days / days.mean()
        if planted and series in PLANTED:
            mean = mean * np.where(months >= MONTHS - 12, 1 + planted / 100, 1.0)
        extra = rng.uniform(0.01, 3.0)
        total = rng.poisson(rng.gamma(mean / extra) * extra)
        topic = topic_of_series(series)
        per = people["households" if topic and topic.per == "households" else "population"]
        weights = per / per.sum() if flat else rng.dirichlet(np.full(len(areas), 0.4))
        for month, n in enumerate(total):
            for area, count in zip(areas, rng.multinomial(n, weights), strict=True):
                if count:
                    found.append((series, month, area, int(count)))
    return found


def written(path: Path, start: Path, counts: list[tuple[str, int, str, int]]) -> None:
    """A copy of the template that holds these counts and rows instead of its own."""
    shutil.copyfile(start, path)
    path.chmod(0o644)
    con = duckdb.connect(str(path))
    con.execute("DELETE FROM incidents; DELETE FROM counts")
    columns = [np.array([c[i] for c in counts]) for i in range(4)]
    listed = {"s": columns[0], "m": columns[1], "a": columns[2], "n": columns[3]}
    values = ", ".join(
        f"unnest([{', '.join(repr(v) if isinstance(v, str) else str(v) for v in column.tolist())}]) AS {name}"
        for name, column in listed.items()
    )
    con.execute(f"CREATE TEMP TABLE c AS SELECT {values}")
    month = "CAST(DATE '2023-01-01' + to_months(CAST(m AS INTEGER)) AS DATE)"
    con.execute(f"INSERT INTO counts SELECT 'police-uk-street', s, NULL, {month}, a, n FROM c")
    _points(con)
    con.execute(
        f"""INSERT INTO incidents (file, line, feed, series, reference, month, lsoa, location, reporter, longitude,
            latitude, place_how, superseded)
        SELECT 0, row_number() OVER (), 'police-uk-street', s, NULL, {month}, a, 'On or near Invented Road',
            'Saltmarsh Police', x.lon, x.lat, 'as sent', false
        FROM (SELECT s, m, a, unnest(range(n)) AS k FROM c) r
        JOIN points x ON x.lsoa = r.a AND x.turn = (hash(r.s, r.m, r.k) % 6)"""
    )
    con.close()


def _points(con: duckdb.DuckDBPyConnection) -> None:
    """Give each small area six map points of its own: police.uk's are few, too."""
    places = con.execute("SELECT lsoa, easting, northing FROM places ORDER BY 1").fetchall()
    rng = np.random.default_rng(1)
    rows = []
    for lsoa, east, north in places:
        lon, lat = to_degrees(east + rng.uniform(-300, 300, 6), north + rng.uniform(-300, 300, 6))
        rows += [f"('{lsoa}', {i}, {x}, {y})" for i, (x, y) in enumerate(zip(lon, lat, strict=True))]
    con.execute(f"CREATE TEMP TABLE points AS SELECT * FROM (VALUES {', '.join(rows)}) v(lsoa, turn, lon, lat)")


def kind_of(test: str) -> str:
    """The kind of a test: the first word of its name, or two for the seasons of a chapter that tests hours as well."""
    first, second = test.split(".")[:2]
    return f"{first}.{second}" if first == "times" else first


def one_area(seed: int, start: Path, planted: float) -> Tally:
    """Measure one invented area, and tally its tests."""
    tally = Tally(areas=1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "evidence.duckdb"
        flat = seed % 2 == 1
        written(path, start, invented(np.random.default_rng(seed), start, planted, flat))
        with Evidence(path) as evidence:
            brief = measured(Brief(evidence, read_context(None, "Saltmarsh")))
    assert brief.verdicts is not None
    untouched = tuple(f"change.{s.lower()}" for s in PLANTED) if planted else ()
    for name, verdict in brief.verdicts.items():
        if np.isnan(verdict.p):
            continue
        kind = kind_of(name)
        if kind in NEVER_NULL or (of_standing(name) and not flat):
            continue
        tally.made[kind] += 1
        tally.alone[kind] += verdict.p <= LEVEL
        tally.stood[kind] += verdict.significant
        if name in untouched:
            tally.found[name] += verdict.significant
    for family, (made, stood) in families(brief, planted > 0).items():
        tally.families += Counter({f"{family}: tests": made, f"{family}: stood": stood})
        tally.families[f"{family}: areas with any"] += stood > 0
    tally.areas_with_any = int(
        any(v.significant for n, v in brief.verdicts.items() if n not in untouched and not of_standing(n))
    )
    return tally


def families(brief: Brief, planted: bool) -> dict[str, tuple[int, int]]:
    """Tests made and standing in each family corrected by itself; where changes were planted, only of quiet lines."""
    warnings, small = brief.found(Warnings), brief.found(SmallAreas)
    quiet = {k: c for k, c in small.changes.items() if not planted or k in (ASB_LINE, VIOLENCE)}
    asked = {"early warnings": (warnings.tested, len(warnings.found))} if not planted else {}
    return asked | {
        "changes of small areas": (
            sum(c.tested for c in quiet.values()),
            sum(int(c.stands.sum()) for c in quiet.values()),
        )
    }


def show(tally: Tally) -> None:
    """Print what was tallied, a line a kind of test."""
    share = tally.areas_with_any / tally.areas
    print(f"{tally.areas} areas, of which {tally.areas_with_any} ({share:.1%}) had any that stood")
    print(f"{'kind of test':32} {'made':>9} {'alone':>8} {'stood':>8}")
    for kind, made in sorted(tally.made.items()):
        print(f"{kind:32} {made:9,} {tally.alone[kind] / made:8.2%} {tally.stood[kind] / made:8.3%}")
    made, alone, stood = tally.made.total(), tally.alone.total(), tally.stood.total()
    print(f"{'all':32} {made:9,} {alone / made:8.2%} {stood / made:8.3%}")
    for name, n in sorted(tally.families.items()):
        print(f"{name:45} {n:9,}")
    for name, n in sorted(tally.found.items()):
        print(f"planted {name}: found in {n / tally.areas:.0%} of areas")


def main() -> None:
    """Read the command line, and measure as many areas as it asks for."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("areas", nargs="?", type=int, default=1000)
    words.add_argument("--planted", type=float, default=0.0)
    words.add_argument("--jobs", type=int, default=2)
    words.add_argument("--seed", type=int, default=2026)
    told = words.parse_args()
    whole = Tally()
    with tempfile.TemporaryDirectory() as folder:
        start = template(Path(folder))
        with ProcessPoolExecutor(max_workers=told.jobs) as pool:
            waiting = [pool.submit(one_area, told.seed + i, start, told.planted) for i in range(told.areas)]
            for each in waiting:
                whole.add(each.result())
    show(whole)


if __name__ == "__main__":
    main()
