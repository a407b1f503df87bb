"""Build all of Saltmarsh's files: `python -m example.build TO_DIR`."""

from __future__ import annotations

import sys
from pathlib import Path

from example.police_uk import write_police_uk
from example.reference import write_reference
from example.stop_and_search import write_stop_and_search


def build(to: Path) -> None:
    """
    Write what the partners of Saltmarsh would send into `to/files`, and its reference tables into `to/reference`.

    The same bytes every time. Files that are there already are written over.
    """
    write_reference(to / "reference")
    write_police_uk(to / "files")
    write_stop_and_search(to / "files")


def main(words: list[str]) -> int:
    """Run from a terminal; 2 when no folder was named."""
    if len(words) != 1:
        print("Say where: python -m example.build TO_DIR", file=sys.stderr)
        return 2
    build(Path(words[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
