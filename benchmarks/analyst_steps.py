"""What the analyst's script and Goldthread share in the comparison: the data, the settings, and the clock."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MONTHS = 60
CELL = 250.0
SIGMA = 400.0
PENALTY = 3 * np.log(MONTHS)
SHORTEST = 6
RESAMPLES = 1_000
PERMUTATIONS = 999
REACH, SOON, SHUFFLES = 200.0, 14.0, 99
NEAR, LEAST = 250.0, 100
ORIGINS, HISTORY, TOP = 12, 12, 0.01
CLUSTERED = "Vehicle crime"

Floats = NDArray[np.float64]


@dataclass
class Steps:
    """
    Processor time of each step, and what came out of it.

    A step that was done in part has its time scaled: `part` says of how many it was done, of how many.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    part: dict[str, tuple[int, int]] = field(default_factory=dict)
    out: dict[str, NDArray[Any]] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str, done: int = 1, of: int = 1) -> Iterator[None]:
        """Time a step that does `done` of `of` equal parts."""
        began = time.process_time()
        yield
        self.seconds[name] = (time.process_time() - began) * of / done
        if done < of:
            self.part[name] = (done, of)

    def write(self, to: Path) -> None:
        """Write times and results, for the comparison."""
        to.with_suffix(".json").write_text(json.dumps({"seconds": self.seconds, "part": self.part}), encoding="utf-8")
        np.savez(to.with_suffix(".npz"), **self.out)


@dataclass(frozen=True)
class Ground:
    """The grid of the comparison, in British National Grid metres: every cell of a rectangle is inside."""

    west: float
    south: float
    rows: int
    columns: int

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return self.rows * self.columns

    def centres(self) -> Floats:
        """Eastings and northings of the centres, row by row from the south-west."""
        x = self.west + (np.arange(self.columns) + 0.5) * CELL
        y = self.south + (np.arange(self.rows) + 0.5) * CELL
        return np.column_stack([np.tile(x, self.rows), np.repeat(y, self.columns)])

    @staticmethod
    def read(folder: Path) -> Ground:
        """As the driver wrote it."""
        return Ground(**json.loads((folder / "ground.json").read_text(encoding="utf-8")))


def write_events(to: Path, seed: int = 5, many: int = 10_000) -> None:
    """Write burglaries with days and exact places for Knox, some of them soon after and near another."""
    rng = np.random.default_rng(seed)
    place, day = rng.uniform(0, 20_000, (many, 2)), rng.integers(0, 730, many).astype(np.float64)
    followed = rng.choice(many // 2, many // 20, replace=False)
    followers = many // 2 + np.arange(followed.size)
    place[followers] = place[followed] + rng.normal(0, 60, (followed.size, 2))
    day[followers] = day[followed] + rng.integers(0, 10, followed.size)
    np.savez(to, easting=place[:, 0], northing=place[:, 1], day=day)


def write_others(to: Path, seed: int = 6, many: int = 317) -> None:
    """Write counts and residents of so many areas, for the funnel."""
    rng = np.random.default_rng(seed)
    people = rng.lognormal(11.8, 0.5, many)
    np.savez(to, people=people, count=rng.poisson(people * rng.gamma(20, 0.08 / 20, many)).astype(np.float64))
