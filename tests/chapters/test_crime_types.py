"""Every type of crime has the same page, and its sentences and findings follow the evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.chapters import concentration, crime_types, times
from goldthread.chapters.assembling import measured
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import Context, read_context
from goldthread.chapters.model import Chapter, Chart, Heading, Paragraph, Table
from goldthread.chapters.words import plain, resolve
from tests.chapters.evidence_of import ASB, evidence_of, monthly, small_areas, street_rows
from tests.chapters.test_peers import spread_out, table_of_areas

BOTH, YEAR = "2024-01..2025-12", "2025-01..2025-12"
TWO = ("bicycle-theft", "burglary")
STEADY = (30, 24, 33, 28, 26, 31, 29, 35, 27, 30, 25, 32, 28)


def written(
    tmp_path: Path, counts: dict[str, dict[str, int]], *others: Path, context: Context | None = None
) -> tuple[Chapter, dict[str, str]]:
    """The chapter, and the words of each type's page by its heading."""
    with evidence_of(tmp_path, street_rows(counts), *others, period=YEAR) as evidence:
        brief = measured(Brief(evidence, context or read_context(None, "Saltmarsh")))
        chapter = crime_types.write(brief)
    figures = by_id(chapter.figures)
    pages: dict[str, str] = {}
    heading = ""
    for block in chapter.blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Paragraph):
            pages[heading] = f"{pages.get(heading, '')} {plain(resolve(block.text, figures))}".strip()
    return chapter, pages


def words_of(chapter: Chapter) -> str:
    figures = by_id(chapter.figures)
    return " ".join(plain(resolve(b.text, figures)) for b in chapter.blocks if isinstance(b, Paragraph))


def rising(by: float = 1.6) -> dict[str, int]:
    before = monthly("2024-01..2024-12", *STEADY)
    return before | {m.replace("2024", "2025"): round(n * by) for m, n in before.items()}


def test_every_type_has_its_page_and_anti_social_behaviour_is_none(tmp_path: Path) -> None:
    chapter, pages = written(
        tmp_path, {"Burglary": monthly(BOTH, 9), "Robbery": monthly(BOTH, 4), ASB: monthly(BOTH, 5)}
    )
    assert list(pages) == ["", "Burglary", "Robbery"]
    [table] = [b for b in chapter.blocks if isinstance(b, Table)]
    assert [row[:2] for row in table.rows] == [("Burglary", 108.0), ("Robbery", 48.0)]
    assert "Police recorded 108 burglaries in January to December 2025: 69% of all recorded crime." in pages["Burglary"]


def test_a_rise_is_said_and_found(tmp_path: Path) -> None:
    chapter, pages = written(tmp_path, {"Shoplifting": rising(), "Burglary": monthly(BOTH, *STEADY)})
    assert "a rise of 60%" in pages["Shop theft"]
    [found] = chapter.findings
    assert found.id == "shoplifting.rose"
    assert found.recommendation == (
        "Agree one way for shops to report theft, with the evidence, to police and partners."
    )
    assert plain(resolve(found.title, by_id(chapter.figures))) == "Recorded shop theft rose by 60%"
    assert "its level changed with January 2025: from about" in pages["Shop theft"]


def test_a_fall_is_said_and_found_and_not_called_success(tmp_path: Path) -> None:
    chapter, pages = written(tmp_path, {"Burglary": rising(0.5)})
    assert "a fall of 4" in pages["Burglary"] or "a fall of 5" in pages["Burglary"]
    [found] = chapter.findings
    assert found.id == "burglary.fell"
    assert "If the fall is real" in found.so_what


def test_ordinary_variation_is_no_finding(tmp_path: Path) -> None:
    chapter, pages = written(tmp_path, {"Burglary": monthly(BOTH, *STEADY), "Robbery": monthly(BOTH, 4, 6, 3, 5, 2)})
    assert not chapter.findings
    assert "within what chance and ordinary variation would give" in pages["Burglary"]
    assert "its level changed" not in pages["Burglary"]


def test_one_year_has_no_trend_and_nothing_to_compare_with(tmp_path: Path) -> None:
    chapter, pages = written(tmp_path, {"Burglary": monthly(YEAR, *STEADY)})
    assert "Nothing was supplied for January to December 2024" in pages[""]
    assert "neither a trend nor a season can be told from chance" in pages[""]
    assert "Nothing was supplied" not in pages["Burglary"]
    assert not chapter.findings
    assert [b.kind for b in chapter.blocks if isinstance(b, Chart)] == ["line"]


def test_a_rise_with_a_recording_change_says_so_and_is_less_certain(tmp_path: Path) -> None:
    said = {"month": "2025-01", "feed": "police-uk-street", "series": ["Public order"], "effect": "up"}
    said["what"] = "Threats are recorded as crime."
    context = Context(read_context(None, "Saltmarsh").partnership, recording_changes=(said,))
    chapter, pages = written(tmp_path, {"Public order": rising()}, context=context)
    assert "The recording changed from January 2025: threats are recorded as crime." in pages["Public order"]
    assert "Some or all of the rise may be that." in pages["Public order"]
    [found] = chapter.findings
    assert found.certainty < 0.8
    assert "neither success nor failure" in found.so_what


def test_a_recording_change_the_other_way_does_not_explain_it(tmp_path: Path) -> None:
    said = {"month": "2025-01", "feed": "police-uk-street", "series": ["Public order"], "effect": "down", "what": "X."}
    context = Context(read_context(None, "Saltmarsh").partnership, recording_changes=(said,))
    chapter, pages = written(tmp_path, {"Public order": rising()}, context=context)
    assert "That would work against the rise" in pages["Public order"]
    assert chapter.findings[0].certainty > 0.8


def test_a_summer_peak_is_a_season(tmp_path: Path) -> None:
    wave = (20, 20, 25, 30, 40, 55, 60, 55, 40, 30, 22, 20)
    _, pages = written(tmp_path, {"Bicycle theft": monthly(BOTH, *wave)})
    assert "It has a season: " in pages["Bicycle theft"]
    assert "is usually highest" in pages["Bicycle theft"]


def test_a_rate_far_above_the_group_is_found(tmp_path: Path) -> None:
    counts = {"Shoplifting": monthly(BOTH, *STEADY)}
    chapter, pages = written(tmp_path, counts, table_of_areas(tmp_path, spread_out(14.0)))
    assert "further from the others than they lie from each other" in pages["Shop theft"]
    [found] = chapter.findings
    assert found.id == "shoplifting.high"


@pytest.mark.parametrize(("a_month", "told"), [(1, "numbers are too small"), (40, "within what chance")])
def test_small_numbers_are_not_given_a_percentage(tmp_path: Path, a_month: int, told: str) -> None:
    _, pages = written(tmp_path, {"Robbery": monthly(BOTH, a_month, a_month + 1, a_month)})
    assert told in pages["Robbery"] or "That is the same" in pages["Robbery"]


def test_without_recorded_crime_the_chapter_says_so(tmp_path: Path) -> None:
    chapter, _ = written(tmp_path, {ASB: monthly(BOTH, 5)})
    assert chapter.missing and chapter.gaps


def test_a_type_that_is_nearly_all_in_few_places_is_said_otherwise_than_one_that_is_spread(tmp_path: Path) -> None:
    gathered = street_rows({"Shoplifting": monthly(YEAR, 30)}, small_areas()[3])
    spread = street_rows({"Burglary": monthly(YEAR, 60)})
    with evidence_of(tmp_path, [*gathered, *spread], period=YEAR) as evidence:
        brief = measured(Brief(evidence, read_context(None, "Saltmarsh")))
        chapter = crime_types.write(brief)
    said = words_of(chapter)
    assert "A tenth of small areas had 100% of it" in said
    assert "It is spread over the area: the busiest tenth" in said


def test_no_page_says_that_nothing_was_found(tmp_path: Path) -> None:
    _, pages = written(tmp_path, {"Burglary": monthly(BOTH, *STEADY), "Robbery": monthly(BOTH, 4, 6, 3, 5, 2)})
    assert "where no trend or season is named, none could be told from chance" in pages[""]
    assert not any("can be told from chance" in pages[name] for name in ("Burglary", "Robbery"))


def test_the_page_and_the_chapter_of_concentration_give_chance_the_same_share(tmp_path: Path) -> None:
    with evidence_of(tmp_path, street_rows({"Burglary": monthly(YEAR, 60)}), period=YEAR) as evidence:
        brief = measured(Brief(evidence, read_context(None, "Saltmarsh")))
        page = by_id(crime_types.write(brief).figures)["burglary.where"]
        chapter = by_id(concentration.write(brief).figures)["concentration.burglary"]
    assert page.answer["by_chance"] == chapter.answer["top10_chance"]
    assert page.answer["top_share"] == chapter.answer["top10"]


def test_the_page_and_the_chapter_of_times_agree_whether_there_is_a_season(tmp_path: Path) -> None:
    wave = (20, 20, 25, 30, 40, 55, 60, 55, 40, 30, 22, 20)
    counts = {"Bicycle theft": monthly(BOTH, *wave), "Burglary": monthly(BOTH, *STEADY)}
    with evidence_of(tmp_path, street_rows(counts), period=YEAR) as evidence:
        brief = measured(Brief(evidence, read_context(None, "Saltmarsh")))
        chapter, times_ = crime_types.write(brief), by_id(times.write(brief).figures)
    said = words_of(chapter)
    assert said.count("It has a season") == sum(bool(times_[f"times.{t}.season"].answer["stands"]) for t in TWO)
