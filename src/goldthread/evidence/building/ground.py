"""What the counts stand on: the area's small areas, their people, the authorities to compare with, and shapes."""

from __future__ import annotations

import json

import duckdb

from goldthread.evidence.building.placing import Ground
from goldthread.evidence.periods import Period
from goldthread.evidence.places.authorities import authorities_table
from goldthread.evidence.places.drawing import shapes_table
from goldthread.evidence.places.people import places_table, residents_by_year, whole_years


def _from_partners(con: duckdb.DuckDBPyConnection) -> None:
    """A partner's own table of small areas, where it came, stands before the published one: it is newer or finer."""
    for column in ("population", "households", "workday", "imd_decile"):
        con.execute(
            f"UPDATE places SET {column} = p.n FROM (SELECT lsoa, arg_max({column}, coalesce(year, DATE '0001-01-01')) "
            f"AS n FROM people WHERE {column} IS NOT NULL GROUP BY 1) p WHERE p.lsoa = places.lsoa"
        )


def _from_rows(con: duckdb.DuckDBPyConnection) -> None:
    """Without lookups, the small areas are those that rows were in, named as a row of each named them."""
    con.execute(
        "INSERT INTO places (lsoa, name, authority) SELECT lsoa, coalesce(called, lsoa), authority FROM "
        "(SELECT DISTINCT lsoa FROM incidents WHERE lsoa IS NOT NULL) LEFT JOIN (SELECT lsoa, min(authority) "
        "AS authority, min(place_name) AS called FROM located GROUP BY 1) USING (lsoa) "
        "WHERE lsoa NOT IN (SELECT lsoa FROM places) ORDER BY lsoa"
    )


def lay_ground(con: duckdb.DuckDBPyConnection, ground: Ground, period: Period) -> dict[str, str]:
    """
    Write the places, authorities, profiles and shapes that the reference knows.

    Returns what has to be said of them: which mid-year the populations are of,
    how many people the area had at each, and who the shapes are by. Without a reference, places are those that rows
    were in, and nothing is known of their people.
    """
    people = places_table(con, ground.reference, period.last.year)
    con.execute("INSERT INTO places SELECT * FROM area_places")
    authorities_table(con, ground.known, ground.reference)
    con.execute("INSERT INTO authorities SELECT * FROM known_authorities ORDER BY ALL")
    con.execute("INSERT INTO profile SELECT * FROM authority_profile ORDER BY ALL")
    shapes_table(con, ground.area, ground.reference, ground.shapes)
    con.execute("INSERT INTO shapes SELECT * FROM area_shapes")
    _from_rows(con)
    _from_partners(con)
    said = {"people": people.sentence(period.last.year)}
    residents = residents_by_year(con, ground.reference) | whole_years(
        con, "SELECT year(year)::INTEGER AS year, lsoa, any_value(population) AS n FROM people GROUP BY 1, 2"
    )
    said["residents"] = json.dumps(residents)
    if people.population_year is not None:
        said["population_year"] = str(people.population_year)
    if ground.reference.has("lsoa shapes") or ground.reference.has("authority shapes"):
        said["shapes_credit"] = (
            "Source: Office for National Statistics, licensed under the Open Government Licence v3.0. "
            "Contains OS data © Crown copyright and database right."
        )
    return said
