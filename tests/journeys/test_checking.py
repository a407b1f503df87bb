"""A partner's data officer asks whether a file is fit to send."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.chapters.evidence_of import street_row, write_rows
from tests.journeys.command import goldthread, refused


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A file with two bad rows, one of them twice bad, and a cell that a spreadsheet would run."""
    rows = [street_row(i, "2025-01", "Burglary") for i in range(4)]
    rows[1] |= {"Month": "Janvier", "Longitude": "200"}
    rows[3] |= {"LSOA code": '=HYPERLINK("[red]x")'}
    return write_rows(tmp_path / "street.csv", rows)


def test_a_good_file_is_fit_to_send(files: Path, tmp_path: Path) -> None:
    good = write_rows(tmp_path / "street.csv", [street_row(i, "2025-01", "Burglary") for i in range(3)])
    done = goldthread("check", good)
    assert (done.code, done.err) == (0, "")
    assert "street.csv: police-uk-street. 3 rows, 0 refused." in done.out
    assert "fit to send" in done.out


def test_each_problem_is_shown_by_line_with_whose_job_it_is(bad: Path) -> None:
    done = goldthread("check", bad)
    assert done.code == 1
    assert "4 rows, 2 refused" in done.out
    for said in ("Month", "Janvier", "a month, such as 2025-01", "Longitude", '=HYPERLINK("[red]x")'):
        assert said in done.out


def test_problems_are_written_to_a_file_that_a_spreadsheet_opens_safely(bad: Path, tmp_path: Path) -> None:
    done = goldthread("check", bad, "--problems", tmp_path / "problems.csv", "--quiet")
    assert (done.code, done.out, done.err) == (1, "", "")
    with (tmp_path / "problems.csv").open(encoding="utf-8-sig", newline="") as rows:
        problems = list(csv.DictReader(rows))
    assert list(problems[0]) == ["file", "line", "column", "found", "expected", "whose job"]
    assert [(p["line"], p["column"]) for p in problems] == [("3", "Longitude"), ("3", "Month"), ("5", "LSOA code")]
    assert problems[2]["found"] == '\'=HYPERLINK("[red]x")'


def test_json_says_the_same(bad: Path) -> None:
    done = goldthread("check", bad, "--json")
    answer = json.loads(done.out)
    assert (done.code, answer["feed"], answer["rows"], answer["kept"]) == (1, "police-uk-street", 4, 2)
    assert answer["refused"] == 2
    assert len(answer["problems"]) == 3


def test_a_file_without_a_column_that_it_must_have_is_not_fit(bad: Path, tmp_path: Path) -> None:
    rows = list(csv.DictReader(bad.read_text(encoding="utf-8").splitlines()))
    short = write_rows(
        tmp_path / "s.csv",
        [{k: v for k, v in r.items() if k != "Month"} for r in rows[:1]],
        [k for k in rows[0] if k != "Month"],
    )
    done = goldthread("check", short)
    assert done.code == 1
    assert "a column called “Month”" in done.out


def test_a_file_with_no_rows_is_not_fit(tmp_path: Path) -> None:
    done = goldthread("check", write_rows(tmp_path / "street.csv", []))
    assert done.code == 1
    assert "nothing to send" in done.out


def test_a_file_that_no_feed_describes_and_a_feed_that_there_is_not(tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("name,colour\na,red\n", encoding="utf-8")
    refused(goldthread("check", tmp_path / "odd.csv"), 3, "odd.csv", "no feed describes", "goldthread feeds")
    done = goldthread("check", tmp_path / "odd.csv", "--feed", "fires")
    assert done.code == 2
    assert "There is no feed called “fires”" in done.err


def test_problems_that_cannot_be_written_are_said_to_be(bad: Path, tmp_path: Path) -> None:
    refused(goldthread("check", bad, "--problems", tmp_path / "nowhere/p.csv"), 5, "could not be written")
