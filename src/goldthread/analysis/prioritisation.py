"""What should come first: scored in the open, tried under other weights, and never a black box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goldthread.analysis.peers import ranks

Floats = NDArray[np.float64]
DRAWS, SEED = 5_000, 20_260_404
LEVELS = ("low", "medium", "high", "very high")


@dataclass(frozen=True)
class Criterion:
    """
    One thing issues are scored on, such as harm, volume, trend or residents' concern.

    `weight` is its share of the score, in any unit. `worse_when_higher` is
    false for things of which more is better. `unit` is printed beside the raw
    value.
    """

    name: str
    weight: float
    unit: str = ""
    worse_when_higher: bool = True


@dataclass(frozen=True)
class Override:
    """A rank that people set instead of the score, with the reason, which must be given, and who decided."""

    issue: str
    rank: int
    reason: str
    by: str


@dataclass(frozen=True)
class Scored:
    """
    One issue: what was put in, what came out, and how far that depends on the weights.

    `raw` and `normalised` (0 least, 1 worst) are by criterion, None where
    nothing is known; `coverage` is the share of the weight that rests on
    something known. `rank` 1 is the highest score. `without_low` to
    `without_high` are the ranks it takes when each criterion is left out in
    turn; `weights_low` to `weights_high` hold it in nine of ten draws of other
    weights, and `top_share` is how often it is then among the first `top`.
    `final_rank` is `rank` unless people set another, with `reason` and `by`.
    `statutory` issues must be in the plan whatever their score.
    """

    issue: str
    raw: Mapping[str, float | None]
    normalised: Mapping[str, float | None]
    score: float
    rank: int
    coverage: float
    without_low: int
    without_high: int
    weights_low: int
    weights_high: int
    top_share: float
    final_rank: int
    reason: str
    by: str
    statutory: bool

    @property
    def settled(self) -> bool:
        """Whether its place hardly depends on the weights: never more than one rank away in nine draws of ten."""
        return self.weights_low >= self.rank - 1 and self.weights_high <= self.rank + 1


@dataclass(frozen=True)
class Prioritised:
    """Every issue in its final order, what it was scored on, and the statutory ones set apart."""

    criteria: tuple[Criterion, ...]
    issues: tuple[Scored, ...]
    top: int

    @property
    def recommended(self) -> tuple[Scored, ...]:
        """The first `top` by final rank, then any statutory issue that is not among them: the floor."""
        first = tuple(issue for issue in self.issues if issue.final_rank <= self.top)
        return first + tuple(issue for issue in self.issues if issue.statutory and issue.final_rank > self.top)


@dataclass(frozen=True)
class Placed:
    """
    An issue on the impact by likelihood grid, 1 to 4 each way, with how sure that is beside it.

    `score` is impact times likelihood, 1 to 16; confidence is printed beside
    it and never multiplied in, so that what is little known is not made small.
    """

    issue: str
    impact: int
    likelihood: int
    score: int
    band: str
    confidence: str


def place(issue: str, impact: float, likelihood: float, confidence: float) -> Placed:
    """
    Where on the grid of impact and likelihood does this issue stand?

    All three run from 0 to 1. Impact and likelihood fall into quarters; the
    band is low to 3, medium to 7, high to 11, and very high above.
    """
    for name, value in (("impact", impact), ("likelihood", likelihood), ("confidence", confidence)):
        if not 0 <= value <= 1:
            raise ValueError(f"{issue}: {name} is {value}, and runs from 0 to 1.")
    across, up = (min(int(v * 4), 3) + 1 for v in (impact, likelihood))
    score = across * up
    band = LEVELS[0] if score <= 3 else LEVELS[1] if score <= 7 else LEVELS[2] if score <= 11 else LEVELS[3]
    return Placed(issue, across, up, score, band, ("low", "moderate", "high")[min(int(confidence * 3), 2)])


def prioritise(
    issues: Sequence[str],
    criteria: Sequence[Criterion],
    raw: ArrayLike,
    *,
    statutory: Sequence[str] = (),
    overrides: Sequence[Override] = (),
    top: int = 6,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Prioritised:
    """
    Which issues come first, and does the order survive other weights?

    `raw` is (issues, criteria), NaN where nothing is known. Each criterion is
    stretched from 0 for the least to 1 for the worst, and the score is the
    weighted mean of those that are known, which `coverage` qualifies: an issue is
    never pushed down because nobody counted it. Sensitivity is shown two ways:
    each criterion left out, and `draws` other sets of weights drawn around the given
    ones (Dirichlet, with a fixed seed). `statutory` issues are a floor, listed
    whatever they score. Overrides need a reason and a name.

    Raises ValueError for an override without them, or of an unknown issue.
    """
    names, table = tuple(issues), np.asarray(raw, float)
    weights = np.array([c.weight for c in criteria], float)
    _refuse(names, criteria, table, weights, statutory, overrides)
    normalised = normalise(table, np.array([c.worse_when_higher for c in criteria]))
    scores = _scores(normalised, weights)
    rank = ranks(-scores)
    left_out = _without_each(normalised, weights) if len(criteria) > 1 else rank[None]
    drawn = _under_other_weights(normalised, weights, draws, seed)
    low, high = np.quantile(drawn, [0.05, 0.95], axis=0, method="inverted_cdf")
    final = _final_ranks(names, rank, overrides)
    decided = {o.issue: o for o in overrides}
    scored = []
    for i, name in enumerate(names):
        override = decided.get(name)
        row = Scored(
            issue=name,
            raw=_by_criterion(criteria, table[i]),
            normalised=_by_criterion(criteria, normalised[i]),
            score=float(scores[i]),
            rank=int(rank[i]),
            coverage=float(weights[~np.isnan(normalised[i])].sum() / weights.sum()),
            without_low=int(min(left_out[:, i].min(), rank[i])),
            without_high=int(max(left_out[:, i].max(), rank[i])),
            weights_low=int(low[i]),
            weights_high=int(high[i]),
            top_share=float((drawn[:, i] <= top).mean()),
            final_rank=final[name],
            reason=override.reason if override else "",
            by=override.by if override else "",
            statutory=name in statutory,
        )
        scored.append(row)
    return Prioritised(tuple(criteria), tuple(sorted(scored, key=lambda s: (s.final_rank, s.rank, s.issue))), top)


def normalise(raw: Floats, worse_when_higher: NDArray[np.bool_]) -> Floats:
    """Each column stretched from 0 (best) to 1 (worst); NaN stays, and a column that says nothing becomes 0.5."""
    out = np.full(raw.shape, np.nan)
    for k in range(raw.shape[1]):
        known = ~np.isnan(raw[:, k])
        if not known.any():
            continue
        column = raw[known, k] if worse_when_higher[k] else -raw[known, k]
        width = column.max() - column.min()
        out[known, k] = (column - column.min()) / width if width > 0 else 0.5
    return out


def _scores(normalised: Floats, weights: Floats) -> Floats:
    """The weighted mean of what is known; NaN counts neither way. `weights` may be one row or many."""
    known = (~np.isnan(normalised)).astype(float)
    sums, most = np.nan_to_num(normalised) @ weights.T, known @ weights.T
    # Rounded, so that equal scores are equal whichever way they were added up.
    return np.asarray(np.round(np.where(most > 0, sums / np.where(most > 0, most, 1.0), 0.0), 12), dtype=np.float64)


def _without_each(normalised: Floats, weights: Floats) -> NDArray[np.int64]:
    """The ranks when each criterion is left out in turn."""
    trials = weights * (1 - np.eye(weights.size))
    return np.stack([ranks(-_scores(normalised, trial)) for trial in trials])


def _under_other_weights(normalised: Floats, weights: Floats, draws: int, seed: int) -> NDArray[np.int64]:
    """The ranks under weights drawn around the given ones: on average the same, each free to double or halve."""
    used = weights > 0
    drawn = np.zeros((draws, weights.size))
    drawn[:, used] = np.random.default_rng(seed).dirichlet(weights[used] / weights[used].mean() * 4, size=draws)
    scores = _scores(normalised, drawn)
    return np.asarray(1 + (scores.T[:, None, :] > scores.T[:, :, None]).sum(axis=2), dtype=np.int64)


def _final_ranks(names: tuple[str, ...], rank: NDArray[np.int64], overrides: Sequence[Override]) -> dict[str, int]:
    """Overridden issues take the place they were given; the others keep their order around them."""
    placed = {o.rank: o.issue for o in overrides}
    moved = set(placed.values())
    rest = iter(sorted((n for n in names if n not in moved), key=lambda n: (rank[names.index(n)], names.index(n))))
    order = [placed.get(at) or next(rest) for at in range(1, len(names) + 1)]
    final = {name: at for at, name in enumerate(order, start=1)}
    if not overrides:
        final = {name: int(rank[i]) for i, name in enumerate(names)}  # equal scores share a rank
    return final


def _by_criterion(criteria: Sequence[Criterion], values: Floats) -> dict[str, float | None]:
    return {c.name: None if np.isnan(v) else float(v) for c, v in zip(criteria, values, strict=True)}


def _refuse(
    names: tuple[str, ...],
    criteria: Sequence[Criterion],
    table: Floats,
    weights: Floats,
    statutory: Sequence[str],
    overrides: Sequence[Override],
) -> None:
    """Refuse what cannot be scored, or was changed without saying why."""
    if table.shape != (len(names), len(criteria)):
        raise ValueError(f"{len(names)} issues and {len(criteria)} criteria need {len(names)} rows of {len(criteria)}.")
    if np.any(weights < 0) or weights.sum() <= 0:
        raise ValueError("Weights are not below nought, and some are above it.")
    for issue in statutory:
        if issue not in names:
            raise ValueError(f"{issue} is statutory and was not scored: give it a row, with nothing known if need be.")
    for override in overrides:
        if override.issue not in names or not 1 <= override.rank <= len(names):
            raise ValueError(f"{override.issue} cannot be put at {override.rank}: there is no such issue or place.")
        if not override.reason.strip() or not override.by.strip():
            raise ValueError(f"{override.issue} was moved to {override.rank} without a reason and a name; give both.")
    if len({o.rank for o in overrides}) < len(overrides) or len({o.issue for o in overrides}) < len(overrides):
        raise ValueError("Two overrides want the same place, or move the same issue.")
