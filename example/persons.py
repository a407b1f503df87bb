"""Invented personal values for the columns that must become nothing, with a few that no one could mistake."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import yaml

from example.truths import truths

WORDS = yaml.safe_load((Path(__file__).parent / "names.yaml").read_text(encoding="utf-8"))["people"]


def names(rng: np.random.Generator, number: int) -> list[str]:
    """Invented names, with each unmistakable one among them once (when there are rows enough)."""
    first = rng.integers(0, len(WORDS["first"]), number).tolist()
    last = rng.integers(0, len(WORDS["last"]), number).tolist()
    found = [f"{WORDS['first'][a]} {WORDS['last'][b]}" for a, b in zip(first, last, strict=True)]
    planted = truths()["unmistakable"]["names"]
    for k, name in enumerate(planted):
        place = (k + 1) * number // (len(planted) + 1)
        if number > len(planted):
            found[place] = name
    return found


def notes(rng: np.random.Generator, number: int) -> list[str]:
    """Free text of the sort that names people, in about a tenth of rows."""
    named = names(rng, number)
    said = rng.random(number) < 0.1
    planted = set(truths()["unmistakable"]["names"])
    return [f"Spoke to {n}, will ring back" if yes or n in planted else "" for n, yes in zip(named, said, strict=True)]


def postcodes(rng: np.random.Generator, number: int) -> list[str]:
    """Whole postcodes of an invented postal area, one of them unmistakable."""
    found = [f"SX{a} {b}QV" for a, b in rng.integers(1, 10, (number, 2)).tolist()]
    found[number // 2] = truths()["unmistakable"]["postcode"]
    return found


def telephones(rng: np.random.Generator, number: int) -> list[str]:
    """Telephone numbers from the range kept for drama, one of them unmistakable."""
    found = [f"01632 960{k:03d}" for k in rng.integers(0, 900, number).tolist()]
    found[number // 2] = truths()["unmistakable"]["telephone"]
    return found


def health_numbers(rng: np.random.Generator, number: int) -> list[str]:
    """Ten figures that begin as no patient's number does, one of them unmistakable."""
    found = [f"999 {a:03d} {b:04d}" for a, b in zip(*_figures(rng, number), strict=True)]
    found[number // 2] = truths()["unmistakable"]["health_number"]
    return found


def births(rng: np.random.Generator, number: int) -> list[str]:
    """Dates of birth, which no partner should send."""
    days = np.datetime64("1940-01-01") + rng.integers(0, 25_000, number)
    return [d.strftime("%d/%m/%Y") for d in days.tolist()]


def _figures(rng: np.random.Generator, number: int) -> tuple[list[int], list[int]]:
    return rng.integers(100, 900, number).tolist(), rng.integers(1000, 9000, number).tolist()


def keys(rng: np.random.Generator, number: int, *, letter: str, again: float) -> list[str]:
    """Made-up references to people: a share of rows are of someone seen before, and some people many times."""
    found: list[int] = []
    fresh = (rng.random(number) >= again).tolist()
    back = rng.random(number).tolist()
    for k in range(number):
        found.append(k if fresh[k] or not found else found[int(back[k] * len(found))])
    return [f"{letter}-{(k * 7_919 + 104_729) % 1_000_003:07d}" for k in found]
