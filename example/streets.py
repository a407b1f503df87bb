"""Addresses and map points inside each small area: where things happen, and where police.uk says they did."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import shapely
import yaml
from numpy.typing import NDArray

from example.geography import SmallArea, geography
from example.grid import to_lon_lat

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
ADDRESSES, ANCHORS = 80, 14
SHOPS = ("seafront", "suburb", "estate")

NAMES = yaml.safe_load((Path(__file__).parent / "names.yaml").read_text(encoding="utf-8"))["streets"]


@dataclass(frozen=True)
class Streets:
    """
    Addresses as [small area, address] and the map point each is published at.

    `x`, `y` are metres; `anchor` is the number of the map point nearest to an
    address, and `names`, `lon`, `lat`, `old` belong to map points: the name that
    police.uk gives, where it is, and the number of the 2011 area it lies in.
    `favour` says how much likelier each address is for crime in public places.
    """

    x: Numbers
    y: Numbers
    anchor: Whole
    names: list[str]
    lon: Numbers
    lat: Numbers
    old: Whole
    favour: Numbers


@cache
def streets() -> Streets:
    """Every address and map point, the same every time."""
    rng = np.random.default_rng(71)
    world = geography()
    points = np.array([_inside(rng, a) for a in world.areas])
    marks = points[:, :ANCHORS] + rng.uniform(-2, 2, (len(world.areas), ANCHORS, 2))
    gaps = ((points[:, :, None, :] - marks[:, None, :, :]) ** 2).sum(axis=3)
    anchor = gaps.argmin(axis=2) + np.arange(len(world.areas))[:, None] * ANCHORS
    flat = marks.reshape(-1, 2)
    lon, lat = to_lon_lat(flat[:, 0], flat[:, 1])
    ranks = np.argsort(rng.random((len(world.areas), ADDRESSES)), axis=1) + 1
    favour = ranks**-0.75
    return Streets(
        x=points[:, :, 0],
        y=points[:, :, 1],
        anchor=anchor,
        names=_names(rng, world.areas),
        lon=lon.round(6),
        lat=lat.round(6),
        old=_old(flat),
        favour=favour / favour.sum(axis=1, keepdims=True),
    )


def _inside(rng: np.random.Generator, area: SmallArea) -> Numbers:
    west, south, east, north = area.polygon.bounds
    tried = rng.uniform((west, south), (east, north), (ADDRESSES * 6, 2))
    kept = tried[shapely.contains_xy(area.polygon.buffer(-8), tried[:, 0], tried[:, 1])]
    return np.asarray(kept[:ADDRESSES])


def _names(rng: np.random.Generator, areas: tuple[SmallArea, ...]) -> list[str]:
    names = []
    first_words, second_words, busy_places = NAMES["first"], NAMES["second"], NAMES["busy"]
    for area in areas:
        first = rng.choice(len(first_words), ANCHORS, replace=False)
        second = rng.integers(0, len(second_words), ANCHORS)
        here = [f"On or near {first_words[a]} {second_words[b]}" for a, b in zip(first, second, strict=True)]
        busy = busy_places if area.kind == "centre" else busy_places[1:2] if area.kind in SHOPS else []
        here[: len(busy)] = [f"On or near {b}" for b in busy]
        names += here
    return names


def _old(points: Numbers) -> Whole:
    """Which 2011 area each map point lies in."""
    tree = shapely.STRtree([o.polygon for o in geography().old])
    found = np.full(len(points), -1)
    which, area = tree.query(shapely.points(points), predicate="dwithin", distance=0.1)
    found[which] = area
    return found
