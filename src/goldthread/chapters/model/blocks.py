"""The blocks a chapter is written in; each edition renders the same blocks, so numbers cannot differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


class Edition(StrEnum):
    """Who an edition is for."""

    ANALYST = "analyst"
    EXECUTIVE = "executive"
    MEMBER = "member"
    PUBLIC = "public"


ANALYST = frozenset({Edition.ANALYST})
EXECUTIVE = frozenset({Edition.ANALYST, Edition.EXECUTIVE})
MEMBER = frozenset({Edition.ANALYST, Edition.MEMBER})
PUBLIC = frozenset({Edition.PUBLIC})

Cell = str | int | float | None
Kind = Literal["text", "count", "number", "rate", "percent", "change", "ratio", "p", "month"]


@dataclass(frozen=True, kw_only=True)
class Block:
    """A part of a chapter, and the editions it appears in."""

    editions: frozenset[Edition] = ANALYST


@dataclass(frozen=True, kw_only=True)
class Heading(Block):
    """A heading inside a chapter; the chapter's own title is above it."""

    text: str
    level: Literal[3, 4] = 3


@dataclass(frozen=True, kw_only=True)
class Paragraph(Block):
    """Sentences. Numbers come from figures, as `{{figure.id:key:format}}`."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Bullets(Block):
    """A list, numbered when the order matters."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, kw_only=True)
class Box(Block):
    """Words set apart: a caveat, a definition, a knowledge gap or a recommendation."""

    kind: Literal["caveat", "definition", "gap", "recommendation"]
    title: str
    text: str


@dataclass(frozen=True)
class Column:
    """
    A column of a table: its heading, and what kind of thing its cells are.

    `count` cells are whole numbers that disclosure control may withhold;
    `derived_from` names the count columns a `rate`, `percent`, `change` or
    `ratio` is worked out from, so that it is withheld with them.
    """

    key: str
    title: str
    kind: Kind = "text"
    derived_from: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Table(Block):
    """
    A table, with what disclosure control needs to know about it.

    `rows` hold plain values in the order of `columns` (None where nothing was
    received); a percent cell is 12.3 for 12.3 %. `total_row` says the last row
    adds up the ones above. `sums` says that one count column is the sum of
    others: ("total", ("a", "b")). `protected` tables have small counts
    withheld, edition by edition. `figures` are the ids behind it.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str
    note: str = ""
    protected: bool = False
    total_row: bool = False
    sums: tuple[tuple[str, tuple[str, ...]], ...] = ()
    figures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Series:
    """
    One line, set of bars or set of dots in a chart.

    `x` are labels or numbers, `y` the values (None is a gap that is shown as a
    gap). `low` and `high` are interval ends, when there are any.
    """

    name: str
    x: tuple[Cell, ...]
    y: tuple[float | None, ...]
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()
    role: Literal["main", "compare", "limit", "expected", "forecast", "subject", "peer"] = "main"


ChartKind = Literal[
    "line", "run", "bars", "stacked", "dots", "clock", "lorenz", "paired", "multiples", "funnel", "matrix", "structure"
]


@dataclass(frozen=True, kw_only=True)
class Chart(Block):
    """
    A chart: what to draw, the sentence that describes it, and the table behind it.

    Kinds: `line` (months along x), `run` (a line with its limits: parameters
    `centre`, `lower`, `upper` and `signals`, the positions outside), `bars`
    (horizontal), `stacked` (columns), `dots` (a dot and interval per label, with
    `parameters["reference"]` drawn as a line), `clock` (7 days by 24 hours: one
    Series per day), `lorenz` (x and y from 0 to 1), `paired` (two series of bars
    facing each other: volume against harm), `multiples` (one small line a
    series), `funnel` (y against size x, limits as Series with role "limit"),
    `matrix` (a heat table: one Series per row, x the column labels), `structure`
    (groups set in under each other: x their names, y how far below the top).
    `describes` is the text alternative: what the chart shows, in a sentence.
    """

    id: str
    kind: ChartKind
    title: str
    describes: str
    series: tuple[Series, ...]
    source: str
    x_title: str = ""
    y_title: str = ""
    table: Table | None = None
    parameters: Mapping[str, object] = field(default_factory=dict)
    protected: bool = False
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Map(Block):
    """
    A map of small areas, or of hotspot cells, over the outline of the area.

    `values` maps an LSOA code (or, for `cells`, "easting,northing" of a cell's
    south-west corner) to its value; `classes` are the lower ends of the shading
    classes, lowest first; `labels` their names. `highlights` are outlined.
    Shapes come from the assessment's `geography`.
    """

    id: str
    title: str
    describes: str
    values: Mapping[str, float]
    classes: tuple[float, ...]
    labels: tuple[str, ...]
    source: str
    caveat: str
    of: Literal["lsoa", "cells"] = "lsoa"
    cell_metres: float = 0.0
    highlights: tuple[str, ...] = ()
    unit: str = ""
    table: Table | None = None
    protected: bool = False
    figures: tuple[str, ...] = ()


Blocks = Sequence[Block]
