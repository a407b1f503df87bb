"""The tables of areas are whole: every authority has a partnership, a force and a fire service."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter

import pytest

from goldthread.evidence.definitions import definitions_folder
from goldthread.evidence.places.areas import find_area
from goldthread.evidence.places.known import read_known
from tests.definitions.reading import REFERENCE, rows, words

AUTHORITIES = rows("areas/authorities")
FORMER = rows("areas/former-authorities")
FORCES = rows("areas/force-names")


def test_every_authority_of_england_and_wales_is_there() -> None:
    by_country = Counter(country for _, country in {(r["code"], r["country"]) for r in AUTHORITIES})
    assert by_country == {"England": 296, "Wales": 22}


def test_every_authority_has_a_partnership_a_force_a_fire_service_and_a_region() -> None:
    for row in AUTHORITIES:
        assert re.fullmatch(r"E0[6-9]\d{6}|W06\d{6}", row["code"])
        assert re.fullmatch(r"E22\d{6}|W14\d{6}", row["csp_code"])
        assert re.fullmatch(r"[EW]\d{8}", row["force_code"])
        assert re.fullmatch(r"[EW]\d{8}", row["fire_code"])
        assert all(row[k] for k in ("name", "region", "csp_name", "force_name", "fire_name"))


def test_a_row_is_one_authority_and_one_partnership() -> None:
    assert len({(r["code"], r["csp_code"]) for r in AUTHORITIES}) == len(AUTHORITIES) == 332


def test_an_authority_lies_in_one_force_region_and_fire_service() -> None:
    keys = ("name", "welsh", "country", "region", "force_code", "force_name", "fire_code", "fire_name")
    told = {(r["code"], *(r[k] for k in keys)) for r in AUTHORITIES}
    assert len(told) == len({r["code"] for r in AUTHORITIES})


def test_bournemouth_christchurch_and_poole_is_three_partnerships() -> None:
    codes = {r["csp_code"] for r in AUTHORITIES if r["code"] == "E06000058"}
    assert codes == {"E22000063", "E22000067", "E22000367"}


def test_authorities_in_wales_and_only_they_have_a_welsh_name() -> None:
    assert all(bool(r["welsh"]) == (r["country"] == "Wales") for r in AUTHORITIES)
    assert {r["welsh"] for r in AUTHORITIES if r["code"] == "W06000001"} == {"Ynys Môn"}


def test_a_former_code_or_name_leads_to_an_authority_of_today() -> None:
    now = {r["code"]: r["name"] for r in AUTHORITIES}
    for row in FORMER:
        assert now[row["authority"]] == row["authority_name"]
        assert (row["code"], row["name"]) != (row["authority"], row["authority_name"])
    assert len({(r["code"], r["name"]) for r in FORMER}) == len(FORMER)
    came = {r["name"] for r in FORMER if r["authority"] == "E06000058"}
    assert came == {"Bournemouth", "Christchurch", "Poole"}


@pytest.mark.parametrize(
    ("asked", "code"),
    [("Bristol", "E06000023"), ("Caerdydd", "W06000015"), ("E22000367", "E22000367"), ("e06000058", "E06000058")],
)
def test_an_area_is_found_by_any_of_its_names_and_codes(asked: str, code: str) -> None:
    assert find_area(asked, read_known(definitions_folder() / "areas")).code == code


def test_every_area_force_has_a_file_name_and_british_transport_police_is_not_one() -> None:
    area_forces = {r["force_code"]: r["force_name"] for r in FORCES if r["area_force"] == "yes"}
    assert area_forces == {r["force_code"]: r["force_name"] for r in AUTHORITIES}
    assert {r["slug"] for r in FORCES if r["area_force"] == "no"} == {"btp", "northern-ireland"}
    assert len({r["slug"] for r in FORCES}) == len({r["name"] for r in FORCES}) == len(FORCES) == 45


def test_a_known_gap_names_a_force_and_runs_forwards() -> None:
    slugs = {r["slug"]: r["name"] for r in FORCES}
    for gap in words("coverage-gaps")["gaps"]:
        assert slugs[gap["force"]] == gap["name"]
        assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", gap["first"])
        assert gap["last"] == "" or gap["first"] <= gap["last"]
        assert gap["how"] in {"missing", "wrong", "no place"}
    months = [change["month"] for change in words("coverage-gaps")["recording_changes"]]
    assert months == sorted(months)


@pytest.mark.real
def test_the_tables_agree_with_the_lookup_that_ons_published() -> None:
    with gzip.open(REFERENCE / "boundaries-lookups/lookup_ltla24_csp24_pfa24.csv.gz", "rt", encoding="utf-8-sig") as t:
        published = {(r["ltla24_code"], r["csp24_code"], r["pfa24_code"]) for r in csv.DictReader(t)}
    assert {(r["code"], r["csp_code"], r["force_code"]) for r in AUTHORITIES} == published


@pytest.mark.real
def test_every_name_in_a_police_file_is_a_known_force() -> None:
    names = {r["name"] for r in FORCES}
    for path in sorted((REFERENCE / "police-uk-peer-forces-2025h1/2025-01").glob("*-street.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as table:
            assert {r["Reported by"] for r in csv.DictReader(table)} <= names
        assert path.name.removeprefix("2025-01-").removesuffix("-street.csv.gz") in {r["slug"] for r in FORCES}
