"""What residents said: weighted, with bases and intervals, wave beside wave, and nothing made of too few answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from goldthread.chapters import residents, voices
from goldthread.chapters.brief import Brief
from goldthread.chapters.context import Context
from goldthread.chapters.measuring.survey import Survey, measure_survey
from goldthread.chapters.model import Box, Bullets, Chapter, Edition, Paragraph, Table
from goldthread.chapters.model.assessment import Partnership
from goldthread.chapters.words import plain, resolve
from goldthread.evidence.store import Evidence
from tests.chapters.conftest import Assessed
from tests.chapters.evidence_of import evidence_of, street_row, write_rows

NOBODY = Context(Partnership("Saltmarsh Community Safety Partnership"))
Answers = Sequence[tuple[str, float]]  # how safe after dark, and the weight


def rows(wave: str, answers: Answers, ward: str = "Ropewalk", first: str = "Drugs") -> list[dict[str, str]]:
    return [
        {
            "Respondent": f"{wave}-{ward}-{i}",
            "Wave": wave,
            "Weight": str(weight),
            "Ward": ward,
            "Age Band": ("16-24", "65+")[i % 2],
            "Safe After Dark": said,
            "Safe By Day": "Very safe",
            "First Priority": first if i % 3 else "Burglary",
        }
        for i, (said, weight) in enumerate(answers)
    ]


def safe(n: int, of: int) -> Answers:
    return [("Fairly safe" if i < n else "Very unsafe", 1.0) for i in range(of)]


def surveyed(to: Path, said: Sequence[Mapping[str, str]]) -> Evidence:
    file = write_rows(to / "survey.csv", said, list(said[0]))
    street = [street_row(1, "2025-06", "Burglary")]
    return evidence_of(to, street, file, period="2025-01..2025-12")


def written(evidence: Evidence) -> tuple[Survey, Chapter]:
    brief = Brief(evidence, NOBODY)
    brief.measured[Survey] = measure_survey(brief)
    brief.settle()
    return brief.found(Survey), residents.write(brief)


def text(chapter: Chapter, edition: Edition = Edition.ANALYST) -> str:
    figures = {f.id: f for f in chapter.figures}
    parts = [b.text for b in chapter.blocks if isinstance(b, Paragraph | Box) and edition in b.editions]
    return " ".join(plain(resolve(p, figures)) for p in parts)


def test_a_share_is_weighted_and_its_base_is_everyone_who_answered(tmp_path: Path) -> None:
    answers = [("Very safe", 3.0)] * 20 + [("Very unsafe", 1.0)] * 30 + [("Don't know", 1.0)] * 10
    with surveyed(tmp_path, rows("2025", answers)) as evidence:
        survey, chapter = written(evidence)
    dark = survey.safety[0]
    assert dark.now.value == pytest.approx(60 / 100)
    assert (dark.now.base, dark.now.count) == (60, 20)
    assert survey.widened == pytest.approx(60 * (20 * 9 + 40) / 100**2)
    assert "60% of residents feel safe outside after dark" in text(chapter)
    assert "about six in ten said that they feel safe" in text(chapter, Edition.PUBLIC)


def test_fewer_than_thirty_answers_give_no_share_and_the_base_says_why(tmp_path: Path) -> None:
    with surveyed(tmp_path, rows("2025", safe(20, 29))) as evidence:
        survey, chapter = written(evidence)
    assert survey.safety[0].now.suppressed
    assert "Too few answered (29) to say what share feel safe outside after dark" in text(chapter)
    assert text(chapter, Edition.PUBLIC) == ""


def test_the_sentence_is_different_when_the_evidence_is_different(tmp_path: Path) -> None:
    cases = {"2023": 300, "2024": 300, "2025": 200}
    said = [row for wave, n in cases.items() for row in rows(wave, safe(n, 500))]
    with surveyed(tmp_path / "fell", said) as evidence:
        survey, chapter = written(evidence)
    assert (survey.earlier, survey.wave) == ("2024", "2025")
    assert "less than the 60% in 2024, which is more than chance would give" in text(chapter)
    assert [f.id for f in chapter.findings if f.topic == "residents"] == ["residents.after-dark-change"]
    same = [row for wave, n in (("2024", 300), ("2025", 295)) for row in rows(wave, safe(n, 500))]
    with surveyed(tmp_path / "same", same) as evidence:
        _, chapter = written(evidence)
    assert "within what chance would give" in text(chapter)
    assert not [f for f in chapter.findings if f.topic == "residents"]
    with surveyed(tmp_path / "once", rows("2025", safe(250, 500))) as evidence:
        _, chapter = written(evidence)
    assert "no earlier wave to compare with" in text(chapter)


def test_a_ward_with_few_answers_is_left_out_and_counted_as_left_out(tmp_path: Path) -> None:
    said = [*rows("2025", safe(40, 60)), *rows("2025", safe(10, 12), ward="Samphire")]
    with surveyed(tmp_path, said) as evidence:
        _, chapter = written(evidence)
    [table] = [b for b in chapter.blocks if isinstance(b, Table) and b.id == "residents.groups"]
    assert "Samphire" not in {row[1] for row in table.rows}
    assert "One with fewer than 30 answers is left out" in text(chapter)
    assert table.protected


def test_what_residents_want_first_is_a_list_of_its_own_in_order_of_shares(tmp_path: Path) -> None:
    with surveyed(tmp_path, rows("2025", safe(40, 60))) as evidence:
        survey, chapter = written(evidence)
    [table] = [b for b in chapter.blocks if isinstance(b, Table) and b.id == "residents.first"]
    assert [row[1] for row in table.rows] == ["Drugs", "Burglary"]  # what nobody chose is not listed
    assert not any(one.test for one in survey.first)
    assert "The answer most gave was: drugs" in text(chapter, Edition.PUBLIC)


def test_a_wave_after_the_period_is_left_out(tmp_path: Path) -> None:
    with surveyed(tmp_path, [*rows("2025", safe(30, 50)), *rows("2027", safe(50, 50))]) as evidence:
        survey, _ = written(evidence)
    assert (survey.earlier, survey.wave) == ("", "2025")


def test_without_a_survey_the_chapter_says_so_and_its_gap_is_listed(tmp_path: Path) -> None:
    with evidence_of(tmp_path, [street_row(1, "2025-06", "Burglary")], period="2025-01..2025-12") as evidence:
        survey, chapter = written(evidence)
    assert survey == Survey()
    assert "No residents’ survey was supplied" in chapter.missing
    assert [g.feed for g in chapter.gaps] == ["residents-survey"]


def test_older_people_who_answered_more_than_their_due_are_named(assessed: Assessed) -> None:
    boxes = [b.text for b in assessed.chapter("residents").blocks if isinstance(b, Box)]
    assert any("Those aged 65+" in b and "once weighted" in b for b in boxes)
    assert any("Unless they were drawn at random" in b for b in boxes)


def test_bases_in_the_tables_are_what_the_evidence_file_counts(assessed: Assessed) -> None:
    [(n,)] = assessed.evidence.rows(
        "SELECT count(*) FROM answers WHERE wave = '2025' AND question LIKE '%theft from shops%'"
    )
    assert assessed.number("residents.theft-from-shops", "base") == n
    assert assessed.figure("residents.theft-from-shops").protected


def test_voices_are_printed_with_source_month_and_place_and_only_with_consent(assessed: Assessed) -> None:
    chapter = assessed.chapter("voices")
    items = [item for b in chapter.blocks if isinstance(b, Bullets) for item in b.items]
    assert len(items) == 4
    assert any("(Retail forum, 14 shops; October 2025; Old Town and Quay)" in item for item in items)
    assert not chapter.figures
    assert any("One more is left out" in b.text for b in chapter.blocks if isinstance(b, Paragraph))


def test_what_was_said_without_consent_alone_leaves_the_chapter_empty_and_says_why() -> None:
    told = {"topic": "drugs", "said": "Something.", "used_with_consent": "yes"}
    assert voices.usable_of([told]) == []
    assert voices.said({"said": "It is dark."}) == "It is dark. (source not given)"
