"""What a hotspot is called: its ward, the streets that its points are named after, and the kinds of place there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldthread.chapters.brief import Brief
from goldthread.evidence.periods import Period

Whole = NDArray[np.int64]

_BEFORE = "On or near "
# Names of map points of data.police.uk that are a kind of place and not a street, as they occur in its files.
KINDS = frozenset(
    {
        *("Airport/Airfield", "Bus Station", "Bus/Coach Station", "Conference/Exhibition Centre", "Ferry Terminal"),
        *("Further/Higher Educational Building", "Hospital", "Motorway Service Area", "Nightclub", "Park/Open Space"),
        *("Parking Area", "Pedestrian Subway", "Petrol Station", "Police Station", "Prison", "Pub", "Race Track"),
        *("Shopping Area", "Sports/Recreation Area", "Supermarket", "Theatre/Concert Hall", "Theme/Adventure Park"),
    }
)
# Where what is recorded may have happened elsewhere, or to people who are there because of it.
INSTITUTIONS = frozenset({"Hospital", "Police Station", "Prison"})
MUCH = 0.25  # the share of a hotspot at one kind of place that is worth a word


@dataclass(frozen=True)
class Named:
    """
    What lies at the points of a set of cells.

    `streets` are the two street names with most; `kinds` the kinds of place
    that hold a quarter or more, with their shares.
    """

    ward: str
    streets: tuple[str, ...]
    kinds: tuple[tuple[str, float], ...]

    @property
    def said(self) -> str:
        """The place in a sentence: its ward, and round which streets, or by which kind of place where none is named."""
        near = f"around {' and '.join(self.streets)}" if self.streets else ""
        if not near and self.kinds:
            near = f"by a {self.kinds[0][0].lower()}"
        return ", ".join(part for part in (self.ward, near) if part) or "a place without a name"

    @property
    def around(self) -> str:
        """The streets and kinds of place in a cell of a table."""
        kinds = [f"{kind.lower()} ({100 * share:.0f}%)" for kind, share in self.kinds]
        return "; ".join([*self.streets, *kinds])

    @property
    def institution(self) -> str:
        """The hospital, police station or prison that holds much of it, in small letters; empty when none does."""
        return next((kind.lower() for kind, _ in self.kinds if kind in INSTITUTIONS), "")


@dataclass(frozen=True)
class Labels:
    """Rows of the evidence by point and name: which point, which line's series, what it is called, which ward."""

    longitude: NDArray[np.float64]
    latitude: NDArray[np.float64]
    series: NDArray[np.object_]
    location: NDArray[np.object_]
    ward: NDArray[np.object_]
    n: NDArray[np.float64]


def labels_of(brief: Brief, feed: str, period: Period) -> Labels:
    """How many rows of each series each named map point has in a period; only public feeds' points have names."""
    rows = brief.evidence.columns(
        "SELECT i.longitude, i.latitude, i.series, coalesce(i.location, '') AS location, "
        "coalesce(p.ward_name, '') AS ward, CAST(count(*) AS DOUBLE) AS n "
        "FROM incidents i LEFT JOIN places p ON p.lsoa = i.lsoa WHERE i.feed = ? AND i.month BETWEEN ? AND ? "
        "AND NOT i.superseded AND i.longitude IS NOT NULL AND i.latitude IS NOT NULL GROUP BY 1, 2, 3, 4, 5",
        [feed, period.first.first_day, period.last.first_day],
    )
    names = np.array([plain_name(str(name)) for name in rows["location"]], dtype=object)
    floats = {k: np.asarray(rows[k], np.float64) for k in ("longitude", "latitude", "n")}
    return Labels(floats["longitude"], floats["latitude"], rows["series"], names, rows["ward"], floats["n"])


def plain_name(name: str) -> str:
    """The name of a map point as one writes it: its files write St Paul'S Place, and “On or near” before each."""
    name = re.sub(r"(?<=\w['’])S\b", "s", name.removeprefix(_BEFORE).strip())
    return "" if name in ("On or near", "No Location", "No location") else name


def name_of(labels: Labels, mine: NDArray[np.bool_], series: Sequence[str]) -> Named:
    """What the labels at `mine` call a place, weighted by the rows of these series."""
    chosen = np.flatnonzero(mine & np.isin(labels.series, list(series)))
    n = labels.n[chosen]
    by_ward = _most(labels.ward[chosen], n)
    by_name = _most(labels.location[chosen], n)
    whole = float(n.sum())
    kinds = tuple((k, v / whole) for k, v in by_name if k in KINDS and v >= MUCH * whole)
    streets = tuple(k for k, _ in by_name if k not in KINDS)[:2]
    return Named(by_ward[0][0] if by_ward else "", streets, kinds)


def _most(names: NDArray[np.object_], n: NDArray[np.float64]) -> list[tuple[str, float]]:
    """Names and how many rows each has, most first; blanks left out."""
    found: dict[str, float] = {}
    for name, many in zip(names.tolist(), n.tolist(), strict=True):
        if name:
            found[name] = found.get(name, 0.0) + many
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))
