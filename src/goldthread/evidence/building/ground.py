"""What the counts stand on: the area's small areas, their people, the authorities to compare with, and shapes."""

from __future__ import annotations

import duckdb

from goldthread.evidence.building.placing import Ground
from goldthread.evidence.periods import Period


def lay_ground(con: duckdb.DuckDBPyConnection, ground: Ground, period: Period) -> None:
    """Write the places, authorities and shapes that the reference knows; without one, the codes that were seen."""
    con.execute(
        "INSERT INTO places (lsoa, authority) SELECT DISTINCT i.lsoa, k.authority FROM incidents i "
        "JOIN lsoa_known k ON k.lsoa = i.lsoa WHERE i.lsoa IS NOT NULL"
    )
