"""A rate is called high or low only beside areas whose counts came, and never by more than they can bear."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from example.areas import AUTHORITIES
from goldthread.chapters import comparing, peers
from goldthread.chapters.assembling import measured
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import read_context
from goldthread.chapters.measuring.peers import Peers, outlying
from goldthread.chapters.model import Chapter, Paragraph, Table
from goldthread.chapters.words import plain, resolve
from tests.chapters.evidence_of import evidence_of, ground, monthly, street_row, street_rows

YEAR = "2025-01..2025-12"
TABLE = ("Area Code", "Area Name", "Year", "Offence Group", "Offences", "Residents")


def table_of_areas(to: Path, rates: Mapping[str, float], group: str = "Shoplifting") -> Path:
    """A published table in which each area has this many for every 1,000 residents."""
    path = to / "comparators.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out)
        write.writerow(TABLE)
        for area in AUTHORITIES:
            people = area.population or 180_000
            write.writerow([area.code, area.name, 2025, group, round(rates[area.name] * people / 1000), people])
    return path


def places_of(authority: str) -> list[tuple[str, str]]:
    [lookup] = ground().rglob("LSOA_(2021)_to_Electoral_Ward*")
    with gzip.open(lookup, "rt", encoding="utf-8-sig", newline="") as rows:
        return sorted((r["LSOA21CD"], r["LSOA21NM"]) for r in csv.DictReader(rows) if r["LAD24NM"] == authority)


def elsewhere(authority: str, a_month: int, start: int) -> list[dict[str, str]]:
    places = places_of(authority)
    return [
        street_row(start + i, month, "Burglary", places[i % len(places)])
        for i, month in enumerate(m for m in monthly(YEAR, 1) for _ in range(a_month))
    ]


def written(tmp_path: Path, *others: Path, more: list[dict[str, str]] | None = None) -> tuple[Brief, Chapter, str]:
    rows = street_rows({"Burglary": monthly(YEAR, 40, 44, 37), "Shoplifting": monthly(YEAR, 90, 80)})
    with evidence_of(tmp_path, [*rows, *(more or [])], *others, period=YEAR) as evidence:
        brief = measured(Brief(evidence, read_context(None, "Saltmarsh")))
        chapter = peers.write(brief)
    figures = by_id(chapter.figures)
    return brief, chapter, " ".join(plain(resolve(b.text, figures)) for b in chapter.blocks if isinstance(b, Paragraph))


def spread_out(subject: float) -> dict[str, float]:
    rates = {area.name: 5 + 0.1 * i for i, area in enumerate(AUTHORITIES)}
    return rates | {"Saltmarsh": subject}


def test_a_rate_far_beyond_the_others_stands_out(tmp_path: Path) -> None:
    brief, _, text = written(tmp_path, table_of_areas(tmp_path, spread_out(12.0)))
    [shops] = brief.found(Peers).by_line.values()
    assert comparing.verdict(brief, shops) == "high"
    assert "further above the group than its members lie from each other for" in text
    said = plain(resolve(comparing.sentence(brief, shops, f := comparing.figure(brief, shops)), {f.id: f}))
    assert said.startswith(
        "By the count of the Office for National Statistics, the recorded rate in January to December 2025 was 12.0 "
        "for every 1,000 residents, the highest of the 12 areas compared"
    )


def test_a_rate_among_the_others_is_like_the_group(tmp_path: Path) -> None:
    brief, chapter, text = written(tmp_path, table_of_areas(tmp_path, spread_out(5.5)))
    assert "No type stands out from the group." in text
    [ranks] = [b for b in chapter.blocks if isinstance(b, Table) and b.id == "peers.ranks"]
    assert ranks.rows[0][-1] == "Like the group"
    [shops] = brief.found(Peers).by_line.values()
    assert ranks.rows[0][4] == pytest.approx(np.mean(shops.comparison.rate))


def test_a_rate_below_all_the_others_is_low(tmp_path: Path) -> None:
    brief, _, text = written(tmp_path, table_of_areas(tmp_path, spread_out(1.0)))
    assert "further below the group" in text
    [shops] = brief.found(Peers).by_line.values()
    assert "the lowest of the" in comparing.placed(shops, "shoplifting.peers")


def test_burglary_is_set_against_households(tmp_path: Path) -> None:
    rates = {area.name: 4.0 + 0.1 * i for i, area in enumerate(AUTHORITIES)}
    brief, _, _ = written(tmp_path, table_of_areas(tmp_path, rates, "Burglary"))
    burglary = brief.found(Peers).by_line["burglary"]
    homes = {area.name: area.households for area in AUTHORITIES}
    at = burglary.comparison.members.index("Millholt")
    assert burglary.per == "households"
    assert burglary.comparison.population[at] == homes["Millholt"]


def test_few_others_allow_less_to_be_said(tmp_path: Path) -> None:
    more = [*elsewhere("Wexcombe", 30, 10**6), *elsewhere("Dunmarsh", 70, 2 * 10**6)]
    brief, chapter, text = written(tmp_path, more=more)
    group = brief.found(Peers).group
    assert group is not None and [a.name for a in group.others] == ["Wexcombe", "Dunmarsh"]
    assert "which are near it and need not be like it" in text
    assert "the other two taken together" in text
    assert chapter.gaps


def test_an_area_that_lacks_a_month_is_left_out_and_named(tmp_path: Path) -> None:
    more = [*elsewhere("Wexcombe", 30, 10**6), *elsewhere("Dunmarsh", 70, 2 * 10**6)]
    more += [r for r in elsewhere("Thornsea", 110, 3 * 10**6) if r["Month"] != "2025-04"]
    brief, _, text = written(tmp_path, more=more)
    group = brief.found(Peers).group
    assert group is not None and group.incomplete == ("Thornsea",)
    assert "Thornsea lacked months that Saltmarsh has, and is left out." in text


def test_a_handful_of_rows_over_the_border_is_no_comparison(tmp_path: Path) -> None:
    more = [*elsewhere("Wexcombe", 30, 10**6), *elsewhere("Dunmarsh", 70, 2 * 10**6)]
    brief, _, _ = written(tmp_path, more=[*more, *elsewhere("Millholt", 1, 4 * 10**6)])
    group = brief.found(Peers).group
    assert group is not None and "Millholt" not in [a.name for a in group.others]


def test_with_nobody_to_compare_with_the_most_similar_areas_are_named(tmp_path: Path) -> None:
    _, chapter, text = written(tmp_path)
    assert chapter.gaps
    assert "so no rate can be called high or low" in (text or chapter.missing)


def test_of_areas_that_are_alike_one_in_twenty_is_called_outlying() -> None:
    chance = np.random.default_rng(4)
    people = chance.uniform(80_000, 300_000, size=(2_000, 12))
    alike = chance.gamma(25, 1 / 25, size=(2_000, 12))
    counts = chance.poisson(people / 1000 * 4 * alike)
    p = np.array([outlying(n.astype(float), size) for n, size in zip(counts, people, strict=True)])
    assert 0.03 <= np.mean(p < 0.05) <= 0.06


def test_of_areas_that_are_alike_and_have_little_crime_no_more_are_called_outlying() -> None:
    chance = np.random.default_rng(5)
    people = chance.uniform(40_000, 300_000, size=(2_000, 9))
    counts = chance.poisson(people / 1000 * 0.05)
    p = np.array([outlying(n.astype(float), size) for n, size in zip(counts, people, strict=True)])
    assert np.mean(p < 0.05) <= 0.055
