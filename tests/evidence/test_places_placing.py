"""Every row is placed in a 2021 LSOA, an authority or nowhere, and nothing is lost on the way."""

import duckdb
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.evidence.places import (
    HOW,
    AreaShapes,
    NoReference,
    Reference,
    Splits,
    authority_of,
    find_area,
    known_from,
    lsoa_table,
    place_rows,
    read_shapes,
    read_splits,
    to_grid,
)
from tests.evidence.places_ground import REAL, real_areas

CHANGES = """LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD
E01000901,Fen 001A,E01000901,Fenwick 001A,U,E06000901
E01000902,Fen 001B,E01000951,Fenwick 001B,S,E06000901
E01000902,Fen 001B,E01000952,Fenwick 001C,S,E06000901
E01000903,Wick 001A,E01000953,Fenwick 002A,M,E06000901
E01000904,Wick 001B,E01000953,Fenwick 002A,M,E06000901
E01000905,Wick 001C,E01000905,Fenwick 002B,U,E06000901
E01000906,Wick 001D,E01000954,Fenwick 002C,X,E06000901
E01000906,Wick 001D,E01000955,Upland 001A,X,E06000902
E01000907,Upland 001B,E01000907,Upland 001B,U,E06000902
"""
CENTROIDS = """LSOA21CD,x,y
E01000951,400000,100000
E01000952,401000,100000
E01000954,410000,100000
E01000955,410000,103000
"""
KNOWN = known_from(
    [
        {"code": "E06000901", "name": "Fenwick", "csp_code": "E22000901", "csp_name": "Fen"},
        {"code": "E06000901", "name": "Fenwick", "csp_code": "E22000902", "csp_name": "Wick"},
        {"code": "E06000902", "name": "Upland", "csp_code": "E22000903", "csp_name": "Upland"},
    ],
    [
        {"code": "E07000901", "name": "Fen", "authority": "E06000901"},
        {"code": "E07000902", "name": "Wick", "authority": "E06000901"},
    ],
)


@pytest.fixture
def reference(tmp_path, monkeypatch):
    monkeypatch.setenv("GOLDTHREAD_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "exact fit.csv").write_text(CHANGES, encoding="utf-8")
    (folder / "centres.csv").write_text(CENTROIDS, encoding="utf-8")
    return Reference(folder)


def placed(rows, area, reference, shapes=None):
    """Place rows of (lsoa, place_name, easting, northing) and return (lsoa, authority, in_area, how) for each."""
    con = duckdb.connect()
    con.execute(
        "CREATE TABLE rows (lsoa VARCHAR, place_name VARCHAR, place VARCHAR, longitude DOUBLE, latitude DOUBLE, "
        "easting DOUBLE, northing DOUBLE)"
    )
    for lsoa, name, easting, northing in rows:
        con.execute("INSERT INTO rows VALUES (?, ?, NULL, NULL, NULL, ?, ?)", [lsoa, name, easting, northing])
    where = find_area(area, KNOWN)
    lsoa_table(con, where, KNOWN, reference)
    counts = place_rows(con, "rows", where, KNOWN, reference, shapes)
    out = con.execute("SELECT lsoa, authority, in_area, place_how FROM placed ORDER BY row").fetchall()
    assert sum(counts.values()) == len(rows) == len(out)
    return out


def only(row, area, reference, shapes=None):
    return placed([row], area, reference, shapes)[0]


FENWICK, UPLAND = "E06000901", "E06000902"


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        (("E01000901", "Fenwick 001A", None, None), ("E01000901", FENWICK, True, "as sent")),
        (("E01000901", "Fen 001A", None, None), ("E01000901", FENWICK, True, "2011 code, same area")),
        (("E01000907", "Upland 001B", None, None), ("E01000907", UPLAND, False, "as sent")),
        (("E01000952", "Fenwick 001C", None, None), ("E01000952", FENWICK, True, "as sent")),
        (("E01000903", "Wick 001A", None, None), ("E01000953", FENWICK, True, "2011 code, merged")),
        (("E01000902", "Fen 001B", 400100, 100000), ("E01000951", FENWICK, True, "2011 code, split: by its point")),
        (("E01000902", "Fen 001B", 400900, 100000), ("E01000952", FENWICK, True, "2011 code, split: by its point")),
        (("E01000902", "Fen 001B", None, None), (None, FENWICK, True, "authority only")),
        (("E01000906", "Wick 001D", 410000, 102900), ("E01000955", UPLAND, False, "2011 code, split: by its point")),
        (("E01000906", "Wick 001D", None, None), (None, FENWICK, True, "authority only")),
        ((None, "Fenwick 002B", None, None), ("E01000905", FENWICK, True, "as sent")),
        ((None, "Wick 009Z", None, None), (None, FENWICK, True, "authority only")),
        (("S01000001", "Lochside 001", None, None), (None, None, None, "none")),
        ((None, None, None, None), (None, None, None, "none")),
        ((None, None, 400000, 100000), (None, None, None, "none")),
    ],
)
def test_a_row_is_placed_as_its_code_its_name_and_its_point_allow(reference, row, answer):
    assert only(row, "Fenwick", reference) == answer


def squares(without=(), **corners):
    """Shapes of the area: a square kilometre for each LSOA, by its south-west corner in kilometres."""
    boxes = np.array([shapely.box(x * 1e3, y * 1e3, x * 1e3 + 1e3, y * 1e3 + 1e3) for x, y in corners.values()])
    return AreaShapes(tuple(corners), boxes, (), np.array([], dtype=object), without)


def test_a_row_with_a_point_and_no_code_is_placed_by_the_map(reference):
    shapes = squares(E01000905=(400, 100))
    inside = ("E01000905", FENWICK, True, "by its point")
    assert only((None, None, 400_500, 100_500), "Fenwick", reference, shapes) == inside
    assert only((None, None, 401_090, 100_500), "Fenwick", reference, shapes) == inside
    assert only((None, None, 401_110, 100_500), "Fenwick", reference, shapes) == (None, None, False, "by its point")


def test_where_the_map_has_holes_a_point_in_none_of_it_is_nowhere_and_not_outside(reference):
    shapes = squares(without=("E01000901",), E01000905=(400, 100))
    assert only((None, None, 409_000, 100_500), "Fenwick", reference, shapes) == (None, None, None, "none")


def test_the_boundaries_of_the_parts_outweigh_their_centroids(reference):
    # The point is nearer to the centroid of the western part, and inside the eastern.
    shapes = squares(E01000951=(399, 99), E01000952=(400, 99))
    row = ("E01000902", "Fen 001B", 400_100, 99_900)
    assert only(row, "Fenwick", reference)[0] == "E01000951"
    assert only(row, "Fenwick", reference, shapes)[0] == "E01000952"


def test_a_partnership_that_is_part_of_an_authority_takes_only_that_part(reference):
    rows = [
        ("E01000901", "Fenwick 001A", None, None),
        ("E01000905", "Fenwick 002B", None, None),
        ("E01000903", "Wick 001A", None, None),
        ("E01000902", "Fen 001B", 400100, 100000),
        (None, "Wick 009Z", None, None),
    ]
    assert [r[2] for r in placed(rows, "Fen", reference)] == [True, False, False, True, False]
    assert [r[2] for r in placed(rows, "Wick", reference)] == [False, True, True, False, True]


def test_without_lookups_a_row_is_in_the_authority_that_its_lsoa_name_says():
    rows = [
        ("E01000901", "Fenwick 001A", None, None),
        ("E01000903", "Wick 001A", None, None),
        ("E01000903", None, None, None),
        ("E01000907", "Upland 001B", None, None),
        ("E01000999", None, None, None),
    ]
    assert placed(rows, "Fenwick", Reference(None)) == [
        ("E01000901", FENWICK, True, "as sent"),
        ("E01000903", FENWICK, True, "as sent"),
        ("E01000903", FENWICK, True, "as sent"),
        ("E01000907", UPLAND, False, "as sent"),
        ("E01000999", None, None, "as sent"),
    ]


def test_without_lookups_a_part_of_an_authority_is_refused_and_the_lookup_is_named():
    with pytest.raises(NoReference, match="LSOA 2011 to 2021"):
        lsoa_table(duckdb.connect(), find_area("Fen", KNOWN), KNOWN, Reference(None))


def test_a_council_that_sends_its_own_name_is_placed_in_its_authority(reference):
    con = duckdb.connect()
    con.execute(
        "CREATE TABLE rows AS SELECT NULL::VARCHAR lsoa, NULL::VARCHAR place_name, "
        "unnest(['Fenwick', 'E06000902', 'Nowhere']) place, NULL::DOUBLE longitude, NULL::DOUBLE latitude, "
        "NULL::DOUBLE easting, NULL::DOUBLE northing"
    )
    area = find_area("Fenwick", KNOWN)
    lsoa_table(con, area, KNOWN, reference)
    place_rows(con, "rows", area, KNOWN, reference)
    assert con.execute("SELECT authority, in_area, place_how FROM placed ORDER BY row").fetchall() == [
        (FENWICK, True, "authority only"),
        (UPLAND, False, "authority only"),
        (None, None, "none"),
    ]


codes = st.sampled_from([*[f"E0100090{i}" for i in range(1, 8)], "E01000951", "E01000955", "S01000001", None])
names = st.sampled_from(["Fenwick 001A", "Fen 001B", "Wick 001D", "Upland 001B", "Lochside 001", "", None])
places = st.one_of(st.none(), st.floats(0, 700_000))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(codes, names, places, places), max_size=12))
def test_every_row_comes_out_once_with_one_way_of_being_placed(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("tables")
    (folder / "exact fit.csv").write_text(CHANGES, encoding="utf-8")
    (folder / "centres.csv").write_text(CENTROIDS, encoding="utf-8")
    out = placed(rows, "Fenwick", Reference(folder))
    assert len(out) == len(rows)
    assert {how for *_, how in out} <= set(HOW)
    assert all((lsoa is None) == (how in ("authority only", "none")) for lsoa, *_, how in out)
    assert all(inside is None for *_, inside, how in out if how == "none")


def test_splits_go_to_the_nearest_centre_as_a_slow_search_finds_it():
    dice = np.random.default_rng(1)
    parents = np.repeat([f"P{i}" for i in range(20)], dice.integers(2, 6, 20)).astype(object)
    parts = np.array([f"C{i}" for i in range(len(parents))], dtype=object)
    x, y = dice.uniform(0, 9999, (2, len(parents)))
    codes = dice.choice([f"P{i}" for i in range(25)], 300).astype(object)
    e, n = dice.uniform(0, 9999, (2, 300))
    fast = Splits(parents, parts, x, y).place(codes, e, n)
    for code, east, north, answer in zip(codes, e, n, fast, strict=True):
        own = np.flatnonzero(parents == code)
        slow = parts[own[np.argmin(np.hypot(x[own] - east, y[own] - north))]] if len(own) else None
        assert answer == slow


def test_an_authority_is_read_from_an_lsoa_name_of_either_edition():
    known = known_from(
        [{"code": "E06000058", "name": "Bournemouth, Christchurch and Poole"}],
        [{"code": "E06000028", "name": "Bournemouth", "authority": "E06000058"}],
    )
    assert authority_of("Bournemouth, Christchurch and Poole 001B", known) == "E06000058"
    assert authority_of("Bournemouth 001A", known) == "E06000058"
    assert authority_of("Atlantis 001A", known) is None


@pytest.fixture(scope="module")
def bcp():
    con, reference, known = duckdb.connect(), Reference(REAL), real_areas()
    area = find_area("E06000058", known)
    lsoa_table(con, area, known, reference)
    return con, area, known, reference


def read_street(con, pattern):
    con.execute(
        'CREATE OR REPLACE TABLE staged AS SELECT "LSOA code" lsoa, "LSOA name" place_name, NULL::VARCHAR place, '
        "longitude::DOUBLE longitude, latitude::DOUBLE latitude, NULL::DOUBLE easting, NULL::DOUBLE northing "
        f"FROM read_csv('{REAL}/{pattern}', all_varchar=true)"
    )


@pytest.mark.real
def test_the_real_lookup_has_every_lsoa_of_both_editions(bcp):
    con = bcp[0]
    count = "SELECT count(*) FROM lsoa_known WHERE edition IN "
    assert con.execute(count + "('2011', 'both')").fetchall() == [(34_753,)]
    assert con.execute(count + "('2021', 'both')").fetchall() == [(35_672,)]
    changes = con.execute("SELECT change, count(*) FROM lsoa_known WHERE change NOTNULL GROUP BY 1 ORDER BY 1")
    assert changes.fetchall() == [("M", 239), ("S", 861), ("U", 33_647), ("X", 6)]
    assert con.execute("SELECT count(*) FROM lsoa_known WHERE authority IS NULL").fetchall() == [(0,)]


@pytest.mark.real
def test_bournemouth_christchurch_and_poole_has_240_lsoas_and_had_233(bcp):
    con = bcp[0]
    inside = "SELECT count(*) FROM lsoa_known WHERE in_area AND edition <> "
    assert con.execute(inside + "'2011'").fetchall() == [(240,)]
    assert con.execute(inside + "'2021'").fetchall() == [(233,)]


@pytest.mark.real
@pytest.mark.parametrize(
    ("pattern", "rows"), [("police-uk-dorset-2025/*/*", 7072), ("police-uk-cleveland-2023-2024/2024-0[6-9]/*", 2999)]
)
def test_nineteen_in_twenty_rows_of_split_lsoas_are_placed_as_the_file_itself_has_them(pattern, rows):
    con, known, reference = duckdb.connect(), real_areas(), Reference(REAL)
    lsoa_table(con, find_area("all", known), known, reference)
    changes = reference.sql("changes", ["lsoa11", "lsoa21", "change"])
    truth = con.execute(
        'SELECT p.lsoa11, "LSOA code" AS lsoa, longitude::DOUBLE AS x, latitude::DOUBLE AS y '
        f"FROM read_csv('{REAL}/{pattern}street.csv.gz', all_varchar=true) "
        f"JOIN ({changes}) p ON p.lsoa21 = \"LSOA code\" AND p.change = 'S' WHERE longitude NOTNULL"
    ).fetchnumpy()
    splits = read_splits(con, reference, read_shapes(con, reference))
    placed = splits.place(np.array(truth["lsoa11"]), *to_grid(truth["x"], truth["y"]))
    assert len(placed) == rows
    assert (placed == np.array(truth["lsoa"])).mean() > 0.945


@pytest.mark.real
def test_the_three_partnerships_share_the_240_lsoas_out(bcp):
    _, area, known, reference = bcp
    con, found = duckdb.connect(), []
    for csp in area.csps:
        lsoa_table(con, find_area(csp, known), known, reference)
        query = "SELECT lsoa FROM lsoa_known WHERE in_area AND edition <> '2011' AND authority = 'E06000058'"
        found += con.execute(query).fetchall()
    assert len(found) == len(set(found)) == 240


@pytest.mark.real
def test_a_dorset_file_with_2011_codes_and_names_is_placed_whole(bcp):
    con, area, known, reference = bcp
    read_street(con, "police-uk-dorset-2021-02/*.csv.gz")
    counts = place_rows(con, "staged", area, known, reference)
    assert counts == {
        "2011 code, merged": 6,
        "2011 code, same area": 4258,
        "2011 code, split: by its point": 502,
        "as sent": 23,
        "none": 52,
    }
    inside = "SELECT count(*), count(DISTINCT authority) FROM placed WHERE in_area"
    assert con.execute(inside).fetchall() == [(3076, 1)]


@pytest.mark.real
def test_cleveland_files_that_mix_both_editions_are_placed_whole(bcp):
    _, _, known, reference = bcp
    area = find_area("Middlesbrough", known)
    fresh = duckdb.connect()
    lsoa_table(fresh, area, known, reference)
    read_street(fresh, "police-uk-cleveland-2023-2024/2023-01/*street.csv.gz")
    sent = fresh.execute("SELECT count(*) FROM staged WHERE lsoa IS NOT NULL").fetchall()[0][0]
    counts = place_rows(fresh, "staged", area, known, reference)
    lost = fresh.execute(
        "SELECT count(*) FROM placed p JOIN staged s ON s.rowid = p.row WHERE s.lsoa NOTNULL AND p.lsoa IS NULL"
    )
    assert lost.fetchall() == [(0,)]
    assert sum(v for k, v in counts.items() if k != "none") == sent
    assert counts["2011 code, split: by its point"] > 0
