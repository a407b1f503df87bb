"""The one place that speaks Ibis: rows read from files, and expressions answered, on DuckDB or on Spark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldthread.evidence.trouble import BadRequest

MISSING = "Counting on a cluster needs the parts of requirements/scale.txt, which are not installed here."


@dataclass(frozen=True)
class Engine:
    """
    Where rows are and expressions are answered.

    `connection` is Ibis's. Only this module and `expressions` know that Ibis
    is behind it, so that it can be changed for another.
    """

    name: str
    connection: Any

    def read(self, name: str, files: Sequence[Path], headings: Sequence[str]) -> Any:
        """
        Rows of CSV files with these headings, every cell as text, empty ones NULL on every engine.

        Spark makes an empty cell NULL by itself and DuckDB does not: here both do.
        """
        paths = [str(p) for p in files]
        if self.name == "spark":
            session = self.connection._session
            frame = session.read.csv(paths, header=True, inferSchema=False, quote='"', escape='"', multiLine=False)
            frame.createOrReplaceTempView(name)
            rows = self.connection.table(name)
        else:
            rows = self.connection.read_csv(paths, table_name=name, all_varchar=True, header=True, filename=False)
        return rows.select({h: rows[h].nullif("") for h in headings})

    def table(self, name: str, rows: Iterable[Mapping[str, object]], schema: Mapping[str, str]) -> Any:
        """A small table from Python, such as the list of small areas."""
        import ibis

        return ibis.memtable(list(rows), schema=ibis.schema(dict(schema)))

    def answer(self, expression: Any) -> list[tuple[Any, ...]]:
        """What an expression comes to, as rows in a settled order, missing values as None."""
        frame = self.connection.execute(expression)
        plain = frame.astype(object).where(frame.notna(), None)
        return sorted((tuple(row) for row in plain.itertuples(index=False)), key=lambda r: tuple(str(c) for c in r))


def on_duckdb() -> Engine:
    """DuckDB in memory, through the port; raises BadRequest when the parts are not installed."""
    try:
        import ibis
    except ImportError as error:
        raise BadRequest(MISSING) from error
    return Engine("duckdb", ibis.duckdb.connect())


def on_spark(session: Any) -> Engine:
    """
    A Spark session, local or of a cluster, through the port.

    Its clock is set to UTC, so that a month is the same month on every machine.
    """
    try:
        import ibis
    except ImportError as error:
        raise BadRequest(MISSING) from error
    session.conf.set("spark.sql.session.timeZone", "UTC")
    return Engine("spark", ibis.pyspark.connect(session))
