"""Home Office offences inside each open category, and which crimes carry which flags and victims."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from example.rates import SERIES

Whole = NDArray[np.int64]
VIOLENT = ("Violence with injury", "Violence without injury", "Stalking and harassment")
SEXUAL = ("Other sexual offences", "Rape offences")
# Share of each subgroup's crimes with the flag; alcohol and knives are more than usual in the night-time area.
DOMESTIC = {"Violence with injury": 0.36, "Violence without injury": 0.38, "Stalking and harassment": 0.42}
DOMESTIC |= {"Rape offences": 0.3, "Criminal damage": 0.16, "Public order offences": 0.06}
KNIFE = {"Violence with injury": 0.05, "Violence without injury": 0.015, "Robbery of personal property": 0.22}
KNIFE |= {"Robbery of business property": 0.2, "Possession of weapons offences": 0.75}
ALCOHOL = {"Violence with injury": 0.3, "Violence without injury": 0.2, "Public order offences": 0.28}
HATE = {"Public order offences": 0.11, "Violence without injury": 0.03, "Stalking and harassment": 0.03}
ONLINE = {"Stalking and harassment": 0.35, "Other sexual offences": 0.1}
# Crimes against no person, which have no victim to repeat.
NO_VICTIM: tuple[str, ...] = (
    *("Shoplifting", "Possession of drugs", "Trafficking of drugs", "Possession of weapons offences"),
    *("Robbery of business property", "Burglary - business and community", "Miscellaneous crimes against society"),
)
BUSINESS = ("Shoplifting", "Robbery of business property", "Burglary - business and community")
HOME = ("Residential burglary",)


@dataclass(frozen=True)
class Offence:
    """A Home Office offence: code, words and subgroup as the force writes it."""

    code: str
    words: str
    subgroup: str


@cache
def offences() -> tuple[tuple[Offence, ...], dict[str, tuple[list[int], list[float]]]]:
    """Every offence, and for each open category the numbers of its offences and their shares."""
    said = yaml.safe_load((Path(__file__).parent / "offences.yaml").read_text(encoding="utf-8"))
    every: list[Offence] = []
    inside: dict[str, tuple[list[int], list[float]]] = {}
    for category, subgroups in said.items():
        numbers, shares = inside.setdefault(category, ([], []))
        for subgroup, share, codes in subgroups:
            for code, words, part in codes:
                numbers.append(len(every))
                shares.append(share * part)
                every.append(Offence(str(code), words, subgroup))
    return tuple(every), inside


def draw_offences(rng: np.random.Generator, series: Whole) -> list[Offence]:
    """An offence for each crime, by its open category."""
    every, inside = offences()
    chosen = np.zeros(len(series), dtype=np.int64)
    for number, category in enumerate(SERIES):
        mine = series == number
        if category in inside and mine.any():
            numbers, shares = inside[category]
            chosen[mine] = rng.choice(numbers, int(mine.sum()), p=np.array(shares) / sum(shares))
    return [every[k] for k in chosen.tolist()]
