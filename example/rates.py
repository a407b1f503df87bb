"""How much of each crime to expect in each small area and month, with the planted effects in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from example.geography import Geography
from example.truths import MONTHS, effect, month_number

Numbers = NDArray[np.float64]

# A suburb's monthly rate per 1,000 residents, then how many times that for each kind of place:
# centre, seafront, student, estate, terraced, harbour, resort, rural.
KIND_ORDER = ("suburb", "centre", "seafront", "student", "estate", "terraced", "harbour", "resort", "rural")
RATES: dict[str, tuple[float, ...]] = {
    "Anti-social behaviour": (0.95, 5.5, 2.6, 1.6, 2.2, 1.5, 1.3, 1.3, 0.5),
    "Bicycle theft": (0.06, 4.0, 1.5, 3.2, 0.8, 1.4, 1.0, 0.7, 0.2),
    "Burglary": (0.24, 1.6, 1.1, 1.3, 2.3, 2.1, 1.2, 0.8, 0.7),
    "Criminal damage and arson": (0.42, 2.8, 1.5, 1.1, 2.1, 1.6, 1.5, 0.9, 0.6),
    "Drugs": (0.10, 5.0, 2.2, 2.0, 2.4, 1.6, 1.6, 0.8, 0.3),
    "Other crime": (0.11, 2.2, 1.3, 1.0, 1.8, 1.4, 1.3, 0.9, 0.6),
    "Other theft": (0.24, 5.0, 1.9, 1.6, 1.2, 1.2, 1.4, 1.1, 0.7),
    "Possession of weapons": (0.04, 4.0, 1.6, 1.0, 2.2, 1.6, 1.3, 0.7, 0.3),
    "Public order": (0.36, 5.5, 2.0, 1.2, 1.9, 1.5, 1.3, 0.9, 0.5),
    "Robbery": (0.03, 7.0, 2.2, 2.0, 2.2, 1.8, 1.2, 0.6, 0.2),
    "Shoplifting": (0.26, 13.0, 2.2, 1.2, 1.2, 1.2, 1.4, 0.9, 0.2),
    "Theft from the person": (0.02, 16.0, 3.0, 2.0, 0.8, 1.0, 0.8, 0.8, 0.2),
    "Vehicle crime": (0.27, 2.0, 1.3, 1.2, 1.6, 1.6, 1.4, 0.8, 0.8),
    "Violence and sexual offences": (1.45, 3.2, 1.7, 1.3, 2.3, 1.7, 1.5, 0.9, 0.6),
}
SERIES = tuple(RATES)
ASB, BURGLARY, VIOLENCE = (SERIES.index(s) for s in ("Anti-social behaviour", "Burglary", SERIES[-1]))

# Month by month through the year, as a share above or below the usual.
SUMMER = np.array([-0.8, -0.75, -0.4, 0.0, 0.35, 0.75, 1.0, 1.0, 0.3, -0.2, -0.55, -0.7])
CHRISTMAS = np.array([-0.2, -0.3, -0.1, 0.0, 0.0, 0.0, 0.1, 0.0, 0.0, 0.1, 0.5, 0.6]) - 0.06
SEASONS: dict[str, tuple[Numbers, float]] = {
    "Anti-social behaviour": (SUMMER, 0.24),
    "Bicycle theft": (SUMMER, 0.40),
    "Burglary": (-SUMMER, 0.12),
    "Criminal damage and arson": (SUMMER, 0.06),
    "Public order": (SUMMER, 0.12),
    "Shoplifting": (CHRISTMAS, 0.25),
    "Violence and sexual offences": (SUMMER, 0.11),
}
BUSY_IN_SUMMER = {"seafront": 2.6, "centre": 1.9, "resort": 2.3}
DAYS = np.array([31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) * 12 / 365.25


def expected(world: Geography, rng: np.random.Generator) -> Numbers:
    """Expected counts, as [small area, crime type, month]."""
    areas = world.areas
    people = np.array([a.population for a in areas]) / 1000
    times = np.array([[_times(a.kind, s) for s in SERIES] for a in areas])
    own = rng.lognormal(0, 0.28, (len(areas), 1)) * rng.lognormal(0, 0.18, (len(areas), len(SERIES)))
    usual = people[:, None] * times * own
    shape = np.ones((len(areas), len(SERIES), MONTHS))
    calendar = np.arange(MONTHS) % 12
    for number, series in enumerate(SERIES):
        wave, depth = SEASONS.get(series, (SUMMER, 0.0))
        by_area = np.array([depth * BUSY_IN_SUMMER.get(a.kind, 1.0) for a in areas]) if wave is SUMMER else depth
        shape[:, number] += np.multiply.outer(np.broadcast_to(by_area, len(areas)), wave[calendar])
    monthly: Numbers = usual[:, :, None] * np.maximum(shape, 0.05) * DAYS[calendar]
    _plant(world, monthly)
    return monthly


def _times(kind: str, series: str) -> float:
    suburb, *others = RATES[series]
    return suburb * float(dict(zip(KIND_ORDER[1:], others, strict=True)).get(kind, 1.0))


def _plant(world: Geography, monthly: Numbers) -> None:
    """Put the planted effects in, in place."""
    for name, where in (
        ("shoplifting", world.in_ward(effect("shoplifting")["ward"])),
        ("burglary", [k for w in effect("burglary")["wards"] for k in world.in_ward(w)]),
        ("recording", range(len(world.areas))),
    ):
        said = effect(name)
        cells = np.ix_(list(where), [SERIES.index(said["series"])], range(month_number(said["from"]), MONTHS))
        monthly[cells] *= said["times"]
    monthly[night_area(world), VIOLENCE] = monthly[:, VIOLENCE].mean(axis=0) * effect("night_time_violence")["times"]
    monthly[world.in_ward(effect("hidden_violence")["ward"]), VIOLENCE] *= effect("hidden_violence")["police_times"]


def night_area(world: Geography) -> int:
    """The number of the small area with the late bars."""
    said = effect("night_time_violence")
    return world.in_ward(said["ward"])[int(said["lsoa"])]
