"""The same data for machines: a CSV for each table and a datapackage.json that describes them (Data Package v2)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from goldthread.chapters import words
from goldthread.editions.tabulated import NOT_AVAILABLE, WITHHELD, Annex, DataFigure, DataTable, slug
from goldthread.editions.workbook import disclosure_in_words

PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
LICENCE: Final = {
    "name": "OGL-UK-3.0",
    "title": "Open Government Licence v3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
# A cell of words that a spreadsheet would run as a formula gets an apostrophe before it.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
Field = dict[str, str]

_UNITS: Final = {
    "percent": "Per cent: 12.3 means 12.3 %.",
    "change": "Change in per cent: 12.3 means a rise of 12.3 %.",
    "ratio": "Ratio: 1.2 means a fifth more.",
    "p": "Probability value, from 0 to 1.",
    "count": "A count.",
}
_FIGURE_FIELDS: Final[list[Field]] = [
    {"name": "figure", "title": "Figure", "type": "string"},
    {"name": "asks", "title": "What it answers", "type": "string"},
    {"name": "function", "title": "Function that was asked", "type": "string"},
    {"name": "rows", "title": "Rows of the evidence behind it", "type": "string"},
    {"name": "key", "title": "Part of the answer", "type": "string"},
    {"name": "value", "title": "Value", "type": "string", "description": "A number, or words such as a month."},
]


def write_datapackage(annex: Annex) -> dict[str, bytes]:
    """
    Write `datapackage.json` and one CSV for each table, by file name.

    CSV as RFC 4180 in UTF-8; numbers without commas; withheld cells `[c]` and
    cells for which nothing was received `[x]`, both declared as missing values.
    """
    files: dict[str, bytes] = {}
    resources = []
    for table in annex.tables:
        name = _unlike(slug(table.id, "-") or "table", files)
        fields, content = _fields(table), _csv([column.name for column in table.columns], table.rows)
        files[f"{name}.csv"] = content
        resources.append(_resource(name, table.title, table.note, fields, content, table))
    if annex.figures:
        fields, content = _FIGURE_FIELDS, _csv([one["name"] for one in _FIGURE_FIELDS], _figure_rows(annex.figures))
        name = _unlike("figures", files)
        files[f"{name}.csv"] = content
        resources.append(_resource(name, "Figures and the questions they answer", "", fields, content))
    return {"datapackage.json": _described(annex, resources), **files}


def _unlike(name: str, files: dict[str, bytes]) -> str:
    unique, after = name, 2
    while f"{unique}.csv" in files:
        unique, after = f"{name}-{after}", after + 1
    return unique


def _csv(names: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows([_plain(value) if isinstance(value, str) else value for value in row] for row in rows)
    return text.getvalue().encode()


def _plain(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value


def _fields(table: DataTable) -> list[Field]:
    """Describe the columns: whole numbers, numbers, year-months or words."""
    fields = []
    for at, column in enumerate(table.columns):
        values = [row[at] for row in table.rows if row[at] not in (WITHHELD, NOT_AVAILABLE, "")]
        if not values or any(isinstance(value, str) for value in values):
            kind = "string"
        elif all(isinstance(value, int) for value in values):
            kind = "integer"
        else:
            kind = "number"
        described = {"name": column.name, "title": column.title, "type": kind}
        if column.kind in _UNITS and kind != "string":
            described["description"] = _UNITS[column.kind]
        fields.append(described)
    return fields


def _figure_rows(figures: Iterable[DataFigure]) -> Iterable[Sequence[str | int | float]]:
    for one in figures:
        for key, value in one.answer:
            yield one.id, one.asks, one.question, one.rows, key, value


def _resource(
    name: str, title: str, note: str, fields: list[Field], content: bytes, table: DataTable | None = None
) -> dict[str, Any]:
    """Describe one CSV: what it is, its columns, its size and its SHA-256."""
    described: dict[str, Any] = {
        "name": name,
        "type": "table",
        "title": title,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "schema": {"fields": fields, "missingValues": ["", WITHHELD, NOT_AVAILABLE]},
    }
    if table is not None and table.total_row:
        note = f"{note} The last row is the total of those above.".strip()
    if note:
        described["description"] = note
    if table is not None and table.source:
        described["sources"] = [{"title": table.source}]
    if table is not None and table.figures:
        described["figures"] = list(table.figures)
    return described


def _described(annex: Annex, resources: list[dict[str, Any]]) -> bytes:
    assessment = annex.assessment
    partnership = assessment.partnership
    name = slug(f"{assessment.area} strategic assessment {assessment.period[0]} {assessment.period[1]}", "-")
    sources = [{"title": _source(source)} for source in assessment.sources]
    package = {
        "$schema": PROFILE,
        "name": name,
        "title": f"{assessment.title}: data",
        "description": f"{assessment.area}, {words.months(*assessment.period)}. {disclosure_in_words(annex.rule)}",
        "version": partnership.version,
        "licenses": [LICENCE],
        "contributors": [{"title": partnership.name, "roles": ["publisher"]}],
        "fingerprint": assessment.fingerprint,
        "resources": resources,
    }
    if sources:
        package["sources"] = sources
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _source(source: Mapping[str, str]) -> str:
    """Say a source in one line: the data, its owner, its period and whatever else is known of it."""
    return ", ".join(value for value in source.values() if value)
