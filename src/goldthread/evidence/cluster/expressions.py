"""Rows checked, placed, counted and reconciled, each as one expression that any engine can answer."""

from __future__ import annotations

from typing import Any

from goldthread.evidence.counting import Count
from goldthread.evidence.feeds import Feed, FeedColumn

LSOA = r"^[EW]01\d{6}$"
MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
LIMITS = {"longitude": (-9.5, 3.0), "latitude": (49.0, 61.5)}


def _text(cell: Any) -> Any:
    """
    A cell without the spaces around it; NULL when it is empty.

    Not Ibis's own `strip`: on Spark it also takes the letters f and v from the
    ends, because Spark reads its list of white space differently.
    """
    return cell.re_replace(r"^\s+|\s+$", "").nullif("")


def _read(column: FeedColumn, cell: Any) -> Any:
    """A cell as its type; NULL when it is empty or cannot be read."""
    import ibis

    text = _text(cell)
    if column.type == "month":
        return ibis.cases((text.re_search(MONTH), text))
    if column.type in ("longitude", "latitude", "easting", "northing", "number", "whole"):
        return text.try_cast("float64")
    if column.type == "lsoa":
        return ibis.cases((text.upper().re_search(LSOA), text.upper()))
    if column.values:
        known = {k.lower(): v for k, v in column.values.items()}
        mapped = text.lower().cases(*known.items())
        return ibis.coalesce(mapped, text) if column.other_values == "keep" else mapped
    return text


def _faulty(column: FeedColumn, cell: Any, value: Any) -> Any:
    """Whether the row has to be refused for this cell."""
    import ibis

    text = _text(cell)
    faulty = text.notnull() & value.isnull()
    if column.filled:
        faulty = faulty | text.isnull()
    if column.pattern:
        faulty = faulty | ibis.coalesce(~text.re_search(f"^(?:{column.pattern})$"), False)
    least, most = LIMITS.get(column.type, (column.least, column.most))
    if least is not None:
        faulty = faulty | ibis.coalesce(value < least, False)
    if most is not None:
        faulty = faulty | ibis.coalesce(value > most, False)
    return faulty


def checked(rows: Any, feed: Feed) -> Any:
    """
    Rows held to their feed: each column that is kept as its type, and `bad` where any is faulty.

    For feeds of one row an incident whose months are written 2025-01, as
    data.police.uk writes them: what is large enough to need a cluster.
    """
    import ibis

    kept = [c for h in rows.columns if (c := feed.column_for(h)) is not None and c.becomes != "nothing"]
    values = {c.becomes: _read(c, rows[c.name]) for c in kept}
    bad = ibis.literal(False)
    for column in kept:
        bad = bad | _faulty(column, rows[column.name], values[column.becomes])
    series = values.get("series", ibis.literal(feed.series_fixed))
    return rows.select(
        feed=ibis.literal(feed.name),
        series=ibis.literal(feed.series_prefix) + series if feed.series_prefix else series,
        category=values.get("category", ibis.null("string")),
        month=values["month"],
        lsoa=values["lsoa"],
        reporter=values.get("reporter", ibis.null("string")),
        outcome=values.get("outcome", ibis.null("string")),
        superseded=ibis.literal(False),
        bad=bad,
    )


def placed(rows: Any, places: Any) -> Any:
    """
    Checked rows with the authority they lie in, and whether that is the area.

    `places` has `lsoa`, `authority` and `in_area`, a row a small area; a row
    whose small area is not among them lies elsewhere.
    """
    import ibis

    joined = rows.left_join(places, rows.lsoa == places.lsoa)
    return joined.select(
        *(rows[c] for c in rows.columns),
        authority=places.authority,
        in_area=ibis.coalesce(places.in_area, False) & ~rows.bad,
    )


def counted(rows: Any, count: Count) -> Any:
    """Rows counted as `count` says: the same groups as on one machine."""
    wanted = rows.filter(~rows[count.without]) if count.without else rows
    return wanted.group_by([wanted[c] for c in count.by]).agg(n=lambda t: t.count())


def reconciled(rows: Any) -> Any:
    """Rows received, kept, refused and elsewhere, which add up."""
    return rows.agg(
        rows=rows.count(),
        kept=rows.in_area.cast("int64").sum(),
        refused=rows.bad.cast("int64").sum(),
        other_area=(~rows.bad & ~rows.in_area).cast("int64").sum(),
    )
