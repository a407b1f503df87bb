"""Build all of Saltmarsh's files: `python -m example.build TO_DIR`."""

from __future__ import annotations

import sys
from pathlib import Path

from example.comparators import write_comparators, write_table_c2
from example.context import write_context
from example.council import write_council
from example.fire_and_roads import write_fire, write_roads
from example.health import write_health
from example.police_crime import write_police_crime
from example.police_logs import write_police_logs
from example.police_uk import write_police_uk
from example.reference import write_reference
from example.returns import write_returns
from example.stop_and_search import write_stop_and_search
from example.survey import write_survey


def build(to: Path) -> None:
    """
    Write what the partners of Saltmarsh would send into `to/files`, and its reference tables into `to/reference`.

    The same bytes every time. Files that are there already are written over.
    """
    write_reference(to / "reference")
    write_table_c2(to / "reference" / "home-office-ons-tables")
    sent = to / "files"
    write_police_uk(sent)
    write_stop_and_search(sent)
    write_police_crime(sent / "Police")
    write_police_logs(sent / "Police")
    write_fire(sent / "Fire")
    write_roads(sent / "Roads")
    write_health(sent / "Health")
    write_council(sent / "Council")
    write_returns(sent / "Returns")
    write_survey(sent / "Survey")
    write_comparators(sent / "Comparators")
    write_context(sent)


def main(words: list[str]) -> int:
    """Run from a terminal; 2 when no folder was named."""
    if len(words) != 1:
        print("Say where: python -m example.build TO_DIR", file=sys.stderr)
        return 2
    build(Path(words[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
