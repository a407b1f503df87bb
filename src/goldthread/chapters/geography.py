"""The shapes that maps are drawn from, as the evidence file holds them."""

from __future__ import annotations

import json

from goldthread.chapters.brief import Brief
from goldthread.chapters.model.assessment import Geography, Ring


def _rings(said: str) -> tuple[Ring, ...]:
    return tuple(tuple((float(x), float(y)) for x, y in ring) for ring in json.loads(said))


def geography_of(brief: Brief) -> Geography:
    """Small areas, outline, land and labels, in British National Grid metres; empty without boundaries."""
    areas: dict[str, tuple[Ring, ...]] = {}
    names: dict[str, str] = {}
    outline: list[Ring] = []
    land: list[Ring] = []
    labels: list[tuple[str, float, float]] = []
    for kind, code, name, rings in brief.evidence.rows("SELECT kind, code, name, rings FROM shapes ORDER BY 1, 2, 3"):
        if kind == "lsoa":
            areas[code], names[code] = _rings(rings), name or code
        elif kind == "label":
            [[(x, y)]] = json.loads(rings)
            labels.append((name, float(x), float(y)))
        else:
            (outline if kind == "outline" else land).extend(_rings(rings))
    credit = brief.evidence.provenance.get("shapes_credit", "")
    return Geography(areas, names, tuple(outline), tuple(land), tuple(labels), credit)
