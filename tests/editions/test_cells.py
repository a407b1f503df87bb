"""Cells of tables: the numbers of a column carry the same decimals, and no more than they can bear."""

from __future__ import annotations

import pytest

from goldthread.chapters.model.blocks import Cell, Kind
from goldthread.editions.cells import NOTHING, decimals, numeric, printed


def column(values: tuple[Cell, ...], kind: Kind) -> list[str]:
    return [printed(value, kind, places=decimals(values, kind)) for value in values]


@pytest.mark.parametrize(
    ("values", "kind", "said"),
    [
        ((39.2, 78.0, None), "number", ["39.2", "78.0", NOTHING]),
        ((0.81, 1.0, 0.0), "number", ["0.81", "1.00", "0.00"]),
        ((3, 12, 318), "number", ["3", "12", "318"]),
        ((148583.0, 27.58), "number", ["148,583", "27.6"]),
        ((2582786.0, 803.04, 0.57), "rate", ["2,582,786", "803.0", "0.57"]),
        ((4831.5,), "number", ["4,832"]),
    ],
)
def test_a_column_carries_its_decimals(values: tuple[Cell, ...], kind: Kind, said: list[str]) -> None:
    assert column(values, kind) == said


def test_words_that_are_numbers_are_known_as_such() -> None:
    assert numeric(["+2.7", "−3.7", NOTHING, ""], ())
    assert numeric(["4", "1 to 3", "<0.001", "99%", "x", "12*"], ("x",))
    assert not numeric(["4", "of 6"], ())
    assert not numeric([NOTHING, ""], ())
