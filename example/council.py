"""What the council and its contractors know: cases, complaints, streets, schools, licences and staff."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from example import persons
from example.crimes import profile
from example.geography import geography
from example.happenings import Happenings, chance, draw, pick, weights_of
from example.rates import night_area
from example.sending import send

HOMES = {"estate": 2.4, "terraced": 1.7, "student": 1.6, "rural": 0.5, "harbour": 1.4}
STREETS = {"centre": 2.5, "estate": 2.2, "terraced": 1.8, "harbour": 2.0, "student": 1.7}
WEEKDAYS = profile(11, 4, 0.4)
TITLE = "Saltmarsh Council"


def write_council(to: Path) -> None:
    """Write every extract of the council's own systems."""
    _asb(to / "ASB cases Apr 2024 - Dec 2025.xlsx")
    _noise(to / "Noise complaints.csv")
    _fly_tipping(to / "Fly-tipping 2023-25.csv.gz")
    _graffiti(to / "Graffiti removal jobs.txt")
    _street_scene(to / "Street scene reports 2025.csv")
    _licences(to / "Licensed premises register.csv")
    _exclusions(to / "Suspensions and exclusions.xlsx")
    _staff(to / "Assaults on staff.csv")


def _days(found: Happenings) -> list[object]:
    return [m.date() for m in found.moment.astype("datetime64[s]").tolist()]


def _asb(path: Path) -> None:
    rng = np.random.default_rng(6001)
    found = draw(rng, 63, weights_of(HOMES), first_month=15, week=WEEKDAYS, summer=0.2)
    number = len(found)
    kinds = {"Noise": 0.3, "Neighbour dispute": 0.25, "Drug use": 0.15, "Youth nuisance": 0.18, "Harassment": 0.12}
    send(
        path,
        {
            "Case Ref": [f"ASB/{k:05d}" for k in range(1, number + 1)],
            "Case Opened": _days(found),
            "Nature of Complaint": pick(rng, kinds, number),
            "Origin": pick(rng, {"Resident": 0.7, "Officer": 0.15, "Member": 0.05, "Housing": 0.1}, number),
            "Housing Provider": pick(rng, {"Council": 0.4, "Tern Homes": 0.3, "": 0.3}, number),
            "LSOA 2021": [a.code for a in found.places],
            "Ward Name": [a.ward.name for a in found.places],
            "Intervention": pick(
                rng, {"Advice": 0.5, "Warning letter": 0.3, "Mediation": 0.14, "Notice served": 0.06}, number
            ),
            "Repeat Complainant": chance(rng, 0.27, number),
            "Risk Assessed High": chance(rng, 0.09, number),
            "Complainant Key": persons.keys(rng, number, letter="K", again=0.27),
            "Complainant Name": persons.names(rng, number),
            "Complainant Address": [
                f"{h} {a.ward.name}" for h, a in zip(rng.integers(1, 99, number), found.places, strict=True)
            ],
            "Case Notes": persons.notes(rng, number),
        },
        above=[f"{TITLE}: anti-social behaviour cases opened", "From April 2024, when the new case system began."],
    )


def _noise(path: Path) -> None:
    rng = np.random.default_rng(6012)
    found = draw(rng, 71, weights_of(HOMES), week=profile(23, 4, 2.2), summer=0.3)
    number = len(found)
    kinds = {"Loud music": 0.5, "Dog barking": 0.2, "Alarm": 0.08, "Construction": 0.12, "Café or bar": 0.1}
    send(
        path,
        {
            "SR Number": [f"N{k:06d}" for k in range(1, number + 1)],
            "Date Received": found.dates("%d.%m.%Y"),
            "Time Received": found.dates("%H.%M"),
            "Type of Noise": pick(rng, kinds, number),
            "LSOA Code": [a.code for a in found.places],
            "Ward": [a.ward.name for a in found.places],
            "Closure Reason": pick(
                rng, {"Letter sent – no more heard": 0.7, "Notice": 0.05, "No evidence": 0.25}, number
            ),
            "OOH": chance(rng, 0.5, number, ("Y", "N")),
            "Customer Key": persons.keys(rng, number, letter="K", again=0.33),
            "Customer Name": persons.names(rng, number),
            "Full Postcode": persons.postcodes(rng, number),
        },
        encoding="cp1252",
    )


def _fly_tipping(path: Path) -> None:
    """The contractor's system still has 2011 codes for the areas that changed."""
    rng = np.random.default_rng(6003)
    found = draw(rng, 112, weights_of({**STREETS, "rural": 1.6}), first_month=0, week=WEEKDAYS)
    number = len(found)
    world = geography()
    before = {f.new: world.old[f.old].code for f in reversed(world.fits)}
    size = {"Small van load": 0.35, "Car boot or less": 0.45, "Transit van load": 0.15, "Tipper lorry load": 0.05}
    send(
        path,
        {
            "Job Number": [f"FT{k:06d}" for k in range(1, number + 1)],
            "Reported Date": found.dates("%Y-%m-%d"),
            "Primary Waste Type": pick(
                rng, {"Household": 0.62, "Construction": 0.14, "White goods": 0.12, "Other": 0.12}, number
            ),
            "Load Size": pick(rng, size, number),
            "Land": pick(rng, {"Highway": 0.5, "Back alley": 0.25, "Council land": 0.2, "Private": 0.05}, number),
            "LSOA": [before[k] for k in found.area.tolist()],
            "Easting": found.easting,
            "Northing": found.northing,
            "Enforcement Action": pick(rng, {"None": 0.8, "Investigation": 0.15, "Fixed penalty": 0.05}, number),
            "Origin": pick(rng, {"Resident": 0.6, "Crew": 0.4}, number),
        },
    )


def _graffiti(path: Path) -> None:
    rng = np.random.default_rng(6004)
    found = draw(rng, 27, weights_of(STREETS), week=WEEKDAYS)
    number = len(found)
    send(
        path,
        {
            "Job Number": [f"G{k:05d}" for k in range(1, number + 1)],
            "Date Recorded": found.dates("%d %b %Y"),
            "Type of Graffiti": pick(rng, {"Tag": 0.7, "Slogan": 0.2, "Mural": 0.1}, number),
            "Racist or Offensive": chance(rng, 0.09, number),
            "Surface Type": pick(rng, {"Wall": 0.5, "Shutter": 0.3, "Street furniture": 0.2}, number),
            "LSOA": [a.code for a in found.places],
            "X": found.easting,
            "Y": found.northing,
            "Source": pick(rng, {"Resident": 0.5, "Crew": 0.5}, number),
        },
    )


def _street_scene(path: Path) -> None:
    rng = np.random.default_rng(6005)
    found = draw(rng, 148, weights_of(STREETS), first_month=24, week=WEEKDAYS, summer=0.15)
    number = len(found)
    kinds = {
        "Accumulated Litter": 0.5,
        "Dog fouling": 0.18,
        "Abandoned vehicle": 0.12,
        "Needles": 0.08,
        "Street lights": 0.12,
    }
    send(
        path,
        {
            "Report Number": [f"SS{k:06d}" for k in range(1, number + 1)],
            "Date Reported": found.dates("%d/%m/%Y"),
            "Report Type": pick(rng, kinds, number),
            "LSOA": [a.code for a in found.places],
            "Easting": found.easting,
            "Northing": found.northing,
            "Source": pick(rng, {"App": 0.6, "Telephone": 0.4}, number),
            "Reporter Name": persons.names(rng, number),
        },
    )


def _licences(path: Path) -> None:
    rng = np.random.default_rng(6006)
    weights = weights_of({"centre": 9.0, "seafront": 4.0, "resort": 2.0, "rural": 0.5})
    weights[night_area(geography())] *= 4
    found = draw(rng, 4.2, weights, first_month=0, week=WEEKDAYS)
    number = len(found)
    signs = (
        "Anchor",
        "Curlew",
        "Netmaker",
        "Lantern",
        "Samphire",
        "Pier Head",
        "Old Saltern",
        "Gull",
        "Quayside",
        "Tide",
    )
    kinds = pick(rng, {"Pub": 0.4, "Restaurant": 0.3, "Off-licence": 0.2, "Nightclub": 0.1}, number)
    late = np.array([0.95 if k == "Nightclub" else 0.25 if k == "Pub" else 0.03 for k in kinds])
    send(
        path,
        {
            "Licence No": [f"PL{k:04d}" for k in range(1, number + 1)],
            "Issue Date": found.dates("%d/%m/%Y"),
            "Trading Name": [f"The {signs[k % len(signs)]} {1 + k // len(signs)}" for k in range(number)],
            "Type of Premises": kinds,
            "Late Night": chance(rng, late, number),
            "Licence Review": chance(rng, 0.04, number),
            "LSOA": [a.code for a in found.places],
            "Easting": found.easting,
            "Northing": found.northing,
            "Licence Holder": persons.names(rng, number),
        },
    )


def _exclusions(path: Path) -> None:
    rng = np.random.default_rng(6007)
    found = draw(rng, 58, weights_of(HOMES), first_month=8, week=profile(11, 2, 0.1))
    month = found.moment.astype("datetime64[M]").astype(int) % 12 + 1
    kept = month != 8
    found = Happenings(found.area[kept], found.address[kept], found.moment[kept])
    number = len(found)
    kinds = pick(rng, {"Suspension": 0.97, "Permanent exclusion": 0.03}, number)
    reasons = {
        "DB": 0.48,
        "VA": 0.16,
        "PP": 0.15,
        "PA": 0.05,
        "DA": 0.06,
        "OW": 0.02,
        "RA": 0.02,
        "DM": 0.03,
        "BU": 0.03,
    }
    send(
        path,
        {
            "Exclusion Start Date": _days(found),
            "Exclusion Category": kinds,
            "Reason": pick(rng, reasons, number),
            "Number of Days": np.where(np.array(kinds) == "Suspension", rng.integers(1, 8, number), 0).tolist(),
            "Establishment": pick(
                rng, {"Saltmouth High": 0.4, "Marsh Academy": 0.35, "Tern Bay Primary": 0.25}, number
            ),
            "Age": [
                str(a) for a in rng.choice(np.arange(7, 17), number, p=np.array([1, 1, 1, 2, 5, 9, 11, 11, 8, 4]) / 53)
            ],
            "Gender": chance(rng, 0.34, number, ("F", "M")),
            "UPN": [f"Z{k:012d}" for k in rng.integers(0, 10**9, number).tolist()],
            "Pupil Name": persons.names(rng, number),
            "DOB": persons.births(rng, number),
        },
        above=[f"{TITLE}: education. Suspensions and permanent exclusions, September 2023 onwards"],
    )


def _staff(path: Path) -> None:
    rng = np.random.default_rng(6008)
    found = draw(rng, 24, weights_of({"centre": 6.0, "seafront": 2.0}), week=profile(17, 7, 1.4))
    number = len(found)
    employers = {
        "Saltmarsh General Hospital": 0.5,
        "Far East Coast Ambulance": 0.2,
        "Saltmarsh Council": 0.2,
        "Marsh Buses": 0.1,
    }
    send(
        path,
        {
            "Datix Reference": [f"W{k:06d}" for k in range(1, number + 1)],
            "Date of Incident": found.dates("%d/%m/%Y"),
            "Time of Incident": found.dates("%H:%M"),
            "Organisation": pick(rng, employers, number),
            "Job Group": pick(rng, {"Nursing": 0.4, "Paramedic": 0.2, "Warden": 0.2, "Driver": 0.2}, number),
            "Type of Abuse": pick(
                rng, {"Physical assault": 0.42, "Verbal abuse": 0.4, "Threats": 0.12, "Racial abuse": 0.06}, number
            ),
            "Reported to Police": chance(rng, 0.31, number, ("Y", "N")),
            "Staff Injured": chance(rng, 0.2, number, ("Y", "N")),
            "Clinical Factors": chance(rng, 0.24, number, ("Y", "N")),
            "Setting": pick(rng, {"Ward": 0.4, "Street": 0.4, "Office": 0.2}, number),
            "LSOA": [a.code for a in found.places],
            "Staff Name": persons.names(rng, number),
            "Incident Description": persons.notes(rng, number),
        },
    )
