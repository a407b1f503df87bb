"""The same evidence tables, built and counted where the rows are: on one machine or on a cluster."""

from goldthread.evidence.cluster.expressions import checked, counted, placed, reconciled
from goldthread.evidence.cluster.port import Engine, on_duckdb, on_spark

__all__ = ["Engine", "checked", "counted", "on_duckdb", "on_spark", "placed", "reconciled"]
