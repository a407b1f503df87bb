"""What rose and fell is told apart from what did not, over the years as well, and nothing is drawn across a hole."""

from __future__ import annotations

from pathlib import Path

from goldthread.chapters import over_time
from goldthread.chapters.assembling import measured
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import read_context
from goldthread.chapters.measuring.trend import Courses
from goldthread.chapters.measuring.years import Years
from goldthread.chapters.model import Box, Chapter, Chart, Paragraph, Table
from goldthread.chapters.words import plain, resolve
from goldthread.evidence.periods import Month
from tests.chapters.evidence_of import evidence_of, monthly, street_rows

STEADY = (30, 24, 33, 28, 26, 31, 29, 35, 27, 30, 25, 32, 28)
THREE, YEAR = "2023-01..2025-12", "2025-01..2025-12"


def written(tmp_path: Path, counts: dict[str, dict[str, int]]) -> tuple[Brief, Chapter, str]:
    with evidence_of(tmp_path, street_rows(counts), period=YEAR) as evidence:
        brief = measured(Brief(evidence, read_context(None, "Saltmarsh")))
        chapter = over_time.write(brief)
    figures = by_id(chapter.figures)
    text = " ".join(plain(resolve(b.text, figures)) for b in chapter.blocks if isinstance(b, Paragraph | Box))
    return brief, chapter, text


def doubled_from(month: str) -> dict[str, int]:
    return {m: n * (2 if m >= month else 1) for m, n in monthly(THREE, *STEADY).items()}


def test_a_line_that_doubled_is_named_and_the_others_are_not(tmp_path: Path) -> None:
    counts = {"Shoplifting": doubled_from("2025-01"), "Burglary": monthly(THREE, *STEADY)}
    _, chapter, text = written(tmp_path, counts)
    assert "Up: " in text and "shoplifting (up " in text
    assert "burglary (" not in text.split("Over the years")[0].split("Month by month")[0]
    [moved] = [b for b in chapter.blocks if isinstance(b, Table) and b.id == "changes.moved"]
    assert "Burglary" not in [row[0] for row in moved.rows]


def test_years_stand_side_by_side_with_their_counts(tmp_path: Path) -> None:
    _, chapter, text = written(tmp_path, {"Burglary": monthly(THREE, *STEADY)})
    [years] = [b for b in chapter.blocks if isinstance(b, Table) and b.id == "changes.years"]
    by_year = [sum(n for m, n in monthly(THREE, *STEADY).items() if m.startswith(y)) for y in ("2023", "2024", "2025")]
    burglary = next(row for row in years.rows if row[0] == "Burglary")
    assert list(burglary[1:4]) == by_year
    assert "nothing differs by more than chance would give" in text


def test_the_month_of_a_new_level_is_found(tmp_path: Path) -> None:
    brief, _, text = written(tmp_path, {"Shoplifting": doubled_from("2024-09"), "Burglary": monthly(THREE, *STEADY)})
    cut = brief.found(Courses).by_line["shoplifting"].largest_cut
    assert cut is not None and abs(cut - Month(2024, 9)) <= 1
    assert brief.found(Courses).by_line["burglary"].cuts == ()
    assert "the level changed of shoplifting" in text


def test_against_the_first_year_a_lasting_rise_stands(tmp_path: Path) -> None:
    brief, _, text = written(tmp_path, {"Shoplifting": doubled_from("2024-01"), "Burglary": monthly(THREE, *STEADY)})
    years = brief.found(Years)
    assert years.base is not None and str(years.base) == "2023-01..2023-12"
    assert brief.stands(years.moved["shoplifting"].test)
    assert not brief.stands(years.moved["burglary"].test)
    assert "Against January to December 2023, the first year that came: " in text


def test_nothing_is_drawn_across_a_missing_month(tmp_path: Path) -> None:
    months = monthly(THREE, *STEADY)
    del months["2024-06"]
    brief, chapter, text = written(tmp_path, {"Burglary": months})
    assert not brief.found(Courses).by_line
    assert "Only 18 months follow the last missing one" in text
    assert not [b for b in chapter.blocks if isinstance(b, Chart)]


def test_one_year_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    _, chapter, text = written(tmp_path, {"Burglary": monthly(YEAR, *STEADY)})
    assert "so no change from that year can be given" in text
    assert not [b for b in chapter.blocks if isinstance(b, Table)]


def test_limits_are_drawn_anew_where_the_level_changed(tmp_path: Path) -> None:
    brief, _, _ = written(tmp_path, {"Shoplifting": doubled_from("2024-09")})
    limits = brief.found(Courses).by_line["shoplifting"].limits
    assert limits.centre[0] * 1.5 < limits.centre[-1]
    assert len(limits.outside) <= 2
