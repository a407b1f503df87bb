"""The same statistics of the same rows by Goldthread: sealed evidence built of the files, and its own functions."""

from __future__ import annotations

import sys
import time
from pathlib import Path

BEGAN = time.process_time()

import goldthread  # noqa: E402, F401, I001 (before NumPy, as when its command is used: it settles how that is loaded)
import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from benchmarks.analyst_steps import (  # noqa: E402
    CELL,
    CLUSTERED,
    HISTORY,
    LEAST,
    MONTHS,
    NEAR,
    ORIGINS,
    PENALTY,
    REACH,
    RESAMPLES,
    SHORTEST,
    SHUFFLES,
    SIGMA,
    SOON,
    TOP,
    Ground,
    Steps,
)
from goldthread.analysis.change import rate_ratio  # noqa: E402
from goldthread.analysis.change_points import change_points  # noqa: E402
from goldthread.analysis.concentration import concentration  # noqa: E402
from goldthread.analysis.funnels import poisson_limits  # noqa: E402
from goldthread.analysis.hotspots import (  # noqa: E402
    Grid,
    GridNeighbours,
    density,
    density_clusters,
    gi_star,
    local_moran,
    rolling_accuracy,
)
from goldthread.analysis.points import Points, distinct  # noqa: E402
from goldthread.analysis.repeats.knox import knox  # noqa: E402
from goldthread.analysis.trends import mann_kendall, stl  # noqa: E402
from goldthread.evidence.building import Wanted, build  # noqa: E402
from goldthread.evidence.places.projection import to_grid  # noqa: E402
from goldthread.evidence.store import Evidence  # noqa: E402

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
ROWS = """
    WITH kinds AS (SELECT series, row_number() OVER (ORDER BY series) - 1 AS n FROM incidents GROUP BY 1),
    areas AS (SELECT lsoa, row_number() OVER (ORDER BY lsoa) - 1 AS n FROM incidents GROUP BY 1)
    SELECT k.n AS kind, a.n AS area, datediff('month', (SELECT min(month) FROM incidents), i.month) AS month,
        i.longitude, i.latitude FROM incidents i JOIN kinds k USING (series) JOIN areas a USING (lsoa)
"""


def table(first: Whole, second: Whole, rows: int, columns: int) -> Floats:
    """How many rows of each first are of each second?"""
    return np.bincount(first * columns + second, minlength=rows * columns).reshape(rows, columns).astype(np.float64)


def with_total(counts: Floats) -> Floats:
    """The kinds in order, and below them all together."""
    return np.vstack([counts, counts.sum(0)])


def series_steps(steps: Steps, monthly: Floats, places: Floats, gathered: Floats) -> None:
    """What is done on counts by month, and on counts by small area."""
    with steps.step("change on the year"):
        told = rate_ratio(monthly[:, -12:].sum(1), monthly[:, -24:-12].sum(1))
        steps.out["change"] = np.column_stack([told.ratio, told.low, told.high])
    with steps.step("seasonal adjustment (STL)"):
        steps.out["trend"] = stl(np.vstack([monthly, places])).trend
    with steps.step("change points"):
        even = monthly / monthly.std(1, keepdims=True)
        one = np.ones(len(even))
        found = change_points(even, cost="normal", penalty=PENALTY, shortest=SHORTEST, dispersion=one, fewest=0)
        steps.out["cuts"] = np.array([(i, cut) for i, cuts in enumerate(found.starts) for cut in cuts])
    with steps.step("concentration, with bootstrap"):
        told_ = [concentration(counts, resamples=RESAMPLES) for counts in gathered.astype(np.int64)]
        steps.out["gini"] = np.array([(g.gini, g.low, g.high) for g in told_])


def map_steps(steps: Steps, points: Points, kind: Whole, grid: Grid, counts: Floats) -> None:
    """What is done on points and cells, all layers together."""
    weights = points.weights(kind, int(kind.max()) + 1)
    with steps.step("kernel density"):
        layers = with_total(weights)
        found = density(grid, points.easting, points.northing, layers, SIGMA, edge="none")
        steps.out["density"] = found.surface / 1e6
    with steps.step("neighbours"):
        around = GridNeighbours(grid)
        _ = around.count
    with steps.step("Gi*"):
        steps.out["gi"] = gi_star(counts, around).z
    with steps.step("local Moran, 999 shuffles"):
        steps.out["moran"] = local_moran(counts, around).i


def month_steps(steps: Steps, points: Points, month: Whole, grid: Grid, months: Floats) -> None:
    """What is done on cells month by month, and how well the past predicts the next month."""
    around = GridNeighbours(grid)
    with steps.step("Gi* of every month"):
        steps.out["gi_months"] = gi_star(months, around).z
    hottest = np.argsort(-months.sum(0), kind="stable")[:2_000]
    with steps.step("trend of busy cells (Mann-Kendall)"):
        steps.out["kendall"] = mann_kendall(months[:, hottest].T).p
    with steps.step("predictive accuracy (PAI)"):
        lately = month - (MONTHS - ORIGINS - HISTORY)
        layers = points.weights(lately, ORIGINS + HISTORY)
        surfaces = density(grid, points.easting, points.northing, layers, SIGMA, edge="none").surface
        found = rolling_accuracy(
            surfaces, months[-ORIGINS - HISTORY :], origins=ORIGINS, history=HISTORY, shares=(TOP,)
        )
        steps.out["hits"] = found.density.hits[:, 0]


def other_steps(steps: Steps, folder: Path, points: Points, kind: Whole, kinds: list[str]) -> None:
    """Clusters, near repeats and the funnel."""
    with steps.step("clusters (DBSCAN)"):
        own = points.weights(np.where(kind == kinds.index(CLUSTERED), 0, -1))[0]
        told = density_clusters(points.easting, points.northing, own, metres=NEAR, least=LEAST, snapped=False)
        steps.out["clusters"] = np.array([told.events.size, told.scattered])
    with steps.step("near repeats (Knox), 99 shuffles"):
        events = np.load(folder / "events.npz")
        near = knox(
            *(events[k] for k in ("easting", "northing", "day")),
            metres=(0.0, REACH),
            days=(0.0, SOON),
            shuffles=SHUFFLES,
        )
        steps.out["knox"] = np.array([near.observed[0, 0], near.p[0, 0], near.pairs_near[0]])
    with steps.step("funnel"):
        others = np.load(folder / "others.npz")
        expected = others["people"] * others["count"].sum() / others["people"].sum()
        steps.out["funnel"] = np.array(poisson_limits(expected))


def main(folder: Path, to: Path, area: str) -> None:
    steps = Steps()
    steps.seconds["imports"] = time.process_time() - BEGAN
    ground = Ground.read(folder)
    grid = Grid(ground.west, ground.south, CELL, np.ones((ground.rows, ground.columns), bool))
    with steps.step("reading"):
        build(Wanted([folder / "files"], area), to.with_suffix(".duckdb"))
        with Evidence(to.with_suffix(".duckdb")) as evidence:
            rows = evidence.connection.execute(ROWS).fetchnumpy()
            kinds = [
                s for (s,) in evidence.connection.execute("SELECT DISTINCT series FROM incidents ORDER BY 1").fetchall()
            ]
    with steps.step("counting"):
        kind, place, month = (np.asarray(rows[k]).astype(np.int64) for k in ("kind", "area", "month"))
        spots = distinct(np.asarray(rows["longitude"]) * 1e4, np.asarray(rows["latitude"]) * 1e4)
        points = Points(*to_grid(spots.easting / 1e4, spots.northing / 1e4), spots.at)
        cell = grid.cell_of(points.easting, points.northing)[points.at]
        monthly = with_total(table(kind, month, len(kinds), MONTHS))
        areas = int(place.max()) + 1
        gathered, places = with_total(table(kind, place, len(kinds), areas)), table(place, month, areas, MONTHS)
        counts = with_total(table(kind, cell, len(kinds), grid.cells))
        months = table(month, cell, MONTHS, grid.cells)
    series_steps(steps, monthly, places, gathered)
    map_steps(steps, points, kind, grid, counts)
    month_steps(steps, points, month, grid, months)
    other_steps(steps, folder, points, kind, kinds)
    steps.write(to)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
