"""What an edition shows: its own blocks, numbers said once and alike, and what stands behind each."""

from dataclasses import replace

import pytest

from goldthread.chapters.model import (
    ANALYST,
    Chapter,
    Edition,
    Paragraph,
    Rows,
)
from goldthread.chapters.words import WordsError, plain
from goldthread.editions.prepared import (
    PreparedBullets,
    PreparedFinding,
    PreparedTable,
    PreparedText,
    PreparedTiles,
    rows_in_words,
)
from tests.editions.sample import sample
from tests.editions.shown import document, only, with_blocks, words_of

EVERYONE = frozenset(Edition)


def test_the_analyst_edition_has_every_chapter_in_order_and_numbered() -> None:
    shown = document(Edition.ANALYST)
    titles = [section.title for section in shown.sections]
    assert titles[0] == "Key findings"
    assert [t for t in titles if t in {c.title for c in sample().chapters}] == [c.title for c in sample().chapters]
    numbers = "The numbers behind the charts and maps"
    assert titles[-5:] == ["Recommendations", "What we do not know", "Sources", "Glossary", numbers]
    assert {section.title for section in shown.sections if section.annex} == {"Glossary", numbers}
    assert [section.number for section in shown.sections] == [str(at + 1) for at in range(len(titles))]


def test_a_chapter_without_data_says_so_in_one_line() -> None:
    [section] = [section for section in document(Edition.ANALYST).sections if section.id == "ambulance"]
    assert "No ambulance data came" in repr(section.blocks)


def test_an_edition_shows_only_its_own_blocks() -> None:
    for edition in Edition:
        assessment = with_blocks(
            Paragraph(text="For all.", editions=EVERYONE), Paragraph(text="For one.", editions=frozenset({edition}))
        )
        for other in Edition:
            assert ("For one." in words_of(document(other, assessment))) == (other is edition)


def test_the_executive_edition_keeps_the_first_fifteen_findings_each_with_what_so_what_and_what_to_do() -> None:
    many = tuple(replace(sample().findings[0], id=f"f{at}", harm=at / 40) for at in range(39, -1, -1))
    cards = only(document(Edition.EXECUTIVE, replace(sample(), findings=many)), PreparedFinding)
    assert [card.id for card in cards if isinstance(card, PreparedFinding)] == [f"f{at}" for at in range(39, 24, -1)]
    assert all(isinstance(c, PreparedFinding) and c.statement and c.so_what and c.recommendation for c in cards)


def test_the_executive_edition_opens_with_headline_numbers_and_ends_with_gaps_and_pictures() -> None:
    shown = document(Edition.EXECUTIVE)
    [tiles] = only(shown, PreparedTiles)
    assert isinstance(tiles, PreparedTiles)
    assert [(tile.label, tile.value, tile.change) for tile in tiles.tiles][:2] == [
        ("Violence and sexual offences", "4,212", "up 5%"),
        ("Burglary", "1,234", "up 12%"),
    ]
    assert [section.title for section in shown.sections[-2:]] == ["What we do not know", "In pictures"]


def test_the_executive_edition_names_eight_gaps_and_counts_the_others() -> None:
    many = tuple(replace(sample().gaps[0], what=f"Gap {at}") for at in range(11))
    text = words_of(document(Edition.EXECUTIVE, replace(sample(), gaps=many)))
    assert "Gap 7" in text
    assert "Gap 8" not in text
    assert "three more gaps" in text


def test_the_members_edition_answers_their_questions() -> None:
    titles = [section.title for section in document(Edition.MEMBER).sections]
    assert titles == [
        "In short",
        "What has changed, theme by theme",
        "What residents told us",
        "Recommendations",
        "Questions you may want to ask",
        "What we do not know",
    ]


def test_members_are_offered_questions_that_fit_the_finding() -> None:
    doubtful = replace(sample().findings[0], certainty=0.3)
    harmful = replace(sample().findings[1], harm=0.9, certainty=0.9)
    text = words_of(document(Edition.MEMBER, replace(sample(), findings=(doubtful, harmful))))
    assert "How sure can we be" in text
    assert "those who are harmed most" in text


def syllables(word: str) -> int:
    vowels = sum(1 for at, c in enumerate(word) if c in "aeiouy" and (at == 0 or word[at - 1] not in "aeiouy"))
    return max(1, vowels - (word.endswith("e") and not word.endswith("le")))


def test_the_public_edition_is_short_and_can_be_read_at_eleven() -> None:
    shown = document(Edition.PUBLIC)
    sentences = [
        sentence
        for section in shown.sections
        for block in section.blocks
        for runs in (block.items if isinstance(block, PreparedBullets) else (getattr(block, "runs", ()),))
        for sentence in plain(runs).split(". ")
    ]
    found = [[w for w in "".join(c if c.isalpha() else " " for c in s).lower().split()] for s in sentences]
    count = sum(map(len, found))
    grade = 0.39 * count / len(sentences) + 11.8 * sum(syllables(w) for s in found for w in s) / count - 15.59
    assert count < 400
    assert grade <= 6.0  # Flesch-Kincaid: the sixth American school year is eleven years of age.


def test_numbers_are_identical_in_every_edition() -> None:
    for edition in (Edition.ANALYST, Edition.EXECUTIVE, Edition.MEMBER):
        tables = [t for t in only(document(edition), PreparedTable) if isinstance(t, PreparedTable)]
        [year] = [table for table in tables if table.id == "year-on-year"]
        assert year.rows[1] == ("Burglary", "1,102", "1,234", "132", "+12.0%", "13.4")


def test_a_number_in_a_sentence_keeps_its_figure() -> None:
    [text] = [
        block
        for section in document(Edition.ANALYST).sections
        if section.id == "year-on-year"
        for block in section.blocks
        if isinstance(block, PreparedText)
    ]
    assert [(run.text, run.figure) for run in text.runs if run.figure] == [("a rise of 12%", "burglary.change")]


def test_the_analyst_edition_carries_what_is_behind_each_quoted_number() -> None:
    shown = {figure.id: figure for figure in document(Edition.ANALYST).figures}
    burglary = shown["burglary.change"]
    assert burglary.question == "analysis.change.rate_ratio"
    assert burglary.rows == "counts: Burglary; January to December 2025"
    assert ("now", "1,234") in burglary.answer
    assert document(Edition.EXECUTIVE).figures == ()


def test_a_caveat_that_is_named_is_said_in_full() -> None:
    named = replace(sample().figures["burglary.change"], caveats=("recorded-not-all", "Said in full here."))
    whole = replace(sample(), figures={**sample().figures, named.id: named})
    shown = {figure.id: figure for figure in document(Edition.ANALYST, whole).figures}
    assert shown[named.id].caveats == (
        "Recorded crime is what was reported and recorded; it is not all crime.",
        "Said in full here.",
    )


def test_recommendations_stand_once_though_a_chapter_has_them_too() -> None:
    chapter = Chapter("recommendations", "Recommendations", (Paragraph(text="As a chapter.", editions=EVERYONE),))
    whole = replace(sample(), chapters=(*sample().chapters, chapter))
    for edition in (Edition.EXECUTIVE, Edition.MEMBER):
        shown = document(edition, whole)
        assert [section.title for section in shown.sections].count("Recommendations") == 1
        assert "As a chapter." not in words_of(shown)
    assert "As a chapter." in words_of(document(Edition.ANALYST, whole))


def test_an_unknown_figure_is_an_error_that_names_it() -> None:
    with pytest.raises(WordsError, match=r"no\.such"):
        document(Edition.ANALYST, with_blocks(Paragraph(text="{{no.such:n:n}}")))


def test_the_report_control_box_says_what_this_is() -> None:
    control = dict(document(Edition.ANALYST).control)
    assert control["Period"] == "January to December 2025"
    assert control["Compared with"] == "January to December 2024"
    assert control["Protective marking"] == "OFFICIAL"
    assert control["Area"] == "Saltmarsh (X06000001), Morfa Heli"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (Rows("incidents"), "incidents: every row"),
        (Rows("counts", ("Burglary", "Robbery"), ("2025-01", "2025-01")), "counts: Burglary and Robbery; January 2025"),
        (Rows("answers", places=("a", "b", "c", "d")), "answers: 4 small areas"),
        (Rows("counts", where={"reporter": "BTP"}), "counts: reporter is BTP"),
    ],
)
def test_the_rows_behind_a_figure_are_said(rows: Rows, said: str) -> None:
    assert rows_in_words(rows) == said


def test_analyst_blocks_are_the_default() -> None:
    assert Paragraph(text="").editions == ANALYST
