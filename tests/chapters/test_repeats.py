"""Repeats are counted by pseudonym, key and point, never named, and police.uk’s refusal is printed."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np

from goldthread.analysis.repeats import repeat_share
from goldthread.chapters import repeats
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import read_context
from goldthread.chapters.measuring.again import Again, follows, measure_again
from goldthread.chapters.measuring.lines import measure_lines
from goldthread.chapters.measuring.small_areas import measure_small_areas
from goldthread.chapters.model import Box, Chapter, Paragraph, Table
from goldthread.chapters.words import plain, resolve
from goldthread.evidence.places import to_degrees
from goldthread.evidence.store import Evidence
from tests.chapters.evidence_of import evidence_of, monthly, small_areas, street_rows
from tests.chapters.partner_files import file_of, rows_of

YEAR = "2025-01..2025-12"
BOTH = "2024-01..2025-12"
CRIME = "police-local-crime"
Rows = list[dict[str, str]]


def burglaries(period: str, n: int) -> Rows:
    """Burglaries, each with a victim and an address of its own, days apart."""
    rows = rows_of(CRIME, monthly(period, n), Offence_Subgroup="Residential burglary")
    for i, row in enumerate(rows):
        row |= {
            "Victim Key": f"V{i:05d}",
            "Address Key": f"A-{i:06d}",
            "Committed To Date": "",
            "Committed To Time": "",
        }
        row["Committed From Date"] = row["Recorded Date"]
    return rows


def brief_of(tmp_path: Path, rows: Rows, *others: Path, points: bool = False) -> Brief:
    """A brief on these rows of the extract; `points` gives each row a place 2 km from the next, or its neighbour's."""
    street = street_rows({"Burglary": monthly(YEAR, 10)})
    paths = [file_of(tmp_path, CRIME, rows)] if rows else []
    evidence = evidence_of(tmp_path, street, *paths, *others, period=YEAR)
    if points:
        evidence.connection.close()
        _put_points(tmp_path / "evidence.duckdb", [row.get("near", "") for row in rows])
        evidence = Evidence(tmp_path / "evidence.duckdb")
    brief = Brief(evidence, read_context(None, "Saltmarsh"))
    for step in (measure_lines, measure_small_areas, measure_again):
        answer = step(brief)
        brief.measured[type(answer)] = answer
    brief.settle()
    return brief


def _put_points(path: Path, near: list[str]) -> None:
    """Give each row its own point, 60 m from that of the row it is near to."""
    at = np.arange(len(near), dtype=float)
    east = np.array(
        [620_000 + 2000 * (i if not near[int(i)] else int(near[int(i)])) + 60 * bool(near[int(i)]) for i in at]
    )
    longitude, latitude = to_degrees(east % 700_000, np.full(at.size, 405_000.0) + 2000 * (east // 700_000))
    with duckdb.connect(str(path)) as file:
        for line, (x, y) in enumerate(zip(longitude, latitude, strict=True), start=2):
            file.execute(
                "UPDATE incidents SET longitude = ?, latitude = ? WHERE feed = ? AND line = ?",
                [float(x), float(y), CRIME, line],
            )


def said(chapter: Chapter) -> str:
    figures = by_id(chapter.figures)
    texts = [b.text for b in chapter.blocks if isinstance(b, Paragraph | Box)]
    return " ".join(plain(resolve(text, figures)) for text in texts)


def test_victims_who_come_back_are_counted_and_nobody_is_named(tmp_path: Path) -> None:
    rows = burglaries(YEAR, 20)
    for row in rows[:40]:
        row["Victim Key"] = f"V-AGAIN-{rows.index(row) % 10}"
    brief = brief_of(tmp_path, rows)
    chapter = repeats.write(brief)
    text = said(chapter)
    assert "Crimes: 10 of 210 victims (4.8%) came up more than once and suffered 16.7% of it" in text
    everything = text + str([b.rows for b in chapter.blocks if isinstance(b, Table)])
    assert "AGAIN" not in everything
    assert "A-0" not in everything


def test_nobody_coming_back_is_said(tmp_path: Path) -> None:
    text = said(repeats.write(brief_of(tmp_path, burglaries(YEAR, 10))))
    assert "Crimes: no victim of 120 came up more than once" in text
    assert "Residential burglaries: none of 120 was at an address that had one in the year before" in text


def test_an_address_struck_the_year_before_is_a_repeat(tmp_path: Path) -> None:
    rows = burglaries(BOTH, 10)
    for first, second in zip(rows[90:120], rows[150:180], strict=True):
        second["Address Key"] = first["Address Key"]
    brief = brief_of(tmp_path, rows)
    text = said(repeats.write(brief))
    assert "many were at an address that had one in the year before, 30 of 120 (25.0%)" in text
    assert "these shares are low" not in text


def test_without_the_year_before_repeats_are_said_to_read_low(tmp_path: Path) -> None:
    text = said(repeats.write(brief_of(tmp_path, burglaries(YEAR, 10))))
    assert "and these shares are low" in text


def test_tables_and_figures_are_protected(tmp_path: Path) -> None:
    chapter = repeats.write(brief_of(tmp_path, burglaries(YEAR, 10)))
    tables = [b for b in chapter.blocks if isinstance(b, Table)]
    assert tables
    assert all(t.protected for t in tables)
    assert all(f.protected and f.count_keys for f in chapter.figures)


def test_burglaries_beside_one_another_within_days_are_near_repeats(tmp_path: Path) -> None:
    rows = burglaries(YEAR, 12)
    for i in range(0, 144, 3):
        rows[i + 1]["near"] = str(i)
        rows[i + 1]["Committed From Date"] = rows[i]["Committed From Date"]
    chapter = repeats.write(brief_of(tmp_path, rows, points=True))
    assert "which is more than chance" in said(chapter)
    [finding] = chapter.findings
    assert finding.id == "burglary.near-repeats"
    assert "neighbours" in finding.recommendation


def test_burglaries_anywhere_are_no_near_repeats(tmp_path: Path) -> None:
    rows = burglaries(YEAR, 12)
    for i in range(0, 72, 2):
        rows[i + 72]["near"] = str(i)
    chapter = repeats.write(brief_of(tmp_path, rows, points=True))
    assert "no more than chance would bring" in said(chapter)
    assert not chapter.findings


def test_without_points_near_repeats_are_refused_with_the_reason(tmp_path: Path) -> None:
    rows = burglaries(YEAR, 10)
    for row in rows:
        row |= {heading: "" for heading in row if heading.startswith(("Easting", "Northing"))}
    text = said(repeats.write(brief_of(tmp_path, rows)))
    assert "the exact point of nearly all" in text


def test_police_uk_alone_is_refused_in_one_line(tmp_path: Path) -> None:
    chapter = repeats.write(brief_of(tmp_path, []))
    assert "Police.uk cannot stand in for it. To say who suffers again, a pseudonym" in chapter.missing
    assert chapter.gaps


def test_late_premises_stand_beside_violence_at_night_by_small_area(tmp_path: Path) -> None:
    rows = rows_of(CRIME, monthly(YEAR, 10), Offence_Subgroup="Violence with injury", LSOA_Code=small_areas()[3][0])
    for row in rows:
        row |= {"Committed From Date": "10/01/2025", "Committed From Time": "23:10", "Committed To Date": ""}
        row["Committed To Time"] = ""
    licences = rows_of("licensed-premises", monthly("2025-01..2025-01", 4), LSOA_Code=small_areas()[3][0])
    for row in licences:
        row["Late Licence"] = "Yes"
    chapter = repeats.write(brief_of(tmp_path, rows, file_of(tmp_path, "licensed-premises", licences)))
    assert "They had 100% of violent crimes on Friday and Saturday nights" in said(chapter)
    table = next(b for b in chapter.blocks if isinstance(b, Table) and b.id == "repeats.late-premises-table")
    assert table.rows[0][0] == small_areas()[3][1]
    assert table.rows[0][-1] == 120


def test_which_events_follow_agrees_with_how_many_do() -> None:
    rng = np.random.default_rng(1)
    place, day = rng.integers(-1, 60, 400), rng.integers(0, 900, 400).astype(float)
    assert int(follows(place, day).sum()) == repeat_share(place, day).repeats
    assert not follows(np.array([4, 4]), np.array([0.0, 366.0])).any()


def test_what_was_measured_adds_up_to_the_rows(tmp_path: Path) -> None:
    brief = brief_of(tmp_path, burglaries(BOTH, 10))
    found = brief.found(Again)
    [(n,)] = brief.evidence.rows(
        "SELECT count(*) FROM incidents WHERE feed = ? AND month BETWEEN ? AND ?",
        [CRIME, brief.period.first.first_day, brief.period.last.first_day],
    )
    [everyone] = [v for v in found.victims if v.kind.id == "all"]
    assert everyone.found.events + everyone.found.unidentified == n
    [place] = [p for p in found.places if p.kind.id == "burglary"]
    assert place.events + place.unplaced == n
