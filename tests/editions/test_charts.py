"""Charts are drawn with real text, the same bytes every time, and never pretend to a value they lack."""

import itertools
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from goldthread.chapters.model import Chart, Series
from goldthread.editions.charts import draw
from goldthread.editions.charts.canvas import text_width, wrapped
from goldthread.editions.charts.palette import contrast, palette, readable
from goldthread.editions.charts.scales import labels_of, said, said_to_three, scale, spread
from tests.editions.sample import sample

SVG = "{http://www.w3.org/2000/svg}"
CHARTS = {block.kind: block for ch in sample().chapters for block in ch.blocks if isinstance(block, Chart)}


def root(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(draw(chart))


def texts(chart: Chart) -> list[str]:
    return [element.text or "" for element in root(chart).iter(f"{SVG}text")]


def line_chart(y: tuple[float | None, ...], **changes: object) -> Chart:
    months = tuple(f"2025-{at:02d}" for at in range(1, len(y) + 1))
    return replace(CHARTS["line"], series=(Series("One", months, y),), **changes)  # type: ignore[arg-type]


def test_the_sample_has_every_kind() -> None:
    assert set(CHARTS) == {
        "line", "run", "bars", "stacked", "dots", "clock", "lorenz", "paired", "multiples", "funnel", "matrix",
        "structure",
    }  # fmt: skip


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_chart_is_one_image_with_a_title_and_a_description(chart: Chart) -> None:
    svg = root(chart)
    assert svg.get("role") == "img"
    title, describes = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None
    assert title.text == chart.title
    assert describes is not None
    assert describes.text == chart.describes
    assert svg.get("aria-labelledby") == f"{title.get('id')} {describes.get('id')}"


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_chart_is_drawn_with_the_same_bytes_and_no_raster(chart: Chart) -> None:
    assert draw(chart) == draw(chart)
    assert "<image" not in draw(chart)
    assert "http" not in draw(chart).replace("http://www.w3.org/2000/svg", "")


def _boxes(svg: ElementTree.Element) -> list[tuple[str, float, float, float, float]]:
    """Every text as (text, left, top, right, bottom), its width estimated as the charts do."""
    boxes = []
    for element in svg.iter(f"{SVG}text"):
        size = float(element.get("font-size", 13))
        width = text_width(element.text or "", size, strong=element.get("font-weight") == "700")
        x, y = float(element.get("x", 0)), float(element.get("y", 0))
        left = {"start": x, "middle": x - width / 2, "end": x - width}[element.get("text-anchor", "start")]
        boxes.append((element.text or "", left, y - size * 0.72, left + width, y))
    return boxes


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
@pytest.mark.parametrize("width", [720, 480])
def test_no_label_lies_over_another_or_off_the_sheet(chart: Chart, width: float) -> None:
    svg = ElementTree.fromstring(draw(chart, None, width))
    boxes = _boxes(svg)
    wide, tall = (float(side) for side in svg.get("viewBox", "").split()[2:])
    for text, left, top, right, bottom in boxes:
        assert left > -2, text
        assert top > -2, text
        assert right < wide + 3, text
        assert bottom < tall + 1, text
    for at, (one, left, top, right, bottom) in enumerate(boxes):
        for other, left2, top2, right2, bottom2 in boxes[at + 1 :]:
            apart = right <= left2 + 1 or right2 <= left + 1 or bottom <= top2 + 1 or bottom2 <= top + 1
            assert apart, f"“{one}” lies over “{other}”"


def test_a_missing_month_breaks_the_line_and_is_hatched() -> None:
    svg = draw(line_chart((4.0, 5.0, None, 7.0, 6.0)))
    assert svg.count('fill="none"') == 2
    assert "hatch" in svg
    assert "no data" in svg


def test_a_month_nobody_mentions_is_a_gap_too() -> None:
    whole = labels_of((Series("One", ("2025-01", "2025-04"), (1.0, 2.0)),))
    assert whole == ["2025-01", "2025-02", "2025-03", "2025-04"]


def test_a_chart_with_nothing_to_show_says_so() -> None:
    assert "nothing to draw" in draw(line_chart((None, None)))


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_one_value_is_enough_to_draw(chart: Chart) -> None:
    only = tuple(
        replace(one, y=tuple(value if at == 0 else None for at, value in enumerate(one.y))) for one in chart.series
    )
    assert draw(replace(chart, series=only)).startswith("<svg")


def test_signals_of_a_run_chart_are_named_with_their_values() -> None:
    assert "Jun 2025: 168" in texts(CHARTS["run"])
    assert "Upper limit 135" in " ".join(texts(CHARTS["run"]))


def test_limits_may_differ_from_month_to_month() -> None:
    limits = {"upper": (9.0, 10.0, 11.0), "lower": (1.0, 1.0, 2.0), "centre": (5.0, 5.5, 6.5)}
    svg = draw(line_chart((4.0, 5.0, 6.0), kind="run", parameters=limits))
    assert "Upper limit 11" in svg


def test_a_withheld_bar_is_said_to_be_not_shown() -> None:
    chart = replace(CHARTS["bars"], series=(Series("2025", ("A", "B"), (12.0, None)),))
    assert "not shown" in texts(chart)


def test_bars_below_zero_hang_from_the_zero_line() -> None:
    chart = replace(CHARTS["bars"], series=(Series("Change", ("A", "B"), (12.0, -8.0)),))
    assert "−8" in texts(chart)


def test_the_subject_of_a_dot_plot_is_a_diamond_and_stands_once() -> None:
    assert texts(CHARTS["dots"]).count("Saltmarsh") == 1


def test_the_lorenz_curve_says_what_the_worst_tenth_holds_whichever_way_it_bows() -> None:
    shares = tuple(at / 100 for at in range(101))
    up = Series("Up", shares, tuple(1 - (1 - v) ** 3 for v in shares))
    down = Series("Down", shares, tuple(v**3 for v in shares))
    said_ = " ".join(texts(replace(CHARTS["lorenz"], series=(up, down))))
    assert "Up: 10% of places hold 27%" in said_
    assert "Down: 10% of places hold 27%" in said_


def test_words_from_a_file_cannot_break_the_drawing() -> None:
    chart = replace(CHARTS["bars"], title='A & B <script> "', series=(Series("<b>", ("x&y",), (1.0,)),))
    assert "<script>" not in draw(chart)
    assert "x&y" in texts(chart)


def test_ticks_end_on_round_numbers_and_begin_at_zero() -> None:
    made = scale([12.0, 187.0, None], 0, 100)
    assert made.ticks == (0.0, 50.0, 100.0, 150.0, 200.0)
    assert made.labels == ("0", "50", "100", "150", "200")
    assert scale([0.0, 0.0], 0, 1).ticks[-1] == 1.0


def test_numbers_of_one_axis_are_said_alike() -> None:
    assert said((0.0, 0.5, 1.0)) == ("0.0", "0.5", "1.0")
    assert said_to_three([33.12, 4.0, None]) == ("33.1", "4.0", "")


def test_labels_are_moved_apart_but_stay_in_their_order() -> None:
    places = spread([50.0, 51.0, 200.0, 52.0], 14, 0, 210)
    assert sorted(places) == [places[0], places[1], places[3], places[2]]
    ordered = sorted(places)
    assert all(b - a >= 13.99 for a, b in itertools.pairwise(ordered))


def test_long_labels_are_wrapped_or_cut() -> None:
    assert wrapped("Criminal damage and arson", 110) == ["Criminal damage", "and arson"]
    assert wrapped("Antidisestablishmentarianism", 60)[0].endswith("…")


@pytest.mark.parametrize("colour", ["#1d4f5c", "#ffdd00", "#fff", "#9bd", "not a colour"])
def test_any_colour_of_a_partnership_is_made_readable(colour: str) -> None:
    assert contrast(readable(colour), "#ffffff") >= 4.5


def test_shades_grow_darker_class_by_class_so_they_read_in_grey() -> None:
    shades = palette().steps(5)
    against_white = [contrast(shade, "#ffffff") for shade in shades]
    assert against_white == sorted(against_white)
    assert all(b / a > 1.15 for a, b in itertools.pairwise(against_white))


def test_colours_of_a_stack_differ_in_grey_from_their_neighbours() -> None:
    from goldthread.editions.charts.bars import stack_colours

    colours = stack_colours(palette(), 6)
    assert all(contrast(a, b) > 1.5 for a, b in itertools.pairwise(colours))


def test_ids_in_a_drawing_are_its_own() -> None:
    ids = re.findall(r' id="([^"]+)"', "".join(draw(chart) for chart in CHARTS.values()))
    assert len(ids) == len(set(ids))
