"""What each authority is like: its people, density, age, ethnic group, households, deprivation and rurality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

from goldthread.evidence.places.areas import of_partnership
from goldthread.evidence.places.known import KnownAreas
from goldthread.evidence.places.lookups import fill
from goldthread.evidence.places.people import empty, number
from goldthread.evidence.places.reference import Reference, name, scan

KNOWN_AUTHORITIES = """authority VARCHAR, name VARCHAR, csp VARCHAR, force VARCHAR, population DOUBLE,
    households DOUBLE, imd_score DOUBLE"""

# What each variable of `authority_profile` is, with its unit. Similar areas are worked out from these.
VARIABLES: Mapping[str, str] = {
    "residents": "residents",
    "density": "residents per hectare",
    "aged under 16": "share of residents aged under 16",
    "aged 16 to 24": "share of residents aged 16 to 24",
    "aged 65 and over": "share of residents aged 65 and over",
    "household size": "residents (those in communal homes too) per household",
    "deprived": "share of residents in the most deprived fifth of LSOAs of their nation",
    "deprivation score": "average score of the English index of multiple deprivation",
    "crime deprived": "share of residents in the fifth of LSOAs of their nation with most crime deprivation",
    "rural": "share of residents in rural LSOAs",
    "Asian": "share of residents who are Asian, Asian British or Asian Welsh",
    "Black": "share of residents who are Black, Black British, Black Welsh, Caribbean or African",
    "mixed": "share of residents of mixed or multiple ethnic groups",
    "other white": "share of residents who are white and not English, Welsh, Scottish, Northern Irish or British",
    "other group": "share of residents of another ethnic group",
}

_ETHNIC_GROUPS: Mapping[str, str] = {
    "Asian": "Asian, Asian British or Asian Welsh: %",
    "Black": "Black, Black British, Black Welsh, Caribbean or African: %",
    "mixed": "Mixed or Multiple ethnic groups: %",
    "other white": "White: %",
    "other group": "Other ethnic group: %",
}
_BRITISH = "White: English, Welsh, Scottish, Northern Irish or British%"


def authorities_table(connection: duckdb.DuckDBPyConnection, known: KnownAreas, reference: Reference) -> int:
    """Make `known_authorities` (as the evidence table `authorities`) and `authority_profile`, both temporary.

    `people_table` (or `places_table`) has been called. `authority_profile` has authority, variable (a key of
    `VARIABLES`) and value; a variable that no table tells is not there. Tables of former authorities are added up
    into today's. With several CSPs for an authority, `csp` holds their codes with commas. A CSP that joins
    authorities, or is a part of one, has a row of its own with the people of its small areas. Returns how many
    authorities there are.
    """
    now = [(a.code, a.name, ",".join(a.csps), a.force) for a in known.authorities.values()]
    fill(connection, "authority_names (authority VARCHAR, name VARCHAR, csp VARCHAR, force VARCHAR)", now)
    today = {(a, a) for a in known.authorities} | {
        (f.code, f.authority) for f in known.former if f.code not in known.authorities
    }
    fill(connection, "authority_codes (code VARCHAR, authority VARCHAR)", today)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE authority_profile (authority VARCHAR, variable VARCHAR, value DOUBLE)"
    )
    for sql in (_from_small_areas(), _from_ages(reference), _from_ethnicity(reference), _from_scores(reference)):
        connection.execute(f"INSERT INTO authority_profile SELECT * FROM ({sql}) WHERE value IS NOT NULL")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE authority_homes AS {_households(reference)}")
    connection.execute(_HOUSEHOLD_SIZE)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE known_authorities ({KNOWN_AUTHORITIES});"
        "INSERT INTO known_authorities SELECT n.authority, n.name, n.csp, n.force, p.value, h.households, s.value "
        "FROM authority_names n "
        "LEFT JOIN authority_profile p ON p.authority = n.authority AND p.variable = 'residents' "
        "LEFT JOIN authority_homes h ON h.authority = n.authority "
        "LEFT JOIN authority_profile s ON s.authority = n.authority AND s.variable = 'deprivation score' "
        "ORDER BY n.authority"
    )
    _partnerships(connection, known)
    connection.execute("DROP TABLE authority_names; DROP TABLE authority_codes; DROP TABLE authority_homes")
    return len(now)


def _partnerships(connection: duckdb.DuckDBPyConnection, known: KnownAreas) -> None:
    """Add to `known_authorities` each CSP that is not one whole authority: joined ones, and parts."""
    named, parts = [], []
    for csp in known.partnerships.values():
        if any(len(known.authorities[a].csps) > 1 for a in csp.authorities) or len(csp.authorities) > 1:
            area = of_partnership(csp, known)
            named.append((csp.code, csp.name, csp.force))
            parts += [(csp.code, f.authority, f.code) for f in area.former]
            parts += [(csp.code, a, "") for a in csp.authorities if a not in area.limited]
    fill(connection, "csp_names (csp VARCHAR, name VARCHAR, force VARCHAR)", named)
    fill(connection, "csp_parts (csp VARCHAR, authority VARCHAR, former VARCHAR)", parts)
    connection.execute(
        "INSERT INTO known_authorities SELECT n.csp, n.name, n.csp, n.force, s.people, s.homes, NULL FROM csp_names n "
        "LEFT JOIN (SELECT c.csp, sum(p.population) AS people, sum(p.households) AS homes FROM csp_parts c "
        "JOIN lsoa_known k ON k.authority = c.authority AND (c.former = '' OR c.former = k.former) "
        "AND k.edition <> '2011' JOIN lsoa_people p ON p.lsoa = k.lsoa GROUP BY 1) s USING (csp);"
        "DROP TABLE csp_names; DROP TABLE csp_parts"
    )


def _from_small_areas() -> str:
    shares = {
        "residents": "sum(population)",
        "density": "sum(population) / nullif(sum(hectares), 0)",
        "deprived": _share("imd_decile", "imd_decile <= 2"),
        "crime deprived": _share("crime_decile", "crime_decile <= 2"),
        "rural": _share("rural", "lower(rural) LIKE 'rural%'"),
    }
    return " UNION ALL ".join(
        f"SELECT authority, '{variable}' AS variable, {sql} AS value FROM lsoa_people GROUP BY authority"
        for variable, sql in shares.items()
    )


def _share(known: str, condition: str) -> str:
    """The share of residents for whom this holds, of those for whom it is known."""
    return (
        f"coalesce(sum(population) FILTER (WHERE {condition}), 0) "
        f"/ nullif(sum(population) FILTER (WHERE {known} IS NOT NULL), 0)"
    )


_AGE_BANDS: Mapping[str, tuple[int, int]] = {
    "aged under 16": (0, 15),
    "aged 16 to 24": (16, 24),
    "aged 65 and over": (65, 150),
}


def _from_ages(reference: Reference) -> str:
    """Shares of age from a table with a column an age, or else from one with a row an age."""
    table = reference.best("authority ages")
    if table is None:
        return _from_age_rows(reference)
    ages = [h for h in table.heading if h.rstrip("+").isdigit()]

    def between(least: int, most: int) -> str:
        inside = [number(name(h)) for h in ages if least <= int(h.rstrip("+")) <= most]
        return f"sum({' + '.join(inside)}) / nullif(sum({number(name(table.columns['population']))}), 0)"

    source = f"FROM {scan(table)} JOIN authority_codes ON code = {name(table.columns['authority'])}"
    return " UNION ALL ".join(
        f"SELECT authority_codes.authority, '{variable}', {between(*ends)} AS value {source} GROUP BY 1"
        for variable, ends in _AGE_BANDS.items()
    )


def _from_age_rows(reference: Reference) -> str:
    rows = reference.sql("authority ages by row", ["authority", "age", "population"])
    if rows is None:
        return empty("authority", "variable", "value")
    people = (
        f"SELECT c.authority, {number('age')} - 101 AS age, {number('population')} AS n FROM ({rows}) r "
        "JOIN authority_codes c ON c.code = r.authority"
    )
    return " UNION ALL ".join(
        f"SELECT authority, '{variable}', sum(n) FILTER (WHERE age BETWEEN {least} AND {most}) / nullif(sum(n), 0) "
        f"AS value FROM ({people}) GROUP BY authority"
        for variable, (least, most) in _AGE_BANDS.items()
    )


def _from_ethnicity(reference: Reference) -> str:
    rows = reference.sql("authority ethnicity", ["authority", "group", "n"])
    if rows is None:
        return empty("authority", "variable", "value")
    cases = " ".join(f"WHEN g LIKE '{like}' THEN '{variable}'" for variable, like in _ETHNIC_GROUPS.items())
    return f"""WITH people AS (
        SELECT c.authority, CASE WHEN g LIKE '{_BRITISH}' THEN 'british' {cases} END AS variable, sum(n) AS n
        FROM (SELECT authority AS code, "group" AS g, {number("n")} AS n FROM ({rows}))
            JOIN authority_codes c USING (code)
        WHERE g LIKE '%(number)' OR g NOT LIKE '%(%' GROUP BY ALL)
    SELECT authority, variable, n / nullif(sum(n) OVER (PARTITION BY authority), 0) AS value
    FROM people WHERE variable IS NOT NULL QUALIFY variable <> 'british'"""


def _from_scores(reference: Reference) -> str:
    """The published average score of the authority; where authorities were joined, it cannot be averaged here."""
    rows = reference.sql("authority deprivation", ["authority", "score"])
    if rows is None:
        return empty("authority", "variable", "value")
    return (
        f"SELECT c.authority, 'deprivation score', max({number('score')}) AS value FROM ({rows}) r "
        "JOIN authority_codes c ON c.code = r.authority GROUP BY c.authority HAVING count(*) = 1"
    )


def _households(reference: Reference) -> str:
    """Households by authority: the sum over its LSOAs, or the authority's own table where that is all there is."""
    own = reference.sql("authority households", ["authority", "households"]) or empty("authority", "households")
    return f"""SELECT authority, coalesce(a.households, b.households) AS households
    FROM (SELECT authority, sum(households) AS households FROM lsoa_people GROUP BY 1) a
    FULL JOIN (SELECT c.authority, sum({number("r.households")}) AS households FROM ({own}) r
        JOIN authority_codes c ON c.code = r.authority GROUP BY 1) b USING (authority)"""


_HOUSEHOLD_SIZE = """INSERT INTO authority_profile
    SELECT authority, 'household size', value / households
    FROM authority_profile JOIN authority_homes USING (authority)
    WHERE variable = 'residents' AND households > 0"""


def profile_of(connection: duckdb.DuckDBPyConnection, authorities: Iterable[str]) -> dict[str, dict[str, float]]:
    """What are these authorities like? By authority, then by variable; only what `authority_profile` knows."""
    wanted = set(authorities)
    rows = connection.execute("SELECT authority, variable, value FROM authority_profile ORDER BY ALL").fetchall()
    found: dict[str, dict[str, float]] = {a: {} for a in sorted(wanted)}
    for authority, variable, value in rows:
        if authority in wanted:
            found[authority][variable] = value
    return found
