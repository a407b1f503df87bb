"""Saltmarsh on the ground: small areas with their codes, polygons, people and kind, in both LSOA editions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from example.areas import KINDS, WARDS, Authority, Ward, authority_of
from example.areas import SALTMARSH as SALTMARSH_CODE
from example.editions import Editions, Fit, editions
from example.grid import to_lon_lat
from example.shapes import cells, land, seeds, shared_borders

Numbers = NDArray[np.float64]
SEED = 20_260_401
# Mid-2022 scores at the edges of England's deprivation deciles, near enough to place an invented area in one.
EDGES = np.array([0.5, 6.1, 8.9, 11.6, 14.5, 17.9, 21.9, 27.0, 34.0, 45.6, 92.0])
ENGLAND = 33_755


def rank_of(score: float) -> int:
    """The rank in England of a deprivation score, 1 for the most deprived."""
    return max(1, round(ENGLAND * (1 - float(np.interp(score, EDGES, np.linspace(0, 1, 11))))))


def decile_of(rank: int) -> int:
    """The decile in England of a deprivation rank, 1 for the most deprived."""
    return min(10, 1 + (rank - 1) * 10 // ENGLAND)


@dataclass(frozen=True)
class SmallArea:
    """One 2021 LSOA: its codes and names, its ward, its shape in metres, and what it is like."""

    number: int
    code: str
    name: str
    ward: Ward
    polygon: Polygon
    centre: tuple[float, float]
    population: int
    households: int
    workday: int
    score: float
    kind: str

    @property
    def authority(self) -> str:
        """The code of the authority it is in."""
        return authority_of(self.ward)

    @property
    def rank(self) -> int:
        """Its rank for deprivation in England, 1 for the most deprived."""
        return rank_of(self.score)

    @property
    def decile(self) -> int:
        """Its deprivation decile in England, 1 for the most deprived."""
        return decile_of(self.rank)


@dataclass(frozen=True)
class OldArea:
    """One 2011 LSOA: its code, the name that it had in its former district, and its shape."""

    code: str
    name: str
    polygon: Polygon


@dataclass(frozen=True)
class Geography:
    """All small areas of Saltmarsh and Wexcombe, the 2011 edition, and how one became the other."""

    areas: tuple[SmallArea, ...]
    old: tuple[OldArea, ...]
    fits: tuple[Fit, ...]

    @property
    def saltmarsh(self) -> tuple[SmallArea, ...]:
        """The small areas of Saltmarsh itself."""
        return tuple(a for a in self.areas if a.authority == SALTMARSH_CODE)

    def in_ward(self, name: str) -> list[int]:
        """The numbers of the small areas of a ward."""
        return [a.number for a in self.areas if a.ward.name == name]


@cache
def geography() -> Geography:
    """Saltmarsh and Wexcombe, the same every time."""
    rng = np.random.default_rng(SEED)
    ground = land()
    points, wards = seeds(rng, ground)
    polygons = cells(points, ground)
    both = editions(polygons, wards.tolist(), shared_borders(polygons))
    old_codes = _old_codes(both, wards)
    codes = _codes(both, old_codes, len(polygons))
    areas = tuple(
        _area(rng, k, codes[k], name, WARDS[wards[k]], polygon)
        for k, (polygon, name) in enumerate(zip(polygons, _names(wards.tolist(), merged=True), strict=True))
    )
    old_wards = [int(wards[next(f.new for f in both.fits if f.old == k)]) for k in range(len(both.polygons))]
    old = tuple(
        OldArea(code, name, polygon)
        for code, name, polygon in zip(old_codes, _names(old_wards, merged=False), both.polygons, strict=True)
    )
    return Geography(areas, old, both.fits)


def _old_codes(both: Editions, wards: NDArray[np.int64]) -> list[str]:
    first_ward = {f.old: int(wards[f.new]) for f in reversed(both.fits)}
    start = {True: 1, False: 501}
    codes = []
    for k in range(len(both.polygons)):
        here = authority_of(WARDS[first_ward[k]]) == SALTMARSH_CODE
        codes.append(f"E0199{start[here]:04d}")
        start[here] += 1
    return codes


def _codes(both: Editions, old_codes: list[str], areas: int) -> list[str]:
    kept = {f.new: old_codes[f.old] for f in both.fits if f.how == "U"}
    fresh = iter(f"E0199{k:04d}" for k in range(301, 500))
    return [kept[k] if k in kept else next(fresh) for k in range(areas)]


def _names(wards: list[int], *, merged: bool) -> list[str]:
    """Names as the statistics office gives them: the authority, a number for four or five areas, a letter."""
    names, numbers, done = [], {"": 0}, -1
    for k, ward in enumerate(wards):
        place = WARDS[ward].district
        if merged and place != "Wexcombe":
            place = "Saltmarsh"
        within = k - wards.index(ward)
        half = (wards.count(ward) + 1) // 2
        if ward != done or within == half:
            numbers[place] = numbers.get(place, 0) + 1
            done = ward
        names.append(f"{place} {numbers[place]:03d}{'ABCDEF'[within % half if within >= half else within]}")
    return names


def _area(rng: np.random.Generator, number: int, code: str, name: str, ward: Ward, polygon: Polygon) -> SmallArea:
    people, a_household, workday, score = KINDS[ward.kind]
    population = round(people * rng.lognormal(0, 0.11))
    middle = shapely.point_on_surface(polygon) if not polygon.contains(polygon.centroid) else polygon.centroid
    return SmallArea(
        number=number,
        code=code,
        name=name,
        ward=ward,
        polygon=polygon,
        centre=(round(middle.x, 4), round(middle.y, 4)),
        population=population,
        households=round(population / (a_household * rng.uniform(0.93, 1.07))),
        workday=round(population * workday * rng.lognormal(0, 0.2)),
        score=round(float(np.clip(score * rng.lognormal(0, 0.22), 1.0, 88.0)), 3),
        kind=ward.kind,
    )


def rings(polygon: Polygon) -> list[list[list[float]]]:
    """A polygon's rings as longitudes and latitudes to six places, outer ring first and anticlockwise, as GeoJSON."""
    polygon = shapely.geometry.polygon.orient(polygon)
    found = []
    for ring in (polygon.exterior, *polygon.interiors):
        xy = np.array(ring.coords)
        lon, lat = to_lon_lat(xy[:, 0], xy[:, 1])
        found.append(np.column_stack([lon.round(6), lat.round(6)]).tolist())
    return found


@cache
def people_in(authority: Authority) -> tuple[int, int, float]:
    """Population, households and mean deprivation score of an authority, counted from its areas when it has any."""
    mine = [a for a in geography().areas if a.authority == authority.code]
    if not mine:
        return authority.population, authority.households, authority.score
    population = sum(a.population for a in mine)
    return (
        population,
        sum(a.households for a in mine),
        round(sum(a.score * a.population for a in mine) / population, 3),
    )
