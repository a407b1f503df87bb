"""The planted truths, read from truths.yaml: what the scripts must plant, and what the assessment must find."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FIRST_YEAR, MONTHS = 2023, 36


@cache
def truths() -> dict[str, Any]:
    """Everything that was planted, as the page says it."""
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "truths.yaml").read_text(encoding="utf-8"))
    return found


def effect(name: str) -> dict[str, Any]:
    """One planted effect: where, from when and how strong."""
    found: dict[str, Any] = truths()["effects"][name]
    return found


def month_number(words: str) -> int:
    """Which month of the 36 this is (2023-01 is 0)."""
    year, month = str(words).split("-")
    return (int(year) - FIRST_YEAR) * 12 + int(month) - 1


@cache
def month_name(number: int) -> str:
    """The month of this number as 2023-01."""
    return f"{FIRST_YEAR + number // 12}-{number % 12 + 1:02d}"
