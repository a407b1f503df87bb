"""What truths.yaml says was planted can be counted in the files, plainly and by hand."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import datetime
from pathlib import Path

import numpy as np
import openpyxl  # type: ignore[import-untyped]
import pytest
import yaml
from numpy.typing import NDArray

from example.geography import geography
from example.rates import night_area
from example.truths import effect, truths

STREET = "files/police.uk-published-2026-01"
CRIMES = "files/Police/Saltmarsh Police crime extract 2024-2025.csv"


@pytest.fixture(scope="module")
def street(saltmarsh: Path) -> Counter[tuple[str, str, str]]:
    """Counts of street-level rows by month, crime type and ward (empty for none, and for Wexcombe)."""
    wards = {a.code: a.ward.name for a in geography().saltmarsh}
    found: Counter[tuple[str, str, str]] = Counter()
    for path in sorted((saltmarsh / STREET).rglob("*-street.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found[path.parent.name, row["Crime type"], wards.get(row["LSOA code"], "")] += 1
    return found


def count(
    street: Counter[tuple[str, str, str]], series: str, year: str, wards: list[str] | None = None, months: str = ""
) -> int:
    return sum(
        n
        for (month, kind, ward), n in street.items()
        if month.startswith(year)
        and kind == series
        and (ward in wards if wards else ward)
        and (not months or month[5:] in months)
    )


def change(street: Counter[tuple[str, str, str]], series: str, wards: list[str] | None = None) -> float:
    return count(street, series, "2025", wards) / count(street, series, "2024", wards)


def others(*wards: str) -> list[str]:
    return sorted({a.ward.name for a in geography().saltmarsh} - set(wards))


def crime_extract(saltmarsh: Path) -> list[dict[str, str]]:
    with (saltmarsh / CRIMES).open(encoding="cp1252", newline="") as file:
        rows = list(csv.DictReader(file))
    planted = truths()["bad_rows"][Path(CRIMES).name]
    return [row for row in rows if all(row[column] != said for column, said in planted)]


def test_there_are_36_months_and_about_1500_rows_in_each(street: Counter[tuple[str, str, str]]) -> None:
    months = Counter[str]()
    for (month, _, _), n in street.items():
        months[month] += n

    assert len(months) == 36
    assert 1100 < min(months.values()) < 1500 < max(months.values()) < 2000


def test_shoplifting_rose_in_the_town_centre_and_nowhere_else(street: Counter[tuple[str, str, str]]) -> None:
    said = effect("shoplifting")

    assert change(street, "Shoplifting", [said["ward"]]) == pytest.approx(said["times"], rel=0.12)
    assert change(street, "Shoplifting", others(said["ward"])) == pytest.approx(1, abs=0.1)


def test_anti_social_behaviour_peaks_in_summer_and_did_not_rise(street: Counter[tuple[str, str, str]]) -> None:
    series = effect("summer_asb")["series"]

    assert change(street, series) == pytest.approx(1, abs=0.03)
    for year in ("2023", "2024", "2025"):
        summer, winter = (count(street, series, year, None, m) for m in ("06,07,08", "12,01,02"))
        assert summer > 1.3 * winter


def test_burglary_fell_where_something_was_done_and_not_where_nothing_was(
    street: Counter[tuple[str, str, str]],
) -> None:
    said = effect("burglary")

    assert change(street, "Burglary", said["wards"]) == pytest.approx(said["times"], abs=0.1)
    assert change(street, "Burglary", said["compared_with"]) == pytest.approx(1, abs=0.1)


def test_public_order_stepped_up_everywhere_in_one_month(street: Counter[tuple[str, str, str]]) -> None:
    said = effect("recording")
    before = [count(street, said["series"], f"2025-{m:02d}") for m in (1, 2, 3)]
    after = [count(street, said["series"], f"2025-{m:02d}") for m in (4, 5, 6)]
    risen = [w for w in others() if change(street, said["series"], [w]) > 1]

    assert sum(after) / sum(before) > 1.3
    assert len(risen) >= 13


def test_nothing_moved_where_nothing_was_planted(street: Counter[tuple[str, str, str]]) -> None:
    for series in effect("flat")["series"]:
        now, before = count(street, series, "2025"), count(street, series, "2024")
        assert abs(now - before) < 1.96 * (now + before) ** 0.5, series


def test_one_small_area_has_far_more_violence_than_any_other(saltmarsh: Path) -> None:
    violent = Counter[str]()
    hours = Counter[str]()
    code = geography().areas[night_area(geography())].code
    for row in crime_extract(saltmarsh):
        if row["HO Subgroup"] in ("Violence with injury", "Violence without injury"):
            violent[row["LSOA"]] += 1
            if row["LSOA"] == code:
                hours[row["Time Committed From"][:2]] += 1

    [(first, most), (_, second)] = violent.most_common(2)
    assert first == code
    assert most > 1.8 * second
    assert sum(hours[h] for h in ("22", "23", "00", "01", "02", "03")) > 0.6 * most


def test_the_ambulance_service_sees_violence_in_one_ward_that_the_police_do_not(saltmarsh: Path) -> None:
    ward = effect("hidden_violence")["ward"]
    wards = {a.code: a.ward.name for a in geography().saltmarsh}
    sheet = openpyxl.load_workbook(saltmarsh / "files/Health/Ambulance assault calls 2024-25.xlsx").active
    assert sheet is not None
    cells = list(sheet.iter_rows(min_row=5, values_only=True))
    place, police = cells[0].index("LSOA"), cells[0].index("Police on Scene")
    calls = Counter(wards.get(str(row[place]), "") for row in cells[1:])
    known = Counter(wards.get(str(row[place]), "") for row in cells[1:] if row[police] == "Y")
    crimes = Counter[str]()
    for row in crime_extract(saltmarsh):
        crimes[wards.get(row["LSOA"], "")] += row["HO Subgroup"].startswith("Violence")

    ratio = {w: calls[w] / crimes[w] for w in others()}
    assert ratio[ward] > 3 * sorted(ratio.values())[len(ratio) // 2]
    assert known[ward] / calls[ward] < 0.35 < 0.55 < (known.total() - known[ward]) / (calls.total() - calls[ward])


def test_burglaries_are_near_each_other_in_time_and_place_more_than_if_their_days_were_shuffled(
    saltmarsh: Path,
) -> None:
    said = effect("near_repeats")
    found = [
        (
            float(r["Easting"]),
            float(r["Northing"]),
            datetime.strptime(r["Date Committed From"], "%d/%m/%Y").toordinal(),
        )
        for r in crime_extract(saltmarsh)
        if r["HO Subgroup"] == "Residential burglary" and r["Easting"]
    ]
    x, y, day = np.array(found).T
    near = np.hypot(x[:, None] - x, y[:, None] - y) <= said["within_metres"]

    def close(days: NDArray[np.float64]) -> int:
        return int(np.triu(near & (abs(days[:, None] - days) <= said["within_days"]), 1).sum())

    rng = np.random.default_rng(1)
    by_chance = [close(rng.permutation(day)) for _ in range(39)]
    assert close(day) > 1.5 * max(by_chance)


def test_the_partnership_file_names_small_areas_by_code(saltmarsh: Path) -> None:
    said = yaml.safe_load((saltmarsh / "files/partnership.yaml").read_text(encoding="utf-8"))
    gates = said["interventions"][0]

    assert gates["area"] == [a.code for a in geography().areas if a.ward.name in effect("burglary")["wards"]]
    assert (saltmarsh / "files" / said["partnership"]["logo"]).read_text(encoding="utf-8").startswith("<svg")


def test_the_missing_month_has_no_file_and_every_other_month_has_one(saltmarsh: Path) -> None:
    [missing] = truths()["missing_months"]["police-uk-stop-and-search"]
    there = {p.parent.name for p in (saltmarsh / STREET).rglob("*-stop-and-search.csv")}

    assert missing not in there
    assert len(there) == 35


def test_the_second_release_adds_and_withdraws_what_it_is_said_to(saltmarsh: Path) -> None:
    said = truths()["second_release"]
    later = saltmarsh / "files" / said["file"]
    earlier = saltmarsh / STREET / said["month"] / later.name

    def references(path: Path) -> set[str]:
        with path.open(encoding="utf-8", newline="") as file:
            return {row["Crime ID"] for row in csv.DictReader(file)}

    assert len(references(later) - references(earlier)) == said["added_rows"]
    assert len(references(earlier) - references(later)) == said["withdrawn_rows"]
