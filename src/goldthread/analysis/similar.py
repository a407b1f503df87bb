"""Which areas are most like this one, worked out from census and deprivation when no official group is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Distance = Literal["euclidean", "mahalanobis"]
SKEWED = 1.0  # a variable whose skewness is above this is logged


@dataclass(frozen=True)
class Similar:
    """
    The areas most like one area, nearest first.

    `distances` are in standard deviations of the variables, after those that
    say the same thing are merged; `kept` components carry `explained` of what
    the variables say. `stability` is the share, over leaving out each variable
    in turn, in which the area stays in the group; `steadiness` is the mean of
    them. `logged` variables were logged because they are skewed; `left_out`
    areas lack a value.
    """

    subject: str
    members: tuple[str, ...]
    distances: tuple[float, ...]
    stability: tuple[float, ...]
    steadiness: float
    variables: tuple[str, ...]
    logged: tuple[str, ...]
    kept: int
    explained: float
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Prepared:
    """Variables made comparable: winsorised, logged where skewed, in standard deviations from the mean."""

    scores: Floats
    logged: NDArray[np.bool_]


def most_similar(
    areas: Sequence[str],
    values: ArrayLike,
    variables: Sequence[str],
    subject: str,
    *,
    size: int = 14,
    keep: float = 0.9,
    distance: Distance = "euclidean",
) -> Similar:
    """
    Which areas are most like this one in the things that drive crime?

    `values` holds one row an area and one column a variable, such as density,
    the age structure, deprivation or the share of students. Each variable is
    drawn in to its 1st and 99th percentile, logged when it is skewed and
    positive, and put in standard deviations; principal components that carry
    `keep` of the variance are kept, so that five ways of saying "urban" do not
    count five times over; the nearest `size` areas are the group. With
    `mahalanobis` every kept component counts alike.

    Limits: like in people and housing is not like in recording. This is not
    the official most similar group, which is restricted, and is not meant to
    match it. A member with low stability is there because of one variable.
    Raises ValueError when the subject is unknown or lacks a value.
    """
    table, names = np.asarray(values, dtype=np.float64), list(areas)
    whole: NDArray[np.bool_] = np.asarray(~np.isnan(table).any(axis=1))
    if subject not in names or not whole[names.index(subject)]:
        raise ValueError(f"{subject} has no value for every variable, so nothing can be said to be like it.")
    left_out = tuple(name for name, has in zip(names, whole, strict=True) if not has)
    names = [name for name, has in zip(names, whole, strict=True) if has]
    table, at = table[whole], names.index(subject)
    prepared = prepare(table)
    placed, explained = components(prepared.scores, keep)
    nearest, apart = _nearest(placed, at, size, distance)
    stability = _stability(prepared.scores, nearest, at, size, keep, distance)
    return Similar(
        subject=subject,
        members=tuple(names[m] for m in nearest),
        distances=tuple(float(d) for d in apart),
        stability=stability,
        steadiness=float(np.mean(stability)),
        variables=tuple(variables),
        logged=tuple(name for name, was in zip(variables, prepared.logged, strict=True) if was),
        kept=placed.shape[1],
        explained=explained,
        left_out=left_out,
    )


def _stability(
    scores: Floats, nearest: NDArray[np.intp], at: int, size: int, keep: float, distance: Distance
) -> tuple[float, ...]:
    """For each member, in what share of the groups with one variable left out is it still a member?"""
    if scores.shape[1] < 2:
        return (1.0,) * nearest.size
    without = [
        set(_nearest(components(np.delete(scores, v, axis=1), keep)[0], at, size, distance)[0].tolist())
        for v in range(scores.shape[1])
    ]
    return tuple(float(np.mean([member in group for group in without])) for member in nearest.tolist())


def prepare(values: Floats) -> Prepared:
    """Variables made comparable; one that is the same everywhere says nothing and becomes 0."""
    low, high = np.quantile(values, [0.01, 0.99], axis=0)
    table = np.clip(values, low, high)
    spread = table.std(axis=0)
    safe = np.where(spread > 0, spread, 1.0)
    skewness = (((table - table.mean(axis=0)) / safe) ** 3).mean(axis=0)
    logged = (skewness > SKEWED) & (table.min(axis=0) >= 0)
    table = np.where(logged, np.log1p(np.where(logged, table, 0.0)), table)
    spread = table.std(axis=0)
    flat = spread <= 1e-12 * np.maximum(np.abs(table).max(axis=0), 1.0)
    return Prepared(np.where(flat, 0.0, (table - table.mean(axis=0)) / np.where(flat, 1.0, spread)), logged)


def components(scores: Floats, keep: float = 0.9) -> tuple[Floats, float]:
    """
    The fewest principal components that carry `keep` of the variance, and how much they carry.

    Each component keeps its own spread, so that a distance on all of them is
    the distance on the scores.
    """
    u, lengths, _ = np.linalg.svd(scores - scores.mean(axis=0), full_matrices=False)
    shares = np.cumsum(lengths**2) / max(float((lengths**2).sum()), 1e-300)
    kept = int(np.searchsorted(shares, keep - 1e-12) + 1)
    kept = min(kept, lengths.size)
    return u[:, :kept] * lengths[:kept], float(shares[kept - 1])


def _nearest(placed: Floats, at: int, size: int, distance: Distance) -> tuple[NDArray[np.intp], Floats]:
    """The areas nearest to the one at `at`, and how far they are."""
    if distance == "mahalanobis":
        spread = placed.std(axis=0)
        placed = placed / np.where(spread > 0, spread, 1.0)
    apart = np.sqrt(((placed - placed[at]) ** 2).sum(axis=1))
    order = np.argsort(apart, kind="stable")
    order = order[order != at][:size]
    return order, apart[order]
