"""A document: an assessment as one edition shows it, with every number already a string."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from goldthread.chapters.model import Chart, Edition, Map
from goldthread.chapters.model.assessment import Partnership
from goldthread.chapters.words import Run

Text = tuple[Run, ...]
Alignment = Literal["left", "right"]


@dataclass(frozen=True)
class PreparedHeading:
    """A heading inside a section; levels start at 3, under the section's own."""

    text: str
    level: int = 3


@dataclass(frozen=True)
class PreparedText:
    """A paragraph, as runs; `lead` paragraphs open a section and are set larger."""

    runs: Text
    lead: bool = False


@dataclass(frozen=True)
class PreparedBullets:
    """A list of paragraphs, numbered when the order matters."""

    items: tuple[Text, ...]
    numbered: bool = False


@dataclass(frozen=True)
class PreparedBox:
    """Words set apart, and why: a caveat, a definition, a knowledge gap or a recommendation."""

    kind: Literal["caveat", "definition", "gap", "recommendation"]
    title: str
    runs: Text


@dataclass(frozen=True)
class PreparedColumn:
    """A column's heading, and the side its cells are set to."""

    title: str
    align: Alignment = "left"


@dataclass(frozen=True)
class PreparedTable:
    """
    A table as printed: its first column heads the rows, and the last row may be the total.

    Small numbers are already withheld; `note` says so when any is.
    """

    id: str
    title: str
    columns: tuple[PreparedColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str = ""
    note: str = ""
    total_row: bool = False
    figures: tuple[str, ...] = ()


@dataclass(frozen=True)
class PreparedChart:
    """
    A chart to draw, its text alternative, and the table behind it.

    `chart` has lost the values that are withheld (they are gaps), so it can be
    drawn as it stands by `goldthread.editions.charts.draw`; `note` says how
    many are withheld.
    """

    id: str
    title: str
    describes: str
    chart: Chart
    table: PreparedTable
    source: str
    note: str = ""
    figures: tuple[str, ...] = ()


@dataclass(frozen=True)
class PreparedMap:
    """
    A map to draw over the assessment's geography, and the table behind it.

    `map` has lost the areas in `withheld`, which are drawn as withheld, so
    it can be drawn as it stands by `goldthread.editions.maps.draw`.
    """

    id: str
    title: str
    describes: str
    map: Map
    table: PreparedTable
    source: str
    caveat: str
    withheld: tuple[str, ...] = ()
    note: str = ""
    figures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tile:
    """One headline number: what it counts, the number, and how it changed, in words."""

    label: str
    value: str
    change: str
    figure: str


@dataclass(frozen=True)
class PreparedTiles:
    """The headline numbers that open the executive edition."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class PreparedFinding:
    """A finding as a numbered card: what, so what, and what to do. Empty parts are left out."""

    number: int
    id: str
    title: str
    statement: Text
    so_what: Text = ()
    recommendation: Text = ()
    owner: str = ""
    certainty: str = ""
    figures: tuple[str, ...] = ()


PreparedBlock = (
    PreparedHeading
    | PreparedText
    | PreparedBullets
    | PreparedBox
    | PreparedTable
    | PreparedChart
    | PreparedMap
    | PreparedTiles
    | PreparedFinding
)


@dataclass(frozen=True)
class Section:
    """
    A part of the document under a heading of its own; `number` is printed before the title.

    What is looked up and not read through is `annex`, which is printed in small letters.
    """

    id: str
    number: str
    title: str
    blocks: tuple[PreparedBlock, ...]
    annex: bool = False


@dataclass(frozen=True)
class PreparedFigure:
    """What stands behind a number: the question, the answer as counts, and which rows of the evidence."""

    id: str
    asks: str
    question: str
    answer: tuple[tuple[str, str], ...]
    rows: str
    source: str
    parameters: tuple[tuple[str, str], ...] = ()
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """
    One edition of an assessment, ready for any writer.

    `control` is the report-control box, as (label, value). `figures` is filled
    in the analyst edition only, in the order the text first quotes them.
    """

    title: str
    subtitle: str
    edition: Edition
    marking: str
    control: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    footer: str
    partnership: Partnership
    area: str = ""
    area_welsh: str = ""
    figures: tuple[PreparedFigure, ...] = ()
