"""The files of data.police.uk for Saltmarsh Police: street-level crime, outcomes, and one month released twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from example import files
from example.areas import FORCE
from example.crimes import Crimes, crimes, is_asb
from example.geography import geography
from example.mistakes import spoil
from example.rates import SERIES
from example.streets import streets
from example.truths import MONTHS, month_name, month_number, truths

Whole = NDArray[np.int64]
FIRST_RELEASE, SECOND_RELEASE = "police.uk-published-2026-01", "police.uk-published-2026-02"
PLACE = ["Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code"]
STREET = [*PLACE, "LSOA name", "Crime type", "Last outcome category", "Context"]
OUTCOMES = [*STREET[:9], "Outcome type"]
# Files before June 2023 still carry some 2011 codes, as real ones do.
LAST_OF_THE_OLD = month_number("2023-05")

NO_SUSPECT, UNABLE = "Investigation complete; no suspect identified", "Unable to prosecute suspect"
CHARGED, FURTHER = "Suspect charged", "Further investigation is not in the public interest"
RESULTS = (NO_SUSPECT, UNABLE, CHARGED, "Local resolution", "Offender given a caution", FURTHER)
USUAL = (0.46, 0.38, 0.09, 0.03, 0.01, 0.03)
SHARES: dict[str, tuple[float, ...]] = {
    "Violence and sexual offences": (0.19, 0.68, 0.08, 0.02, 0.02, 0.01),
    "Public order": (0.36, 0.50, 0.08, 0.03, 0.01, 0.02),
    "Shoplifting": (0.52, 0.21, 0.21, 0.05, 0.01, 0.00),
    "Burglary": (0.79, 0.14, 0.06, 0.00, 0.00, 0.01),
    "Vehicle crime": (0.86, 0.10, 0.03, 0.00, 0.00, 0.01),
    "Bicycle theft": (0.90, 0.07, 0.02, 0.00, 0.00, 0.01),
    "Drugs": (0.17, 0.22, 0.40, 0.12, 0.06, 0.03),
    "Possession of weapons": (0.16, 0.32, 0.44, 0.04, 0.03, 0.01),
}
# Months until an outcome: most come at once or within three, a few after half a year, some never.
WAITS = np.array([0.34, 0.27, 0.14, 0.08, 0.05, 0.03, 0.02, 0.02, 0.05])
NEVER = 8


@dataclass(frozen=True)
class Published:
    """What police.uk knows of each crime: its reference, its map point (-1 for none), its outcome and when."""

    reference: NDArray[np.object_]
    anchor: Whole
    result: Whole
    decided: Whole


@cache
def published() -> Published:
    """The references, map points and outcomes of every crime, the same every time."""
    rng = np.random.default_rng(2011)
    found, ground = crimes(), streets()
    digits = rng.bytes(32 * len(found)).hex()
    reference = np.array([digits[k : k + 64] for k in range(0, len(digits), 64)], dtype=object)
    again = np.flatnonzero((rng.random(len(found)) < 0.006) & ~is_asb(found))
    for k in again[1:].tolist():
        reference[k] = reference[_one_before(found, k)]
    reference[is_asb(found)] = ""
    anchor = ground.anchor[found.area, found.address]
    anchor = np.where(rng.random(len(found)) < 0.017, -1, anchor)
    result = np.empty(len(found), dtype=np.int64)
    for number, series in enumerate(SERIES):
        mine = found.series == number
        shares = np.array(SHARES.get(series, USUAL))
        result[mine] = rng.choice(len(RESULTS), mine.sum(), p=shares / shares.sum())
    wait = rng.choice(len(WAITS), len(found), p=WAITS)
    decided = np.where((wait == NEVER) | is_asb(found), MONTHS + 99, found.month + wait)
    return Published(reference, anchor, result, decided)


def _one_before(found: Crimes, k: int) -> int:
    """The crime just before, of the same month, that this one shares a reference with: two offences of one event."""
    before = np.flatnonzero(~is_asb(found)[:k] & (found.month[:k] == found.month[k]))
    return int(before[-1]) if len(before) else k


def write_police_uk(to: Path) -> None:
    """Write 36 months of street-level crime and outcomes as first published, and one month as published later."""
    found = crimes()
    bounds = np.searchsorted(found.month[np.argsort(found.month, kind="stable")], np.arange(MONTHS + 1))
    by_month = np.argsort(found.month, kind="stable")
    for month in range(MONTHS):
        rows = street_rows(by_month[bounds[month] : bounds[month + 1]], known_by=MONTHS)
        write_month(to / FIRST_RELEASE, month, "street", STREET, rows)
        write_month(to / FIRST_RELEASE, month, "outcomes", OUTCOMES, _outcome_rows(month))
    month = month_number(truths()["second_release"]["month"])
    later = street_rows(by_month[bounds[month] : bounds[month + 1]], known_by=MONTHS + 1)
    write_month(to / SECOND_RELEASE, month, "street", STREET, _revised(later), bad=False)


def write_month(
    to: Path, month: int, kind: str, header: list[str], rows: Sequence[files.Row], *, bad: bool = True
) -> None:
    """Write one monthly file of the force, with its planted bad rows unless it has none."""
    name = f"{month_name(month)}-saltmarsh-{kind}.csv"
    if bad:
        rows = spoil(name, header, rows)
    files.write_csv(to / month_name(month) / name, header, rows)


def street_rows(which: Whole, *, known_by: int) -> list[list[object]]:
    """Rows of the street-level file for these crimes, with the outcomes known before month `known_by`."""
    found, facts = crimes(), published()
    order = np.lexsort((found.area[which], ~is_asb(found)[which]))
    which = which[order]
    outcomes = _last_outcomes(which, known_by)
    where = _where(which)
    return [
        [facts.reference[k], month_name(m), FORCE, FORCE, *place, SERIES[s], outcome, ""]
        for k, m, place, s, outcome in zip(
            which.tolist(), found.month[which].tolist(), where, found.series[which].tolist(), outcomes, strict=True
        )
    ]


def _where(which: Whole) -> list[tuple[object, ...]]:
    """Longitude, latitude, location, LSOA code and name of crimes; blank where police.uk gives no location."""
    points, old = _points()
    anchor, month = published().anchor[which], crimes().month[which]
    early = (month <= LAST_OF_THE_OLD) & (anchor % 2 == 0)
    nowhere = ("", "", "No Location", "", "")
    return [
        nowhere if a < 0 else old[a] if e else points[a] for a, e in zip(anchor.tolist(), early.tolist(), strict=True)
    ]


@cache
def _points() -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """What is printed of each map point: with its 2021 code, and with its 2011 code where that is another."""
    ground, world = streets(), geography()
    each = len(ground.names) // len(world.areas)
    new: list[tuple[object, ...]] = []
    old: list[tuple[object, ...]] = []
    for k, name in enumerate(ground.names):
        here = (f"{ground.lon[k]:.6f}", f"{ground.lat[k]:.6f}", name)
        area, before = world.areas[k // each], world.old[int(ground.old[k])]
        new.append((*here, area.code, area.name))
        old.append((*here, before.code, before.name) if before.code != area.code else (*here, area.code, area.name))
    return new, old


def _last_outcomes(which: Whole, known_by: int) -> list[str]:
    found, facts = crimes(), published()
    known = facts.decided[which] < known_by
    asb = is_asb(found)[which]
    long_ago = known_by - facts.decided[which] > 7
    said = []
    for a, k, r, g in zip(asb.tolist(), known.tolist(), facts.result[which].tolist(), long_ago.tolist(), strict=True):
        if a:
            said.append("")
        elif not k:
            said.append("Under investigation")
        elif RESULTS[r] == CHARGED:
            said.append("Court result unavailable" if g else "Awaiting court outcome")
        else:
            said.append(RESULTS[r])
    return said


def _outcome_rows(month: int) -> list[list[object]]:
    facts = published()
    which = np.flatnonzero(facts.decided == month)
    return [
        [facts.reference[k], month_name(month), FORCE, FORCE, *place, RESULTS[facts.result[k]]]
        for k, place in zip(which.tolist(), _where(which), strict=True)
    ]


def _revised(rows: list[list[object]]) -> list[list[object]]:
    """The second release: some of Saltmarsh's crimes withdrawn, some added late."""
    said = truths()["second_release"]
    rng = np.random.default_rng(202_602)
    once = Counter(row[0] for row in rows)
    crimes_only = [k for k, row in enumerate(rows) if once[row[0]] == 1 and str(row[8]).startswith("Saltmarsh")]
    gone = set(rng.choice(crimes_only, said["withdrawn_rows"], replace=False).tolist())
    like = [k for k in rng.choice(crimes_only, said["added_rows"] + len(gone), replace=False).tolist() if k not in gone]
    late = [[rng.bytes(32).hex(), *rows[k][1:]] for k in like[: said["added_rows"]]]
    return [row for k, row in enumerate(rows) if k not in gone] + late
