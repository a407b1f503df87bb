"""Maps are small, standing on one grid, and say what is withheld, where north is and how far a kilometre is."""

import json
import re
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from goldthread.chapters.model.assessment import Geography
from goldthread.editions.maps import class_of, draw
from goldthread.editions.maps.ground import ground_of, path, scale_bar, view_of
from tests.editions.sample import sample
from tests.editions.sample_places import maps

GEOGRAPHY = sample().geography
AREAS, CELLS = maps(frozenset())
SVG = "{http://www.w3.org/2000/svg}"
SQUARE = ((0.0, 0.0), (1000.0, 0.0), (1000.0, 1000.0), (0.0, 1000.0), (0.0, 0.0))


def test_a_map_has_its_furniture() -> None:
    svg = draw(AREAS, GEOGRAPHY)
    root = ElementTree.fromstring(svg)
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert root.get("role") == "img"
    assert "N" in texts
    assert "2 km" in texts
    assert "60 or more (7)" in texts
    assert f"Source: {AREAS.source}." in texts
    assert AREAS.caveat in texts
    assert "Heron Quay" in texts


def test_each_area_says_its_name_and_value() -> None:
    assert "<title>Saltmarsh 005F: 90 reports</title>" in draw(AREAS, GEOGRAPHY)


def test_withheld_areas_are_hatched_and_counted_and_show_no_value() -> None:
    gone = sorted(AREAS.values)[:3]
    kept = replace(AREAS, values={code: value for code, value in AREAS.values.items() if code not in gone})
    svg = draw(kept, GEOGRAPHY, None, gone)
    assert "withheld (3)" in svg
    assert svg.count(": withheld</title>") == 3


def test_areas_that_nobody_sent_are_counted_too() -> None:
    kept = replace(AREAS, values={code: AREAS.values[code] for code in sorted(AREAS.values)[10:]})
    assert "nothing received (10)" in draw(kept, GEOGRAPHY)


def test_a_map_without_boundaries_gives_way_to_its_table() -> None:
    assert "there is a table and no map" in draw(AREAS, Geography())


def test_a_map_is_the_same_bytes_every_time_and_small() -> None:
    assert draw(AREAS, GEOGRAPHY) == draw(AREAS, GEOGRAPHY)
    assert len(draw(AREAS, GEOGRAPHY).encode()) < 150_000
    assert len(draw(CELLS, GEOGRAPHY).encode()) < 150_000


def test_finely_drawn_coasts_are_thinned_until_the_map_is_small() -> None:
    def jagged(x: float, y: float) -> tuple[tuple[float, float], ...]:
        top = tuple((x + at, y + (at * 7919 % 13)) for at in range(0, 1000, 2))
        return (*top, (x + 1000, y + 1000), (x, y + 1000), top[0])

    areas = {f"X{at}": (jagged(at % 30 * 1000.0, at // 30 * 1000.0),) for at in range(900)}
    crowded = Geography(small_areas=areas)
    svg = draw(replace(AREAS, values=dict.fromkeys(areas, 20.0), highlights=()), crowded)
    assert len(svg.encode()) < 150_000 + 900 * 40


@pytest.mark.real
def test_a_map_of_a_whole_county_as_published_is_small_and_quick(shared_data: Path) -> None:
    text = (shared_data / "boundaries-lookups" / "lsoa21_dorset.geojson").read_text(encoding="utf-8")
    areas = {}
    for feature in json.loads(text)["features"]:
        shape = feature["geometry"]["coordinates"]
        parts = shape if feature["geometry"]["type"] == "MultiPolygon" else [shape]
        # Near enough to metres at 50.7 degrees north to see how large the map becomes.
        areas[feature["properties"]["lsoa21_code"]] = tuple(
            tuple((x * 70_600.0, y * 111_200.0) for x, y in part[0]) for part in parts
        )
    dorset = Geography(small_areas=areas)
    values = {code: float(at % 80) for at, code in enumerate(areas)}
    began = time.process_time()
    svg = draw(replace(AREAS, values=values, highlights=()), dorset)
    assert time.process_time() - began < 2
    assert svg.count("<title>") == 463
    assert len(svg.encode()) < 150_000


def test_cells_below_the_lowest_class_are_left_out() -> None:
    assert draw(replace(CELLS, classes=(1.96, 2.58), labels=("a", "b")), GEOGRAPHY).count("<rect x=") < 90


@pytest.mark.parametrize(("value", "which"), [(-1.0, None), (0.0, 0), (4.9, 0), (5.0, 1), (99.0, 2)])
def test_a_value_falls_in_the_class_whose_lower_end_it_reaches(value: float, which: int | None) -> None:
    assert class_of(value, (0.0, 5.0, 60.0)) == which


def test_a_shared_border_stays_shared_however_coarse_the_grid() -> None:
    wiggle = [(1000.0 + (at % 3) * 1.7, at * 10.0) for at in range(101)]
    west = ((0.0, 0.0), *wiggle, (0.0, 1000.0), (0.0, 0.0))
    east = ((2000.0, 0.0), (2000.0, 1000.0), *reversed(wiggle), (2000.0, 0.0))
    view = view_of([west, east], 720)
    for grain in (1, 3, 6):
        nodes = [set(_nodes(path([ring], view, grain))) for ring in (west, east)]
        border = [{node for node in one if 680 < node[0] < 760} for one in nodes]
        assert border[0] == border[1]


def _nodes(written: str) -> list[tuple[int, int]]:
    numbers = [int(found) for found in re.findall(r"-?\d+", written)]
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    nodes = [pairs[0]]
    for dx, dy in pairs[1:]:
        nodes.append((nodes[-1][0] + dx, nodes[-1][1] + dy))
    return nodes


def test_straight_edges_keep_only_their_corners() -> None:
    dense = tuple((at * 10.0, 0.0) for at in range(100)) + SQUARE[2:4] + ((0.0, 0.0),)
    assert len(_nodes(path([dense], view_of([SQUARE], 720), 1))) == 4


def test_north_is_up_and_nothing_leaves_the_window() -> None:
    ground = ground_of(GEOGRAPHY, 720)
    view = ground.view
    assert view.y(view.north) < view.y(view.north - 1000)
    for drawn in ground.areas.values():
        for x, y in _nodes(drawn.split("z")[0]):
            assert -1 <= x <= 2 * view.width + 1
            assert -1 <= y <= 2 * view.height + 1


@pytest.mark.parametrize(("metres", "said"), [(10.0, "1 km"), (25.6, "2 km"), (1.0, "100 metres"), (300.0, "20 km")])
def test_the_scale_bar_is_a_round_length_that_fits(metres: float, said: str) -> None:
    pixels, words = scale_bar(metres)
    assert words == said
    assert 130 / 2.6 < pixels <= 130


def test_place_names_do_not_lie_over_one_another() -> None:
    crowd = replace(GEOGRAPHY, labels=tuple((f"Place {at}", 410_000.0 + at, 95_000.0) for at in range(9)))
    svg = draw(AREAS, crowd)
    assert svg.count(">Place ") == 1


def test_classes_grow_darker() -> None:
    paints = re.findall(r'<rect x="[\d.]+" y="[\d.]+" width="18" height="13" fill="(#\w+)"', draw(AREAS, GEOGRAPHY))
    light = [sum(bytes.fromhex(paint[1:])) for paint in paints]
    assert all(a > b for a, b in pairwise(light))
