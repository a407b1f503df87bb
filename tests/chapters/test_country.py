"""Every authority side by side: each as it is alone, holes as holes, and none that no force of the files serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from goldthread.chapters.assembling import assess
from goldthread.chapters.context import read_context
from goldthread.chapters.country import assess_country
from goldthread.chapters.country.counted import count_country
from goldthread.chapters.model import Assessment, Table
from goldthread.evidence.building import Wanted, build
from goldthread.evidence.periods import period_from
from goldthread.evidence.store import Evidence
from tests.chapters.evidence_of import ASB, ground, monthly, street_row, street_rows, write_rows
from tests.chapters.test_peers import places_of
from tests.evidence.places_ground import REAL
from tests.journeys.command import goldthread, refused

YEARS, YEAR = "2024-01..2025-12", "2025-01..2025-12"
SALT = "e06000999"


def rows_of(authority: str, start: int, series: Mapping[str, Mapping[str, int]]) -> list[dict[str, str]]:
    places = places_of(authority)
    each = [(m, s) for s, months in series.items() for m, n in months.items() for _ in range(n)]
    return [street_row(start + i, m, s, places[i % len(places)]) for i, (m, s) in enumerate(each)]


SALTMARSH = street_rows(
    {"Burglary": monthly(YEARS, 30, 34, 27), "Shoplifting": monthly(YEARS, 60, 50, 71), ASB: monthly(YEARS, 20)}
)
WEXCOMBE = rows_of("Wexcombe", 10**6, {"Burglary": monthly(YEARS, 22, 25), "Shoplifting": monthly(YEARS, 45, 40, 41)})
DUNMARSH = rows_of("Dunmarsh", 2 * 10**6, {"Burglary": monthly(YEARS, 31, 30), "Shoplifting": monthly(YEARS, 77, 90)})
CODES = ("e06000999", "e07000998")


def built(to: Path, rows: list[dict[str, str]], area: str) -> Path:
    path = to / f"{area}.duckdb"
    build(Wanted([write_rows(to / "street.csv", rows)], area, period_from(YEAR), reference=ground()), path)
    return path


def country(to: Path, rows: list[dict[str, str]]) -> Assessment:
    with Evidence(built(to, rows, "all")) as evidence:
        return assess_country(evidence)


def alone(to: Path, rows: list[dict[str, str]], area: str) -> Assessment:
    with Evidence(built(to, rows, area)) as evidence:
        return assess(evidence, read_context(None, area))


def coverage(made: Assessment) -> dict[str, tuple[object, ...]]:
    [table] = [b for b in made.chapters[0].blocks if isinstance(b, Table)]
    return {str(row[1]): row[-2:] for row in table.rows}


@pytest.mark.parametrize(("area", "code"), [("Saltmarsh", SALT), ("Wexcombe", None)])
def test_the_figures_of_an_authority_are_those_that_it_has_alone(tmp_path: Path, area: str, code: str | None) -> None:
    rows = [*SALTMARSH, *WEXCOMBE, *DUNMARSH]
    every, own = country(tmp_path, rows), alone(tmp_path, rows, area)
    code = code or own.area_code.lower()
    for line in ("burglary", "shoplifting", "total-crime"):
        change, before = every.figures[f"{code}.{line}.change"].answer, own.figures[f"{line}.change"].answer
        for there, here in (("before", "matched_before"), ("after", "matched_after"), ("percent", "percent")):
            assert change[there] == pytest.approx(before[here]), (line, there)
        assert (change["low"], change["high"], change["p"]) == (before["low"], before["high"], before["p"])
    rate, same = every.figures[f"{code}.shoplifting.rate"].answer, own.figures["shoplifting.peers"].answer
    assert rate["people"] == same["population"]
    for key in ("count", "rate", "low", "high"):
        assert rate[key] == pytest.approx(same[key]), key
    gathered, there = (
        every.figures[f"{code}.total-crime.concentration"].answer,
        own.figures["concentration.total-crime"],
    )
    assert (gathered["events"], gathered["places"]) == (there.answer["n"], there.answer["places"])
    assert gathered["gini"] == pytest.approx(there.answer["gini"])
    for index in ("ons-severity", "cambridge"):
        harm, same = every.figures[f"{code}.harm.{index}"].answer, own.figures[f"harm.{index}"].answer
        assert (harm["crimes"], harm["total"]) == (same["crimes"], pytest.approx(same["harm"]))


def test_the_same_files_give_the_same_record_in_whatever_order_their_rows_come(tmp_path: Path) -> None:
    rows = [*SALTMARSH, *WEXCOMBE, *DUNMARSH]
    once, again = country(tmp_path, rows), country(tmp_path, rows[::-1])
    assert replace(once, fingerprint="") == replace(again, fingerprint="")
    assert list(once.figures) == list(again.figures)


def test_nothing_is_withheld_and_nothing_is_said_in_sentences(tmp_path: Path) -> None:
    made = country(tmp_path, [*SALTMARSH, *WEXCOMBE, *DUNMARSH])
    assert not made.findings and not made.recommendations
    assert not any(figure.protected for figure in made.figures.values())


def test_a_month_that_a_force_did_not_send_is_a_hole_in_its_authorities_alone(tmp_path: Path) -> None:
    gone = [r for r in DUNMARSH if r["Month"] != "2025-04"]
    made = country(tmp_path, [*SALTMARSH, *WEXCOMBE, *gone])
    assert coverage(made)["Dunmarsh"] == (23, "2025-04")
    assert coverage(made)["Saltmarsh"] == (24, "")
    dunmarsh = next(
        k for k, f in made.figures.items() if f.parameters.get("name") == "Dunmarsh" and k.endswith("burglary.change")
    )
    assert made.figures[dunmarsh].answer["months"] == 11
    rate = made.figures[dunmarsh.replace("change", "rate")].answer
    assert (rate["months"], rate["rank"]) == (11, None)


def test_an_authority_that_no_force_of_the_files_serves_is_left_out_and_named(tmp_path: Path) -> None:
    stray = [rows_of(a, 10**7 * (i + 1), {"Burglary": {"2025-03": 1}}) for i, a in enumerate(("Millholt", "Thornsea"))]
    made = country(tmp_path, [*SALTMARSH, *WEXCOMBE, *DUNMARSH, *(r for some in stray for r in some)])
    assert coverage(made)["Millholt"] == (0, "all")
    assert not [f for f in made.figures.values() if f.parameters.get("name") in ("Millholt", "Thornsea")]
    assert made.figures[f"{SALT}.burglary.rate"].answer["of"] == 3


def test_editions_of_every_authority_are_refused_in_a_clear_sentence(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "street.csv", SALTMARSH)
    done = goldthread("assess", path, "--area", "all", "--to", tmp_path / "out")
    refused(done, 2, "no editions", "--edition none")
    assert not (tmp_path / "out").exists()


@pytest.mark.real
def test_real_authorities_have_the_counts_that_sql_finds_in_the_files(tmp_path: Path) -> None:
    folder = REAL / "police-uk-peer-forces-2025h1" / "2025-05"
    build(Wanted([folder], "all", reference=REAL), tmp_path / "e.duckdb")
    lookup = REAL / "boundaries-lookups" / "LSOA_(2011)_to_LSOA_(2021)_to_LAD_(2022)_Exact_Fit_Lookup_EW_V3.csv.gz"
    found = duckdb.sql(
        f"""SELECT LAD22CD, count(*) FROM read_csv('{folder}/*-street.csv.gz', all_varchar=true) r
        JOIN (SELECT DISTINCT LSOA21CD, LAD22CD FROM read_csv('{lookup}', all_varchar=true)) k
        ON k.LSOA21CD = r."LSOA code" WHERE "Crime type" = 'Shoplifting' GROUP BY 1"""
    ).fetchall()
    with Evidence(tmp_path / "e.duckdb") as evidence:
        made, counted = assess_country(evidence), count_country(evidence)
    shops = {
        k.split(".")[0].upper(): f.answer["count"] for k, f in made.figures.items() if k.endswith(".shoplifting.rate")
    }
    assert len(counted.authorities) == 68  # of the six forces; the Isles of Scilly had two crimes, too few to tell
    assert shops == {code: n for code, n in found if code in shops} and len(shops) == 68
