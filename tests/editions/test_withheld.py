"""Nothing that an edition shows gives a person away: words, tables, charts, maps, and one release beside another."""

from dataclasses import replace

import pytest

from goldthread.chapters.model import (
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
from goldthread.editions.prepared import (
    Document,
    PreparedChart,
    PreparedMap,
    PreparedTable,
    prepare,
)
from goldthread.editions.remembering import remembered
from goldthread.evidence.disclosure import Ledger, NotAdditive, rule_for
from tests.editions.sample import sample
from tests.editions.shown import document, only, with_blocks, words_of

EVERYONE = frozenset(Edition)


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
