"""
A competent analyst's own script: the same statistics with pandas, geopandas, PySAL, statsmodels and scikit-learn.

Vectorised where a good analyst would, and with the libraries' own functions where there are some. Where only a
few parts of the slow steps are asked for, their time is scaled.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

BEGAN = time.process_time()

import geopandas as gpd  # noqa: E402
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
import ruptures as rpt  # noqa: E402
from esda.getisord import G_Local  # noqa: E402
from esda.moran import Moran_Local  # noqa: E402
from libpysal.weights import lat2W  # noqa: E402
from scipy import stats  # noqa: E402
from scipy.spatial import cKDTree  # noqa: E402
from sklearn.cluster import DBSCAN  # noqa: E402
from sklearn.neighbors import KernelDensity  # noqa: E402
from statsmodels.tsa.seasonal import STL  # noqa: E402

from benchmarks.analyst_steps import (  # noqa: E402
    CELL,
    CLUSTERED,
    HISTORY,
    LEAST,
    MONTHS,
    NEAR,
    ORIGINS,
    PENALTY,
    PERMUTATIONS,
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

COLUMNS = ["Month", "Longitude", "Latitude", "LSOA code", "Crime type"]


def read(folder: Path) -> gpd.GeoDataFrame:
    """Every file into one table of points on the National Grid."""
    rows = pd.concat([pd.read_csv(f, usecols=COLUMNS) for f in sorted(folder.rglob("*street.csv*"))])
    points = gpd.points_from_xy(rows["Longitude"], rows["Latitude"], crs=4326)
    table = gpd.GeoDataFrame(rows, geometry=points).to_crs(27700)
    return table.assign(x=table.geometry.x, y=table.geometry.y)


def with_total(by_kind: pd.DataFrame) -> np.ndarray:
    """The kinds in order, and below them all together."""
    return np.vstack([by_kind.to_numpy(float), by_kind.to_numpy(float).sum(0)])


def year_on_year(monthly: np.ndarray) -> np.ndarray:
    """Ratio and exact interval of the last year to the one before, kind by kind."""
    found = []
    for counts in monthly:
        before, after = int(counts[-24:-12].sum()), int(counts[-12:].sum())
        share = stats.binomtest(after, before + after).proportion_ci(0.95, method="exact")
        found.append((after / before, share.low / (1 - share.low), share.high / (1 - share.high)))
    return np.array(found)


def gini(counts: np.ndarray) -> np.ndarray:
    """The Gini coefficient of each row."""
    ordered = np.sort(counts, axis=-1)
    n = ordered.shape[-1]
    return 2 * (ordered @ np.arange(1, n + 1)) / (n * ordered.sum(-1)) - (n + 1) / n


def ginis(by_place: np.ndarray) -> np.ndarray:
    """Gini of each kind with a bootstrap interval."""
    rng = np.random.default_rng(1)
    found = []
    for counts in by_place:
        drawn = gini(rng.choice(counts, (RESAMPLES, counts.size)))
        found.append((gini(counts), *np.quantile(drawn, [0.025, 0.975])))
    return np.array(found)


def kde(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Events a square metre round each centre."""
    model = KernelDensity(bandwidth=SIGMA, kernel="gaussian", rtol=1e-4).fit(points)
    return len(points) * np.exp(model.score_samples(centres))


def mann_kendall(series: np.ndarray) -> np.ndarray:
    """Two-sided p of each column, with ties and the continuity correction."""
    n, found = len(series), []
    for values in series.T:
        s = np.sign(values[:, None] - values[None, :])[np.tril_indices(n, -1)].sum()
        _, ties = np.unique(values, return_counts=True)
        variance = (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
        found.append(2 * stats.norm.sf(abs(s - np.sign(s)) / np.sqrt(variance)) if variance > 0 else np.nan)
    return np.array(found)


def knox(folder: Path) -> tuple[int, float, int]:
    """Pairs that are near and soon, the p of so many, and how many are near."""
    events = np.load(folder / "events.npz")
    place, day = np.column_stack([events["easting"], events["northing"]]), events["day"]
    pairs = cKDTree(place).query_pairs(REACH, output_type="ndarray")
    pairs = pairs[np.hypot(*(place[pairs[:, 0]] - place[pairs[:, 1]]).T) < REACH]
    seen = int((np.abs(day[pairs[:, 0]] - day[pairs[:, 1]]) < SOON).sum())
    rng, more = np.random.default_rng(1), 0
    for _ in range(SHUFFLES):
        shuffled = rng.permutation(day)
        more += int((np.abs(shuffled[pairs[:, 0]] - shuffled[pairs[:, 1]]) < SOON).sum()) >= seen
    return seen, (more + 1) / (SHUFFLES + 1), len(pairs)


def funnel(folder: Path) -> np.ndarray:
    """95 % Poisson limits, interpolated between whole numbers, of each area."""
    others = np.load(folder / "others.npz")
    expected = others["people"] * others["count"].sum() / others["people"].sum()
    limits = []
    for p in (0.025, 0.975):
        r = stats.poisson.ppf(p, expected)
        at, below = stats.poisson.cdf(r, expected), stats.poisson.cdf(r - 1, expected)
        limits.append(r - (at - p) / (at - below))
    return np.maximum(limits, 0)


def series_steps(steps: Steps, monthly: np.ndarray, places: np.ndarray, gathered: np.ndarray) -> None:
    """What is done on counts by month, and on counts by small area."""
    every = np.vstack([monthly, places])
    with steps.step("change on the year"):
        steps.out["change"] = year_on_year(monthly)
    with steps.step("seasonal adjustment (STL)"):
        steps.out["trend"] = np.array([STL(s, period=12, seasonal=13).fit(2, 0).trend for s in every])
    with steps.step("change points"):
        found = [rpt.Pelt(model="l2", min_size=SHORTEST, jump=1).fit(s / s.std()).predict(PENALTY) for s in monthly]
        steps.out["cuts"] = np.array([(i, cut) for i, cuts in enumerate(found) for cut in cuts[:-1]])
    with steps.step("concentration, with bootstrap"):
        steps.out["gini"] = ginis(gathered)


def map_steps(steps: Steps, table: gpd.GeoDataFrame, ground: Ground, counts: np.ndarray, few: bool) -> None:
    """What is done on points and cells, layer by layer."""
    kinds = sorted(table["Crime type"].unique())
    layers = [table[table["Crime type"] == k][["x", "y"]].to_numpy() for k in kinds] + [table[["x", "y"]].to_numpy()]
    some = [len(layers) - 1, 2, 7] if few else list(range(len(layers)))
    with steps.step("kernel density", sum(len(layers[i]) for i in some), sum(map(len, layers))):
        steps.out["density"] = np.array([kde(layers[i], ground.centres()) for i in some])
    steps.out["layers"] = np.array(some)
    with steps.step("neighbours"):
        weights = lat2W(ground.rows, ground.columns, rook=False)
    with steps.step("Gi*", len(some), len(layers)):
        found = [G_Local(counts[i].astype(float), weights, transform="B", star=True, permutations=0) for i in some]
        steps.out["gi"] = np.array([f.Zs for f in found])
    weights = lat2W(ground.rows, ground.columns, rook=False)
    with steps.step("local Moran, 999 shuffles", len(some), len(layers)):
        found = [Moran_Local(counts[i].astype(float), weights, permutations=PERMUTATIONS, seed=1) for i in some]
    # PySAL divides by one less than the number of cells, and textbooks by the number.
    steps.out["moran"] = np.array([f.Is for f in found]) * ground.cells / (ground.cells - 1)


def month_steps(steps: Steps, table: gpd.GeoDataFrame, ground: Ground, months: np.ndarray, few: bool) -> None:
    """What is done on cells month by month, and how well the past predicts the next month."""
    weights = lat2W(ground.rows, ground.columns, rook=False)
    which = np.linspace(0, MONTHS - 1, 6).astype(int) if few else np.arange(MONTHS)
    with steps.step("Gi* of every month", len(which), MONTHS):
        z = [G_Local(months[m].astype(float), weights, transform="B", star=True, permutations=0).Zs for m in which]
        steps.out["gi_months"] = np.array(z)
    steps.out["which_months"] = which
    hottest = np.argsort(-months.sum(0), kind="stable")[:2_000]
    with steps.step("trend of busy cells (Mann-Kendall)"):
        steps.out["kendall"] = mann_kendall(months[:, hottest])
    xy, month = table[["x", "y"]].to_numpy(), table["m"].to_numpy()
    origins = range(MONTHS - ORIGINS, MONTHS)
    origins = [origins[0], origins[-1]] if few else list(origins)
    top = max(1, round(TOP * ground.cells))
    with steps.step("predictive accuracy (PAI)", len(origins), ORIGINS):
        hits = []
        for origin in origins:
            past = xy[(month >= origin - HISTORY) & (month < origin)]
            best = np.argsort(-kde(past, ground.centres()), kind="stable")[:top]
            hits.append(months[origin, best].sum())
        steps.out["hits"] = np.array(hits)
    steps.out["origins"] = np.array(origins)


def main(folder: Path, to: Path, few: bool) -> None:
    steps = Steps()
    steps.seconds["imports"] = time.process_time() - BEGAN
    ground = Ground.read(folder)
    with steps.step("reading"):
        table = read(folder / "files")
    with steps.step("counting"):
        table["m"] = pd.factorize(table["Month"], sort=True)[0]
        cell = ((table["y"] - ground.south) // CELL).astype(int) * ground.columns
        table["cell"] = cell + ((table["x"] - ground.west) // CELL).astype(int)
        monthly = with_total(pd.crosstab(table["Crime type"], table["m"]))
        gathered = with_total(pd.crosstab(table["Crime type"], table["LSOA code"]))
        places = pd.crosstab(table["LSOA code"], table["m"]).to_numpy(float)
        by_cell = pd.crosstab(table["Crime type"], table["cell"]).reindex(columns=range(ground.cells), fill_value=0)
        months = pd.crosstab(table["m"], table["cell"]).reindex(columns=range(ground.cells), fill_value=0).to_numpy()
        counts = with_total(by_cell)
    series_steps(steps, monthly, places, gathered)
    map_steps(steps, table, ground, counts, few)
    month_steps(steps, table, ground, months, few)
    with steps.step("clusters (DBSCAN)"):
        some = table[table["Crime type"] == CLUSTERED][["x", "y"]].to_numpy()
        label = DBSCAN(eps=NEAR, min_samples=LEAST).fit(some).labels_
        steps.out["clusters"] = np.array([label.max() + 1, (label < 0).sum()])
    with steps.step("near repeats (Knox), 99 shuffles"):
        steps.out["knox"] = np.array(knox(folder))
    with steps.step("funnel"):
        steps.out["funnel"] = funnel(folder)
    steps.write(to)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), few=sys.argv[3] == "few")
