"""The golden thread, walked: from a figure or finding to its rows, and on to what rests on it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goldthread.evidence.periods import month_from
from goldthread.evidence.store import Evidence
from goldthread.evidence.trouble import BadRequest

LINES_SHOWN = 5
COLUMNS = {"incidents": "month", "counts": "month", "comparators": "month", "measures": "starts"}


@dataclass(frozen=True)
class Thread:
    """What was found on the walk: facts in order, and the files with the rows behind it."""

    told: Sequence[tuple[str, str]]
    files: Sequence[tuple[str, str, int, str]]
    record: Mapping[str, Any]

    def as_told(self) -> dict[str, Any]:
        """The same for a program."""
        keys = ("name", "feed", "rows", "lines")
        return {**self.record, "files": [dict(zip(keys, f, strict=True)) for f in self.files]}


def _selection(rows: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """Which rows of the evidence a figure selected, as SQL over its own table."""
    table = rows["table"]
    where, values = ["true"], []
    if rows.get("series"):
        column = {"measures": "measure", "answers": "question"}.get(table, "series")
        where.append(f"r.{column} IN ({', '.join('?' for _ in rows['series'])})")
        values += list(rows["series"])
    if rows.get("months") and table in COLUMNS:
        where.append(f"r.{COLUMNS[table]} BETWEEN ? AND ?")
        values += [month_from(m).first_day for m in rows["months"]]
    if rows.get("places"):
        column = "place" if table in ("measures", "answers") else "lsoa"
        where.append(f"r.{column} IN ({', '.join('?' for _ in rows['places'])})")
        values += list(rows["places"])
    for column, value in (rows.get("where") or {}).items():
        where.append("list_contains(string_split(r.flags, ','), ?)" if column == "flag" else f'r."{column}" = ?')
        values.append(value)
    if table == "incidents":
        where.append("NOT r.superseded")
    return " AND ".join(where), values


def _files(rows: Mapping[str, Any], evidence: Evidence) -> list[tuple[str, str, int, str]]:
    if rows["table"] not in ("incidents", "measures", "answers"):
        return [(n, f, k, "all") for n, f, k in evidence.rows("SELECT name, feed, kept FROM files WHERE kept > 0")]
    where, values = _selection(rows)
    found = evidence.rows(
        f"SELECT coalesce(f.name, 'the reference tables'), r.feed, count(*), "
        f"list(r.line ORDER BY r.line)[1:{LINES_SHOWN}] FROM {rows['table']} r LEFT JOIN files f ON f.file = r.file "
        f"WHERE {where} GROUP BY f.file, f.name, r.feed ORDER BY f.file",
        values,
    )
    return [
        (name, feed, n, ", ".join(str(line) for line in lines) + (" …" if n > LINES_SHOWN else ""))
        for name, feed, n, lines in found
    ]


def follow(name: str, record: Mapping[str, Any], evidence: Evidence) -> Thread:
    """
    Walk the thread from a figure or finding, both ways.

    `record` is assessment.json. Raises BadRequest, with the nearest ids, for an
    id that is not there, and when the evidence is not the evidence the record
    was written from.
    """
    if record["fingerprint"] != evidence.fingerprint:
        raise BadRequest("This assessment was written from other evidence than lies beside it. Assess again.")
    figures, findings = record["figures"], {f["id"]: f for f in record["findings"]}
    if name in figures:
        return _of_figure(figures[name], record, evidence)
    if name in findings:
        return _of_finding(findings[name], record, evidence)
    near = difflib.get_close_matches(name, [*figures, *findings], n=4, cutoff=0.4)
    meant = f" Did you mean {', '.join(near)}?" if near else ""
    raise BadRequest(f"There is no figure or finding called “{name}” in this assessment.{meant}")


def _of_figure(figure: Mapping[str, Any], record: Mapping[str, Any], evidence: Evidence) -> Thread:
    above = [f["id"] for f in record["findings"] if figure["id"] in f["figures"]]
    chapters = [c["title"] for c in record["chapters"] if figure["id"] in c["figures"]]
    asked = [f"{r['number']}. {r['text']}" for r in record["recommendations"] if set(r["findings"]) & set(above)]
    answer = "; ".join(f"{k} = {v}" for k, v in figure["answer"].items())
    told = [
        ("Figure", figure["id"]),
        ("Asks", figure["asks"]),
        ("Worked out by", figure["question"]),
        ("With", "; ".join(f"{k} = {v}" for k, v in figure["parameters"].items()) or "nothing else"),
        ("Answer", answer),
        ("Source", figure["source"]),
        ("Evidence", record["fingerprint"]),
        ("Stands in", "; ".join(chapters) or "no chapter"),
        ("Findings that rest on it", ", ".join(above) or "none"),
        ("Recommendations that rest on those", " / ".join(asked) or "none"),
    ]
    rests = {"findings": above, "chapters": chapters, "recommendations": asked}
    return Thread(told, _files(figure["rows"], evidence), {"figure": dict(figure), "rests_on_it": rests})


def _of_finding(finding: Mapping[str, Any], record: Mapping[str, Any], evidence: Evidence) -> Thread:
    asked = [f"{r['number']}. {r['text']}" for r in record["recommendations"] if finding["id"] in r["findings"]]
    figures = [record["figures"][f] for f in finding["figures"]]
    told = [
        ("Finding", finding["id"]),
        ("Says", finding["statement_said"]),
        ("So what", finding["so_what_said"]),
        ("Rests on", "; ".join(f"{f['id']} ({f['asks']})" for f in figures)),
        ("Evidence", record["fingerprint"]),
        ("Recommendations that rest on it", " / ".join(asked) or "none"),
    ]
    files: dict[tuple[str, str], tuple[str, str, int, str]] = {}
    for figure in figures:
        files |= {(f[0], f[1]): f for f in _files(figure["rows"], evidence)}
    rests = {"recommendations": asked}
    return Thread(told, list(files.values()), {"finding": dict(finding), "figures": figures, "rests_on_it": rests})
