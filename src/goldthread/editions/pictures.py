"""Pictures of charts and maps: drawn once as SVG, and turned into PNG for the files that cannot show SVG."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock

import typst

from goldthread.chapters.model import Edition
from goldthread.chapters.model.assessment import Geography, Partnership
from goldthread.editions.charts import draw as draw_chart
from goldthread.editions.document import PreparedChart, PreparedMap
from goldthread.editions.fonts import typst_fonts
from goldthread.editions.maps import draw as draw_map
from goldthread.evidence.trouble import BadRequest

PIXELS_PER_INCH = 170
TEXT_WIDTH_MM = 170.0
# The width of a page's text, in the SVG's own pixels; a picture drawn narrower is printed narrower.
FULL_WIDTH = 720.0
# The part of it that a chart and a map take in each edition; the letters of all are as large. The narrow ones leave
# room beside them for their words, and two of them stand side by side.
NARROW = 0.56
CHART_WIDTH = {Edition.ANALYST: NARROW, Edition.EXECUTIVE: NARROW, Edition.MEMBER: 1.0, Edition.PUBLIC: 0.64}
MAP_WIDTH = {Edition.ANALYST: 0.48, Edition.EXECUTIVE: NARROW, Edition.MEMBER: 0.7, Edition.PUBLIC: 0.6}
# More panels, or more columns, than this do not go into half a line.
_MOST_PANELS, _MOST_COLUMNS = 4, 6
_ROOT = re.compile(r"<svg\b[^>]*>")
_VIEW_BOX = re.compile(r'viewBox="\s*[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)\s*"')

_SIZE = re.compile(r'(?=.*\swidth="([\d.]+)(?:px)?")(?=.*\sheight="([\d.]+)(?:px)?")', re.DOTALL)


@dataclass(frozen=True)
class Drawing:
    """A picture as SVG; `share` is the part of the text's width it is printed at, `aspect` its width over height."""

    svg: str
    share: float
    aspect: float


@dataclass
class Pictures:
    """
    The pictures of one assessment; a picture that several editions show is drawn and rasterised once.

    Editions with different disclosure rules have different charts of the same
    name, so what is remembered is looked up by what is drawn, never by name.
    """

    geography: Geography
    partnership: Partnership
    _drawn: dict[tuple[str, float], list[tuple[PreparedChart | PreparedMap, Drawing]]] = field(default_factory=dict)
    _pngs: dict[str, bytes] = field(default_factory=dict)
    # Whoever asks for a PNG while all of them are being made waits, and finds it made.
    _rasterising: Lock = field(default_factory=Lock)

    def drawn(self, block: PreparedChart | PreparedMap, edition: Edition) -> Drawing:
        """
        Draw a chart or map as an edition prints it, or give the drawing made before.

        What is printed across part of the line is drawn that wide, with letters as large as ever.
        """
        share = _share(block, edition)
        known = self._drawn.setdefault((block.id, share), [])
        for other, drawing in known:
            if other == block:
                return drawing
        width = float(round(FULL_WIDTH * share))
        if isinstance(block, PreparedChart):
            drawing = measured(draw_chart(block.chart, self.partnership, width))
        else:
            drawing = measured(draw_map(block.map, self.geography, self.partnership, block.withheld, width))
        known.append((block, drawing))
        return drawing

    def logo(self, svg: str) -> Drawing:
        """Measure the partnership's logo, so that it is not stretched; BadRequest when it is no SVG picture."""
        try:
            drawing = measured(svg)
            self.png(drawing)
        except (ValueError, typst.TypstError) as error:
            raise BadRequest("The partnership's logo is not an SVG picture that can be drawn.") from error
        return drawing

    def png(self, drawing: Drawing) -> bytes:
        """Give a drawing as PNG."""
        self.rasterise([drawing])
        return self._pngs[drawing.svg]

    def rasterise(self, drawings: Iterable[Drawing]) -> None:
        """
        Turn drawings into PNG, those that are not yet.

        One after another: typst remembers what it drew for its next ten pages
        of work, and all pictures in one go would take three times the memory.
        """
        with self._rasterising:
            for drawing in drawings:
                if drawing.svg not in self._pngs:
                    self._pngs[drawing.svg] = _raster(drawing)


def _share(block: PreparedChart | PreparedMap, edition: Edition) -> float:
    if isinstance(block, PreparedMap):
        return MAP_WIDTH[edition]
    chart = block.chart
    wide = {"multiples": len(chart.series) > _MOST_PANELS, "matrix": len(chart.series[0].x) > _MOST_COLUMNS}
    return 1.0 if edition is Edition.ANALYST and wide.get(chart.kind, False) else CHART_WIDTH[edition]


def measured(svg: str) -> Drawing:
    """Read an SVG's size from its view box, or its width and height; ValueError when it has neither."""
    root = _ROOT.search(svg)
    box = root and (_VIEW_BOX.search(root[0]) or _SIZE.search(root[0]))
    if not box or not float(box[1]) or not float(box[2]):
        raise ValueError("A picture must be an SVG whose root has a viewBox, or a width and a height.")
    width, height = float(box[1]), float(box[2])
    return Drawing(svg, min(1.0, width / FULL_WIDTH), width / height)


_SHEET = b"""
#set text(font: ("Source Sans Pro", "Libertinus Serif"))
#set page(width: float(sys.inputs.width) * 1mm, height: float(sys.inputs.height) * 1mm, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%)
"""


def _raster(drawing: Drawing) -> bytes:
    width = TEXT_WIDTH_MM * drawing.share
    inputs = {"svg": drawing.svg, "width": f"{width:.3f}", "height": f"{width / drawing.aspect:.3f}"}
    compiler = typst.Compiler(_SHEET, font_paths=typst_fonts(), ignore_system_fonts=True, sys_inputs=inputs)
    made = compiler.compile(format="png", ppi=PIXELS_PER_INCH)
    if not isinstance(made, bytes):
        raise TypeError("typst gave several pages where one picture was asked for.")
    return made
