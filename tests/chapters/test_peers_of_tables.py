"""Beside the statistics office's table a rate is of the table's own year, and says whose count and how much of it."""

from __future__ import annotations

import csv
import functools
import tempfile
from collections.abc import Mapping
from pathlib import Path

import duckdb
import numpy as np
import pytest

from goldthread.chapters import peers
from goldthread.chapters.assembling import measured
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import read_context
from goldthread.chapters.measuring.lines import TOTAL
from goldthread.chapters.measuring.peers import Peered, Peers
from goldthread.chapters.model import Paragraph
from goldthread.chapters.words import plain, resolve
from goldthread.evidence.building import Wanted, build
from goldthread.evidence.periods import period_from
from goldthread.evidence.store import Evidence
from tests.chapters.evidence_of import monthly, street_row, write_rows
from tests.evidence.places_ground import REAL

pytestmark = pytest.mark.real
C2 = REAL / "home-office-ons-tables" / "ons_table_C2_csp_ye_june_2025.csv"
PEOPLE = REAL / "population-deprivation" / "pop_density_lsoa21_mid2011_mid2022.parquet"
LOOKUP = REAL / "boundaries-lookups" / "LSOA_(2011)_to_LSOA_(2021)_to_LAD_(2022)_Exact_Fit_Lookup_EW_V3.csv.gz"
PLACES = {"E06000058": ("E01015301", "Bournemouth 001A"), "E06000002": ("E01012068", "Middlesbrough 001A")}
PARTS = {"E22000063": "Bournemouth", "E22000067": "Poole"}


@functools.cache
def peered(area: str, period: str, *others: Path) -> tuple[Peers, str, float]:
    """What is found beside the table in the reference folder, the chapter's sentences, and the table's share."""
    folder = Path(tempfile.mkdtemp())
    rows = [
        street_row(i, month, "Burglary", PLACES["E06000058" if "E2" in area else area])
        for i, month in enumerate(monthly(period, 1))
    ]
    street = write_rows(folder / "street.csv", rows)
    build(Wanted([street, *others], area, period_from(period), reference=REAL), folder / "e.duckdb")
    with Evidence(folder / "e.duckdb") as evidence:
        brief = measured(Brief(evidence, read_context(None, "anywhere")))
        chapter, found = peers.write(brief), brief.found(Peers)
        assert evidence.rows("SELECT count(*) FROM files") == [(1 + len(others),)]
    assert found.group is not None and found.group.counted is not None
    figures = by_id(chapter.figures)
    said = " ".join(plain(resolve(b.text, figures)) for b in chapter.blocks if isinstance(b, Paragraph))
    return found, said, found.group.counted.share


@functools.cache
def published() -> Mapping[str, Mapping[str, float]]:
    """The table by hand: partnership, offence, number."""
    lines = list(csv.reader(C2.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    heads = [" ".join(h.split()) for h in lines[7]]
    return {
        row[2]: {h: float(cell.replace(",", "")) for h, cell in zip(heads[6:], row[6:], strict=True) if cell.strip()}
        for row in lines[8:]
        if row[2]
    }


def people_of(where: str) -> float:
    """Residents at the middle of 2022 of the LSOAs for which this holds of the lookup, by SQL over the files."""
    asked = (
        f'SELECT sum("Mid-2022: Population") FROM read_parquet(\'{PEOPLE}\') WHERE "LSOA 2021 Code" IN '
        f"(SELECT LSOA21CD FROM read_csv('{LOOKUP}', all_varchar=true) WHERE {where})"
    )
    return float(duckdb.sql(asked).fetchall()[0][0])


def total_of(found: Peers) -> Peered:
    return found.by_line[TOTAL]


def test_a_council_that_is_one_partnership_has_the_number_that_is_published() -> None:
    found, said, share = peered("E06000002", "2024-01..2024-12")
    total = total_of(found).comparison
    crimes, people = (
        published()["E22000029"]["Total recorded crime (excluding fraud)"],
        people_of("LAD22CD = 'E06000002'"),
    )
    assert (total.count[total.subject], total.population[total.subject], share) == (crimes, people, 1.0)
    assert total.rate[total.subject] == pytest.approx(1000 * crimes / people)
    assert "July 2024 to June 2025 was 154.8 for every 1,000 residents, the highest of the 15 areas" in said
    assert "they are not the totals of data.police.uk" in said


def test_each_of_the_others_has_its_own_published_number_and_ranks_follow_from_them() -> None:
    found, _, _ = peered("E06000002", "2024-01..2024-12")
    assert found.group is not None and found.group.counted is not None
    total, units = total_of(found).comparison, found.group.counted.places
    members = (found.group.subject, *found.group.others)
    whole = "Total recorded crime (excluding fraud)"
    by_hand = np.array([sum(published()[p][whole] for p in units[a.code]) for a in members])
    people = np.array([people_of(f"LAD22CD = '{a.code}'") for a in members])
    rates = 1000 * by_hand / people
    assert total.rate == pytest.approx(rates)
    assert total.mean == pytest.approx(rates.mean())
    assert total.rank[0] == 1 + (rates < rates[0]).sum() == 15
    assert total_of(found).from_highest == 1
    robbery = found.by_line["robbery"].comparison
    assert robbery.count[0] == published()["E22000029"]["Robbery"]


def test_a_council_of_three_partnerships_is_compared_by_the_two_that_are_its_own() -> None:
    found, said, share = peered("E06000058", "2025-01..2025-12")
    total = total_of(found).comparison
    crimes = sum(published()[p]["Total recorded crime (excluding fraud)"] for p in PARTS)
    own = " OR ".join(f"regexp_matches(LSOA11NM, '^{name} [0-9]')" for name in PARTS.values())
    assert total.count[total.subject] == crimes == 18_801 + 9_539
    assert total.population[total.subject] == people_of(own)
    assert share == pytest.approx(people_of(own) / people_of("LAD22CD = 'E06000058'"))
    assert "Bournemouth and Poole stand for it here, with 88% of its residents" in said
    assert "The rest is counted with Dorset" in said


def test_a_partnership_has_its_own_number() -> None:
    found, said, _ = peered("E22000063", "2025-01..2025-12")
    total = total_of(found).comparison
    assert total.count[total.subject] == 18_801
    assert total.population[total.subject] == people_of("regexp_matches(LSOA11NM, '^Bournemouth [0-9]')")
    assert "every other area of the table" in said


def test_a_table_that_was_sent_stands_before_the_one_among_the_reference_tables(tmp_path: Path) -> None:
    table = tmp_path / "sent.csv"
    text = C2.read_text(encoding="utf-8-sig").replace("year ending June 2025", "year ending December 2024")
    table.write_text(text, encoding="utf-8")
    found, said, _ = peered("E06000002", "2024-01..2024-12", table)
    assert found.group is not None and str(found.group.period) == "2024-01..2024-12"
    assert "in January to December 2024 was 154.8" in said


def test_of_a_year_with_too_little_of_the_period_nothing_is_said() -> None:
    with pytest.raises(AssertionError):
        peered("E06000002", "2023-01..2023-12")
