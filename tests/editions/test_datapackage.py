"""The data package: a tidy CSV for each table, and a description that fits them to the byte."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from hashlib import sha256
from typing import Any

import pytest

from goldthread.editions.datapackage import write_datapackage
from goldthread.editions.tabulated import NOT_AVAILABLE, WITHHELD, annex_of
from goldthread.evidence.disclosure import rule_for
from tests.editions.sample import sample
from tests.editions.test_workbook import strange


@cache
def files(edition: str = "public") -> dict[str, bytes]:
    return write_datapackage(annex_of(sample(), rule_for(edition)))


def described(all_files: dict[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(all_files["datapackage.json"])
    return found


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def test_the_package_has_what_data_package_v2_requires() -> None:
    package = described(files())
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["name"] == "saltmarsh-strategic-assessment-2025-01-2025-12"
    assert package["licenses"][0]["name"] == "OGL-UK-3.0"
    assert package["fingerprint"] == sample().fingerprint
    assert package["sources"][0]["title"].startswith("Street-level crime, police.uk")
    assert "rule of the public edition" in package["description"]
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    for resource in package["resources"]:
        assert resource["type"] == "table"
        assert resource["schema"]["fields"]
        assert resource["schema"]["missingValues"] == ["", WITHHELD, NOT_AVAILABLE]


def test_every_file_is_described_and_every_description_has_its_file_to_the_byte() -> None:
    package = described(files())
    assert {resource["path"] for resource in package["resources"]} == set(files()) - {"datapackage.json"}
    for resource in package["resources"]:
        content = files()[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"


@pytest.mark.parametrize("edition", ["public", "member"])
def test_every_cell_is_of_the_type_its_column_says(edition: str) -> None:
    kinds = {"integer": int, "number": float, "string": str}
    for resource in described(files(edition))["resources"]:
        header, *rows = rows_of(files(edition)[resource["path"]])
        fields = resource["schema"]["fields"]
        assert header == [one["name"] for one in fields]
        assert len(set(header)) == len(header)
        for row in rows:
            assert len(row) == len(fields)
            for value, one in zip(row, fields, strict=True):
                if value not in resource["schema"]["missingValues"]:
                    kinds[one["type"]](value)


def test_the_csvs_say_what_the_workbook_says() -> None:
    annex = annex_of(sample(), rule_for("member"))
    for table in annex.tables:
        read = rows_of(files("member")[f"{table.id}.csv"])[1:]
        assert read == [[str(value) for value in row] for row in table.rows]


def test_figures_are_a_table_too_with_a_row_for_each_part_of_an_answer() -> None:
    header, *rows = rows_of(files("member")["figures.csv"])
    at = {(row[0], row[header.index("key")]): row[header.index("value")] for row in rows}
    assert at["burglary.change", "now"] == "1234"
    assert at["marac.cases", "male"] == WITHHELD
    assert at["marac.cases", "year"] == "2025-12"


def test_words_that_a_spreadsheet_would_run_get_an_apostrophe() -> None:
    rows = rows_of(write_datapackage(strange())["strange.csv"])
    assert rows[1][0] == "'=HYPERLINK(1)"
    assert rows[1][1] == NOT_AVAILABLE
