"""`goldthread assess … --area all`: every authority at once, as figures and tables without editions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.cli.telling import Report
from goldthread.evidence.trouble import BadRequest

if TYPE_CHECKING:
    from goldthread.evidence.store import Evidence

RULE = ("public",)  # data files follow the public's rule for small numbers


def everywhere(area: str, editions: Sequence[str]) -> bool:
    """Whether every authority was asked for; BadRequest when editions were as well, of which there are none."""
    from goldthread.evidence.places.areas import EVERYWHERE

    if area.strip().lower() != EVERYWHERE:
        return False
    if editions:
        raise BadRequest("Every authority at once has figures and tables, and no editions. Add --edition none.")
    return True


def write_country(evidence: Evidence, to: Path, report: Report) -> list[Path]:
    """Measure every authority, and write assessment.json and data/*.csv into a folder."""
    from goldthread.chapters.country import assess_country
    from goldthread.editions.record import write_record
    from goldthread.editions.writing import write_all

    country = assess_country(evidence, report)
    tables = replace(country, figures={})  # each figure is a row of a table: once is enough
    return [write_record(country, to), *write_all(tables, to, RULE, ("csv",), progress=report)]
