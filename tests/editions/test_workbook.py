"""The data annex: numbers as numbers, small ones withheld, and every sheet found from the first."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from goldthread.chapters.model import Chapter, Column, Edition, Table
from goldthread.editions.prepared import prepare
from goldthread.editions.tabulated import NOT_AVAILABLE, WITHHELD, Annex, DataTable, annex_of
from goldthread.editions.workbook import write_workbook
from goldthread.evidence.disclosure import rule_for
from tests.editions.made import MADE_ON
from tests.editions.sample import sample


def annex(edition: str = "public") -> Annex:
    return annex_of(sample(), rule_for(edition))


def book(one: Annex) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_workbook(one, MADE_ON)))


def sheet_of(workbook: openpyxl.Workbook, table: DataTable) -> Worksheet:
    found = [sheet for sheet in workbook.worksheets if sheet["A1"].value == table.title]
    assert len(found) == 1, table.title
    return found[0]


@pytest.mark.parametrize("edition", ["public", "member"])
def test_every_sheet_read_back_is_its_table(edition: str) -> None:
    one = annex(edition)
    workbook = book(one)
    assert len(one.tables) > 10
    for table in one.tables:
        sheet = sheet_of(workbook, table)
        top = int(sheet.freeze_panes[1:]) - 1
        assert [cell.value for cell in sheet[top]] == [column.title for column in table.columns]
        rows = list(sheet.iter_rows(min_row=top + 1, values_only=True))
        assert len(rows) == len(table.rows)
        for ours, theirs in zip(table.rows, rows, strict=True):
            assert [value if value != "" else None for value in ours] == pytest.approx(list(theirs))


def test_numbers_are_numbers_with_formats_and_not_words() -> None:
    one = annex()
    table = next(table for table in one.tables if table.id == "year-on-year")
    sheet = sheet_of(book(one), table)
    first = int(sheet.freeze_panes[1:])
    kinds = [type(cell.value) for cell in sheet[first]]
    assert kinds == [str, int, int, int, float, float]
    forms = [cell.number_format for cell in sheet[first]][1:]
    assert forms == ["#,##0", "#,##0", "#,##0", '+0.0"%";−0.0"%";0.0"%"', "#,##0.0"]


def test_withheld_cells_are_marked_and_explained_and_the_first_sheet_says_by_whose_rule() -> None:
    one = annex("member")
    workbook = book(one)
    table = next(table for table in one.tables if table.id == "hate-crime")
    shown = [value for row in sheet_of(workbook, table).iter_rows(values_only=True) for value in row]
    assert shown.count(WITHHELD) == sum(row.count(WITHHELD) for row in table.rows) > 0
    assert any(isinstance(value, str) and "[c] confidential" in value for value in shown)
    about = [sheet_row[0] for sheet_row in workbook.worksheets[0].iter_rows(values_only=True)]
    assert any("rule of the member edition, which withholds counts below 5" in str(line) for line in about)
    assert f"Evidence fingerprint: {sample().fingerprint}" in about


def test_what_the_annex_withholds_is_what_its_edition_withholds() -> None:
    rule = rule_for("member")
    document = prepare(sample(), Edition.ANALYST, rule)
    printed = {block.id: block for section in document.sections for block in section.blocks if hasattr(block, "rows")}
    ours = {table.id: table for table in annex("member").tables}
    for name in ("hate-crime", "year-on-year", "priorities"):
        marks = [[cell == rule.mark for cell in row] for row in printed[name].rows]
        assert marks == [[cell == WITHHELD for cell in row] for row in ours[name].rows]


def test_where_counts_are_rounded_nothing_worked_out_from_them_is_more_exact_than_in_print() -> None:
    table = next(table for table in annex("public").tables if table.id == "hate-crime")
    counts = [value for row in table.rows for value in row[1:3] if value != WITHHELD]
    shares = [row[3] for row in table.rows if row[3] != WITHHELD]
    assert counts
    assert all(isinstance(count, int) and count % 5 == 0 for count in counts)
    assert all(float(share).is_integer() for share in shares)
    assert "rounded to the nearest 5" in table.note


def test_the_first_sheet_links_to_every_other() -> None:
    workbook = book(annex())
    linked = [row[0].hyperlink for row in workbook.worksheets[0].iter_rows() if row[0].hyperlink]
    links = {str(link.location).split("'!")[0].strip("'") for link in linked}
    assert links == {sheet.title for sheet in workbook.worksheets[1:]}
    assert [sheet.title for sheet in workbook.worksheets[-2:]] == ["Figures", "Sources"]


def test_figures_have_their_question_their_answer_and_their_rows() -> None:
    rows = {row[0]: row for row in book(annex("member"))["Figures"].iter_rows(min_row=3, values_only=True)}
    assert set(rows) == set(sample().figures)
    burglary = rows["burglary.change"]
    assert burglary[1] == "Did burglary change between 2024 and 2025, beyond what chance would give?"
    assert "now = 1,234" in burglary[2]
    assert burglary[3] == "counts: Burglary; January to December 2025"
    assert "male = [c]" in rows["marac.cases"][2]


def strange() -> Annex:
    """An annex whose words are those that spreadsheets run, and whose titles are those that they refuse."""
    table = Table(
        id="strange",
        title="A title / with : every * character [that] Excel ? refuses, and far too long",
        columns=(Column("a", "=1+1"), Column("n", "Number", "count"), Column("m", "Month", "month")),
        rows=(("=HYPERLINK(1)", None, "2025-01"), ("https://example.org", 7, None)),
        source="=cmd",
    )
    twin = replace(table, id="twin")
    chapter = Chapter("strange", "Strange", (table, twin))
    return annex_of(replace(sample(), chapters=(chapter,)), rule_for("public"))


def test_words_that_look_like_formulas_or_links_stay_words_and_sheet_names_differ() -> None:
    workbook = book(strange())
    sheets = workbook.worksheets[1:3]
    assert len({sheet.title.casefold() for sheet in workbook.worksheets}) == len(workbook.worksheets)
    assert all(len(sheet.title) <= 31 for sheet in workbook.worksheets)
    for sheet in sheets:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert all(cell.data_type in "sn" and cell.hyperlink is None for cell in cells)
        values = [cell.value for cell in cells]
        assert "=HYPERLINK(1)" in values
        assert values.count(NOT_AVAILABLE) == 2


def test_the_same_data_give_the_same_bytes() -> None:
    assert write_workbook(annex(), MADE_ON) == write_workbook(annex(), MADE_ON)
