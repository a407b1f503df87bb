"""What an edition shows: its own blocks, numbers said once and alike, and nothing that gives a person away."""

from dataclasses import replace

import pytest

from goldthread.chapters.model import (
    ANALYST,
    Assessment,
    Chapter,
    Chart,
    Column,
    Edition,
    Figure,
    Map,
    Paragraph,
    Rows,
    Series,
    Table,
)
from goldthread.chapters.words import WordsError, plain
from goldthread.editions.prepared import (
    Document,
    PreparedBullets,
    PreparedChart,
    PreparedFinding,
    PreparedMap,
    PreparedTable,
    PreparedText,
    PreparedTiles,
    prepare,
    rows_in_words,
)
from goldthread.editions.remembering import remembered
from goldthread.evidence.disclosure import Ledger, NotAdditive, rule_for
from tests.editions.sample import sample

EVERYONE = frozenset(Edition)


def document(edition: Edition, assessment: Assessment | None = None) -> Document:
    return prepare(assessment or sample(), edition, rule_for(edition.value))


def with_blocks(*blocks: Paragraph | Table | Chart | Map, figures: tuple[Figure, ...] = ()) -> Assessment:
    chapter = Chapter("one", "One", blocks)
    return replace(sample(), chapters=(chapter,), findings=(), figures={figure.id: figure for figure in figures})


def words_of(document: Document) -> str:
    """Everything an edition says, in one string."""
    said: list[str] = [document.title, document.subtitle, document.footer]
    for section in document.sections:
        said.append(section.title)
        for block in section.blocks:
            said.append(repr(block) if not isinstance(block, PreparedText) else plain(block.runs))
    return "\n".join(said)


def only(document: Document, kind: type) -> list[object]:
    return [block for section in document.sections for block in section.blocks if isinstance(block, kind)]


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


# What may not be shown.


def survey(**answer: float) -> Figure:
    return Figure(
        "care.referrals", "How many?", "q", answer, Rows("measures"), protected=True, count_keys=tuple(answer)
    )


@pytest.mark.parametrize("edition", [Edition.EXECUTIVE, Edition.MEMBER, Edition.PUBLIC])
def test_a_small_number_in_a_sentence_is_withheld(edition: Edition) -> None:
    figure = replace(survey(n=3), count_keys=("n",))
    block = Paragraph(text="There were {{care.referrals:n:n}} referrals.", editions=EVERYONE)
    assert "There were fewer than 5 referrals." in words_of(document(edition, with_blocks(block, figures=(figure,))))


def test_what_is_worked_out_from_a_small_number_is_withheld_with_it() -> None:
    figure = replace(survey(n=3, of=120, share=2.5), count_keys=("n", "of"))
    block = Paragraph(text="{{care.referrals:share:pct1}} of {{care.referrals:of:n}}.", editions=EVERYONE)
    text = words_of(document(Edition.EXECUTIVE, with_blocks(block, figures=(figure,))))
    assert "a number that is withheld of 120." in text


def test_a_sentence_does_not_give_a_small_number_back_by_subtraction() -> None:
    figure = survey(boys=3, girls=117, all=120)
    block = Paragraph(
        text="{{care.referrals:boys:n}}; {{care.referrals:girls:n}}; {{care.referrals:all:n}}.", editions=EVERYONE
    )
    text = words_of(document(Edition.EXECUTIVE, with_blocks(block, figures=(figure,))))
    assert "120" in text
    assert "117" not in text


def test_a_share_that_two_shown_counts_give_anyway_is_shown() -> None:
    text = words_of(document(Edition.MEMBER))
    assert "61 of them repeats (28.8%); a number that is withheld had a male victim" in text


HATE = Table(
    id="hate",
    title="Hate crime",
    columns=(
        Column("strand", "Strand"),
        Column("n", "Crimes", "count"),
        Column("share", "Share", "percent", ("n",)),
    ),
    rows=(("Race", 131, 70.8), ("Religion", 12, 6.5), ("Disability", 3, 1.6), ("All", 146, 100.0)),
    source="s",
    protected=True,
    total_row=True,
    editions=EVERYONE,
    figures=("care.referrals",),
)


def rows(document: Document) -> tuple[tuple[str, ...], ...]:
    [table] = [t for t in only(document, PreparedTable) if isinstance(t, PreparedTable) and t.id == "hate"]
    return table.rows


def test_a_small_cell_is_withheld_with_another_that_would_give_it_back() -> None:
    shown = rows(document(Edition.EXECUTIVE, with_blocks(HATE)))
    assert shown[2] == ("Disability", "[c]", "[c]")
    assert shown[1] == ("Religion", "[c]", "[c]")
    assert shown[3] == ("All", "146", "100.0%")


def test_the_note_of_a_table_explains_its_marks() -> None:
    [table, *_] = only(document(Edition.EXECUTIVE, with_blocks(HATE)), PreparedTable)
    assert isinstance(table, PreparedTable)
    assert table.note == "[c] means withheld so that no one can be identified."


def test_the_analyst_sees_the_small_cell_with_a_mark() -> None:
    assert rows(document(Edition.ANALYST, with_blocks(HATE)))[2] == ("Disability", "3*", "1.6%")


def test_the_public_edition_rounds_what_it_shows() -> None:
    shown = rows(document(Edition.PUBLIC, with_blocks(HATE)))
    assert shown[0] == ("Race", "130", "71%")
    assert shown[3][1] == "145"


def test_a_sentence_does_not_quote_what_a_table_withholds() -> None:
    figure = replace(survey(religion=12), count_keys=("religion",))
    block = Paragraph(text="Religion: {{care.referrals:religion:n}}.", editions=EVERYONE)
    text = words_of(document(Edition.EXECUTIVE, with_blocks(HATE, block, figures=(figure,))))
    assert "Religion: a number that is withheld." in text


def test_a_table_that_does_not_add_up_is_named() -> None:
    wrong = replace(HATE, rows=(*HATE.rows[:-1], ("All", 999, 100.0)))
    with pytest.raises(NotAdditive, match="hate"):
        document(Edition.EXECUTIVE, with_blocks(wrong))


def test_two_releases_cannot_be_subtracted() -> None:
    rule = rule_for("executive")
    first = with_blocks(HATE)
    ledger = remembered(first, rule, Ledger())
    fewer = replace(with_blocks(replace(HATE, rows=HATE.rows[:2], total_row=False)), fingerprint="another")
    alone = prepare(fewer, Edition.EXECUTIVE, rule)
    beside = prepare(fewer, Edition.EXECUTIVE, rule, ledger)
    assert rows(alone)[1] == ("Religion", "12", "6.5%")
    assert rows(beside)[1] == ("Religion", "[c]", "[c]")
    assert rows(beside)[0] == ("Race", "131", "70.8%")


def test_the_same_release_written_again_withholds_nothing_more() -> None:
    rule = rule_for("executive")
    ledger = remembered(with_blocks(HATE), rule, Ledger())
    assert rows(prepare(with_blocks(HATE), Edition.EXECUTIVE, rule, ledger)) == rows(
        document(Edition.EXECUTIVE, with_blocks(HATE))
    )


def test_the_ledger_knows_which_months_a_column_covers() -> None:
    compared = replace(
        HATE,
        columns=(Column("strand", "Strand"), Column("before", "2024", "count"), Column("now", "2025", "count")),
        rows=(("Race", 118, 131), ("All", 118, 131)),
    )
    [table] = remembered(with_blocks(compared), rule_for("executive"), Ledger()).tables
    assert table.dimensions == ("Strand", "month")
    assert table.columns[0][0] == "2024-01"
    assert table.columns[1][-1] == "2025-12"
    assert table.rows == (("Race",), ("Race",))


def bars(y: tuple[float | None, ...], table: Table | None = None) -> Chart:
    return Chart(
        id="c",
        kind="bars",
        title="C",
        describes="d",
        series=(Series("Crimes", ("Race", "Religion", "Disability"), y),),
        source="s",
        table=table,
        protected=True,
        editions=EVERYONE,
    )


def shown_chart(chart: Chart, edition: Edition = Edition.EXECUTIVE) -> PreparedChart:
    [made] = only(document(edition, with_blocks(chart)), PreparedChart)
    assert isinstance(made, PreparedChart)
    return made


def test_a_chart_drops_what_its_table_withholds_and_says_so() -> None:
    made = shown_chart(bars((131.0, 12.0, 3.0), HATE))
    assert made.chart.series[0].y == (131.0, None, None)
    assert made.note == "Two small or revealing values are withheld."


def test_a_chart_of_rates_follows_the_counts_of_its_table() -> None:
    made = shown_chart(bars((70.8, 6.5, 1.6), HATE))
    assert made.chart.series[0].y == (70.8, None, None)


def test_a_chart_of_counts_without_a_table_is_protected_by_itself() -> None:
    made = shown_chart(bars((131.0, 12.0, 3.0)))
    assert made.chart.series[0].y == (131.0, None, None)
    assert ("Disability", "[c]") in made.table.rows


def test_rates_that_no_table_vouches_for_are_withheld() -> None:
    assert shown_chart(bars((70.8, 6.5, 1.6))).chart.series[0].y == (None, None, None)


def test_a_protected_chart_protects_its_table_too() -> None:
    open_table = replace(HATE, protected=False)
    made = shown_chart(bars((131.0, 12.0, 3.0), open_table))
    assert made.chart.series[0].y == (131.0, None, None)
    assert made.table.rows[2][1] == "[c]"


def test_the_analyst_chart_is_whole() -> None:
    assert shown_chart(bars((131.0, 12.0, 3.0), HATE), Edition.ANALYST).chart.series[0].y == (131.0, 12.0, 3.0)


def test_every_chart_and_map_has_a_table_behind_it() -> None:
    for block in only(document(Edition.ANALYST), PreparedChart) + only(document(Edition.ANALYST), PreparedMap):
        assert isinstance(block, PreparedChart | PreparedMap)
        assert block.table.rows, block.id


def test_a_map_drops_small_areas_and_another_where_one_would_be_given_back() -> None:
    [map_] = [block for block in only(document(Edition.MEMBER), PreparedMap) if isinstance(block, PreparedMap)]
    original = next(b for c in sample().chapters for b in c.blocks if isinstance(b, Map) and b.id == map_.id)
    small = {code for code, value in original.values.items() if 0 < value < 5}
    assert small <= set(map_.withheld)
    assert not set(map_.map.values) & set(map_.withheld)
    assert map_.note.endswith("numbers there are small or revealing.")


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
