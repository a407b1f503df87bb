"""Times are said where records know them, windows are spread, seasons need two years, and police.uk refuses hours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from goldthread.chapters import times
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import read_context
from goldthread.chapters.measuring.hours import NIGHTS, Hours, beyond, measure_hours, weekdays
from goldthread.chapters.measuring.lines import measure_lines
from goldthread.chapters.model import Box, Chapter, Chart, Paragraph
from goldthread.chapters.times.weeks import stretch
from goldthread.chapters.words import plain, resolve
from goldthread.evidence.periods import period_from
from tests.chapters.evidence_of import ASB, evidence_of, monthly, street_rows
from tests.chapters.partner_files import file_of, rows_of

YEAR = "2025-01..2025-12"
BOTH = "2024-01..2025-12"
CRIME = "police-local-crime"


def brief_of(tmp_path: Path, street: list[dict[str, str]], *paths: Path) -> Brief:
    brief = Brief(evidence_of(tmp_path, street, *paths, period=YEAR), read_context(None, "Saltmarsh"))
    for step in (measure_lines, measure_hours):
        answer = step(brief)
        brief.measured[type(answer)] = answer
    brief.settle()
    return brief


def said(chapter: Chapter) -> str:
    figures = by_id(chapter.figures)
    texts = [b.text for b in chapter.blocks if isinstance(b, Paragraph | Box)]
    return " ".join(plain(resolve(text, figures)) for text in texts)


def crimes(
    to: Path, at: Callable[[int], tuple[str, str]], until: Callable[[int], tuple[str, str]] | None = None
) -> Path:
    """Violence in 2025, each from a day of January and a clock time, to another when one is given."""
    rows = rows_of(CRIME, monthly(YEAR, 20), Offence_Subgroup="Violence with injury")
    for i, row in enumerate(rows):
        (day, clock), (last, end) = at(i), (until or at)(i)
        row |= {"Committed From Date": day, "Committed From Time": clock}
        row |= {"Committed To Date": last, "Committed To Time": end}
    return file_of(to, CRIME, rows)


def friday_night(i: int) -> tuple[str, str]:
    return ("10/01/2025", "22:30") if i % 3 else (f"{6 + i % 7:02d}/01/2025", f"{i % 24:02d}:10")


def any_hour(i: int) -> tuple[str, str]:
    return f"{6 + i % 7:02d}/01/2025", f"{(i * 5) % 24:02d}:20"


STREET = {"Burglary": monthly(YEAR, 20)}


def test_violence_on_friday_nights_stands_out_and_is_a_finding(tmp_path: Path) -> None:
    brief = brief_of(tmp_path, street_rows(STREET), crimes(tmp_path, friday_night))
    chapter = times.write(brief)
    assert "Violent crimes: Friday and Saturday nights (eight to four) stand out" in said(chapter)
    assert "The busiest four hours are Friday" in said(chapter)
    [finding] = chapter.findings
    assert finding.id == "violence-and-sexual-offences.nights"
    assert "with a time were on Friday and Saturday nights" in finding.statement


def test_spread_over_the_week_no_night_stands_out(tmp_path: Path) -> None:
    chapter = times.write(brief_of(tmp_path, street_rows(STREET), crimes(tmp_path, any_hour)))
    assert "not clearly different from their share of the week" in said(chapter)
    assert not chapter.findings


def test_a_window_is_spread_over_its_hours(tmp_path: Path) -> None:
    path = crimes(tmp_path, lambda i: ("08/01/2025", "09:00"), lambda i: ("08/01/2025", "17:00"))
    brief = brief_of(tmp_path, street_rows(STREET), path)
    clock = brief.found(Hours).clock("violence")
    assert clock is not None
    assert clock.spread.windowed == 240
    wednesday = clock.clock.counts[2]
    assert wednesday[9:17] == pytest.approx(np.full(8, 30.0))
    assert wednesday.sum() == pytest.approx(240)


def test_clock_counts_add_up_to_the_rows_and_are_protected(tmp_path: Path) -> None:
    brief = brief_of(tmp_path, street_rows(STREET), crimes(tmp_path, friday_night))
    [(n,)] = brief.evidence.rows("SELECT count(*) FROM incidents WHERE feed = ?", [CRIME])
    chapter = times.write(brief)
    [chart] = [b for b in chapter.blocks if isinstance(b, Chart) and b.kind == "clock"]
    assert sum(y or 0 for one in chart.series for y in one.y) == pytest.approx(n)
    assert chart.protected
    figure = by_id(chapter.figures)["times.violence.week"]
    assert figure.protected
    assert {"rows", "nights", "timed"} <= set(figure.count_keys)


def test_many_at_midnight_bring_their_caveat(tmp_path: Path) -> None:
    path = crimes(tmp_path, lambda i: ("08/01/2025", "00:00") if i % 4 == 0 else any_hour(i))
    assert "timed at midnight" in said(times.write(brief_of(tmp_path, street_rows(STREET), path)))
    other = crimes(tmp_path, lambda i: (any_hour(i)[0], any_hour(i)[1].replace("00:", "03:")))
    assert "timed at midnight" not in said(times.write(brief_of(tmp_path, street_rows(STREET), other)))


def test_police_uk_alone_refuses_hours_and_a_single_year_has_no_season(tmp_path: Path) -> None:
    chapter = times.write(brief_of(tmp_path, street_rows(STREET)))
    assert "the time of day of each is needed; these data have only the month" in chapter.missing
    assert chapter.gaps


def test_a_summer_in_two_years_is_a_season(tmp_path: Path) -> None:
    by_month = {"06": 150, "07": 160, "08": 155}
    counts = {m: by_month.get(m[-2:], 70 + int(m[-1])) for m in monthly(BOTH, 1)}
    chapter = times.write(brief_of(tmp_path, street_rows({ASB: counts})))
    text = said(chapter)
    assert "Anti-social behaviour is seasonal, day for day over two years" in text
    assert "June, July and August" in text
    assert [f.id for f in chapter.findings] == ["anti-social-behaviour.season"]


def test_the_same_in_every_month_is_no_season(tmp_path: Path) -> None:
    counts = {m: 80 + (i * 7) % 9 for i, m in enumerate(monthly(BOTH, 1))}
    chapter = times.write(brief_of(tmp_path, street_rows({ASB: counts})))
    assert "has a season beyond chance" in said(chapter)
    assert not chapter.findings


def test_the_refusal_is_printed_beside_what_partners_know(tmp_path: Path) -> None:
    chapter = times.write(brief_of(tmp_path, street_rows(STREET), crimes(tmp_path, any_hour)))
    [box] = [b for b in chapter.blocks if isinstance(b, Box) and b.title.startswith("Not said")]
    assert "these data have only the month" in box.text


def test_weekdays_are_those_of_the_calendar() -> None:
    assert weekdays(period_from("2025-01..2025-12")).tolist() == [52, 52, 53, 52, 52, 52, 52]
    assert weekdays(period_from("2024-02..2024-02")).tolist() == [4, 4, 4, 5, 4, 4, 4]


def test_nights_run_from_eight_to_four_and_the_busiest_stretch_is_said_plainly() -> None:
    assert NIGHTS.size == 16
    assert stretch(4 * 24 + 21) == "Friday 21:00 to 01:00"
    assert stretch(5 * 24 + 20) == "Saturday 20:00 to midnight"


def test_an_even_week_is_seldom_beyond_chance() -> None:
    rng = np.random.default_rng(3)
    p = [beyond(float(rng.binomial(400, 0.1)), 400, 0.1) for _ in range(2000)]
    assert np.mean(np.array(p) < 0.05) < 0.06
