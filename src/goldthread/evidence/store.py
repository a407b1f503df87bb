"""A sealed evidence file, opened to be asked and never to be changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from goldthread.evidence.feeds import Feed, all_feeds
from goldthread.evidence.periods import Month, Period, month_from
from goldthread.evidence.trouble import BadRequest

Numbers = NDArray[np.float64]


class Evidence:
    """
    The rows, counts and provenance of one sealed file.

    Opened read-only and with no way out: it can neither be changed nor reach
    another file or the network.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise BadRequest(f"There is no evidence file at {path}. `goldthread assess` makes one.")
        try:
            self.connection = duckdb.connect(str(path), read_only=True, config={"enable_external_access": "false"})
            self.provenance: Mapping[str, str] = dict(
                self.connection.execute("SELECT key, value FROM provenance").fetchall()
            )
        except duckdb.Error as error:
            raise BadRequest(f"{path} is not a Goldthread evidence file, or was damaged on its way.") from error

    def __enter__(self) -> Evidence:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """What the file answers to a question in SQL."""
        return self.connection.execute(sql, list(parameters)).fetchall()

    def columns(self, sql: str, parameters: Sequence[Any] = ()) -> dict[str, NDArray[Any]]:
        """The same, as one array a column (masked where values are missing)."""
        return self.connection.execute(sql, list(parameters)).fetchnumpy()

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the content."""
        return self.provenance["fingerprint"]

    @cached_property
    def period(self) -> Period:
        """The months that the assessment is about."""
        return Period(month_from(self.provenance["period_first"]), month_from(self.provenance["period_last"]))

    @cached_property
    def feeds(self) -> Mapping[str, Feed]:
        """The feeds that brought at least one row that was kept, by name."""
        came = {r[0] for r in self.rows("SELECT DISTINCT feed FROM files WHERE kept > 0")}
        return {f.name: f for f in all_feeds() if f.name in came}

    def months_of(self, feed: str) -> list[Month]:
        """The months that came of a feed, in order: months with a file, whether or not it had rows."""
        found = self.rows("SELECT month FROM came WHERE feed = ? ORDER BY 1", [feed])
        return [Month.of(m) for (m,) in found]

    def series_of(self, feed: str) -> list[str]:
        """The series of a feed, most rows first."""
        found = self.rows("SELECT series, sum(n) AS n FROM counts WHERE feed = ? GROUP BY 1 ORDER BY n DESC, 1", [feed])
        return [s for s, _ in found]

    def monthly(self, feed: str, series: Sequence[str], period: Period) -> Numbers:
        """
        Counts by series and month, shape (series, months).

        A month that did not come is NaN, never zero; a series that a month that
        came does not mention is zero.
        """
        table = np.full((len(series), len(period)), np.nan)
        came = set(self.months_of(feed))
        for i, month in enumerate(period):
            if month in came:
                table[:, i] = 0.0
        rows = self.rows(
            "SELECT series, month, sum(n) FROM counts WHERE feed = ? AND month BETWEEN ? AND ? GROUP BY 1, 2",
            [feed, period.first.first_day, period.last.first_day],
        )
        position = {s: i for i, s in enumerate(series)}
        for name, month, n in rows:
            if name in position:
                table[position[name], Month.of(month) - period.first] = float(n)
        return table

    def by_place(self, feed: str, series: Sequence[str], period: Period) -> Mapping[str, float]:
        """How many rows of these series each small area has in a period; areas with none are not there."""
        marks = ", ".join("?" for _ in series)
        found = self.rows(
            f"SELECT lsoa, sum(n) FROM counts WHERE feed = ? AND series IN ({marks}) AND month BETWEEN ? AND ? "
            "AND lsoa IS NOT NULL GROUP BY 1 ORDER BY 1",
            [feed, *series, period.first.first_day, period.last.first_day],
        )
        return {lsoa: float(n) for lsoa, n in found}

    def missing(self) -> list[tuple[str, str, date]]:
        """Which months of which feed were expected and did not come: feed, reporter, month."""
        return [(f, r or "", m) for f, r, m in self.rows("SELECT feed, reporter, month FROM missing ORDER BY 1, 3, 2")]
