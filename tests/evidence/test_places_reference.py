"""Reference tables are known by their columns, wherever they lie and whatever they are called."""

import gzip
import json

import duckdb
import pytest

from goldthread.evidence.places import NoReference, Reference, open_reference
from goldthread.evidence.places.finding import find_tables
from goldthread.evidence.places.recorded import recorded_crime_table
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


C2 = """"Table C2: crimes by Community Safety Partnership area, year ending March 2025 [note 1]",,,,,,,
"Police Force
Area code","Police Force
Area name","Community Safety
Partnership code","Community Safety
Partnership name",Local Authority code,Local Authority name,"Total recorded crime
 (excluding fraud)","Shoplifting
[note 4]"
E23000901,Marsh,,,,,"1,300 ",60
E23000901,Marsh,E22000901,Fen [note 2],E06000901,Fen,"1,000 ",50
E23000901,Marsh,E22000902,Wick,E06000901,Fen,250,[x]
E23000901,Marsh,,Unassigned Marsh,,,50,10
"""


def test_recorded_crime_is_cleaned_of_notes_commas_and_blanks(folder):
    (folder / "c2.csv").write_text(C2, encoding="utf-8")
    con = duckdb.connect()
    assert recorded_crime_table(con, Reference(folder)) == 7
    found = con.execute("SELECT level, place, name, offence, n FROM recorded_crime ORDER BY ALL").fetchall()
    total = "Total recorded crime (excluding fraud)"
    assert found == [
        ("csp", "E22000901", "Fen", "Shoplifting", 50),
        ("csp", "E22000901", "Fen", total, 1000),
        ("csp", "E22000902", "Wick", total, 250),
        ("force", "E23000901", "Marsh", "Shoplifting", 60),
        ("force", "E23000901", "Marsh", total, 1300),
        ("unassigned", "E23000901", "Unassigned Marsh", "Shoplifting", 10),
        ("unassigned", "E23000901", "Unassigned Marsh", total, 50),
    ]
    assert con.execute("SELECT DISTINCT starts::VARCHAR, months FROM recorded_crime").fetchall() == [("2024-04-01", 12)]


@pytest.mark.parametrize(("ends", "starts"), [("December 2024", "2024-01-01"), ("June 2025", "2024-07-01")])
def test_the_year_of_recorded_crime_is_the_one_that_its_title_names(folder, ends, starts):
    (folder / "c2.csv").write_text(C2.replace("March 2025", ends), encoding="utf-8")
    con = duckdb.connect()
    recorded_crime_table(con, Reference(folder))
    assert con.execute("SELECT DISTINCT starts::VARCHAR FROM recorded_crime").fetchall() == [(starts,)]


def test_recorded_crime_of_no_stated_year_is_not_used(folder):
    (folder / "c2.csv").write_text(C2.replace("year ending March 2025", "recently"), encoding="utf-8")
    assert recorded_crime_table(duckdb.connect(), Reference(folder)) == 0
    assert recorded_crime_table(duckdb.connect(), Reference(None)) == 0


@pytest.mark.real
def test_every_reference_table_of_the_real_data_is_found():
    reference = Reference(REAL)
    assert reference.lacking == []
    assert len(reference.found["deprivation 2011"]) == 2
    assert reference.best("authority deprivation").path.name == "imd2025_england_ltla24.csv.gz"


@pytest.mark.real
def test_real_recorded_crime_adds_up_to_the_force_with_what_is_in_no_partnership():
    con = duckdb.connect()
    recorded_crime_table(con, Reference(REAL))
    total = "offence LIKE 'Total recorded crime%'"
    dorset = con.execute(f"SELECT name, n FROM recorded_crime WHERE {total} AND force = 'Dorset' ORDER BY n").fetchall()
    assert dorset == [
        ("Unassigned Dorset", 539),
        ("Poole", 9539),
        ("Bournemouth", 18801),
        ("Dorset", 21200),
        ("Dorset", 50079),
    ]
    gaps = con.execute(
        "SELECT force, sum(CASE level WHEN 'force' THEN n ELSE -n END) AS gap FROM recorded_crime "
        f"WHERE {total} AND force <> 'City of London' GROUP BY force HAVING gap <> 0"
    ).fetchall()
    assert gaps == []
