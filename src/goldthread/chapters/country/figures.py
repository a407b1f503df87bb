"""The country's figures: a question asked of each authority and line, and its answer as counts with their interval."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from goldthread.chapters.country.counted import Authority, Counted, Line
from goldthread.chapters.country.measuring import WINDOW, Measured
from goldthread.chapters.country.tables import SOURCE, cell
from goldthread.chapters.model import Figure, Rows
from goldthread.chapters.model.figures import Answer
from goldthread.evidence.periods import Period


def _about(authority: Authority, line: Line | None = None) -> dict[str, object]:
    told: dict[str, object] = {"authority": authority.code, "name": authority.name}
    return told | ({"feed": line.feed.name, "line": line.title} if line else {})


def _rows(authority: Authority, line: Line, period: Period) -> Rows:
    where = {"authority": authority.code, "feed": line.feed.name}
    return Rows("comparators", line.series, (str(period.first), str(period.last)), where=where)


def _each(counted: Counted) -> Iterator[tuple[int, int, Authority, Line]]:
    for a, authority in enumerate(counted.authorities):
        for i, line in enumerate(counted.lines):
            yield a, i, authority, line


def changes(counted: Counted, found: Measured) -> list[Figure]:
    """How did each line of each authority change from the same months a year before?"""
    if found.change is None:
        return []
    change, both = found.change, Period(counted.period.before().first, counted.period.last)
    figures = []
    for n, (_, _, authority, line) in enumerate(_each(counted)):
        if not change.months[n]:
            continue
        answer: dict[str, Answer] = {
            "before": cell(change.before[n]),
            "after": cell(change.after[n]),
            "months": int(change.months[n]),
            "percent": cell(change.percent[n]),
            "low": cell(change.percent_low[n]),
            "high": cell(change.percent_high[n]),
            "p": cell(change.p[n]),
            "adjusted": cell(found.adjusted[n]),
        }
        figures.append(
            Figure(
                id=f"{authority.code.lower()}.{line.id}.change",
                asks=f"Has {line.title} in {authority.name} risen or fallen from the year before?",
                question="goldthread.analysis.change.compare_months",
                answer=answer,
                rows=_rows(authority, line, both),
                parameters=_about(authority, line),
                count_keys=("before", "after"),
                source=SOURCE,
            )
        )
    return figures


def rates(counted: Counted, found: Measured) -> list[Figure]:
    """How many for each thousand people a year, and how does that compare with every other authority?"""
    figures = []
    at = {i: {int(w): j for j, w in enumerate(whole)} for i, (whole, _) in found.compared.items()}
    for a, i, authority, line in _each(counted):
        if np.isnan(found.counts[a, i]):
            continue
        answer: dict[str, Answer] = {
            "count": cell(found.counts[a, i]),
            "months": round(float(found.years[a, i]) * 12),
            "people": cell(authority.people),
            "rate": cell(found.rates.rate[a, i]),
            "low": cell(found.rates.low[a, i]),
            "high": cell(found.rates.high[a, i]),
            **dict.fromkeys(("rank", "rank_low", "rank_high", "of", "position")),
        }
        if (j := at.get(i, {}).get(a)) is not None:
            compared = found.compared[i][1]
            answer |= {
                "rank": int(compared.rank[j]),
                "rank_low": int(compared.rank_low[j]),
                "rank_high": int(compared.rank_high[j]),
                "of": len(compared.members),
                "position": found.positions[i][j],
            }
        figures.append(
            Figure(
                id=f"{authority.code.lower()}.{line.id}.rate",
                asks=f"How common is {line.title} in {authority.name}, beside every other authority?",
                question="goldthread.analysis.peers.compare",
                answer=answer,
                rows=_rows(authority, line, counted.period),
                parameters=_about(authority, line),
                count_keys=("count",),
                source=SOURCE,
            )
        )
    return figures


def warnings(counted: Counted, found: Measured) -> list[Figure]:
    """Was there more in the last months than there should have been?"""
    if found.warnings is None:
        return []
    told, window = found.warnings, Period(counted.period.last + -(WINDOW - 1), counted.period.last)
    figures = []
    for n, (_, _, authority, line) in enumerate(_each(counted)):
        if not told.tested[n]:
            continue
        answer: dict[str, Answer] = {
            "observed": cell(told.observed[n]),
            "expected": cell(told.expected[n]),
            "upper": cell(told.upper[n]),
            "p": cell(told.p[n]),
            "adjusted": cell(told.adjusted[n]),
            "alarm": "yes" if told.alarm[n] else "no",
        }
        figures.append(
            Figure(
                id=f"{authority.code.lower()}.{line.id}.warning",
                asks=f"Was there more {line.title} in {authority.name} in the last {WINDOW} months than expected?",
                question="goldthread.analysis.early_warning.warnings_across",
                answer=answer,
                rows=_rows(authority, line, window),
                parameters=_about(authority, line),
                count_keys=("observed",),
                source=SOURCE,
            )
        )
    return figures


def concentrations(counted: Counted, found: Measured) -> list[Figure]:
    """Is it gathered in few small areas, and more so than chance alone would make it?"""
    named = {line.id: line for line in counted.lines}
    figures = []
    for name, by_authority in found.concentrated.items():
        line = named[name]
        for authority, gathered in zip(counted.authorities, by_authority, strict=True):
            if gathered is None:
                continue
            answer: dict[str, Answer] = {
                "places": gathered.places,
                "events": gathered.events,
                "gini": gathered.generalised,
                "low": gathered.low,
                "high": gathered.high,
                "by_chance": gathered.by_chance,
                "beyond_chance": "yes" if gathered.beyond_chance else "no",
                **{f"top_{round(100 * top.of_places)}": 100 * top.share for top in gathered.top},
            }
            figures.append(
                Figure(
                    id=f"{authority.code.lower()}.{line.id}.concentration",
                    asks=f"Is {line.title} in {authority.name} gathered in few small areas?",
                    question="goldthread.analysis.concentration.concentration",
                    answer=answer,
                    rows=_rows(authority, line, counted.period),
                    parameters=_about(authority, line),
                    count_keys=("events",),
                    source=SOURCE,
                )
            )
    return figures


def harms(counted: Counted, found: Measured) -> list[Figure]:
    """How much harm do each authority's crimes add up to, by each index?"""
    figures = []
    for index, by_authority in found.harms.items():
        for authority, weighed in zip(counted.authorities, by_authority, strict=True):
            if weighed is None:
                continue
            answer: dict[str, Answer] = {
                "total": weighed.total,
                "low": weighed.low,
                "high": weighed.high,
                "least": weighed.least,
                "most": weighed.most,
                "crimes": sum(weighed.counts.values()),
                "unit": weighed.unit,
                "index": weighed.index,
                "a_thousand_people": cell(weighed.total / authority.people * 1000),
            }
            figures.append(
                Figure(
                    id=f"{authority.code.lower()}.harm.{index}",
                    asks=f"How much harm did the crimes recorded in {authority.name} add up to?",
                    question="goldthread.analysis.harm.harm",
                    answer=answer,
                    rows=Rows(
                        "comparators",
                        tuple(weighed.counts),
                        (str(counted.period.first), str(counted.period.last)),
                        where={"authority": authority.code},
                    ),
                    parameters=_about(authority),
                    count_keys=("crimes",),
                    source=SOURCE,
                )
            )
    return figures
