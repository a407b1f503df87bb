"""What can be fetched is listed, chosen by name, brought into a folder and recorded there."""

import csv
import gzip
import hashlib
import json
from datetime import UTC, datetime

import duckdb
import pytest

from goldthread.evidence.fetching import (
    DownloadFailed,
    Paged,
    Patience,
    choose,
    failures,
    fetch,
    fetch_layer,
    fetch_nomis,
    read_sources,
)
from goldthread.evidence.fetching import fetching as module
from goldthread.evidence.places import find_area, lsoa_table, open_reference, places_table, read_known, read_shapes
from goldthread.evidence.places.tables import kinds_of
from goldthread.evidence.trouble import BadRequest
from tests.evidence.publisher import Layer, Publisher


def at_noon():
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def patience():
    return Patience(tries=3, timeout=5, sleep=lambda _: None)


def rows_of(path):
    opener = gzip.open if path.name.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- Tables in pages ---

TABLE = [{"CODE": f"E{i:03d}", "NAME": f"Place, {i}", "OTHER": i} for i in range(7)]


def layer(publisher, to, patience, **more):
    with publisher.open() as address:
        return fetch_layer(
            Paged(address + "/layer/0", {"CODE": "LSOA21CD", "NAME": "name"}, "CODE", **more), to, patience
        )


def test_a_layer_comes_page_by_page_into_one_table_with_the_columns_wanted(tmp_path, patience):
    assert layer(Publisher(answer=Layer(TABLE)), tmp_path / "t.csv", patience) == 7
    rows = rows_of(tmp_path / "t.csv")
    assert rows == [{"LSOA21CD": r["CODE"], "name": r["NAME"]} for r in TABLE]
    assert [p.name for p in tmp_path.iterdir()] == ["t.csv"]


def test_a_layer_of_points_gives_eastings_and_northings(tmp_path, patience):
    layer(Publisher(answer=Layer(TABLE, points=True)), tmp_path / "t.csv", patience, points=True)
    assert rows_of(tmp_path / "t.csv")[0] == {"LSOA21CD": "E000", "name": "Place, 0", "x": "1.5", "y": "2.5"}


def test_a_layer_of_boundaries_becomes_geojson(tmp_path, patience):
    layer(Publisher(answer=Layer(TABLE, shapes=True)), tmp_path / "t.geojson.gz", patience, shapes=True)
    with gzip.open(tmp_path / "t.geojson.gz", "rt", encoding="utf-8") as file:
        told = json.load(file)
    assert [f["properties"]["LSOA21CD"] for f in told["features"]] == [r["CODE"] for r in TABLE]
    assert told["features"][0]["geometry"]["type"] == "Polygon"


def test_a_page_that_fails_is_asked_for_again(tmp_path, patience):
    publisher = Publisher(answer=Layer(TABLE), faults=["", "500", "", "drop 20", "garbage"])
    assert layer(publisher, tmp_path / "t.csv", patience) == 7
    assert len(rows_of(tmp_path / "t.csv")) == 7


def test_pages_that_had_come_are_not_asked_for_again(tmp_path, patience):
    with pytest.raises(DownloadFailed, match="out of order"):
        layer(Publisher(answer=Layer(TABLE), faults=["", "", *["500"] * 3]), tmp_path / "t.csv", patience)
    assert not (tmp_path / "t.csv").exists()
    again = Publisher(answer=Layer(TABLE))
    layer(again, tmp_path / "t.csv", patience)
    assert ["resultOffset=3" in path for path, _ in again.asked] == [False, True, False]
    assert len(rows_of(tmp_path / "t.csv")) == 7


def test_a_page_that_was_half_written_is_thrown_away(tmp_path, patience):
    pages = tmp_path / "t.csv.part"
    pages.mkdir()
    (pages / "000000000.json").write_text('[{"LSOA21CD": "E0', encoding="utf-8")
    (pages / "000000005.json").write_text("[]", encoding="utf-8")
    assert layer(Publisher(answer=Layer(TABLE)), tmp_path / "t.csv", patience) == 7


def test_a_layer_that_grows_while_it_is_read_is_not_taken(tmp_path, patience):
    with pytest.raises(DownloadFailed, match=r"changed while it was being fetched \(6 rows, not 5\)"):
        layer(Publisher(answer=Layer(TABLE, says=5)), tmp_path / "t.csv", patience)
    assert list(tmp_path.iterdir()) == []


def test_a_layer_that_stops_early_is_not_taken(tmp_path, patience):
    with pytest.raises(DownloadFailed, match="stops at 7 of 9 rows"):
        layer(Publisher(answer=Layer(TABLE, says=9)), tmp_path / "t.csv", patience)


def test_a_layer_with_fewer_rows_than_it_should_have_is_not_taken(tmp_path, patience):
    with pytest.raises(DownloadFailed, match=r"only 7 rows of t\.csv, where at least 100"):
        layer(Publisher(answer=Layer(TABLE)), tmp_path / "t.csv", patience, least=100)


def test_an_error_dressed_as_success_is_not_taken(tmp_path, patience):
    publisher = Publisher(answer=lambda _: b'{"error": {"code": 400, "message": "Invalid URL"}}')
    with pytest.raises(DownloadFailed, match="answered with an error, 3 times"):
        layer(publisher, tmp_path / "t.csv", patience)


def test_a_row_without_the_columns_that_were_asked_for_is_not_taken(tmp_path, patience):
    publisher = Publisher(answer=Layer([{"CODE": "E001"}]))
    with pytest.raises(DownloadFailed, match="without the columns"):
        layer(publisher, tmp_path / "t.csv", patience)


def nomis(query):
    every = [f'"E{i:03d}",{i},7' for i in range(7)]
    start = int(query["recordoffset"])
    page = every[start : start + min(3, int(query["recordlimit"]))]
    return "\n".join(['"GEOGRAPHY_CODE","OBS_VALUE","RECORD_COUNT"', *page]).encode()


def test_a_nomis_table_comes_in_pages_with_its_columns_renamed(tmp_path, patience):
    publisher = Publisher(answer=nomis, faults=["", "500"])
    columns = {"GEOGRAPHY_CODE": "lsoa21_code", "OBS_VALUE": "population"}
    with publisher.open() as address:
        paged = Paged(address + "/NM_1.data.csv", columns, size=25_000, settings={"date": "latest"})
        assert fetch_nomis(paged, tmp_path / "t.csv", patience) == 7
    assert rows_of(tmp_path / "t.csv")[6] == {"lsoa21_code": "E006", "population": "6"}
    assert all("date=latest" in path for path, _ in publisher.asked)


def test_a_nomis_table_without_its_columns_is_not_taken(tmp_path, patience):
    with Publisher(answer=lambda _: b"nothing here").open() as address:
        paged = Paged(address + "/t", {"GEOGRAPHY_CODE": "lsoa21_code"})
        with pytest.raises(DownloadFailed, match="without the columns"):
            fetch_nomis(paged, tmp_path / "t.csv", patience)


# --- The list of sources ---


def test_every_source_says_what_it_is_whose_it_is_and_how_it_is_known_to_be_right():
    for source in read_sources().values():
        assert source.title and source.publisher and source.why
        assert "Open Government Licence" in source.licence
        assert source.way in ("file", "layer", "nomis", "by hand")
        if source.way == "by hand":
            assert source.page.startswith("https://")
            continue
        assert source.address.startswith("https://")
        assert source.file
        assert source.expected.least_bytes > 1 or (source.paged is not None and source.paged.least > 1)


def test_what_is_fetched_for_reference_is_recognised_as_reference_when_it_comes():
    found = set()
    for source in read_sources().values():
        if source.reference and source.paged is not None:
            extra = ["x", "y"] if source.paged.points else ["geometry"] if source.paged.shapes else []
            kinds = kinds_of([*source.paged.columns.values(), *extra])
            assert kinds, source.name
            found |= {kind.name for kind, _ in kinds}
    assert found >= {
        "changes",
        "wards",
        "centroids",
        "lsoa shapes",
        "authority shapes",
        "rural",
        "population",
        "households",
        "authority ages by row",
        "authority ethnicity",
    }


def test_the_published_headings_of_the_english_index_are_recognised():
    heading = [
        "LSOA code (2021)",
        "LSOA name (2021)",
        "Local Authority District code (2024)",
        "Local Authority District name (2024)",
        "Index of Multiple Deprivation (IMD) Score",
        "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)",
        "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)",
        "Crime Score",
        "Crime Rank (where 1 is most deprived)",
        "Crime Decile (where 1 is most deprived 10% of LSOAs)",
    ]
    ((kind, columns),) = kinds_of(heading)
    assert kind.name == "deprivation 2021"
    assert columns["decile"] == heading[6]
    assert columns["crime_decile"] == heading[9]
    assert columns["score"] == heading[4]


def test_sources_are_chosen_by_group_by_month_or_by_name():
    sources = read_sources()
    latest, *rest = choose(["police.uk"], sources)
    assert latest.address == "https://data.police.uk/data/archive/latest.zip"
    assert rest == []
    both = choose(["police.uk", "2025-12", "2022-12"], sources)
    assert [s.file for s in both] == ["police-uk-2025-12.zip", "police-uk-2022-12.zip"]
    reference = choose(["reference"], sources)
    assert {s.name for s in reference} >= {"lsoa-changes", "population", "deprivation-england"}
    assert "police-uk-archive" not in {s.name for s in reference}
    assert [s.name for s in choose(["households", "households"], sources)] == ["households"]
    assert {s.publisher.split(",")[0] for s in choose(["ons"], sources)} == {"Office for National Statistics"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Say what to fetch: police.uk, ons, reference"),
        (["populaton"], "Did you mean population"),
        (["2025-13"], "not something that can be fetched"),
        (["police.uk", "2025-13"], "“2025-13” is not something"),
    ],
)
def test_what_cannot_be_fetched_is_said_with_the_nearest_name(words, said):
    with pytest.raises(BadRequest, match=said):
        choose(words, read_sources())


# --- Fetching into a folder ---

BODY = b"LSOA21CD,x,y\nE01000001,1,2\n" * 100


def source(address, **more):
    about = {"title": "T", "publisher": "P", "licence": "L", "way": "file", "file": "t.csv", "address": address}
    return next(iter(read_sources({"sources": {"t": about | more}}).values()))


def bring(publisher, to, patience, again=False, **more):
    with publisher.open() as address:
        more = {k: v.replace("HERE", address) if isinstance(v, str) else v for k, v in more.items()}
        (done,) = fetch([source(address + "/t.csv", **more)], to, again=again, patience=patience, now=at_noon)
    return done


def test_what_is_fetched_is_recorded_with_its_checksum_licence_and_time(tmp_path, patience):
    done = bring(Publisher(BODY), tmp_path / "new", patience)
    assert (done.outcome, done.bytes, done.fetched_at) == ("fetched", len(BODY), "2026-11-22T12:00:00+00:00")
    recorded = json.loads((tmp_path / "new" / "fetched.json").read_text(encoding="utf-8"))["t.csv"]
    assert recorded["sha256"] == hashlib.sha256(BODY).hexdigest() == done.sha256
    assert (recorded["licence"], recorded["publisher"]) == ("L", "P")


def test_what_is_there_already_is_not_fetched_again_unless_it_is_asked_for(tmp_path, patience):
    bring(Publisher(BODY), tmp_path, patience)
    quiet = Publisher(BODY)
    assert bring(quiet, tmp_path, patience).outcome == "already there"
    assert quiet.asked == []
    assert bring(quiet, tmp_path, patience, again=True).outcome == "fetched"


def test_what_was_changed_since_it_was_fetched_is_fetched_again(tmp_path, patience):
    bring(Publisher(BODY), tmp_path, patience)
    (tmp_path / "t.csv").write_bytes(b"spoilt")
    assert bring(Publisher(BODY), tmp_path, patience).outcome == "fetched"
    assert (tmp_path / "t.csv").read_bytes() == BODY


def test_a_file_that_its_publisher_has_changed_is_said_to_differ(tmp_path, patience):
    bring(Publisher(BODY), tmp_path, patience)
    done = bring(Publisher(BODY + b"more"), tmp_path, patience, again=True)
    assert done.note == "It differs from what was fetched at 2026-11-22T12:00:00+00:00."


def test_one_that_fails_does_not_stop_the_others_and_is_said_in_a_sentence(tmp_path, patience):
    with Publisher(BODY, faults=["404"]).open() as address:
        sources = [source(address + "/t.csv"), source(address + "/u.csv", file="u.csv")]
        done = fetch(sources, tmp_path, patience=patience, now=at_noon)
    assert [d.outcome for d in done] == ["failed", "fetched"]
    assert len(failures(done)) == 1
    assert "has no such file" in failures(done)[0]
    assert sorted(json.loads((tmp_path / "fetched.json").read_text(encoding="utf-8"))) == ["u.csv"]


def test_what_only_a_browser_can_bring_is_said_with_its_page(tmp_path, patience):
    (done,) = fetch([source("", way="by hand", file="", page="https://example.org/page")], tmp_path, patience=patience)
    assert done.outcome == "by hand"
    assert "in a browser, from https://example.org/page" in done.note
    assert failures([done]) == []


@pytest.mark.parametrize(("page", "said"), [("MD5 {}", "is the one that the publisher gives"), ("none", "is not on")])
def test_a_checksum_is_looked_for_where_its_publisher_gives_them(tmp_path, patience, page, said):
    md5 = hashlib.md5(BODY).hexdigest()

    class Both(Publisher):
        def file(self, handler, fault):
            if handler.path == "/sums":
                return self.send(handler, 200, page.format(md5).encode(), **{"Content-Type": "text/html"})
            return super().file(handler, fault)

    done = bring(Both(BODY), tmp_path, patience, checksum_page="HERE/sums")
    assert done.outcome == "fetched"
    assert said in done.note


def test_a_page_of_checksums_that_cannot_be_read_does_not_cost_the_file(tmp_path, patience):
    done = bring(Publisher(BODY, faults=["", "404"]), tmp_path, patience, checksum_page="HERE/sums")
    assert done.outcome == "fetched"
    assert "could not be read" in done.note


def test_a_target_that_is_a_file_is_refused(tmp_path, patience):
    (tmp_path / "f").write_text("x", encoding="utf-8")
    with pytest.raises(BadRequest, match="is a file"):
        fetch([], tmp_path / "f", patience=patience)


def test_a_record_that_is_damaged_is_made_anew(tmp_path, patience):
    (tmp_path / "fetched.json").write_text("{half", encoding="utf-8")
    assert bring(Publisher(BODY), tmp_path, patience).outcome == "fetched"
    assert "t.csv" in json.loads((tmp_path / "fetched.json").read_text(encoding="utf-8"))


# --- From the publishers to places ---

LSOAS = ["E01000901", "E01000902"]


def test_fetched_tables_and_boundaries_are_the_reference_that_places_stand_on(tmp_path, patience, monkeypatch):
    monkeypatch.setenv("GOLDTHREAD_CACHE", str(tmp_path / "cache"))
    wards = [
        {"LSOA21CD": c, "LSOA21NM": f"Hartlepool 00{i}A", "WD24CD": "E05000001", "LAD24CD": "E06000001"}
        for i, c in enumerate(LSOAS, start=1)
    ]
    shapes = Layer([{"LSOA21CD": c} for c in LSOAS], shapes=True)
    people = b'"DATE_NAME","GEOGRAPHY_CODE","OBS_VALUE","RECORD_COUNT"\n2024,E01000901,10,2\n2024,E01000902,20,2\n'

    def answer(query):
        if "recordoffset" in query:
            return people
        wanted = shapes if query.get("f") == "geojson" or query.get("shapes") else Layer(wards)
        return wanted(query)

    to = tmp_path / "reference"
    renamed = {"GEOGRAPHY_CODE": "lsoa21_code", "DATE_NAME": "year", "OBS_VALUE": "population"}
    with Publisher(answer=answer).open() as address:
        told = [
            source(address, way="layer", file="w.csv", order="LSOA21CD", columns=list(wards[0])),
            source(address, way="layer", file="s.geojson", shapes=True, columns=["LSOA21CD"]),
            source(address, way="nomis", file="p.csv", columns=renamed),
        ]
        done = fetch(told, to, patience=patience, now=at_noon)
    assert failures(done) == []
    con, reference, known = duckdb.connect(), open_reference(to), read_known(to)
    lsoa_table(con, find_area("Hartlepool", known), known, reference)
    assert places_table(con, reference, 2024).lsoas == 2
    assert con.execute("SELECT sum(population) FROM area_places").fetchall() == [(30,)]
    assert read_shapes(con, reference).codes == tuple(LSOAS)


def test_the_time_of_fetching_is_the_clocks_when_no_other_is_given():
    assert module._now().tzinfo is UTC
