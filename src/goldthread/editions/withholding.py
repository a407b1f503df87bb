"""Charts and maps without the values that an edition may not show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from goldthread.chapters.model import Chart, Map, Series, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.editions.cells import printed
from goldthread.editions.counted import protected
from goldthread.editions.protecting import Protection, Shown
from goldthread.evidence.disclosure import Rule

# Roles that hold what was counted; limits, expectations and forecasts are worked out from many counts at once.
_COUNTED = frozenset({"main", "compare", "subject", "peer"})


def without_withheld_points(chart: Chart, protection: Protection) -> tuple[Chart, int]:
    """
    Take the withheld points out of a protected chart, and say how many there were.

    A point that the chart's table also holds is withheld with its cell. Other
    whole numbers are taken to be counts; other values that no table vouches
    for are withheld. Lorenz curves name nobody and no place, and stay.
    """
    if not chart.protected or not protection.rule.withholds or chart.kind == "lorenz":
        return chart, 0
    in_table = _Lookup(chart.table, protection.table(chart.table)) if chart.table else None
    series, gone = [], 0
    for one in chart.series:
        hidden = _hidden_points(one, in_table, protection) if one.role in _COUNTED else frozenset()
        series.append(_rounded(_without(one, hidden), protection.rule) if one.role in _COUNTED else one)
        gone += len(hidden)
    return replace(chart, series=tuple(series)), gone


def _hidden_points(series: Series, table: _Lookup | None, protection: Protection) -> frozenset[int]:
    known = {at: table.holds(series.name, x) for at, x in enumerate(series.x)} if table else {}
    unknown = [at for at, y in enumerate(series.y) if y is not None and known.get(at) is None]
    gone = {at for at, y in enumerate(series.y) if y is not None and known.get(at)}
    values = [series.y[at] or 0.0 for at in unknown]
    if all(value.is_integer() for value in map(float, values)):
        counts = [round(value) for value in values]
        safe = protected([*([count] for count in counts), [sum(counts)]], protection.rule, total_row=True)
        gone |= {unknown[row] for row, _ in safe.withheld.cells if row < len(unknown)}
    else:
        gone |= set(unknown)
    return frozenset(gone)


def _without(series: Series, gone: frozenset[int]) -> Series:
    def kept(values: tuple[float | None, ...]) -> tuple[float | None, ...]:
        return tuple(None if at in gone else value for at, value in enumerate(values))

    return replace(series, y=kept(series.y), low=kept(series.low), high=kept(series.high)) if gone else series


def _rounded(series: Series, rule: Rule) -> Series:
    values = [value for value in series.y if value is not None]
    if rule.round_to == 1 or not all(float(value).is_integer() for value in values):
        return series
    return replace(series, y=tuple(None if value is None else float(rule.rounded(round(value))) for value in series.y))


def without_withheld_areas(map_: Map, protection: Protection) -> tuple[Map, tuple[str, ...]]:
    """
    Take the withheld areas out of a protected map, and list them.

    An area whose row in the map's table has a withheld cell is withheld with
    it; for the rest, whole numbers are taken to be counts with a known total,
    and values that are not counts are withheld when no table vouches for them.
    """
    if not map_.protected or not protection.rule.withholds:
        return map_, ()
    in_table = _Lookup(map_.table, protection.table(map_.table)) if map_.table else None
    codes = tuple(map_.values)
    series = Series("", codes, tuple(map_.values[code] for code in codes))
    gone = _hidden_points(series, in_table, protection)
    series = _rounded(_without(series, gone), protection.rule)
    kept = {code: value for code, value in zip(codes, series.y, strict=True) if value is not None}
    return replace(map_, values=kept), tuple(code for at, code in enumerate(codes) if at in gone)


class _Lookup:
    """Finds a chart's point in the table behind it: series by x, or x by series."""

    def __init__(self, table: Table, shown: Shown) -> None:
        self._hidden = shown.hidden
        self._columns = {column.title: at for at, column in enumerate(table.columns)}
        self._columns |= {column.key: at for at, column in enumerate(table.columns)}
        self._counts = [at for at, column in enumerate(table.columns) if column.kind == "count"]
        texts = [at for at, column in enumerate(table.columns) if column.kind in ("text", "month")]
        self._rows: Mapping[str, int] = {
            label: row
            for row, cells in enumerate(table.rows)
            for at in texts
            for label in (_label(cells[at]), printed(cells[at], "text"))
        }

    def holds(self, series: str, x: Cell) -> bool | None:
        """Return whether the point's cell is withheld, or None when the table has no such row."""
        row, column = self._rows.get(_label(x)), self._columns.get(series)
        if row is None:
            row, column = self._rows.get(series), self._columns.get(_label(x))
        if row is None:
            return None
        columns = self._counts if column is None else [column]
        return any((row, at) in self._hidden for at in columns)


def _label(value: Cell) -> str:
    text = printed(value, "text")
    return text[:7] if len(text) == 10 and text[4:5] == "-" else text
