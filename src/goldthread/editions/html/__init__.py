"""The HTML edition: one file that needs nothing else, reads well on paper and to a screen reader."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from goldthread.chapters.model import Edition
from goldthread.chapters.model.assessment import Geography
from goldthread.editions import charts, maps
from goldthread.editions.charts.palette import palette
from goldthread.editions.document import (
    Document,
    PreparedBlock,
    PreparedBox,
    PreparedBullets,
    PreparedChart,
    PreparedFinding,
    PreparedHeading,
    PreparedMap,
    PreparedTable,
    PreparedText,
    PreparedTiles,
)

# Which macro of blocks.html shows which kind of block.
_MACROS: Final[Mapping[type, str]] = {
    PreparedHeading: "heading",
    PreparedText: "text",
    PreparedBullets: "bullets",
    PreparedBox: "box",
    PreparedTable: "table",
    PreparedChart: "chart",
    PreparedMap: "map",
    PreparedTiles: "tiles",
    PreparedFinding: "finding",
}
_BOXES: Final = {
    "caveat": "Take care",
    "definition": "Definition",
    "gap": "Knowledge gap",
    "recommendation": "Recommendation",
}


def write(document: Document, geography: Geography, path: Path) -> None:
    """Write a document as one HTML file, whole or not at all: beside it first, then in its place."""
    text = page(document, geography)
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def page(document: Document, geography: Geography) -> str:
    """Make the HTML of a document: the same document gives the same text."""
    partnership = document.partnership
    linked = frozenset(figure.id for figure in document.figures)
    drawn = _Drawings(document, geography)
    has_maps = any(isinstance(block, PreparedMap) for section in document.sections for block in section.blocks)
    shapes = Markup(maps.shapes(geography)) if has_maps else ""
    return (
        _environment()
        .get_template("document.html")
        .render(
            document=document,
            colours=palette(partnership.colour, partnership.accent),
            logo=_logo(partnership.logo_svg),
            linked=linked,
            kind=_kind,
            draw=drawn.draw,
            shapes=shapes,
            boxes=_BOXES,
            contents=document.edition is not Edition.PUBLIC,
            style=_part("style.css"),
            print_style=_part("print.css")
            .replace("MARKING", _css_string(document.marking))
            .replace("FOOTER", _css_string(document.footer)),
            scripts=[
                _part(name)
                for name, wanted in (("tables.js", True), ("figures.js", linked), ("map.js", has_maps))
                if wanted
            ],
        )
    )


class _Drawings:
    """Draws the charts and maps of one document, for its template."""

    def __init__(self, document: Document, geography: Geography) -> None:
        self._partnership, self._geography = document.partnership, geography
        # Two charts stand side by side in the four printed pages, so they are drawn for half a page's width. Others
        # are drawn narrow too, so that their letters can be read on a telephone.
        self._width = 480.0 if document.edition is Edition.EXECUTIVE else 440.0

    def draw(self, block: PreparedChart | PreparedMap) -> Markup:
        """Draw a block as SVG to put straight into the page; every text in it is already escaped."""
        if isinstance(block, PreparedChart):
            return Markup(charts.draw(block.chart, self._partnership, self._width))
        return Markup(maps.draw(block.map, self._geography, self._partnership, block.withheld, 480.0, shared=True))


def _kind(block: PreparedBlock) -> str:
    return _MACROS[type(block)]


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader(__name__, "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


@cache
def _part(name: str) -> Markup:
    """Read a style sheet or script to put into the page."""
    return Markup((Path(__file__).parent / name).read_text(encoding="utf-8"))


def _css_string(text: str) -> str:
    """Make a text safe inside a CSS string that stands in a style element."""
    return "".join(letter if letter.isalnum() or letter in " -–·" else f"\\{ord(letter):x} " for letter in text)


def _logo(svg: str) -> str:
    """Give a logo as a data address: an image of a page can neither run anything nor fetch anything."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode('ascii')}" if svg else ""
