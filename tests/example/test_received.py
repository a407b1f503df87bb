"""Goldthread receives Saltmarsh's files: every planted bad row is refused, nothing else is, and no name gets in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from example.truths import truths
from goldthread.evidence.building import Wanted, build


@pytest.fixture(scope="module")
def evidence(saltmarsh: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    to = tmp_path_factory.mktemp("evidence") / "evidence.duckdb"
    build(Wanted([saltmarsh / "files"], "Saltmarsh", reference=saltmarsh / "reference"), to)
    with duckdb.connect(str(to), read_only=True) as db:
        yield db


def test_exactly_the_planted_bad_rows_are_refused(evidence: duckdb.DuckDBPyConnection) -> None:
    again = Path(truths()["second_release"]["file"]).parts[0]
    refused = {
        name.rsplit("/", 1)[-1]: n
        for name, n in evidence.execute("SELECT name, refused FROM files WHERE refused > 0").fetchall()
        if not name.startswith(again)
    }

    assert refused == {name: len(planted) for name, planted in truths()["bad_rows"].items()}


def test_every_row_is_accounted_for(evidence: duckdb.DuckDBPyConnection) -> None:
    wrong = "SELECT name FROM files WHERE rows <> kept + refused + other_area OR feed IS NULL OR note <> ''"

    assert evidence.execute(wrong).fetchall() == []


def test_nothing_unmistakable_from_a_personal_column_is_stored(evidence: duckdb.DuckDBPyConnection) -> None:
    said = truths()["unmistakable"]
    planted = [*said["names"], said["postcode"], said["telephone"], said["health_number"]]
    tables = [name for (name,) in evidence.execute("SELECT table_name FROM duckdb_tables()").fetchall()]

    assert "incidents" in tables
    for table in tables:
        looked = f"SELECT count(*) FROM {table} t WHERE regexp_matches(CAST(t AS VARCHAR), ?)"
        assert evidence.execute(looked, ["|".join(planted)]).fetchall() == [(0,)], table


def test_what_is_unmistakable_was_really_sent(saltmarsh: Path) -> None:
    sent = (saltmarsh / "files/Police/Saltmarsh Police crime extract 2024-2025.csv").read_text(encoding="cp1252")

    for value in (*truths()["unmistakable"]["names"], truths()["unmistakable"]["postcode"]):
        assert value in sent


def test_the_later_release_supersedes_the_earlier_and_the_difference_is_written_down(
    evidence: duckdb.DuckDBPyConnection,
) -> None:
    said = truths()["second_release"]
    found = dict(evidence.execute("SELECT kind, n FROM revisions WHERE kind LIKE 'references %'").fetchall())

    assert found == {"references new": said["added_rows"], "references gone": said["withdrawn_rows"]}


def test_codes_of_2011_are_placed_and_counted(evidence: duckdb.DuckDBPyConnection) -> None:
    found = evidence.execute(
        "SELECT feed, count(*) FROM incidents WHERE place_how LIKE '2011%' GROUP BY ALL ORDER BY ALL"
    ).fetchall()

    assert [feed for feed, _ in found] == ["fly-tipping", "police-uk-outcomes", "police-uk-street"]
