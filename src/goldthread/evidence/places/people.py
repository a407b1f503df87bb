"""Who lives in each small area of the area: residents, households, deprivation, rurality and size."""

from __future__ import annotations

import re
from dataclasses import dataclass

import duckdb

from goldthread.evidence.places.boundaries import read_boundaries
from goldthread.evidence.places.lookups import fill
from goldthread.evidence.places.reference import Reference, name, scan

AREA_PLACES = """lsoa VARCHAR, name VARCHAR, authority VARCHAR, ward VARCHAR, ward_name VARCHAR,
    population DOUBLE, households DOUBLE, workday DOUBLE, imd_decile INTEGER, crime_decile INTEGER,
    rural VARCHAR, easting DOUBLE, northing DOUBLE, hectares DOUBLE"""


@dataclass(frozen=True, slots=True)
class PeopleSource:
    """How many small areas are there, and of which mid-year is their population? None when there is none."""

    lsoas: int
    population_year: int | None

    def sentence(self, wanted: int) -> str:
        """Which year's population stands for the wanted one, for the caveats."""
        if self.population_year is None:
            return "No population of small areas was supplied, so no rate per 1,000 residents is given for them."
        if self.population_year == wanted:
            return f"Populations are ONS estimates for mid-{wanted}."
        return (
            f"Populations are ONS estimates for mid-{self.population_year}, the nearest supplied to {wanted}; "
            "places that have grown or shrunk since have rates that are too high or too low."
        )


def people_table(connection: duckdb.DuckDBPyConnection, reference: Reference, year: int) -> int | None:
    """Make the temporary table `lsoa_people`: one row every 2021 LSOA known. Returns the mid-year of its population.

    `lsoa_table` has been called. Population is of the mid-year nearest to `year` (the earlier of two as near).
    Deprivation is the nation's own index: deciles of England and of Wales are not to be compared with each other.
    What no table tells is NULL, save that a size (hectares) that is not published is that of the boundary.
    """
    population, year_of = population_sql(reference, year)
    wards = reference.sql("wards", ["lsoa21", "ward", "ward_name"]) or empty("lsoa21", "ward", "ward_name")
    households = reference.sql("households", ["lsoa21", "households"]) or empty("lsoa21", "households")
    workday = reference.sql("workday", ["lsoa21", "workday"]) or empty("lsoa21", "workday")
    rural = reference.sql("rural", ["lsoa21", "rural"]) or empty("lsoa21", "rural")
    centres = reference.sql("centroids", ["lsoa21", "easting", "northing"]) or empty("lsoa21", "easting", "northing")
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE lsoa_people ({AREA_PLACES}, in_area BOOLEAN);
        INSERT INTO lsoa_people
        SELECT a.lsoa, a.name, a.authority, w.ward, w.ward_name, p.population, {number("h.households")},
            {number("k.workday")}, d.decile, d.crime_decile, r.rural, {number("c.easting")},
            {number("c.northing")}, p.hectares, a.in_area
        FROM lsoa_known a
        LEFT JOIN ({wards}) w ON w.lsoa21 = a.lsoa LEFT JOIN ({population}) p ON p.lsoa21 = a.lsoa
        LEFT JOIN ({households}) h ON h.lsoa21 = a.lsoa LEFT JOIN ({workday}) k ON k.lsoa21 = a.lsoa
        LEFT JOIN ({rural}) r ON r.lsoa21 = a.lsoa LEFT JOIN ({centres}) c ON c.lsoa21 = a.lsoa
        LEFT JOIN ({deprivation_sql(reference)}) d ON d.lsoa21 = a.lsoa
        WHERE a.edition <> '2011'"""
    )
    _fill_hectares(connection, reference)
    return year_of


def _fill_hectares(connection: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    """Where no size of an LSOA is published, take it from its boundary."""
    unknown = connection.execute("SELECT count(*) FROM lsoa_people WHERE hectares IS NULL").fetchall()[0][0]
    tables = reference.found.get("lsoa shapes", []) if unknown else []
    if not tables:
        return
    rows = []
    for table in tables:
        boundaries = read_boundaries(table)
        rows += [(c, f"{h:.2f}") for c, h in zip(boundaries.codes.tolist(), boundaries.hectares(), strict=True)]
    fill(connection, "shape_sizes (lsoa VARCHAR, hectares DOUBLE)", rows)
    connection.execute(
        "UPDATE lsoa_people SET hectares = s.hectares FROM (SELECT lsoa, max(hectares) AS hectares FROM shape_sizes "
        "GROUP BY lsoa) s WHERE s.lsoa = lsoa_people.lsoa AND lsoa_people.hectares IS NULL; DROP TABLE shape_sizes"
    )


def places_table(connection: duckdb.DuckDBPyConnection, reference: Reference, year: int) -> PeopleSource:
    """Make the temporary table `area_places`: the rows of `lsoa_people` inside the area, as the evidence `places`.

    `lsoa_table` has been called; calls `people_table`, which says what the columns are.
    """
    year_of = people_table(connection, reference, year)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE area_places ({AREA_PLACES});"
        "INSERT INTO area_places SELECT * EXCLUDE in_area FROM lsoa_people WHERE in_area ORDER BY lsoa"
    )
    count = connection.execute("SELECT count(*) FROM area_places").fetchall()[0][0]
    return PeopleSource(int(count), year_of)


def population_sql(reference: Reference, year: int) -> tuple[str, int | None]:
    """A SELECT of lsoa21, population and hectares for the mid-year nearest to this year, and which year that is."""
    table = reference.best("population by year")
    if table is not None:
        years = {int(m[1]): h for h in table.heading if (m := re.fullmatch(r"mid-(\d{4}): population", h.lower()))}
        nearest = min(years, key=lambda y: (abs(y - year), y))
        hectares = f"CAST({name(table.columns['km2'])} AS DOUBLE) * 100" if "km2" in table.columns else "NULL"
        return (
            f"SELECT {name(table.columns['lsoa21'])} AS lsoa21, {number(name(years[nearest]))} AS population, "
            f"{hectares} AS hectares FROM {scan(table)}",
            nearest,
        )
    rows = reference.sql("population", ["lsoa21", "population", "year"])
    if rows is None:
        return empty("lsoa21", "population", "hectares"), None
    stated = "try_cast(regexp_extract(year, '[0-9]{4}') AS INTEGER)"
    nearest_first = f"abs({stated} - {year}), {stated}"
    year_of = duckdb.sql(f"SELECT {stated} FROM ({rows}) ORDER BY {nearest_first} NULLS LAST LIMIT 1").fetchall()
    found = year_of[0][0] if year_of else None
    only = f" WHERE {stated} = {found}" if found is not None else ""
    return (
        f"SELECT lsoa21, {number('population')} AS population, NULL AS hectares FROM ({rows}){only}",
        found if found is not None else year,
    )


def residents_by_year(connection: duckdb.DuckDBPyConnection, reference: Reference) -> dict[int, float]:
    """How many people lived in the area at each mid-year that the tables tell? Empty when they tell none.

    `places_table` has been called. A year that lacks some of the area's LSOAs is not there.
    """
    table = reference.best("population by year")
    if table is not None:
        years = {int(m[1]): h for h in table.heading if (m := re.fullmatch(r"mid-(\d{4}): population", h.lower()))}
        # All years in one reading: the table is of the whole country.
        sums = ", ".join(f"sum({number(name(h))}), count({number(name(h))})" for h in years.values())
        [(places, *told)] = connection.execute(
            f"SELECT (SELECT count(*) FROM area_places), {sums} FROM {scan(table)} "
            f"JOIN area_places ON lsoa = {name(table.columns['lsoa21'])}"
        ).fetchall()
        each_year = zip(years, told[::2], told[1::2], strict=True)
        return {year: float(n) for year, n, known in each_year if known == places and n is not None}
    rows = reference.sql("population", ["lsoa21", "population", "year"])
    if rows is None:
        return {}
    stated = "try_cast(regexp_extract(year, '[0-9]{4}') AS INTEGER)"
    return whole_years(
        connection, f"SELECT {stated} AS year, lsoa21 AS lsoa, {number('population')} AS n FROM ({rows})"
    )


def whole_years(connection: duckdb.DuckDBPyConnection, each: str) -> dict[int, float]:
    """Residents of the area by year, of SQL that gives year, lsoa and n: the years that have all of its LSOAs."""
    found = connection.execute(
        f"SELECT year, sum(n) FROM ({each}) JOIN area_places USING (lsoa) WHERE year IS NOT NULL AND n IS NOT NULL "
        "GROUP BY 1 HAVING count(DISTINCT lsoa) = (SELECT count(*) FROM area_places) ORDER BY 1"
    ).fetchall()
    return {int(year): float(n) for year, n in found}


def deprivation_sql(reference: Reference) -> str:
    """A SELECT of lsoa21, decile, crime_decile, score and country, 1 the most deprived tenth of its nation.

    `lsoa_table` has been called. An index published on 2011 LSOAs (Wales 2019, England 2019) is carried to 2021 by
    the exact-fit lookup: a part of a split LSOA takes the decile of the whole; a merged one takes the decile of the
    mean of the ranks that were merged. LSOAs that fit irregularly (six in the country) have none.
    """
    roles = ["decile", "crime_decile", "score", "rank", "crime_rank"]
    now = reference.sql("deprivation 2021", ["lsoa21", *roles])
    before = reference.sql("deprivation 2011", ["lsoa11", *roles])
    selects = []
    if now is not None:
        columns = f"{whole('decile')} AS decile, {whole('crime_decile')} AS crime_decile, {number('score')} AS score"
        selects.append(f"SELECT lsoa21, {columns}, 1 AS turn FROM ({now})")
    if before is not None:
        selects.append(
            f"""SELECT lsoa21, {_merged("decile", "rank")} AS decile, {_merged("crime_decile", "crime_rank")}
                AS crime_decile, avg({number("score")}) AS score, 2 AS turn
            FROM lsoa_changes JOIN (SELECT *, count(*) OVER (PARTITION BY lsoa11[1]) AS ranked FROM ({before}))
                USING (lsoa11) WHERE change <> 'X' GROUP BY lsoa21"""
        )
    if not selects:
        return empty("lsoa21", "decile", "crime_decile", "score")
    both = " UNION ALL ".join(selects)
    first = "row_number() OVER (PARTITION BY lsoa21 ORDER BY turn, decile) = 1"
    return f"SELECT * EXCLUDE turn FROM ({both}) QUALIFY {first}"


def _merged(decile: str, rank: str) -> str:
    """The decile of one, or of several by the mean of their ranks."""
    one = f"min({whole(decile)}) = max({whole(decile)})"
    ranks = f"ceil(10 * avg({number(rank)}) / any_value(ranked))"
    return f"CAST(CASE WHEN {one} THEN min({whole(decile)}) ELSE {ranks} END AS INTEGER)"


def number(column: str) -> str:
    """This column as a number: thousands commas and blanks are put up with, anything else is NULL."""
    return f"try_cast(replace(trim(CAST({column} AS VARCHAR)), ',', '') AS DOUBLE)"


def whole(column: str) -> str:
    """This column as a whole number."""
    return f"CAST({number(column)} AS INTEGER)"


def empty(*columns: str) -> str:
    """A SELECT of these columns and no rows, to stand for a table that was not given."""
    return f"SELECT {', '.join(f'NULL AS {c}' for c in columns)} WHERE false"
