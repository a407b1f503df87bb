"""Every theme is one page of the same form, says what did not come, and protects what must be protected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from goldthread.chapters import themes
from goldthread.chapters.assembling import measured
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import read_context
from goldthread.chapters.model import Box, Bullets, Chapter, Chart, Figure, Heading, Paragraph, Table
from goldthread.chapters.themes.absent import CANNOT_SAY
from goldthread.chapters.words import plain, resolve
from goldthread.evidence.feeds import all_feeds, feed_named
from tests.chapters.evidence_of import evidence_of, monthly, street_rows
from tests.chapters.partner_files import BOTH, file_of, quarters, returned, rows_of
from tests.definitions.test_words import reading_age

INCIDENTS = (
    *("police-local-crime", "police-local-asb", "police-local-suspects", "emergency-department-assaults"),
    *("ambulance-assaults", "hospital-admissions-violence", "hate-crime", "staff-assaults", "fire-incidents"),
    *(
        "fly-tipping",
        "graffiti",
        "street-scene",
        "road-collisions",
        "school-exclusions",
        "council-asb",
        "council-noise",
    ),
    *("police-uk-stop-and-search", "police-local-incidents"),
)
RETURNS = (
    "marac-quarterly",
    "drug-alcohol-treatment",
    "probation-caseload",
    "youth-justice",
    "modern-slavery-referrals",
)
REFERRED = {"Cases Discussed": "80", "Police Referrals": "60", "Partner Referrals": "20"}


def files(to: Path) -> list[Path]:
    made = [file_of(to, feed, rows_of(feed, monthly(BOTH, 12, 9, 14))) for feed in INCIDENTS]
    for feed in RETURNS:
        group = {"Substance Group": "Opiates"} if feed.startswith("drug") else {}
        group |= {"Exploitation Type": "Labour"} if feed.startswith("modern") else {}
        filled = {c.name: str(20 + i) for i, c in enumerate(feed_named(feed).columns) if c.type == "whole"}
        group |= REFERRED if feed.startswith("marac") else {}
        rows = [{"Quarter": q, **filled, **group} for q in quarters("2023 Q1", "2025 Q4")]
        made.append(file_of(to, feed, returned(feed, rows)))
    cohorts = [
        {"Cohort Year": f"{y}/{y - 1999:02d}", "Offender Group": "Adult", "Offenders In Cohort": "900"}
        | {"Reoffenders": str(250 + y - 2021), "Reoffences": "800", "Local Authority": "Saltmarsh"}
        for y in (2021, 2022, 2023)
    ]
    return [*made, file_of(to, "proven-reoffending", cohorts)]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Brief]:
    to = tmp_path_factory.mktemp("everything")
    street = street_rows({"Burglary": monthly(BOTH, 10, 12), "Drugs": monthly(BOTH, 6), "Robbery": monthly(BOTH, 2)})
    with evidence_of(to, street, *files(to), period="2025-01..2025-12") as evidence:
        yield measured(Brief(evidence, read_context(None, "Saltmarsh")))


@pytest.fixture(scope="module")
def pages(everything: Brief) -> list[Chapter]:
    return [write(everything) for write in themes.CHAPTERS]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Chapter]]:
    to = tmp_path_factory.mktemp("alone")
    with evidence_of(to, street_rows({"Burglary": monthly("2025-01..2025-12", 10)})) as evidence:
        brief = measured(Brief(evidence, read_context(None, "Saltmarsh")))
        yield [write(brief) for write in themes.CHAPTERS]


def texts(chapter: Chapter) -> list[str]:
    found = []
    for block in chapter.blocks:
        match block:
            case Paragraph() | Heading() | Box():
                found.append(block.text)
            case Bullets():
                found += block.items
            case Chart():
                found.append(block.describes)
    for finding in chapter.findings:
        found += [finding.title, finding.statement, finding.so_what, finding.recommendation, finding.public]
    return found


def test_every_feed_of_the_test_was_received(everything: Brief) -> None:
    assert {*INCIDENTS, *RETURNS, "proven-reoffending"} <= set(everything.evidence.feeds)


def test_every_sentence_finds_its_figures(pages: list[Chapter]) -> None:
    for chapter in pages:
        for text in texts(chapter):
            assert plain(resolve(text, by_id(chapter.figures))) or not text, chapter.id


def test_every_page_has_the_same_form_and_ends_with_so_what(pages: list[Chapter]) -> None:
    order = ["What is recorded", "Who, where and when", "What partners see", "So what"]
    for chapter in pages:
        headings = [b.text for b in chapter.blocks if isinstance(b, Heading) and b.level == 3]
        assert headings == sorted(headings, key=order.index), chapter.id
        assert headings[-1] == "So what", chapter.id


def test_every_theme_of_crime_with_evidence_has_a_finding(pages: list[Chapter]) -> None:
    assert [chapter.id for chapter in pages if not chapter.findings] == ["vulnerability"]


def test_no_number_is_written_into_a_finding_by_hand(pages: list[Chapter]) -> None:
    for chapter in pages:
        for finding in chapter.findings:
            assert finding.figures and set(finding.figures) <= {f.id for f in chapter.figures}, finding.id


def test_partners_records_about_people_are_protected(everything: Brief, pages: list[Chapter]) -> None:
    protected = {f.title for f in all_feeds() if f.protected}
    for chapter in pages:
        for block in chapter.blocks:
            if isinstance(block, Table | Chart) and any(title in block.source for title in protected):
                assert block.protected, block.id
                if isinstance(block, Chart) and block.table is not None:
                    assert block.table.protected, block.id
        for figure in chapter.figures:
            if _feed_of(figure) in {f.name for f in all_feeds() if f.protected}:
                assert figure.protected and figure.count_keys, figure.id


def _feed_of(figure: Figure) -> str:
    return str(figure.rows.where.get("feed", ""))


def test_a_table_with_a_total_says_so_that_nothing_withheld_can_be_worked_out(pages: list[Chapter]) -> None:
    tables = {b.id: b for chapter in pages for b in chapter.blocks if isinstance(b, Table)}
    named = ("hate-crime.strands", "staff-assaults.employers", "anti-social-behaviour.types", "sexual-violence.kinds")
    for name in (*named, "domestic-abuse.marac-referrals", "health.weapons"):
        table = tables[name]
        assert table.protected and table.total_row, name
        for at, column in enumerate(table.columns):
            if column.kind == "count":
                counts = [float(row[at] or 0) for row in table.rows]
                assert sum(counts[:-1]) == counts[-1], f"{name}: {column.title}"


def test_a_table_names_the_figures_that_may_not_give_away_what_it_withholds(pages: list[Chapter]) -> None:
    [chapter] = [c for c in pages if c.id == "hate-crime"]
    [table] = [b for b in chapter.blocks if isinstance(b, Table) and b.id == "hate-crime.reporters"]
    assert "hate-crime.not-police" in table.figures


def test_what_the_public_reads_is_read_at_eleven(pages: list[Chapter]) -> None:
    for chapter in pages:
        for finding in chapter.findings:
            if finding.public:
                said = plain(resolve(finding.public, by_id(chapter.figures)))
                assert reading_age(said) <= 11.0, f"{finding.id}: {said}"


def test_anti_social_behaviour_of_police_and_council_is_never_added(pages: list[Chapter]) -> None:
    [chapter] = [c for c in pages if c.id == "anti-social-behaviour"]
    figures = by_id(chapter.figures)
    police, council = (
        figures["police-local-asb.all.change"],
        figures["council-asb.council-anti-social-behaviour.change"],
    )
    added = float(police.answer["after"] or 0) + float(council.answer["after"] or 0)
    assert all(added not in f.answer.values() for f in chapter.figures)


def test_a_theme_without_its_feeds_says_so_in_one_line_and_leaves_gaps(alone: list[Chapter]) -> None:
    for chapter in alone:
        if chapter.missing:
            assert "\n" not in chapter.missing and not chapter.blocks, chapter.id
            assert chapter.gaps, chapter.id
        else:
            assert chapter.blocks, chapter.id
    assert {c.id for c in alone if c.missing} >= {"domestic-abuse", "hate-crime", "fire", "road-safety", "exploitation"}


def test_a_feed_that_is_missing_is_one_gap_however_many_themes_want_it(alone: list[Chapter]) -> None:
    gaps = {gap for chapter in alone for gap in chapter.gaps}
    assert len([gap for gap in gaps if gap.feed == "police-local-crime"]) == 1
    assert all(gap.owner and gap.why_it_matters for gap in gaps)


def test_every_feed_that_a_theme_uses_has_words_for_its_absence(alone: list[Chapter]) -> None:
    assert {gap.feed for chapter in alone for gap in chapter.gaps} <= set(CANNOT_SAY)
    assert set(CANNOT_SAY) <= {f.name for f in all_feeds()}
