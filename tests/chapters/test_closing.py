"""What closes an assessment: sources that agree or part, gaps, the law, equality, caveats and methods."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from goldthread.chapters import caveats, equality, gaps, methods, statutory, triangulation
from goldthread.chapters.assembling import assess
from goldthread.chapters.bearing import Facts
from goldthread.chapters.brief import Brief
from goldthread.chapters.context import Context, read_context
from goldthread.chapters.glossary import glossary_of
from goldthread.chapters.measuring.agreement import Triangulated
from goldthread.chapters.measuring.groups import Groups
from goldthread.chapters.model import Assessment, Box, Chapter, Figure, Paragraph, Rows, Table
from goldthread.chapters.model.assessment import Partnership
from goldthread.evidence.definitions import definition
from goldthread.evidence.feeds import all_feeds
from tests.chapters.conftest import Assessed
from tests.chapters.evidence_of import evidence_of, monthly, street_rows

NOBODY = Context(Partnership("Saltmarsh Community Safety Partnership"))


@pytest.fixture(scope="module")
def open_data(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    """One year of open data and nothing else."""
    rows = street_rows({"Burglary": monthly("2025-01..2025-12", 12), "Drugs": monthly("2025-01..2025-12", 5)})
    with evidence_of(tmp_path_factory.mktemp("open"), rows, period="2025-01..2025-12") as evidence:
        return assess(evidence, read_context(None, "Saltmarsh"))


def chapter(assessment: Assessment, name: str) -> Chapter:
    return next(c for c in assessment.chapters if c.id == name)


def table(chapter: Chapter, name: str) -> Table:
    return next(b for b in chapter.blocks if isinstance(b, Table) and b.id == name)


def words(blocks: Sequence[object]) -> str:
    return " ".join(b.text for b in blocks if isinstance(b, Paragraph | Box))


# Do the sources agree?


def test_wards_are_counted_as_the_evidence_counts_them(assessed: Assessed) -> None:
    [(calls,)] = assessed.evidence.rows(
        "SELECT count(*) FROM incidents JOIN places USING (lsoa) WHERE feed = 'ambulance-assaults' "
        "AND ward_name = 'Harbourside' AND month BETWEEN '2025-01-01' AND '2025-12-01'"
    )
    figure = assessed.figure("triangulation.hidden-harbourside")
    assert figure.answer["calls"] == calls and figure.protected
    shown = table(assessed.chapter("triangulation"), "triangulation.hidden")
    assert next(r for r in shown.rows if r[0] == "Harbourside")[2] == calls
    assert sum(1 for r in shown.rows if r[-1] == "More than police records suggest") == 1


def test_the_rank_of_an_issue_is_its_place_among_what_a_source_counts(assessed: Assessed) -> None:
    shown = table(assessed.chapter("triangulation"), "triangulation.counted")
    police = {str(r[0]): float(str(r[3])) for r in shown.rows if r[1] == "Police"}
    ranks = table(assessed.chapter("triangulation"), "triangulation.ranks")
    for row in ranks.rows:
        if row[1] != "–":
            above = sum(n > police[str(row[0])] for n in police.values())
            assert row[1] == f"{above + 1} of {len(police)}"


def test_people_known_to_police_and_hospital_are_those_who_had_told_the_police(assessed: Assessed) -> None:
    [(both,)] = assessed.evidence.rows(
        "SELECT count(*) FROM incidents WHERE feed = 'emergency-department-assaults' "
        "AND list_contains(string_split(flags, ','), 'police informed') AND month BETWEEN '2025-01-01' AND '2025-12-01'"
    )
    figure = assessed.figure("triangulation.on-neither")
    assert figure.answer["both"] == both
    low, total, high = (float(figure.answer[k] or 0) for k in ("least", "total", "most"))
    assert low < total < high
    assert "guide to the size of what is unseen" in words(assessed.chapter("triangulation").blocks)


def test_one_source_alone_cannot_agree_and_the_chapter_says_so(open_data: Assessment) -> None:
    assert chapter(open_data, "triangulation").missing.startswith("Only one source was supplied")


def test_without_a_ward_that_stands_out_the_sentence_says_so(assessed: Assessed) -> None:
    brief = Brief(assessed.evidence, assessed.context)
    found = Triangulated(hidden=(), police_of="violence")
    assert triangulation.flagged(brief, found) == []


# Gaps and the law


def test_every_feed_that_did_not_come_is_a_gap_and_says_by_what_right_it_is_asked_for(open_data: Assessment) -> None:
    absent = table(chapter(open_data, "gaps"), "gaps.absent")
    titles = {r[0] for r in absent.rows}
    expected = {f.title for f in all_feeds() if f.kind not in ("population",) and f.name != "police-uk-street"}
    assert titles >= expected - {"Recorded crime in other areas"}
    rights = {str(r[0]): str(r[2]) for r in absent.rows}
    assert rights["Ambulance calls to assaults and other disorder"] == "By law: prescribed data set 12"
    assert rights["Licensed premises"].endswith("optional")
    register = table(chapter(open_data, "gaps"), "gaps.register")
    assert {f.title for f in all_feeds() if f.title in titles} <= {r[3] for r in register.rows}


def test_gaps_are_counted_by_who_could_mend_them(open_data: Assessment) -> None:
    by_owner = table(chapter(open_data, "gaps"), "gaps.by-owner")
    register = table(chapter(open_data, "gaps"), "gaps.register")
    assert sum(int(str(r[1])) for r in by_owner.rows) == len(register.rows)


def test_when_everything_came_the_register_says_so(assessed: Assessed) -> None:
    assert "all {{gaps.counted:feeds:n}} known data sets came" in words(assessed.chapter("gaps").blocks)


def test_each_matter_of_the_law_is_answered_or_says_why_not(assessed: Assessed, open_data: Assessment) -> None:
    whole = {str(r[0]): r for r in table(assessed.chapter("statutory"), "statutory.checklist").rows}
    assert all(r[1] == "Answered" for r in whole.values()) and len(whole) == 7
    few = {str(r[0]): r for r in table(chapter(open_data, "statutory"), "statutory.checklist").rows}
    change = next(r for matter, r in few.items() if matter.startswith("Changes in those"))
    assert change[1:] == ("Not answered", "No earlier months were supplied, so nothing can be compared.")
    levels = next(r for matter, r in few.items() if matter.startswith("An analysis"))
    assert levels[1] == "Answered in part" and "Nothing came on re-offending" in str(levels[2])


def test_the_twelve_prescribed_data_sets_are_named_with_what_came(assessed: Assessed, open_data: Assessment) -> None:
    grid = table(assessed.chapter("statutory"), "statutory.prescribed")
    assert [r[0] for r in grid.rows] == list(range(1, 13)) and all(r[3] == "Came" for r in grid.rows)
    few = table(chapter(open_data, "statutory"), "statutory.prescribed")
    assert all(r[3] == "Did not come" for r in few.rows)


# The equality lens


def test_people_of_each_group_are_counted_once_however_often_they_were_victims(assessed: Assessed) -> None:
    [(people,)] = assessed.evidence.rows(
        "SELECT count(DISTINCT person) FROM incidents WHERE feed = 'police-local-crime' AND ethnicity = 'Black' "
        "AND month BETWEEN '2025-01-01' AND '2025-12-01'"
    )
    shown = table(assessed.chapter("equality"), "equality.ethnic")
    assert next(r for r in shown.rows if r[0] == "Black")[1] == people and shown.protected


def test_groups_are_not_compared_when_too_few_have_a_known_group(assessed: Assessed) -> None:
    brief = Brief(assessed.evidence, assessed.context)
    brief.measured[Groups] = Groups(victims=1000, known=0.5)
    page = equality.write(brief, ())
    assert "less than four fifths" in words(page.blocks)
    assert not [b for b in page.blocks if isinstance(b, Table) and b.id == "equality.ethnic"]


def test_all_nine_characteristics_are_named_and_those_nobody_holds_are_a_gap(open_data: Assessment) -> None:
    page = chapter(open_data, "equality")
    assert len(table(page, "equality.held").rows) == 9
    assert len(page.gaps) == 1 and "sexual orientation" in page.gaps[0].what


# Caveats that insert themselves


def test_every_caveat_has_a_condition_or_is_carried_by_its_figures() -> None:
    known = {c["id"] for c in definition("caveats")["caveats"]}
    assert set(caveats.CONDITIONS) | caveats.CARRIED == known
    assert not set(caveats.CONDITIONS) & caveats.CARRIED


def figure(name: str, **answer: float) -> Figure:
    return Figure(name, "How many?", "goldthread.chapters.caveats.write", answer, Rows("incidents"))


def holds(caveat: str, made: Figure, where: str = "overview", facts: Facts | None = None) -> bool:
    facts = facts or Facts(frozenset(), {"Burglary": "police-uk-street"})
    brief = Brief.__new__(Brief)
    brief.measured = {}
    return caveats.CONDITIONS[caveat](brief, facts, Chapter(where, ""), made)


def test_a_caveat_holds_only_where_its_condition_is_true() -> None:
    few = figure("burglary.change", matched_before=12, matched_after=40)
    many = figure("burglary.change", matched_before=120, matched_after=140, low=-5.0, high=40.0)
    assert holds("small-numbers", few) and not holds("small-numbers", many)
    assert holds("may-be-chance", many) and not holds("may-be-chance", few)
    rose = figure("x.change", percent=30.0, stands=1)
    assert holds("reporting-may-explain-rise", rose, "domestic-abuse")
    assert not holds("reporting-may-explain-rise", rose, "overview")
    drugs = replace(figure("drugs.change"), rows=Rows("incidents", ("Drugs",)))
    assert holds("police-activity", drugs) and not holds("police-activity", many)
    flagged = replace(figure("x"), rows=Rows("incidents", where={"flag": "domestic"}))
    assert holds("flags-by-hand", flagged) and not holds("flags-by-hand", drugs)


def test_missing_months_and_midnight_hold_for_the_feeds_they_are_true_of() -> None:
    facts = Facts(frozenset(), {"Burglary": "police-uk-street"}, missing=frozenset({"police-uk-street"}))
    burglary = replace(figure("b"), rows=Rows("incidents", ("Burglary",)))
    other = replace(figure("f"), rows=Rows("incidents", where={"feed": "fire-incidents"}))
    assert holds("months-missing", burglary, facts=facts) and not holds("months-missing", other, facts=facts)
    facts = replace(facts, midnight=frozenset({"fire-incidents"}))
    when = replace(other, question="goldthread.analysis.times.clock")
    assert holds("clock-unknown", when, facts=facts) and not holds("clock-unknown", other, facts=facts)


def test_caveats_that_apply_stand_in_one_box_and_are_not_said_twice(assessed: Assessed) -> None:
    for page in assessed.assessment.chapters:
        boxes = [b for b in page.blocks if isinstance(b, Box) and b.title == caveats.BOX]
        assert len(boxes) <= 1, page.id
        twice = [s for s in caveats.sentences().values() if words(boxes).count(s) > 1]
        assert twice == [], page.id


def test_a_chapter_that_says_its_caveats_is_left_as_it_is() -> None:
    said = caveats.sentences()["small-numbers"]
    page = Chapter("x", "Few", (Paragraph(text=said),), (figure("x.change", matched_before=3, matched_after=2),))
    found = caveats.Applying({}, {"x": ("small-numbers",)})
    assert caveats.inserted([page], found) == [page]
    silent = replace(page, blocks=(Paragraph(text="Nothing."),))
    [box] = caveats.inserted([silent], found)[0].blocks[1:]
    assert isinstance(box, Box) and box.text == said


def test_the_caveats_of_figures_are_sentences(assessed: Assessed) -> None:
    known = set(caveats.sentences())
    for name, made in assessed.assessment.figures.items():
        assert [c for c in made.caveats if c in known] == [], name


def test_the_stop_and_search_month_that_did_not_come_is_said_in_its_chapter(assessed: Assessed) -> None:
    assert caveats.sentences()["months-missing"] in words(assessed.chapter("stop-and-search").blocks)


# Methods and words


def test_every_figure_names_a_function_that_says_what_it_does(assessed: Assessed) -> None:
    for question in {f.question for f in assessed.assessment.figures.values()}:
        assert methods.method_of(question).asks, question


def test_a_figure_that_names_no_function_is_found_out() -> None:
    with pytest.raises(LookupError, match="There is no function"):
        methods.method_of("goldthread.analysis.nothing.here")


def test_a_method_is_told_in_its_parts() -> None:
    told = methods.method_of("goldthread.analysis.surveys.kish")
    assert told.asks.startswith("By how much do unequal weights alone widen an interval?")
    assert "Kish (1965)" in told.source
    assert methods.method_of("goldthread.analysis.peers.compare").limits.startswith("Rates are per resident")


def test_the_annex_says_how_many_tests_were_corrected_together_and_what_the_data_could_not_bear(
    assessed: Assessed,
) -> None:
    page = assessed.chapter("methods")
    said = words(page.blocks)
    assert re.search(r"\d+ changes were tested and all were corrected together", said)
    assert re.search(r"\d+ tests of how things stand .* were corrected in a family of their own", said)
    refused = {feed: str(r[2]) for r in table(page, "methods.refused").rows for feed in str(r[0]).split("; ")}
    street = refused["Street-level crime and anti-social behaviour (data.police.uk)"]
    assert "whether one is soon followed by another nearby" in street and "who suffers again" in street


def test_the_glossary_has_the_words_that_are_used_and_no_others(assessed: Assessed) -> None:
    terms = assessed.assessment.glossary
    assert {"ASB", "MARAC", "LSOA", "Rate"} <= set(terms)
    assert glossary_of([Chapter("x", "A word", (Paragraph(text="Nothing here."),))]) == {}


def test_gaps_and_law_need_no_chapter_to_be_written(assessed: Assessed) -> None:
    assert gaps.write(Brief(assessed.evidence, NOBODY), ()).blocks
    assert statutory.ANSWERED_IN["SA-e"] == ("residents", "voices")
