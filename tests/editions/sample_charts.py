"""One chart of every kind, on invented numbers."""

from __future__ import annotations

import math
import random

from goldthread.chapters.model import Chart, Edition, Series

MONTHS = tuple(f"{2023 + at // 12}-{at % 12 + 1:02d}" for at in range(36))
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PEERS = (
    "Saltmarsh",
    "Eastfen",
    "Great Wold",
    "Harrowdale",
    "Kelby",
    "Larkhill and Moor",
    "Northcliffe",
    "Oxbow Valley",
    "Penmarsh",
    "Quarrington",
    "Ravensea",
    "Stainby",
    "Thornmere",
    "Ulverdale",
    "Westholme",
)
SOURCE = "police.uk, January 2023 to December 2025"


def charts(editions: frozenset[Edition]) -> tuple[Chart, ...]:
    """A chart of every kind: lines first, then those of amounts, of areas and of who answers to whom."""
    return (
        _line(editions),
        _run(),
        _bars(editions),
        _stacked(),
        _dots(editions),
        _clock(),
        _lorenz(),
        _paired(),
        _multiples(),
        _funnel(),
        _matrix(),
        _structure(),
    )


def _season(level: float, seed: int) -> tuple[float, ...]:
    chance = random.Random(seed)
    return tuple(
        float(round(level * (1 + 0.18 * math.sin(math.tau * (at - 4) / 12)) + chance.gauss(0, level**0.5)))
        for at in range(36)
    )


def _line(editions: frozenset[Edition]) -> Chart:
    asb = _season(270, 1)
    with_hole = (*asb[:14], None, None, *asb[16:])
    forecast = Series(
        "Forecast",
        MONTHS[30:],
        tuple(asb[30:]),
        tuple(v - 40 for v in asb[30:]),
        tuple(v + 40 for v in asb[30:]),
        "forecast",
    )
    return Chart(
        id="asb-line",
        kind="line",
        title="Anti-social behaviour by month",
        x_title="Month",
        y_title="Incidents a month",
        describes="Reports peak each July and fall back each winter; two months of 2024 are missing.",
        series=(
            Series("Anti-social behaviour", MONTHS, with_hole),
            Series("Criminal damage", MONTHS, _season(120, 2), role="compare"),
            forecast,
        ),
        source=SOURCE,
        editions=editions,
    )


def _run() -> Chart:
    values = list(_season(95, 3))
    values[29] = 168.0
    return Chart(
        id="burglary-run",
        kind="run",
        title="Burglary by month, with the limits of chance",
        y_title="Burglaries a month",
        describes="Burglary went above its upper limit once, in June 2025.",
        series=(Series("Burglary", MONTHS, tuple(values)),),
        source=SOURCE,
        parameters={"centre": 95.0, "lower": 60.0, "upper": 135.0, "signals": (29,)},
    )


def _bars(editions: frozenset[Edition]) -> Chart:
    names = (
        "Violence and sexual offences",
        "Shoplifting",
        "Criminal damage and arson",
        "Burglary",
        "Vehicle crime",
        "Drugs",
        "Robbery",
    )
    now, before = (4212, 1831, 1490, 1234, 902, 455, 141), (4010, 1480, 1544, 1102, 960, 402, 118)
    return Chart(
        id="types-bars",
        kind="bars",
        title="Recorded crime by type",
        y_title="Crimes",
        describes="Violence is the largest type, more than twice shoplifting.",
        series=(Series("2025", names, now), Series("2024", names, before, role="compare")),
        source=SOURCE,
        editions=editions,
    )


def _stacked() -> Chart:
    quarters = tuple(f"Q{at % 4 + 1} {2023 + at // 4}" for at in range(12))
    parts = {"Personal": 60, "Nuisance": 190, "Environmental": 45}
    series = tuple(
        Series(name, quarters, tuple(float(level + 9 * ((at * 7 + level) % 5)) for at in range(12)))
        for name, level in parts.items()
    )
    return Chart(
        id="asb-stacked",
        kind="stacked",
        title="Anti-social behaviour by kind",
        y_title="Incidents a quarter",
        describes="Nuisance is about two thirds of reports in every quarter.",
        series=series,
        source=SOURCE,
    )


def _dots(editions: frozenset[Edition]) -> Chart:
    chance = random.Random(9)
    rates = {name: chance.uniform(14, 38) for name in PEERS} | {"Saltmarsh": 33.1}
    ranked = sorted(PEERS, key=lambda name: -rates[name])
    y = tuple(rates[name] for name in ranked)
    peers = Series("Similar areas", tuple(ranked), y, tuple(v - 1.6 for v in y), tuple(v + 1.6 for v in y), "peer")
    at = ranked.index("Saltmarsh")
    us = Series("Saltmarsh", ("Saltmarsh",), (y[at],), (y[at] - 1.6,), (y[at] + 1.6,), "subject")
    return Chart(
        id="violence-dots",
        kind="dots",
        title="Violence in Saltmarsh and the areas most like it",
        x_title="Area",
        y_title="Crimes per 1,000 people, with 95% intervals",
        describes="Saltmarsh is among the highest of fifteen areas and above their mean.",
        series=(peers, us),
        source=SOURCE,
        parameters={"reference": sum(y) / len(y), "reference_label": "Mean of the group"},
        editions=editions,
    )


def _clock() -> Chart:
    def level(day: int, hour: int) -> float:
        night = 20 * math.exp(-(((hour - 23) % 24 - 0) ** 2) / 8) if day in (4, 5) else 3
        return float(round(night + 6 * math.exp(-((hour - 16) ** 2) / 14) + (day * hour) % 3))

    series = tuple(
        Series(day, tuple(range(24)), tuple(level(at, hour) for hour in range(24))) for at, day in enumerate(DAYS)
    )
    return Chart(
        id="violence-clock",
        kind="clock",
        title="When ambulance crews are called to assaults",
        y_title="Calls",
        describes="Calls gather on Friday and Saturday nights from 22:00 to 02:00, with a smaller peak at 16:00.",
        series=series,
        source="Invented ambulance trust, 2025",
    )


def _lorenz() -> Chart:
    x = tuple(at / 100 for at in range(101))
    return Chart(
        id="lorenz",
        kind="lorenz",
        title="How concentrated burglary is",
        x_title="Share of small areas",
        y_title="Share of burglary",
        describes="A tenth of areas hold a third of burglary; even by chance they would hold 18%.",
        series=(
            Series("Burglary", x, tuple(1 - (1 - v) ** 3.1 for v in x)),
            Series("If only chance were at work", x, tuple(1 - (1 - v) ** 1.5 for v in x), role="expected"),
        ),
        source=SOURCE,
    )


def _paired() -> Chart:
    names = ("Shoplifting", "Violence with injury", "Burglary", "Rape", "Criminal damage")
    return Chart(
        id="harm-paired",
        kind="paired",
        title="Volume against harm",
        y_title="Share of total, %",
        describes="Rape is 3% of crimes and 41% of harm; shoplifting is the reverse.",
        series=(
            Series("Share of crimes", names, (31.0, 24.0, 19.0, 3.0, 23.0)),
            Series("Share of harm", names, (4.0, 33.0, 17.0, 41.0, 5.0)),
        ),
        source="ONS Crime Severity Score weights",
    )


def _multiples() -> Chart:
    names = (
        "Violence",
        "Burglary",
        "Shoplifting",
        "Drugs",
        "Robbery",
        "Vehicle crime",
        "Weapons",
        "Bicycle theft",
        "Other theft",
    )
    return Chart(
        id="types-multiples",
        kind="multiples",
        title="Each crime type, month by month",
        y_title="Crimes a month",
        describes="Shoplifting and robbery climb; vehicle crime and bicycle theft fall.",
        series=tuple(Series(name, MONTHS, _season(30 + 40 * at, at + 20)) for at, name in enumerate(names)),
        source=SOURCE,
    )


def _funnel() -> Chart:
    chance = random.Random(4)
    sizes = tuple(float(40 + 25 * at) for at in range(15))
    rates = tuple(25 + chance.gauss(0, 28 / math.sqrt(size) * 1.2) for size in sizes)
    grid = tuple(float(v) for v in range(30, 420, 15))
    limits = [
        (f"{side} {z} limit", tuple(25 + way * k * 28 / math.sqrt(v) for v in grid))
        for z, k in (("95%", 1.96), ("99.8%", 3.09))
        for side, way in (("Upper", 1), ("Lower", -1))
    ]
    return Chart(
        id="funnel",
        kind="funnel",
        title="Burglary in similar areas, by size",
        x_title="Population, thousands",
        y_title="Rate per 1,000 households",
        describes="Saltmarsh lies inside the limits that chance would give an area of its size.",
        series=(
            Series("Similar areas", sizes, rates, role="peer"),
            Series("Saltmarsh", (92.0,), (29.0,), role="subject"),
            *(Series(name, grid, y, role="limit") for name, y in limits),
        ),
        source=SOURCE,
        parameters={"centre": 25.0},
    )


def _matrix() -> Chart:
    sources = ("Police", "Ambulance", "Council", "Residents")
    rows = {
        "Violence": (0.9, 0.95, 0.4, 0.8),
        "Anti-social behaviour": (0.6, 0.1, 0.9, 0.95),
        "Burglary": (0.5, None, None, 0.6),
        "Drugs": (0.4, 0.5, 0.3, 0.7),
    }
    return Chart(
        id="triangulation",
        kind="matrix",
        title="Do the sources agree?",
        y_title="Rank of the issue in each source, 0 to 1",
        describes="All sources put violence high; only residents and the council put anti-social behaviour first.",
        series=tuple(Series(name, sources, values) for name, values in rows.items()),
        source="All sources of this assessment",
    )


def _structure() -> Chart:
    groups = {
        "Executive Board": (0.0, "Board"),
        "Violence Reduction and Serious Violence Duty Strategic Group": (1.0, "Strategic"),
        "Night-time Tactical Group": (2.0, "Tactical"),
        "Safer Communities Strategic Group": (1.0, "Strategic"),
    }
    return Chart(
        id="groups",
        kind="structure",
        title="The groups, each under the group that it answers to",
        describes="Two strategic groups answer to the Executive Board, and a tactical group to one of them.",
        series=(Series("Level", tuple(groups), tuple(level for level, _ in groups.values())),),
        source="The partnership file",
        parameters={"kinds": tuple(kind for _, kind in groups.values())},
    )
