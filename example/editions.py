"""Which 2011 small areas became which of 2021: unchanged, split, merged, and the irregular ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.ops import split

# How 2011 areas changed, by the ward (its place in the table of wards) in which the change is.
SPLIT_IN_TWO, SPLIT_IN_THREE, MERGED, IRREGULAR = (2, 8), (6,), (0, 12), (9,)


@dataclass(frozen=True)
class Fit:
    """One line of the 2011 to 2021 lookup: which 2011 area (by number), which 2021 area, and how (U, S, M or X)."""

    old: int
    new: int
    how: str


@dataclass(frozen=True)
class Editions:
    """The 2011 areas' polygons, the fits between editions, and whether each 2021 area has a code of its own."""

    polygons: tuple[Polygon, ...]
    fits: tuple[Fit, ...]
    changed: frozenset[int]


def halves(polygon: Polygon, across: tuple[float, float] | None = None) -> list[Polygon]:
    """A polygon cut in two through its middle; `across` is a direction to cut at right angles to."""
    middle = np.array(polygon.centroid.coords[0])
    way = np.array([1.0, 0.3]) if across is None else np.array([-across[1], across[0]])
    way = way / np.hypot(*way) * 20_000
    parts = split(polygon, LineString([middle - way, middle + way])).geoms
    return [shapely.set_precision(p, 0.01) for p in sorted(parts, key=lambda p: -p.area)]


def editions(polygons: list[Polygon], wards: list[int], borders: Mapping[tuple[int, int], float]) -> Editions:
    """Work out a believable 2011 edition from the 2021 polygons: most areas unchanged, a few not."""
    old: list[Polygon] = []
    fits: list[Fit] = []
    changed: set[int] = set()

    def _became(shape: Polygon, *news: tuple[int, str]) -> None:
        fits.extend(Fit(len(old), new, how) for new, how in news)
        changed.update(new for new, how in news if how != "U")
        old.append(shape)

    plan = dict(_changes(wards, borders))
    for new, polygon in enumerate(polygons):
        if new in changed:
            continue
        how, others = plan.get(new, ("U", ()))
        if how == "U":
            _became(polygon, (new, "U"))
        elif how == "S":
            _became(shapely.unary_union([polygon, *(polygons[k] for k in others)]), *((k, "S") for k in (new, *others)))
        elif how == "M":
            for half in halves(polygon):
                _became(half, (new, "M"))
        else:
            other = others[0]
            gap = np.array(polygons[other].centroid.coords[0]) - np.array(polygon.centroid.coords[0])
            near, far = sorted(halves(polygons[other], (gap[0], gap[1])), key=lambda half: half.distance(polygon))
            _became(shapely.union(polygon, near), (new, "X"), (other, "X"))
            _became(far, (other, "X"))
    return Editions(tuple(old), tuple(fits), frozenset(changed))


def _changes(
    wards: list[int], borders: Mapping[tuple[int, int], float]
) -> Iterator[tuple[int, tuple[str, tuple[int, ...]]]]:
    for ward in range(max(wards) + 1):
        mine = [k for k, w in enumerate(wards) if w == ward]
        if ward in MERGED:
            yield mine[-1], ("M", ())
        wanted = {**dict.fromkeys(SPLIT_IN_TWO, 1), **dict.fromkeys(SPLIT_IN_THREE, 2), **dict.fromkeys(IRREGULAR, 1)}
        if ward in wanted:
            later = {a: [b for b in mine if b > a and (a, b) in borders] for a in mine}
            first = max(mine, key=lambda a: (len(later[a]), sum(borders[a, b] for b in later[a]), -a))
            others = tuple(sorted(later[first], key=lambda b: -borders[first, b])[: wanted[ward]])
            yield first, ("X" if ward in IRREGULAR else "S", others)
