"""Whether a change is of one place or everywhere, and whether it is there in the months that were recorded alike."""

from __future__ import annotations

from pathlib import Path

from goldthread.chapters import crime_types
from goldthread.chapters.assembling import measured
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import Context, read_context
from goldthread.chapters.model import Chapter, Paragraph
from goldthread.chapters.words import plain, resolve
from tests.chapters.evidence_of import evidence_of, monthly, small_areas, street_row, street_rows

YEAR = "2025-01..2025-12"
BOTH = "2024-01..2025-12"
STEADY = (30, 24, 33, 28, 26, 31, 29, 35, 27, 30, 25, 32, 28)
ANEW = {"feed": "police-uk-street", "series": ["Public order"], "effect": "down", "what": "Rows are counted once."}


def written(tmp_path: Path, rows: list[dict[str, str]], *changes: dict[str, object]) -> tuple[Chapter, str]:
    context = Context(read_context(None, "Saltmarsh").partnership, recording_changes=changes)
    with evidence_of(tmp_path, rows, period=YEAR) as evidence:
        chapter = crime_types.write(measured(Brief(evidence, context)))
    figures = by_id(chapter.figures)
    return chapter, " ".join(plain(resolve(b.text, figures)) for b in chapter.blocks if isinstance(b, Paragraph))


def falling(from_month: int, by: float) -> dict[str, int]:
    """Two years whose counts are multiplied from one month of the first year on."""
    before = monthly("2024-01..2024-12", *(4 * n for n in STEADY))
    after = {m: round(n * by) for m, n in monthly(YEAR, *(4 * n for n in reversed(STEADY))).items()}
    return {m: round(n * by) if int(m[-2:]) >= from_month else n for m, n in before.items()} | after


def moved_one_ward(tmp_path: Path, by: int) -> tuple[Chapter, str]:
    """Shop theft alike everywhere, but in one small area `by` a month more in the second year."""
    rows = street_rows({"Shoplifting": monthly(BOTH, *(4 * n for n in STEADY))})
    place = small_areas()[40]
    more = [street_row(90000 + i, f"2025-{1 + i % 12:02d}", "Shoplifting", place) for i in range(12 * by)]
    fewer = {f"2025-{m:02d}": by for m in range(1, 13)}
    kept = []
    for row in rows:
        if fewer.get(row["Month"], 0) and row["LSOA code"] != place[0]:
            fewer[row["Month"]] -= 1
            continue
        kept.append(row)
    return written(tmp_path, [*kept, *more])


def test_a_ward_that_moved_while_the_whole_did_not_is_found_and_named(tmp_path: Path) -> None:
    chapter, text = moved_one_ward(tmp_path, 12)
    [found] = [f for f in chapter.findings if ".ward-" in f.id]
    assert "Within the area one ward moved by more than chance would give:" in text
    assert found.id.startswith("shoplifting.ward-") and "Ask those who know" in found.recommendation
    assert "did not clearly change" in found.statement


def test_where_no_ward_moved_none_is_named(tmp_path: Path) -> None:
    chapter, text = moved_one_ward(tmp_path, 0)
    assert "Within the area" not in text
    assert [f for f in chapter.findings if ".ward-" in f.id] == []


def test_a_fall_that_was_there_only_because_of_the_recording_is_not_there_in_the_months_recorded_alike(
    tmp_path: Path,
) -> None:
    counts = {"Public order": falling(5, 0.6), "Burglary": monthly(BOTH, *(4 * n for n in STEADY))}
    chapter, text = written(tmp_path, street_rows(counts), {**ANEW, "month": "2024-05"})
    assert "Over the months recorded alike in both years (May to December 2025 and a year before)" in text
    assert "which is within what chance would give" in text
    assert not any("in the months recorded alike" in f.title for f in chapter.findings)


def test_a_fall_that_goes_on_after_the_recording_changed_is_a_fall(tmp_path: Path) -> None:
    counts = {"Public order": falling(13, 0.6), "Burglary": monthly(BOTH, *(4 * n for n in STEADY))}
    chapter, text = written(tmp_path, street_rows(counts), {**ANEW, "month": "2024-05"})
    assert "so the recording does not explain it all" in text
    [found] = [f for f in chapter.findings if f.id == "public-order.fell"]
    assert "in the months recorded alike" in found.title
    assert found.certainty > 0.8


def test_the_months_recorded_alike_are_counted_as_the_rows_are(tmp_path: Path) -> None:
    counts = {"Public order": falling(13, 0.6), "Burglary": monthly(BOTH, *(4 * n for n in STEADY))}
    chapter, _ = written(tmp_path, street_rows(counts), {**ANEW, "month": "2024-05"})
    answer = by_id(chapter.figures)["public-order.alike"].answer
    wanted = [n for m, n in counts["Public order"].items() if "2025-05" <= m <= "2025-12"]
    assert (answer["months"], answer["after"]) == (8, sum(wanted))


def test_without_a_change_of_recording_no_months_are_set_apart(tmp_path: Path) -> None:
    chapter, _ = written(tmp_path, street_rows({"Public order": falling(13, 0.6)}))
    assert "public-order.alike" not in by_id(chapter.figures)
