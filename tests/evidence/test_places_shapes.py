"""Boundaries are read from what their publishers give, and drawn with the edges that neighbours share."""

import gzip
import json

import duckdb
import numpy as np
import pytest
import shapely

from goldthread.evidence.places import (
    Reference,
    find_area,
    known_from,
    lsoa_table,
    places_table,
    read_known,
    read_shapes,
    shapes_table,
    to_degrees,
)
from goldthread.evidence.places.boundaries import read_boundaries
from goldthread.evidence.trouble import BadRequest
from tests.evidence.places_ground import REAL

KNOWN = known_from([{"code": "E06000901", "name": "Fenwick"}, {"code": "E06000902", "name": "Upland"}])
WEST, EAST, HILL = "E01000901", "E01000902", "E01000903"


def ring(*corners):
    """Corners in metres from a place in Dorset, as a closed ring of degrees."""
    metres = np.array([*corners, corners[0]], float) + np.array([400_000, 100_000])
    return np.column_stack(to_degrees(metres[:, 0], metres[:, 1])).tolist()


def feature(polygons, **properties):
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
    }


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


# Two squares of a kilometre side by side, the western with a pond and an island; a third across a gap of 300 m.
POND = ring((200, 200), (200, 400), (400, 400), (400, 200))
SQUARES = {
    WEST: [[ring((0, 0), (1000, 0), (1000, 1000), (0, 1000)), POND], [ring((0, 1200), (300, 1200), (150, 1500))]],
    EAST: [[ring((1000, 0), (2000, 0), (2000, 1000), (1000, 1000))]],
    HILL: [[ring((2300, 0), (3300, 0), (3300, 1000), (2300, 1000))]],
}
LSOAS = collection(*(feature(p, LSOA21CD=c, LSOA21NM=c) for c, p in SQUARES.items()))
COUNCILS = collection(
    feature([[ring((0, 0), (2000, 0), (2000, 1500), (0, 1500))]], LAD25CD="E06000901", LAD25NM="Fenwick"),
    feature([[ring((2000, 0), (90_000, 0), (90_000, 1500), (2000, 1500))]], LAD25CD="E06000902", LAD25NM="Upland"),
)
WARDS = f"""LSOA21CD,LSOA21NM,WD24CD,WD24NM,LAD24CD
{WEST},Fenwick 001A,E05000001,Westfield,E06000901
{EAST},Fenwick 001B,E05000002,Eastfield,E06000901
{HILL},Upland 001A,E05000003,Hill,E06000902
"""
PEOPLE = f"lsoa21_code,population\n{WEST},100\n{EAST},200\n{HILL},300\n"
CENTRES = f"LSOA21CD,x,y\n{WEST},400500,100500\n{EAST},401500,100500\n{HILL},402800,100500\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GOLDTHREAD_CACHE", str(tmp_path / "cache"))
    tables = tmp_path / "tables"
    tables.mkdir()
    for name, words in {
        "lsoas.geojson": LSOAS,
        "councils.geojson": COUNCILS,
        "wards.csv": WARDS,
        "people.csv": PEOPLE,
        "centres.csv": CENTRES,
    }.items():
        (tables / name).write_text(words, encoding="utf-8")
    return tables


def opened(folder, area="Fenwick", known=KNOWN):
    con, reference, where = duckdb.connect(), Reference(folder), find_area(area, known)
    lsoa_table(con, where, known, reference)
    places_table(con, reference, 2024)
    return con, reference, where, read_shapes(con, reference)


def test_the_areas_own_lsoas_and_those_near_it_are_read_on_the_grid(folder):
    shapes = opened(folder)[3]
    assert shapes.codes == (WEST, EAST)
    assert shapes.around == (HILL,)
    assert shapes.without == ()
    assert shapely.bounds(shapes.polygons[1]) == pytest.approx([401_000, 100_000, 402_000, 101_000], abs=0.01)
    assert shapes.hectares() == pytest.approx({WEST: 100 - 4 + 4.5, EAST: 100}, rel=1e-4)


def test_a_size_that_is_not_published_is_that_of_the_boundary(folder):
    con = opened(folder)[0]
    sizes = dict(con.execute("SELECT lsoa, hectares FROM area_places").fetchall())
    assert sizes == pytest.approx({WEST: 100 - 4 + 4.5, EAST: 100}, rel=1e-3)


def test_a_point_is_in_the_shape_round_it_on_its_island_but_not_in_its_pond(folder):
    shapes = opened(folder)[3]
    east = np.array([500, 150, 300, 1500, 2290, 2250, 2150, 9000, np.nan]) + 400_000
    north = np.array([500, 1300, 300, 999, 500, 500, 500, 500, 500]) + 100_000.0
    answers = shapes.locate(east, north).tolist()
    # The pond's middle is 100 m from its edge, so the shape that has the pond is near enough.
    assert answers == [WEST, WEST, WEST, EAST, HILL, HILL, "elsewhere", "elsewhere", None]


def test_a_map_has_lsoas_an_outline_land_and_names(folder):
    con, reference, area, shapes = opened(folder)
    assert shapes_table(con, area, reference, shapes) == 7
    rows = con.execute("SELECT kind, code, name, rings FROM area_shapes ORDER BY kind, code").fetchall()
    assert [r[:3] for r in rows] == [
        ("label", "E05000001", "Westfield"),
        ("label", "E05000002", "Eastfield"),
        ("land", "E06000901", "Fenwick"),
        ("land", "E06000902", "Upland"),
        ("lsoa", WEST, "Fenwick 001A"),
        ("lsoa", EAST, "Fenwick 001B"),
        ("outline", "E06000901", "Fenwick"),
    ]
    assert json.loads(rows[0][3]) == [[[400_500, 100_500]]]
    west = json.loads(rows[4][3])
    assert sorted(len(r) for r in west) == [4, 5, 5]
    assert all(r[0] == r[-1] for r in west)
    land = np.array(json.loads(rows[3][3])[0])
    assert land[:, 0].max() < 402_000 + 1000


def test_what_is_not_there_is_said_and_the_authoritys_own_edge_stands_in(folder):
    only_west = collection(feature(SQUARES[WEST], LSOA21CD=WEST))
    (folder / "lsoas.geojson").write_text(only_west, encoding="utf-8")
    con, reference, area, shapes = opened(folder)
    assert (shapes.codes, shapes.without) == ((WEST,), (EAST,))
    shapes_table(con, area, reference, shapes)
    outline = con.execute("SELECT rings FROM area_shapes WHERE kind = 'outline'").fetchall()[0][0]
    assert shapely.Polygon(json.loads(outline)[0]).area == pytest.approx(3_000_000, rel=1e-3)


def test_without_boundaries_there_is_no_map_and_no_error(tmp_path, monkeypatch):
    monkeypatch.setenv("GOLDTHREAD_CACHE", str(tmp_path / "cache"))
    con, reference, area, shapes = opened(None)
    assert shapes.codes == ()
    assert shapes_table(con, area, reference, shapes) == 0
    assert shapes.locate(np.array([1.0]), np.array([1.0])).tolist() == [None]


def topology():
    """The two squares as TopoJSON: the shared edge once, in whole steps, used one way and then the other."""
    corners = np.array([(1000, 0), (1000, 1000), (0, 1000), (0, 0), (2000, 0), (2000, 1000)], float)
    corners += np.array([400_000, 100_000])
    lon, lat = to_degrees(corners[:, 0], corners[:, 1])
    scale, shift = [1e-7, 1e-7], [float(lon.min()), float(lat.min())]
    whole = np.rint((np.column_stack([lon, lat]) - shift) / scale).astype(int)

    def arc(*which):
        points = whole[list(which)]
        return [points[0].tolist(), *np.diff(points, axis=0).tolist()]

    return {
        "type": "Topology",
        "transform": {"scale": scale, "translate": shift},
        "arcs": [arc(0, 1), arc(1, 2, 3, 0), arc(0, 4, 5, 1)],
        "objects": {
            "lsoas": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"LSOA21CD": WEST}},
                    {"type": "Polygon", "arcs": [[2, -1]], "properties": {"LSOA21CD": EAST}},
                ],
            }
        },
    }


def test_topojson_gives_the_same_squares_and_the_same_shared_edge(folder):
    (folder / "lsoas.geojson").unlink()
    with gzip.open(folder / "lsoas.topojson.gz", "wt", encoding="utf-8") as file:
        json.dump(topology(), file)
    shapes = opened(folder)[3]
    assert shapely.area(shapes.polygons) == pytest.approx([1e6, 1e6], rel=1e-3)
    assert shapely.bounds(shapes.polygons[1]) == pytest.approx([401_000, 100_000, 402_000, 101_000], abs=0.1)
    shared = shapely.intersection(*shapes.polygons)
    assert shared.length == pytest.approx(1000, abs=0.1)


def test_boundaries_are_the_same_from_the_cache_and_when_the_cache_is_spoilt(folder, tmp_path):
    first = opened(folder)[3].hectares()
    kept = list((tmp_path / "cache").rglob("*.npz"))
    assert kept
    assert opened(folder)[3].hectares() == first
    for path in kept:
        path.write_bytes(b"spoilt")
    assert opened(folder)[3].hectares() == first


def test_a_cache_that_cannot_be_written_is_done_without(folder, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("GOLDTHREAD_CACHE", str(tmp_path / "file"))
    assert opened(folder)[3].codes == (WEST, EAST)


def test_a_damaged_boundary_file_is_named(folder):
    whole = (folder / "lsoas.geojson").read_text(encoding="utf-8")
    (folder / "lsoas.geojson").write_text(whole[: len(whole) // 2], encoding="utf-8")
    with pytest.raises(BadRequest, match=r"lsoas\.geojson is damaged"):
        opened(folder)


def test_a_boundary_that_crosses_itself_is_mended(folder):
    bow = [[ring((0, 0), (1000, 1000), (1000, 0), (0, 1000))]]
    (folder / "lsoas.geojson").write_text(collection(feature(bow, LSOA21CD=WEST)), encoding="utf-8")
    shapes = opened(folder)[3]
    assert shapely.is_valid(shapes.polygons).all()
    assert shapes.hectares()[WEST] == pytest.approx(50, rel=1e-3)


@pytest.fixture(scope="module")
def bcp():
    return opened(REAL, "E06000058", read_known())


@pytest.mark.real
def test_every_real_lsoa_has_a_shape_about_as_large_as_is_published(bcp):
    con, _, _, shapes = bcp
    assert len(shapes.codes) == 240
    published = dict(con.execute("SELECT lsoa, hectares FROM area_places").fetchall())
    assert sum(shapes.hectares().values()) == pytest.approx(sum(published.values()), rel=0.005)


@pytest.mark.real
def test_simplified_neighbours_still_touch_where_they_did(bcp):
    con, reference, area, shapes = bcp
    shapes_table(con, area, reference, shapes)
    drawn = con.execute("SELECT rings FROM area_shapes WHERE kind = 'lsoa' ORDER BY code").fetchall()
    polygons = [shapely.union_all([shapely.Polygon(r) for r in json.loads(rings)]) for (rings,) in drawn]

    def pairs(items):
        tree = shapely.STRtree(items)
        return {(a, b) for a, b in tree.query(items, predicate="intersects").T.tolist() if a < b}

    assert pairs(polygons) == pairs(shapes.polygons)
    one = shapely.union_all(polygons).area
    assert sum(p.area for p in polygons) == pytest.approx(one, rel=1e-3)


@pytest.mark.real
def test_the_whole_united_kingdom_is_decoded_from_topojson_to_its_published_size():
    table = next(t for t in Reference(REAL).found["authority shapes"] if "topojson" in t.path.name)
    boundaries = read_boundaries(table)
    assert len(boundaries.codes) == 361
    x0, y0, x1, y1 = boundaries.boxes.T
    assert (x1 > x0).all()
    assert (y1 > y0).all()
    mended = shapely.area(boundaries.shapes(range(40))) / 1e4
    assert boundaries.hectares()[:40] == pytest.approx(mended, rel=1e-3)
    cardiff = boundaries.shapes(np.flatnonzero(boundaries.codes == "W06000015"))
    assert shapely.area(cardiff)[0] / 1e4 == pytest.approx(14_097, rel=0.02)  # ONS standard area measurement, hectares
