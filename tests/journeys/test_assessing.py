"""An analyst gives files and an area, gets an assessment, and follows a figure to the rows it came from."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from goldthread.evidence.store import Evidence
from tests.chapters.evidence_of import street_row, street_rows, write_rows
from tests.journeys.command import Told, goldthread, left_in, refused
from tests.journeys.conftest import SERIES, assess

EDITIONS = ("analyst", "executive", "member", "public")
PROMISED = {"fingerprint", "area", "period", "files", "counts", "missing_months"}


@pytest.fixture(scope="session")
def told(assessed: Path) -> dict[str, object]:
    """What `goldthread evidence --json` says of it."""
    answer = goldthread("evidence", assessed / "evidence.duckdb", "--json")
    assert answer.code == 0
    return dict(json.loads(answer.out))


def test_every_promised_output_is_there_and_nothing_else(assessed: Path) -> None:
    promised = {f"{e}.{form}" for e in EDITIONS for form in ("html", "pdf", "docx", "odt")}
    promised |= {"evidence.duckdb", "assessment.json", "data.xlsx", "data", "published.json"}
    assert {path.name for path in assessed.iterdir()} == promised
    assert (assessed / "data/datapackage.json").is_file()
    assert len(list((assessed / "data").glob("*.csv"))) > 3
    assert all(path.stat().st_size > 500 for path in assessed.iterdir() if path.suffix != ".json")


def test_the_person_is_told_what_was_received_and_what_to_read_first(assessed: Path) -> None:
    said = (assessed.parent / "journeys-assessed.err").read_text(encoding="utf-8")
    assert "1 file: " in said
    assert "1 refused, 2 outside the area." in said
    assert "Read first: " in said


def test_evidence_answers_with_the_promised_keys_and_reconciles(told: dict[str, object]) -> None:
    assert set(told) == PROMISED
    [file] = told["files"]  # type: ignore[misc]
    assert set(file) == {"name", "feed", "rows", "kept", "refused", "other_area", "sha256"}
    assert file["rows"] == file["kept"] + file["refused"] + file["other_area"]
    assert (file["feed"], file["refused"], file["other_area"]) == ("police-uk-street", 1, 2)


def test_the_counts_add_up_to_the_rows_that_were_kept(told: dict[str, object], files: Path) -> None:
    counts = told["counts"]
    assert all(set(c) == {"series", "month", "n"} for c in counts)  # type: ignore[attr-defined]
    assert sum(c["n"] for c in counts) == sum(f["kept"] for f in told["files"])  # type: ignore[attr-defined]
    with (files / "street.csv").open(encoding="utf-8", newline="") as rows:
        burglaries = sum(r["Crime type"] == "Burglary" and r["Month"] == "2024-03" for r in csv.DictReader(rows))
    assert {"series": "Burglary", "month": "2024-03", "n": burglaries} in counts  # type: ignore[operator]


def test_a_figure_is_followed_to_its_file_and_lines_and_on_to_what_rests_on_it(assessed: Path, files: Path) -> None:
    record = json.loads((assessed / "assessment.json").read_text(encoding="utf-8"))
    finding = next(f for f in record["findings"] if f["figures"])
    figure = next(f for f in finding["figures"] if record["figures"][f]["rows"]["table"] == "incidents")
    walked = goldthread("thread", figure, "--in", assessed, "--json")
    assert walked.code == 0, walked.err
    answer = json.loads(walked.out)
    assert answer["figure"]["id"] == figure
    assert finding["id"] in answer["rests_on_it"]["findings"]
    [file] = answer["files"]
    assert (file["name"], file["feed"]) == ("street.csv", "police-uk-street")
    lines = (files / "street.csv").read_text(encoding="utf-8").splitlines()
    series = answer["figure"]["rows"]["series"]
    assert all(any(s in lines[int(at) - 1] for s in series) for at in file["lines"].removesuffix(" …").split(", "))


def test_a_finding_is_followed_both_ways(assessed: Path) -> None:
    record = json.loads((assessed / "assessment.json").read_text(encoding="utf-8"))
    asked = next(r for r in record["recommendations"] if r["findings"])
    walked = goldthread("thread", asked["findings"][0], "--in", assessed)
    assert walked.code == 0, walked.err
    assert "Rests on" in walked.out
    assert "street.csv" in walked.out
    assert asked["text"][:30] in walked.out


def test_an_id_that_is_not_there_is_offered_the_nearest(assessed: Path) -> None:
    record = json.loads((assessed / "assessment.json").read_text(encoding="utf-8"))
    real = next(iter(record["figures"]))
    refused(goldthread("thread", f"{real}x", "--in", assessed), 2, f"“{real}x”", real)


def test_a_figure_is_not_followed_into_other_evidence(assessed: Path, reference: Path, tmp_path: Path) -> None:
    write_rows(tmp_path / "street.csv", [street_row(1, "2025-01", "Burglary")])
    assert assess(tmp_path / "street.csv", reference, tmp_path / "to", "--edition", "none").code == 0
    (tmp_path / "to/assessment.json").write_bytes((assessed / "assessment.json").read_bytes())
    refused(goldthread("thread", "anything", "--in", tmp_path / "to"), 2, "other evidence", "Assess again")


def again(files: Path, reference: Path, to: Path, *words: object) -> Told:
    return assess(files, reference, to, "--edition", "none", *words)


def test_the_same_files_give_the_same_evidence_and_json_says_what_was_written(
    files: Path, reference: Path, tmp_path: Path, told: dict[str, object]
) -> None:
    done = again(files, reference, tmp_path / "to", "--json")
    assert (done.code, done.err) == (0, "")
    assert {Path(p).name for p in json.loads(done.out)["written"]} >= {"evidence.duckdb", "assessment.json"}
    with Evidence(tmp_path / "to/evidence.duckdb") as evidence:
        assert evidence.fingerprint == told["fingerprint"]


def test_quiet_says_nothing_and_a_period_is_kept_to(files: Path, reference: Path, tmp_path: Path) -> None:
    done = again(files, reference, tmp_path / "to", "--quiet", "--period", "2024-04..2025-03")
    assert done == Told(0, "", "")
    with Evidence(tmp_path / "to/evidence.duckdb") as evidence:
        assert str(evidence.period) == "2024-04..2025-03"


def test_an_assessment_is_never_read_as_a_partners_file(files: Path, reference: Path, tmp_path: Path) -> None:
    write_rows(tmp_path / "in/street.csv", [street_row(1, "2025-01", "Burglary")])
    assert again(tmp_path / "in", reference, tmp_path / "in/assessment").code == 0
    assert again(tmp_path / "in", reference, tmp_path / "in/assessment").code == 0
    with Evidence(tmp_path / "in/assessment/evidence.duckdb") as evidence:
        assert evidence.rows("SELECT name FROM files") == [("street.csv",)]
    refused(again(tmp_path / "in", reference, tmp_path / "in"), 2, "where the files are")


def test_a_folder_called_data_that_is_somebody_elses_is_not_lost(files: Path, reference: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/precious.csv").write_text("a,b\n", encoding="utf-8")
    refused(again(files, reference, tmp_path), 2, "data", "would be lost")
    assert left_in(tmp_path) == ["data", "data/precious.csv"]


def test_editions_of_an_earlier_run_are_named_as_such(files: Path, reference: Path, tmp_path: Path) -> None:
    (tmp_path / "to").mkdir()
    (tmp_path / "to/analyst.docx").write_bytes(b"an earlier run, edited since")
    done = again(files, reference, tmp_path / "to")
    assert "From an earlier run, and not of this evidence: analyst.docx." in done.err
    assert (tmp_path / "to/analyst.docx").read_bytes() == b"an earlier run, edited since"


@pytest.mark.parametrize("months", [1, 0], ids=["one month", "one row"])
def test_one_month_and_one_row_make_every_edition(tmp_path: Path, reference: Path, months: int) -> None:
    one = [street_row(1, "2025-02", "Burglary")]
    month = street_rows({series: {"2025-02": 6 + at} for at, series in enumerate(SERIES)})
    write_rows(tmp_path / "files" / "street.csv", month if months else one)
    told = assess(tmp_path / "files", reference, tmp_path / "to")
    assert told.code == 0, told.err
    sizes = {path.name: path.stat().st_size for path in (tmp_path / "to").iterdir()}
    wanted = {f"{edition}.{form}" for edition in EDITIONS for form in ("html", "pdf", "docx", "odt")}
    assert wanted <= set(sizes)
    assert min(sizes[name] for name in wanted) > 2000
    assert "February 2025" in (tmp_path / "to" / "public.html").read_text(encoding="utf-8")
