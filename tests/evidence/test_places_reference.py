"""Reference tables are known by their columns, wherever they lie and whatever they are called."""

import gzip
import json

import duckdb
import pytest

from goldthread.evidence.places import NoReference, Reference, open_reference
from goldthread.evidence.places.finding import find_tables
from tests.evidence.places_ground import REAL

WARDS = "LSOA21CD,LSOA21NM,WD24CD,WD24NM,LAD24CD\nE01000901,Fen 001A,E05000001,Fen,E06000901\n"


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("GOLDTHREAD_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "tables"
    made.mkdir()
    return made


def rows(reference, kind, *roles):
    return duckdb.sql(reference.sql(kind, roles)).fetchall()


def test_a_table_is_found_in_any_folder_by_any_name_plain_or_packed(folder):
    deep = folder / "some" / "where [old] (2)"
    deep.mkdir(parents=True)
    with gzip.open(deep / "download_17.csv.gz", "wt", encoding="utf-8-sig") as file:
        file.write(WARDS)
    assert rows(Reference(folder), "wards", "lsoa21", "ward_name") == [("E01000901", "Fen")]


def test_a_column_that_the_table_does_not_have_is_unknown(folder):
    (folder / "a.csv").write_text(WARDS, encoding="utf-8")
    assert rows(Reference(folder), "wards", "ward", "ward_welsh") == [("E05000001", None)]


def test_notes_above_the_heading_are_passed_over(folder):
    notes = 'Households, Census 2021\n"See the notes, sheet 2"\n\nlsoa21_code,total_households\nE01000901,400\n'
    (folder / "a.csv").write_text(notes, encoding="utf-8")
    assert rows(Reference(folder), "households", "lsoa21", "households") == [("E01000901", "400")]


def test_the_newest_edition_of_a_table_is_used(folder):
    (folder / "b.csv").write_text(WARDS, encoding="utf-8")
    older = WARDS.replace("24CD", "22CD").replace("24NM", "22NM").replace(",Fen,", ",Older,")
    (folder / "a.csv").write_text(older * 9, encoding="utf-8")
    assert rows(Reference(folder), "wards", "ward_name") == [("Fen",)]


def test_parquet_tables_are_found_too(folder):
    duckdb.sql(f"COPY (SELECT 'E01000901' AS lsoa21_code, 12 AS households) TO '{folder}/h.parquet'")
    assert rows(Reference(folder), "households", "households") == [(12,)]


def test_files_that_are_no_reference_tables_are_left_alone(folder):
    (folder / "photo.csv").write_bytes(bytes(range(256)) * 10)
    (folder / "empty.csv").write_bytes(b"")
    (folder / "half.csv.gz").write_bytes(gzip.compress(WARDS.encode())[:20])
    (folder / "not.parquet").write_bytes(b"PAR1")
    (folder / "settings.json").write_text(json.dumps({"properties": {"code": 1}}), encoding="utf-8")
    (folder / "readme.txt").write_text(WARDS, encoding="utf-8")
    (folder / ".hidden.csv").write_text(WARDS, encoding="utf-8")
    (folder / "long.csv").write_text('"' + "x" * 300_000, encoding="utf-8")
    assert find_tables(folder) == {}


def test_headings_are_remembered_until_the_file_changes(folder, cache):
    (folder / "a.csv").write_text(WARDS, encoding="utf-8")
    assert set(find_tables(folder)) == {"wards"}
    assert list(cache.rglob("*.json"))
    assert set(find_tables(folder)) == {"wards"}
    (folder / "a.csv").write_text("lsoa21_code,total_households\n", encoding="utf-8")
    assert set(find_tables(folder)) == {"households"}


def test_a_memory_that_is_spoilt_or_cannot_be_written_is_done_without(folder, cache, monkeypatch):
    (folder / "a.csv").write_text(WARDS, encoding="utf-8")
    find_tables(folder)
    for path in cache.rglob("*.json"):
        path.write_text('{"a": 1}', encoding="utf-8")
    assert set(find_tables(folder)) == {"wards"}
    monkeypatch.setenv("GOLDTHREAD_CACHE", str(folder / "a.csv"))
    assert set(find_tables(folder)) == {"wards"}


def test_the_folder_named_comes_first_then_the_setting_then_what_was_fetched(folder, tmp_path, cache, monkeypatch):
    other = tmp_path / "other"
    other.mkdir()
    assert open_reference().folder is None
    (cache / "goldthread" / "reference").mkdir(parents=True)
    assert open_reference().folder == cache / "goldthread" / "reference"
    monkeypatch.setenv("GOLDTHREAD_REFERENCE", str(other))
    assert open_reference().folder == other
    assert open_reference(folder).folder == folder


def test_a_reference_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(NoReference, match="is not there"):
        open_reference(tmp_path / "nowhere")


def test_what_is_lacking_is_said_with_what_it_costs(folder):
    (folder / "a.csv").write_text(WARDS, encoding="utf-8")
    lacking = Reference(folder).lacking
    assert any("no rate per 1,000 residents" in sentence for sentence in lacking)
    assert not any("ward" in sentence.split(":")[0] for sentence in lacking)
    assert len(lacking) == len(Reference(None).lacking) - 1


def test_what_was_used_is_named_for_the_sources_page(folder):
    (folder / "a.csv").write_text(WARDS, encoding="utf-8")
    assert Reference(folder).sources == [("LSOA 2021 to ward and authority, best fit", "a.csv")]


@pytest.mark.real
def test_every_reference_table_of_the_real_data_is_found():
    reference = Reference(REAL)
    assert reference.lacking == []
    assert len(reference.found["deprivation 2011"]) == 2
    assert reference.best("authority deprivation").path.name == "imd2025_england_ltla24.csv.gz"
