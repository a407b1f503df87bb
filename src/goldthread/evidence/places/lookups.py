"""Every LSOA code of both editions: whose it is, whether it is in the area, and what it became in 2021."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import duckdb

from goldthread.evidence.places.areas import Area
from goldthread.evidence.places.known import KnownAreas, plain
from goldthread.evidence.places.reference import NoReference, Reference, text

_LAST_WORD = re.compile(r"\s+\d{3}[A-Z]*$")

LSOA_KNOWN = """lsoa VARCHAR, edition VARCHAR, name VARCHAR, former_name VARCHAR, authority VARCHAR, former VARCHAR,
    in_area BOOLEAN, lsoa21 VARCHAR, change VARCHAR"""

LSOA_CHANGES = """lsoa11 VARCHAR, lsoa11_name VARCHAR, lsoa11_prefix VARCHAR, lsoa21 VARCHAR, lsoa21_name VARCHAR,
    change VARCHAR, authority VARCHAR"""


def authority_of(lsoa_name: str, known: KnownAreas) -> str | None:
    """Which authority is "Bournemouth, Christchurch and Poole 001B" in? And "Bournemouth 001A", of 2011?"""
    return known.authority_named(_LAST_WORD.sub("", lsoa_name.strip()))


def lsoa_table(connection: duckdb.DuckDBPyConnection, area: Area, known: KnownAreas, reference: Reference) -> int:
    """Make the temporary table `lsoa_known`: one row an LSOA code of either edition. Returns how many there are.

    `edition` is "2021", "2011" (no longer a code) or "both"; `lsoa21` is the 2021 code that holds it whole, NULL
    when it was split or fits irregularly; `change` is the ONS letter U, S, M or X, NULL for codes new in 2021;
    `former` is the former authority that it was in, where one is known. Authorities are today's. Beside it is made
    `lsoa_changes`, the lookup itself: a row for each pair of a 2011 and a 2021 code.
    Raises `NoReference` for a CSP that is part of an authority when the 2011 to 2021 lookup is not there.
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE lsoa_known ({LSOA_KNOWN})")
    if area.former and not reference.has("changes"):
        of = ", ".join(known.authorities[a].name for a in area.limited)
        raise NoReference(
            f"{area} is a part of {of}, and only the ONS lookup of LSOA 2011 to 2021 says which part. "
            "Bring it with “goldthread fetch reference”, or name its folder with --reference."
        )
    if not _load_codes(connection, reference):
        return 0
    _register_authorities(connection, known)
    connection.execute(_CODES_OF_2021)
    connection.execute(_CODES_OF_2011)
    whole = sorted(set(area.authorities) - set(area.limited))
    parts = sorted(f.code for f in area.former)
    connection.execute(
        f"UPDATE lsoa_known SET in_area = coalesce(authority IN ({_texts(whole)}), false) "
        f"OR coalesce(former IN ({_texts(parts)}), false)"
    )
    return connection.execute("SELECT count(*) FROM lsoa_known").fetchall()[0][0]  # type: ignore[no-any-return]


# The authority that a code is in is the exact one of the 2011 to 2021 lookup. The ward lookup is a best fit, which
# moves an LSOA whole when a boundary is redrawn; it is used only where it is all there is.
_CODES_OF_2021 = """
    INSERT INTO lsoa_known
    SELECT lsoa21, CASE WHEN bool_or(lsoa11 = lsoa21) THEN 'both' ELSE '2021' END,
        any_value(lsoa21_name), CASE WHEN bool_or(lsoa11 = lsoa21) THEN any_value(lsoa11_name) END,
        any_value(t.authority), min(f.former), NULL, lsoa21,
        CASE WHEN bool_or(lsoa11 = lsoa21) THEN any_value(change) END
    FROM lsoa_changes c LEFT JOIN authority_today t ON t.code = c.authority
    LEFT JOIN former_names f ON f.name = lsoa11_prefix AND f.authority = t.authority
    GROUP BY lsoa21"""

# One that fits irregularly may lie on both sides of a boundary: it is in the authority that its own name says.
_CODES_OF_2011 = """
    INSERT INTO lsoa_known
    SELECT lsoa11, '2011', NULL, any_value(lsoa11_name),
        coalesce(any_value(f.authority), any_value(n.authority), min(t.authority)), any_value(f.former), NULL,
        CASE WHEN any_value(change) = 'M' THEN any_value(lsoa21) END, any_value(change)
    FROM lsoa_changes c LEFT JOIN authority_today t ON t.code = c.authority
    LEFT JOIN former_names f ON f.name = lsoa11_prefix
    LEFT JOIN current_names n ON n.name = lsoa11_prefix
    WHERE change <> 'U' GROUP BY lsoa11"""


def _load_codes(connection: duckdb.DuckDBPyConnection, reference: Reference) -> bool:
    """Make `lsoa_changes` from the exact 2011 to 2021 lookup, or from the ward lookup when there is none."""
    changes = reference.sql("changes", ["lsoa11", "lsoa11_name", "lsoa21", "lsoa21_name", "change", "authority"])
    wards = reference.sql("wards", ["lsoa21", "lsoa21_name", "authority"])
    connection.execute(f"CREATE OR REPLACE TEMP TABLE lsoa_changes ({LSOA_CHANGES})")
    if changes is None and wards is None:
        return False
    rows = changes or (
        "SELECT lsoa21 AS lsoa11, lsoa21_name AS lsoa11_name, lsoa21, lsoa21_name, 'U' AS change, authority "
        f"FROM ({wards})"
    )
    connection.execute(
        "INSERT INTO lsoa_changes SELECT lsoa11, lsoa11_name, "
        f"regexp_replace(lsoa11_name, '{_LAST_WORD.pattern}', '') AS lsoa11_prefix, "
        f"lsoa21, lsoa21_name, change, authority FROM ({rows})"
    )
    return True


def _register_authorities(connection: duckdb.DuckDBPyConnection, known: KnownAreas) -> None:
    """Make `authority_today` (any code, then and now), `current_names` and `former_names` as LSOAs spell them."""
    today = [(a, a) for a in known.authorities]
    today += [(f.code, f.authority) for f in known.former if f.code not in known.authorities]
    fill(connection, "authority_today (code VARCHAR, authority VARCHAR)", set(today))
    former = {plain(f.name): f for f in known.former}
    sent = connection.execute(
        "SELECT DISTINCT lsoa11_prefix FROM lsoa_changes WHERE lsoa11_prefix IS NOT NULL"
    ).fetchall()
    now = {plain(a.name): a.code for a in known.authorities.values()}
    names = [(p, plain(p)) for (p,) in sent]
    fill(
        connection,
        "former_names (name VARCHAR, authority VARCHAR, former VARCHAR)",
        {(p, former[n].authority, former[n].code) for p, n in names if n in former},
    )
    fill(connection, "current_names (name VARCHAR, authority VARCHAR)", {(p, now[n]) for p, n in names if n in now})


def fill(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[tuple[str, ...]]) -> None:
    """Make a temporary table of these texts."""
    # Written out, since binding values makes DuckDB load pandas (over a second) wherever that is installed.
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table}")
    written = ", ".join(f"({_texts(row)})" for row in sorted(rows))
    if written:
        connection.execute(f"INSERT INTO {table.split()[0]} VALUES {written}")


def _texts(values: Sequence[str]) -> str:
    return ", ".join(text(v) for v in values) or "NULL"
