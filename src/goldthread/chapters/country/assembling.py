"""The country's record, put together: what was received, then one chapter a method, each with its table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from goldthread.chapters.brief import by_id
from goldthread.chapters.country import figures
from goldthread.chapters.country.counted import Counted, count_country
from goldthread.chapters.country.measuring import Measured, measure_country
from goldthread.chapters.country.tables import INTERVAL, coverage, of_lines
from goldthread.chapters.model import Assessment, Chapter, Figure, Rows
from goldthread.chapters.model.assessment import Partnership
from goldthread.chapters.model.blocks import Kind, Table
from goldthread.evidence.store import Evidence

Progress = Callable[[str, int, int], None]
Keys = tuple[tuple[str, str, Kind], ...]

P: Keys = (("p", "p by itself", "p"), ("adjusted", "p among all tests", "p"))
CHANGE: Keys = (
    ("before", "Year before", "count"),
    ("after", "Period", "count"),
    ("months", "Months compared", "number"),
    ("percent", "Change, per cent", "change"),
    *INTERVAL,
    *P,
)
RATE: Keys = (
    ("count", "Count", "count"),
    ("months", "Months that came", "number"),
    ("people", "Residents", "number"),
    ("rate", "For each 1,000 people a year", "rate"),
    *INTERVAL,
    ("rank", "Rank, 1 is the lowest", "number"),
    ("rank_low", "Rank, 95 % from", "number"),
    ("rank_high", "Rank, 95 % to", "number"),
    ("of", "Authorities compared", "number"),
    ("position", "Against the limits", "text"),
)
WARNING: Keys = (
    ("observed", "Last three months", "count"),
    ("expected", "Expected", "number"),
    ("upper", "Bound that one in forty would pass", "number"),
    *P,
    ("alarm", "Stands out", "text"),
)
CONCENTRATION: Keys = (
    ("places", "Small areas", "number"),
    ("events", "Count", "count"),
    ("gini", "Generalised Gini", "number"),
    *INTERVAL,
    ("by_chance", "Gini by chance alone", "number"),
    ("beyond_chance", "Beyond chance", "text"),
    ("top_1", "In the busiest 1 %, per cent", "percent"),
    ("top_5", "In the busiest 5 %, per cent", "percent"),
    ("top_10", "In the busiest 10 %, per cent", "percent"),
    ("top_20", "In the busiest 20 %, per cent", "percent"),
)
HARM: Keys = (
    ("index", "Index", "text"),
    ("crimes", "Crimes weighed", "count"),
    ("total", "Harm", "number"),
    *INTERVAL,
    ("least", "At the least, by the mix of offences", "number"),
    ("most", "At the most, by the mix of offences", "number"),
    ("unit", "Unit", "text"),
    ("a_thousand_people", "For each 1,000 people", "rate"),
)
METHODS: tuple[tuple[str, str, Keys, Callable[[Counted, Measured], list[Figure]]], ...] = (
    ("change", "Change from the year before, by authority", CHANGE, figures.changes),
    ("rates", "Rates, ranks and limits, by authority", RATE, figures.rates),
    ("warnings", "Last three months against what was expected, by authority", WARNING, figures.warnings),
    ("concentration", "Concentration in small areas, by authority", CONCENTRATION, figures.concentrations),
    ("harm", "Harm of recorded crime, by authority", HARM, figures.harms),
)


def silent(_what: str, _done: int, _of: int) -> None:
    """Progress for nobody."""


def assess_country(evidence: Evidence, progress: Progress = silent) -> Assessment:
    """
    What do the statistics say of every authority that the files reach?

    Of evidence whose area is `all`. For each authority and each thing counted:
    change from the year before, rate with its rank and limits among all
    authorities, early warning; and for each authority concentration by small
    area and harm. All changes are corrected together over the whole country,
    and so are all warnings. There are tables and figures and no sentences:
    those are for an area's own assessment. What needs residents is left out
    where none are known.
    """
    counted = count_country(evidence)
    progress("Measuring", 1, 3)
    found = measure_country(counted)
    progress("Measuring", 2, 3)
    chapters = [_received(evidence, counted)]
    for name, title, keys, asked in METHODS:
        made = asked(counted, found)
        chapters.append(Chapter(f"country-{name}", title, (of_lines(name, title, keys, made),), tuple(made)))
    progress("Measuring", 3, 3)
    return _bound(evidence, chapters, found)


def _received(evidence: Evidence, counted: Counted) -> Chapter:
    [(files, rows, kept, refused, other)] = evidence.rows(
        "SELECT count(*), sum(rows), sum(kept), sum(refused), sum(other_area) FROM files"
    )
    figure = Figure(
        id="country.received",
        asks="How many rows were received, and how many authorities do they reach?",
        question="goldthread.evidence.building.build",
        answer={
            "files": int(files),
            "rows": int(rows),
            "kept": int(kept),
            "refused": int(refused),
            "other": int(other),
            "authorities": len(counted.authorities),
        },
        rows=Rows("files"),
        source="The evidence file's own record",
    )
    blocks: tuple[Table, ...] = (coverage(counted),)
    return Chapter("country-received", "What was received", blocks, (figure,))


def _bound(evidence: Evidence, chapters: Sequence[Chapter], found: Measured) -> Assessment:
    told = evidence.provenance
    before = evidence.period.before()
    return Assessment(
        title="Every authority, side by side",
        area=told["area"],
        area_code=told["area_code"],
        area_welsh="",
        period=(str(evidence.period.first), str(evidence.period.last)),
        compared_with=(str(before.first), str(before.last)) if found.change else None,
        fingerprint=evidence.fingerprint,
        partnership=Partnership(told["area"]),
        chapters=tuple(chapters),
        figures=by_id(figure for chapter in chapters for figure in chapter.figures),
        findings=(),
        gaps=(),
        recommendations=(),
    )
