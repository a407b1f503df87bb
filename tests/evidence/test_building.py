"""One sealed evidence file: reconciled, reproducible, read-only, and honest about releases and missing months."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from goldthread.evidence.building import Wanted, build
from goldthread.evidence.periods import period_from
from goldthread.evidence.store import Evidence
from goldthread.evidence.trouble import BadRequest, NothingKept
from tests.chapters.evidence_of import ASB, STREET, evidence_of, ground, monthly, street_row, street_rows, write_rows


def built(tmp_path: Path, name: str, *paths: Path) -> Evidence:
    build(Wanted(list(paths), "Saltmarsh", None, ground()), tmp_path / f"{name}.duckdb")
    return Evidence(tmp_path / f"{name}.duckdb")


def test_the_same_files_give_the_same_fingerprint_wherever_they_lie(tmp_path: Path) -> None:
    rows = street_rows({"Burglary": monthly("2025-01..2025-03", 7)})
    first = write_rows(tmp_path / "here/street.csv", rows)
    second = write_rows(tmp_path / "there/street.csv", rows)
    with built(tmp_path, "a", first) as a, built(tmp_path, "b", second) as b:
        assert a.fingerprint == b.fingerprint


def test_one_changed_value_changes_the_fingerprint(tmp_path: Path) -> None:
    rows = street_rows({"Burglary": monthly("2025-01..2025-03", 7)})
    first = write_rows(tmp_path / "a/street.csv", rows)
    rows[3] = rows[3] | {"Last outcome category": "Unable to prosecute suspect"}
    second = write_rows(tmp_path / "b/street.csv", rows)
    with built(tmp_path, "a", first) as a, built(tmp_path, "b", second) as b:
        assert a.fingerprint != b.fingerprint


def test_the_file_is_read_only_and_reaches_nothing_else(tmp_path: Path) -> None:
    with evidence_of(tmp_path, street_rows({"Burglary": {"2025-01": 3}})) as evidence:
        with pytest.raises(duckdb.Error):
            evidence.rows("DELETE FROM incidents")
        with pytest.raises(duckdb.Error):
            evidence.rows("SELECT * FROM read_csv('/etc/hostname')")
    assert not (tmp_path / "evidence.duckdb").stat().st_mode & stat.S_IWUSR


def test_a_failed_build_leaves_the_earlier_file_and_nothing_else(tmp_path: Path) -> None:
    with evidence_of(tmp_path, street_rows({"Burglary": {"2025-01": 3}})) as evidence:
        before = evidence.fingerprint
    empty = write_rows(tmp_path / "empty.csv", [])
    with pytest.raises(NothingKept, match="has no rows"):
        build(Wanted([empty], "Saltmarsh", None, ground()), tmp_path / "evidence.duckdb")
    with Evidence(tmp_path / "evidence.duckdb") as evidence:
        assert evidence.fingerprint == before
    assert not list(tmp_path.glob(".*"))


def test_a_missing_month_is_missing_and_never_zero(tmp_path: Path) -> None:
    months = monthly("2025-01..2025-06", 40)
    del months["2025-04"]
    with evidence_of(tmp_path, street_rows({"Burglary": months}), period="2025-01..2025-06") as evidence:
        assert [str(m) for _, _, m in evidence.missing()] == ["2025-04-01"]
        [counts] = evidence.monthly("police-uk-street", ["Burglary"], period_from("2025-01..2025-06"))
        assert counts[3] != counts[3], "not a number, because nobody knows"
        assert counts[2] == 40


def test_a_quiet_month_inside_one_small_file_is_zero(tmp_path: Path) -> None:
    rows = street_rows({"Burglary": {"2025-01": 2, "2025-03": 1}})
    with evidence_of(tmp_path, rows) as evidence:
        assert evidence.missing() == []


def test_asb_without_ids_and_references_that_repeat_are_all_kept(tmp_path: Path) -> None:
    rows = street_rows({ASB: {"2025-01": 4}}) + [street_row(1, "2025-01", "Burglary") for _ in range(2)]
    with evidence_of(tmp_path, rows) as evidence:
        assert evidence.rows("SELECT kept, repeated_references FROM files") == [(6, 1)]


def test_rows_without_a_place_are_set_aside_and_counted(tmp_path: Path) -> None:
    rows = [street_row(1, "2025-01", "Burglary"), street_row(2, "2025-01", "Burglary")]
    rows[1] |= {"LSOA code": "", "LSOA name": "", "Location": "No Location"}
    with evidence_of(tmp_path, rows) as evidence:
        assert evidence.rows("SELECT kept, refused, other_area, no_place FROM files") == [(1, 0, 1, 1)]


def test_british_transport_police_is_never_added_to_the_area(tmp_path: Path) -> None:
    rows = [street_row(i, "2025-01", "Robbery") for i in range(3)]
    rows[0] |= {"Reported by": "British Transport Police", "Falls within": "British Transport Police"}
    with evidence_of(tmp_path, rows) as evidence:
        assert evidence.rows("SELECT series, n FROM counts ORDER BY 1") == [
            ("British Transport Police: Robbery", 1),
            ("Robbery", 1),
            ("Robbery", 1),
        ]


def test_a_second_release_supersedes_the_first_and_the_difference_is_reported(tmp_path: Path) -> None:
    rows = street_rows({"Burglary": {"2025-01": 10}, ASB: {"2025-01": 5}})
    first = write_rows(tmp_path / "1/street.csv", rows)
    later = [r | {"Last outcome category": "Offender given a caution"} if i < 4 else r for i, r in enumerate(rows)]
    second = write_rows(tmp_path / "2/street.csv", [*later, street_row(99, "2025-01", "Burglary")])
    with built(tmp_path, "e", first, second) as evidence:
        assert evidence.rows("SELECT sum(n) FROM counts") == [(16,)]
        assert evidence.rows("SELECT kept, superseded FROM files ORDER BY file") == [(15, 15), (16, 0)]
        changed = evidence.rows("SELECT kind, n, earlier, later FROM revisions WHERE kind <> 'rows'")
        assert ("outcome", 4, "Under investigation", "Offender given a caution") in changed
        assert ("references new", 1, None, None) in changed


def test_two_halves_of_a_month_are_both_counted(tmp_path: Path) -> None:
    rows = street_rows({"Burglary": {"2025-01": 10}})
    halves = [write_rows(tmp_path / f"{i}/street.csv", part) for i, part in enumerate((rows[:5], rows[5:]))]
    with built(tmp_path, "e", *halves) as evidence:
        assert evidence.rows("SELECT sum(n) FROM counts") == [(10,)]


def test_a_file_that_no_feed_describes_is_refused_whole_and_reconciles(tmp_path: Path) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_text("name,colour\na,red\nb,blue\n", encoding="utf-8")
    street = write_rows(tmp_path / "street.csv", street_rows({"Burglary": {"2025-01": 3}}))
    with built(tmp_path, "e", odd, street) as evidence:
        assert evidence.rows("SELECT feed, rows, kept, refused, other_area FROM files ORDER BY file") == [
            (None, 2, 0, 2, 0),
            ("police-uk-street", 3, 3, 0, 0),
        ]


def test_a_file_without_a_column_that_it_must_have_is_refused_whole(tmp_path: Path) -> None:
    rows = street_rows({"Burglary": {"2025-01": 3}})
    short = [{k: v for k, v in r.items() if k != "Month"} for r in rows]
    path = write_rows(tmp_path / "short.csv", short, [c for c in STREET if c != "Month"])
    with pytest.raises(NothingKept, match=r"Month\. “no such column” is not a column called “Month”"):
        built(tmp_path, "e", path)


def test_a_period_with_no_data_says_which_months_there_are(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "street.csv", street_rows({"Burglary": {"2025-01": 3}}))
    with pytest.raises(NothingKept, match="They hold 2025-01 to 2025-01"):
        build(Wanted([path], "Saltmarsh", period_from("2030-01..2030-12"), ground()), tmp_path / "e.duckdb")


def test_a_wrong_area_is_offered_the_nearest_names(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "street.csv", street_rows({"Burglary": {"2025-01": 3}}))
    with pytest.raises(BadRequest, match="Saltmarsh"):
        build(Wanted([path], "Saltmarch", None, ground()), tmp_path / "e.duckdb")


def test_rows_of_another_area_are_counted_by_authority_and_not_kept(tmp_path: Path) -> None:
    rows = street_rows({"Burglary": {"2025-01": 3}})
    path = write_rows(tmp_path / "street.csv", rows)
    with pytest.raises(NothingKept, match="All 3 rows lie outside Wexcombe"):
        build(Wanted([path], "Wexcombe", None, ground()), tmp_path / "e.duckdb")


@pytest.mark.real
def test_dorset_2025_reconciles_as_was_measured(tmp_path: Path, shared_data: Path) -> None:
    wanted = Wanted([shared_data / "police-uk-dorset-2025"], "Bournemouth, Christchurch and Poole", None, shared_data)
    build(wanted, tmp_path / "e.duckdb")
    with Evidence(tmp_path / "e.duckdb") as evidence:
        [totals] = evidence.rows("SELECT sum(rows), sum(kept), sum(refused), sum(other_area), sum(no_place) FROM files")
        assert totals == (56_023, 34_900, 0, 21_123, 160)
        assert evidence.rows("SELECT count(DISTINCT lsoa) FROM incidents") == [(240,)]
        assert evidence.rows("SELECT sum(n) FROM counts WHERE series <> 'Anti-social behaviour'") == [(26_281,)]
        assert evidence.rows("SELECT count(*) FROM comparators WHERE authority = 'E06000059'")[0][0] > 0


@pytest.mark.real
def test_without_any_reference_dorset_is_placed_by_the_names_in_its_files(tmp_path: Path, shared_data: Path) -> None:
    build(Wanted([shared_data / "police-uk-dorset-2025"], "E06000058"), tmp_path / "e.duckdb")
    with Evidence(tmp_path / "e.duckdb") as evidence:
        assert evidence.rows("SELECT sum(kept) FROM files") == [(34_900,)]
        assert "No table of" in evidence.provenance["lacking"]


@pytest.mark.real
def test_a_file_that_mixes_editions_of_lsoa_is_placed_whole(tmp_path: Path, shared_data: Path) -> None:
    folder = shared_data / "police-uk-cleveland-2023-2024"
    paths = sorted(folder.glob("2023-0[1-5]/*street*"))
    build(Wanted(paths, "Middlesbrough", None, shared_data), tmp_path / "e.duckdb")
    with Evidence(tmp_path / "e.duckdb") as evidence:
        known = {lsoa for (lsoa,) in evidence.rows("SELECT lsoa FROM places")}
        used = {lsoa for (lsoa,) in evidence.rows("SELECT DISTINCT lsoa FROM incidents WHERE lsoa IS NOT NULL")}
        assert used <= known
        hows = dict(evidence.rows("SELECT place_how, count(*) FROM incidents GROUP BY 1"))
        assert hows["2011 code, split: by its point"] > 0


@pytest.mark.real
def test_three_releases_of_the_city_of_london_are_counted_once(tmp_path: Path, shared_data: Path) -> None:
    folder = shared_data / "police-uk-revisions-city-of-london-2025q4"
    build(Wanted([folder], "City of London", None, shared_data), tmp_path / "e.duckdb")
    with Evidence(tmp_path / "e.duckdb") as evidence:
        assert evidence.rows("SELECT sum(kept - superseded) FROM files") == evidence.rows("SELECT sum(n) FROM counts")
        assert evidence.rows("SELECT sum(superseded > 0) FROM files") == [(6,)]
        [(changed,)] = evidence.rows("SELECT sum(n) FROM revisions WHERE kind = 'outcome'")
        assert changed > 700


@pytest.mark.real
def test_a_csp_that_is_part_of_its_authority_is_told_apart(tmp_path: Path, shared_data: Path) -> None:
    kept = {}
    for csp in ("E22000063", "E22000067"):
        build(Wanted([shared_data / "police-uk-dorset-2025"], csp, None, shared_data), tmp_path / f"{csp}.duckdb")
        with Evidence(tmp_path / f"{csp}.duckdb") as evidence:
            [(kept[csp],)] = evidence.rows("SELECT sum(kept) FROM files")
    assert 0 < sum(kept.values()) < 34_900, "Christchurch is in the Dorset CSP"


def test_months_and_periods_are_dates(tmp_path: Path) -> None:
    with evidence_of(tmp_path, street_rows({"Burglary": monthly("2025-01..2025-02", 3)})) as evidence:
        assert evidence.rows("SELECT DISTINCT month FROM counts ORDER BY 1") == [
            (date(2025, 1, 1),),
            (date(2025, 2, 1),),
        ]
        assert str(evidence.period) == "2025-01..2025-02"


def test_a_partners_point_is_kept_to_the_nearest_fifty_metres(tmp_path: Path) -> None:
    from example.build import build as build_saltmarsh
    from goldthread.evidence.places import to_grid

    build_saltmarsh(tmp_path / "saltmarsh")
    [extract] = (tmp_path / "saltmarsh/files/Police").glob("*crime extract*")
    with built(tmp_path, "e", extract) as evidence:
        points = evidence.columns("SELECT longitude, latitude FROM incidents WHERE longitude IS NOT NULL")
    easting, northing = to_grid(np.asarray(points["longitude"]), np.asarray(points["latitude"]))
    assert len(easting) > 20_000
    assert max(abs(easting / 50 - (easting / 50).round())) < 0.01
    assert max(abs(northing / 50 - (northing / 50).round())) < 0.01
