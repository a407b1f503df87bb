"""Quarterly and yearly returns: numbers only, from the services that work with people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from example.areas import AUTHORITIES
from example.geography import people_in
from example.sending import send

QUARTERS = tuple(f"{year} Q{q}" for year in (2023, 2024, 2025) for q in (1, 2, 3, 4))
# The same quarters as councils that count from April write them.
FINANCIAL = tuple(
    f"{year - (q == 1)}/{(year + (q != 1)) % 100:02d} Q{(q + 2) % 4 + 1}"
    for year in (2023, 2024, 2025)
    for q in (1, 2, 3, 4)
)
PLACE = ["Saltmarsh"] * len(QUARTERS)
WOMEN, CHILDREN = 80_400, 16_900


def write_returns(to: Path) -> None:
    """Write every return: MARAC, youth justice, probation, reoffending, treatment, slavery, health, case reviews."""
    _marac(to / "MARAC quarterly.ods")
    _youth(to / "Youth justice return.csv")
    _probation(to / "Probation caseload.xlsx")
    _reoffending(to / "Proven reoffending.csv")
    _treatment(to / "Treatment.csv")
    _slavery(to / "NRM referrals.csv")
    _mental_health(to / "Mental health first attendances.csv")
    _case_reviews(to / "ASB case reviews.ods")


def _counts(rng: np.random.Generator, usual: float, number: int = len(QUARTERS), change: float = 0.0) -> list[int]:
    """Counts round a usual number, with a steady change from first to last (0.2 is a fifth more)."""
    rates = usual * (1 + change * np.linspace(-0.5, 0.5, number))
    return [int(n) for n in rng.poisson(rates)]


def _shares(rng: np.random.Generator, of: Sequence[int], share: float) -> list[int]:
    return [int(n) for n in rng.binomial(np.array(of), share)]


def _marac(path: Path) -> None:
    rng = np.random.default_rng(7001)
    cases = _counts(rng, 118, change=0.12)
    police = _shares(rng, cases, 0.64)
    columns: Mapping[str, Sequence[object]] = {
        "Quarter": QUARTERS,
        "MARAC": PLACE,
        "Total Cases": cases,
        "Adult Females": [WOMEN] * len(cases),
        "Repeats": _shares(rng, cases, 0.31),
        "Children": _counts(rng, 148),
        "Referred by Police": police,
        "Referred by Partners": [n - p for n, p in zip(cases, police, strict=True)],
        "BAMER": _shares(rng, cases, 0.09),
        "LGBT": _shares(rng, cases, 0.02),
        "Disabled": _shares(rng, cases, 0.12),
        "Males": _shares(rng, cases, 0.06),
        "16-17": _shares(rng, cases, 0.015),
    }
    send(
        path,
        columns,
        above=["Saltmarsh MARAC: quarterly return", "Calendar quarters. A case may be heard more than once."],
    )


def _youth(path: Path) -> None:
    rng = np.random.default_rng(7002)
    cohort = _counts(rng, 42)
    send(
        path,
        {
            "Reporting Quarter": FINANCIAL,
            "YJS": PLACE,
            "FTEs": _counts(rng, 9, change=-0.2),
            "10-17 Population": [CHILDREN] * len(cohort),
            "Custody": _counts(rng, 0.8),
            "Number of Reoffenders": _shares(rng, cohort, 0.33),
            "Number in Cohort": cohort,
            "Caseload": _counts(rng, 61),
        },
    )


def _probation(path: Path) -> None:
    rng = np.random.default_rng(7003)
    people = _counts(rng, 1180, change=0.05)
    needs = {"Housing Need": 0.36, "ETE Need": 0.44, "Drugs Need": 0.41, "Alcohol Misuse Need": 0.27}
    send(
        path,
        {
            "Reporting Quarter": QUARTERS,
            "Local Authority": PLACE,
            "Probation Caseload": people,
            "High or Very High RoSH": _shares(rng, people, 0.19),
            "18-25": _shares(rng, people, 0.15),
            "Females": _shares(rng, people, 0.13),
            **{need: _shares(rng, people, share) for need, share in needs.items()},
            "IOM": _counts(rng, 52),
        },
        above=["Far East Coast Probation: caseload on the last day of the quarter"],
    )


def _reoffending(path: Path) -> None:
    """Cohorts of three years, two years late as such figures are, for every authority that is compared."""
    rng = np.random.default_rng(7004)
    rows: list[tuple[object, ...]] = []
    for year in ("2021/22", "2022/23", "2023/24"):
        for place in AUTHORITIES:
            for group, each, share, again in (("Adult", 5.6, 0.27, 3.9), ("Juvenile", 0.35, 0.33, 3.6)):
                residents, _, score = people_in(place)
                cohort = int(rng.poisson(residents / 1000 * each))
                back = int(rng.binomial(cohort, min(0.6, share * (0.85 + score / 180))))
                offences = int(rng.poisson(back * again))
                rows.append((year, place.name, group, back, cohort, offences, f"{100 * back / max(cohort, 1):.1f}"))
    heads = ["Cohort", "LA Name", "Adult or Juvenile", "Number of Reoffenders", "Number of Offenders in Cohort"]
    heads += ["Number of Reoffences", "Proportion of Offenders who Reoffend (%)"]
    send(path, {h: [row[k] for row in rows] for k, h in enumerate(heads)})


def _treatment(path: Path) -> None:
    rng = np.random.default_rng(7005)
    groups = {"Opiate": (640, 1190, 0.055), "Non-opiate only": (150, 0, 0.3), "Alcohol only": (330, 2450, 0.34)}
    heads = ["Quarter", "LA", "Substance Group", "Adults in Treatment", "Estimated Prevalence"]
    heads += ["Completions", "All in Treatment", "Continuity of Care", "Continuity of Care Base"]
    rows: list[tuple[object, ...]] = []
    for quarter in QUARTERS:
        for group, (usual, prevalence, done) in groups.items():
            inside, out = int(rng.poisson(usual)), int(rng.poisson(14))
            completed = int(rng.binomial(inside, done))
            leavers = (int(rng.binomial(out, 0.48)), out) if group == "Opiate" else ("", "")
            rows.append((quarter, "Saltmarsh", group, inside, prevalence or "", completed, inside, *leavers))
    send(path, {h: [row[k] for row in rows] for k, h in enumerate(heads)})


def _slavery(path: Path) -> None:
    rng = np.random.default_rng(7006)
    kinds = {"Criminal": (1.1, 2.6), "Labour": (2.4, 0.2), "Sexual": (0.9, 0.5), "Domestic servitude": (0.2, 0.05)}
    heads = ["Quarter", "Local Authority", "Type of Exploitation", "Adults Referred", "Children Referred", "DtN"]
    rows = [
        (quarter, "Saltmarsh", kind, *(int(n) for n in rng.poisson((grown, young, grown * 0.4))))
        for quarter in QUARTERS[4:]
        for kind, (grown, young) in kinds.items()
    ]
    send(path, {h: [row[k] for row in rows] for k, h in enumerate(heads)})


def _mental_health(path: Path) -> None:
    rng = np.random.default_rng(7007)
    seen = _counts(rng, 842, change=0.1)
    send(
        path,
        {"Quarter": QUARTERS, "Local Authority": PLACE, "First Outpatient Attendances": [f"{n:,}" for n in seen]},
    )


def _case_reviews(path: Path) -> None:
    columns: Mapping[str, Sequence[object]] = {
        "Reporting Year": ["2022/23", "2023/24", "2024/25"],
        "Local Authority": PLACE[:3],
        "Applications Received": [14, 19, 23],
        "Threshold Not Met": [6, 8, 9],
        "Case Reviews Carried Out": [8, 11, 14],
        "Resulted in Recommendations": [5, 8, 9],
    }
    send(path, columns, above=["Saltmarsh Council: ASB case reviews, as published under section 104"])
