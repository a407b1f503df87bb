"""The headline numbers that open the executive edition, and which figures they come from."""

from __future__ import annotations

from collections.abc import Iterable

from goldthread.chapters import words
from goldthread.chapters.model import Figure, Finding
from goldthread.editions.document import (
    PreparedTiles,
    Tile,
)
from goldthread.editions.preparing import Preparing
from goldthread.editions.protecting import NOT_SHOWN


def headlines(preparing: Preparing, findings: Iterable[Finding], most: int = 4) -> PreparedTiles:
    """
    Choose the headline numbers.

    A figure whose `parameters` hold `headline` (the label) is a tile; after
    them come the figures of the highest findings that tell a number and its
    change. The number is the figure's `now`, `after` or `n`, or its first
    count; the change its `change` or `percent`, or its `ratio`.
    """
    figures = preparing.assessment.figures
    marked = [figure for figure in figures.values() if "headline" in figure.parameters]
    chosen = [(str(figure.parameters["headline"]), figure) for figure in marked]
    named = [figures[name] for finding in findings for name in finding.figures]
    chosen += [(figure.rows.series[0], figure) for figure in named if _tells_a_change_of_one_thing(figure)]
    tiles = [tile for label, figure in chosen if (tile := _tile(preparing, label, figure)) is not None]
    return PreparedTiles(tuple({tile.label: tile for tile in reversed(tiles)}.values())[::-1][:most])


def _tells_a_change_of_one_thing(figure: Figure) -> bool:
    """Whether a figure counts one series now and says how it changed, so that the series names it."""
    number, change = (figure.answer.get(key) for key in ("after", "percent"))
    return len(figure.rows.series) == 1 and isinstance(number, int | float) and isinstance(change, int | float)


def _tile(preparing: Preparing, label: str, figure: Figure) -> Tile | None:
    keys = [key for key in ("now", "after", "n", *figure.count_keys) if isinstance(figure.answer.get(key), int | float)]
    if not keys:
        return None
    withhold = preparing.protection.instead_of

    def part(key: str, form: str) -> str:
        return withhold(figure, key, form) or words.say(figure.answer[key], form)

    changes = (("change", "change"), ("percent", "change"), ("ratio", "ratio_change"))
    change = next((part(key, form) for key, form in changes if isinstance(figure.answer.get(key), int | float)), "")
    return Tile(label, part(keys[0], "n"), "" if change == NOT_SHOWN else change, figure.id)
