"""The whole assessment: every edition can be written from it, what was planted is found, and nobody is named in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from example.truths import effect, truths
from goldthread.chapters import contents
from goldthread.chapters.assembling import assess
from goldthread.chapters.brief import slug
from goldthread.chapters.context import Context, read_context
from goldthread.chapters.model import Assessment, Chart, Edition, Map, Table
from goldthread.chapters.recommending import MOST, standing
from goldthread.chapters.words import plain, resolve
from goldthread.editions.document import (
    PreparedBox,
    PreparedBullets,
    PreparedChart,
    PreparedFinding,
    PreparedMap,
    PreparedTable,
    PreparedText,
)
from goldthread.editions.prepared import Document, prepare
from goldthread.editions.record import record_of
from goldthread.evidence.disclosure import rule_for
from goldthread.evidence.schema import TABLES
from tests.chapters.conftest import Assessed
from tests.chapters.evidence_of import evidence_of, monthly, street_row, street_rows
from tests.definitions.test_words import reading_age

EACH_EDITION = pytest.mark.parametrize("edition", list(Edition))


def prepared(assessment: Assessment, edition: Edition) -> Document:
    return prepare(assessment, edition, rule_for(edition.value))


def said(assessment: Assessment, text: str) -> str:
    return plain(resolve(text, assessment.figures))


def plain_words(document: Document) -> list[str]:
    """Every sentence of a document's texts and lists."""
    found = []
    for block in (b for section in document.sections for b in section.blocks):
        if isinstance(block, PreparedText | PreparedBox):
            found.append(plain(block.runs))
        elif isinstance(block, PreparedBullets):
            found += [plain(item) for item in block.items]
        elif isinstance(block, PreparedFinding):
            found += [block.title, *(plain(t) for t in (block.statement, block.so_what, block.recommendation))]
    return found


def cells(document: Document) -> list[str]:
    """Every cell of a document's tables, and what its pictures describe."""
    found = []
    for block in (b for section in document.sections for b in section.blocks):
        if isinstance(block, PreparedChart | PreparedMap):
            found.append(block.describes)
        table = block if isinstance(block, PreparedTable) else getattr(block, "table", None)
        if isinstance(table, PreparedTable):
            found += [table.title, table.note, *(cell for row in table.rows for cell in row)]
    return found


@EACH_EDITION
def test_every_edition_of_saltmarsh_is_prepared_and_every_number_in_it_is_found(
    assessed: Assessed, edition: Edition
) -> None:
    document = prepared(assessed.assessment, edition)
    assert document.sections
    everything = [*plain_words(document), *cells(document)]
    assert [text for text in everything if "{{" in text or "}}" in text] == []
    assert [text for text in plain_words(document) if "not available" in text] == []


def test_every_chapter_of_the_contents_is_there_in_order_and_says_something_or_why_not(assessed: Assessed) -> None:
    chapters = assessed.assessment.chapters
    named = [c.id for c in chapters if c.id in contents.ORDER]
    assert named == [c for c in contents.ORDER if c in named]
    assert [c.id for c in chapters if not c.blocks and not c.missing] == []
    assert [c.id for c in chapters if c.missing and not c.gaps] == []


def test_every_figure_is_named_once_and_is_known_by_the_blocks_that_rest_on_it(assessed: Assessed) -> None:
    figures = assessed.assessment.figures
    for chapter in assessed.assessment.chapters:
        for block in chapter.blocks:
            if isinstance(block, Table | Chart | Map):
                assert [f for f in block.figures if f not in figures] == [], f"{chapter.id}: {block.id}"
    for finding in assessed.assessment.findings:
        assert finding.figures and all(f in figures for f in finding.figures), finding.id


def test_no_table_has_the_id_of_another(assessed: Assessed) -> None:
    ids = [b.id for c in assessed.assessment.chapters for b in c.blocks if isinstance(b, Table | Chart | Map)]
    assert len(ids) == len(set(ids))


def test_the_same_evidence_gives_the_same_assessment(assessed: Assessed) -> None:
    again = assess(assessed.evidence, assessed.context)
    assert json.dumps(record_of(again), default=str) == json.dumps(record_of(assessed.assessment), default=str)


def test_the_rise_in_shop_theft_is_found_with_its_ward_and_is_among_the_top_findings(assessed: Assessed) -> None:
    assert assessed.number("shoplifting.change", "stands") == 1
    assert assessed.number("shoplifting.change", "percent") > 0
    finding = assessed.finding("shoplifting.rose")
    assert finding in assessed.assessment.findings[:MOST]
    text = said(assessed.assessment, f"{finding.title} {finding.statement}")
    assert str(effect("shoplifting")["ward"]) in text
    assert any("shoplifting.rose" in r.findings for r in assessed.assessment.recommendations)


def test_burglary_fell_where_doors_and_alleys_were_made_safe_and_by_about_as_much_as_was_planted(
    assessed: Assessed,
) -> None:
    name = "interventions.gated-alleys"
    assert assessed.number(name, "stands") == 1
    assert assessed.number(name, "low") < float(effect("burglary")["times"]) < assessed.number(name, "high") < 1
    assert assessed.finding("burglary.tried-gated-alleys") in assessed.assessment.findings[:MOST]
    assert assessed.number("interventions.taxi-marshals", "stands") == 0


def test_violence_that_only_health_sees_is_found_in_its_ward_and_in_no_other(assessed: Assessed) -> None:
    planted = effect("hidden_violence")
    name = f"triangulation.hidden-{slug(str(planted['ward']))}"
    times = float(planted["health_times"]) / float(planted["police_times"])
    assert assessed.number(name, "low") < times < assessed.number(name, "high")
    hidden = [f.id for f in assessed.assessment.findings if ".hidden-" in f.id]
    assert hidden == [f"violence-and-sexual-offences.hidden-{slug(str(planted['ward']))}"]


def test_the_rise_in_public_order_is_put_down_to_recording_and_not_proposed_as_a_priority(assessed: Assessed) -> None:
    found = [f for f in assessed.assessment.findings if f.topic == "public-order"]
    assert found and all("record" in said(assessed.assessment, f"{f.statement} {f.so_what}") for f in found)
    caveats = " ".join(assessed.figure("public-order.change").caveats)
    assert "The way some of this is recorded changed" in caveats
    tables = [b for b in assessed.chapter("priorities").blocks if isinstance(b, Table)]
    kinds = {row[1]: row[0] for b in tables if b.id in ("priorities.table", "priorities.watch") for row in b.rows}
    assert kinds["Public order"] == "Watch"
    assert kinds["Shop theft"] == "Proposed priority"


def test_anti_social_behaviour_that_comes_every_summer_is_not_called_a_rise(assessed: Assessed) -> None:
    assert assessed.number("anti-social-behaviour.change", "stands") == 0
    titles = [said(assessed.assessment, f.title) for f in assessed.assessment.findings if "anti-social" in f.topic]
    assert titles and not any("rose" in t or "risen" in t for t in titles)


@pytest.mark.parametrize("series", truths()["effects"]["flat"]["series"])
def test_what_did_not_change_is_not_called_a_change(assessed: Assessed, series: str) -> None:
    assert assessed.number(f"{slug(series)}.change", "stands") == 0


def test_fewer_residents_feel_safe_after_dark_and_more_see_theft_from_shops_as_a_problem(assessed: Assessed) -> None:
    dark = "residents.after-dark"
    shares = [float(s) for s in effect("after_dark")["shares"].values()]
    assert assessed.number(dark, "points_low") < 100 * (shares[1] - shares[0]) < assessed.number(dark, "points_high")
    assert assessed.number(dark, "points") < 0
    assert assessed.number("residents.theft-from-shops", "stands") == 1


def test_no_planted_name_postcode_telephone_or_health_number_is_in_anything(assessed: Assessed) -> None:
    planted = truths()["unmistakable"]
    unmistakable = [*planted["names"], planted["postcode"], planted["telephone"], planted["health_number"]]
    surnames = [name.split()[-1] for name in planted["names"]]
    everything = [json.dumps(record_of(assessed.assessment), default=str, ensure_ascii=False)]
    everything += [repr(prepared(assessed.assessment, edition)) for edition in Edition]
    for table in TABLES:
        everything += [str(row) for row in assessed.evidence.rows(f"SELECT * FROM {table}")]
    text = "\n".join(everything).casefold()
    assert [word for word in (*unmistakable, *surnames) if str(word).casefold() in text] == []


def test_what_was_told_in_confidence_is_not_printed(assessed: Assessed) -> None:
    everything = " ".join(repr(prepared(assessed.assessment, edition)) for edition in Edition)
    assert "in confidence" not in everything
    assert "would not call the police after a fight" in everything


def test_the_public_page_is_for_readers_of_eleven(assessed: Assessed) -> None:
    words = plain_words(prepared(assessed.assessment, Edition.PUBLIC))
    assert reading_age(" ".join(words)) <= 11
    assert sum(len(w.split()) for w in words) < 400
    assert any("stealing from shops" in w for w in words)


def test_every_top_finding_has_a_recommendation_with_an_owner_a_date_and_a_measure(assessed: Assessed) -> None:
    given = assessed.assessment.recommendations
    answered = {name for r in given for name in r.findings}
    assert [f.id for f in assessed.assessment.findings[:MOST] if f.id not in answered] == []
    assert all(r.text and r.owner and r.by_when and r.measure for r in given)
    assert [r.number for r in given] == list(range(1, len(given) + 1))


def test_no_issue_fills_the_top_findings_and_what_changed_has_its_places(assessed: Assessed) -> None:
    top = assessed.assessment.findings[:MOST]
    counts = [sum(f.topic == topic for f in top) for topic in {f.topic for f in top}]
    assert max(counts) <= 4
    assert [standing(f) for f in top] == sorted((standing(f) for f in top), reverse=True)
    assert sum(f.change > 0 and f.certainty >= 0.95 for f in top[:8]) >= 3


def test_one_month_of_one_crime_still_makes_every_edition(tmp_path: Path) -> None:
    with evidence_of(tmp_path, [street_row(1, "2025-06", "Burglary")], period="2025-06..2025-06") as evidence:
        assessment = assess(evidence, read_context(None, "Saltmarsh"))
    for edition in Edition:
        assert prepared(assessment, edition).sections
    assert [c.id for c in assessment.chapters if not c.blocks and not c.missing] == []


def test_what_did_not_come_is_a_gap_and_is_named_once(tmp_path: Path) -> None:
    rows = street_rows({"Burglary": monthly("2025-01..2025-12", 12, 9)})
    with evidence_of(tmp_path, rows, period="2025-01..2025-12") as evidence:
        assessment = assess(evidence, Context(read_context(None, "Saltmarsh").partnership))
    feeds = [g.feed for g in assessment.gaps if g.feed]
    assert {"ambulance-assaults", "fire-incidents", "residents-survey", "police-local-crime"} <= set(feeds)
    whats = [g.what for g in assessment.gaps]
    assert len(whats) == len(set(whats))
    asked = [r for r in assessment.recommendations if r.kind == "data" and "prescribed" in r.text]
    assert len(asked) == 1
