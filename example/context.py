"""The partnership's own file beside its data, with small areas written out by their codes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from example import files
from example.geography import geography
from example.rates import night_area

HERE = Path(__file__).parent


def write_context(to: Path) -> None:
    """Write partnership.yaml, with codes where it names wards, and the logo."""
    words = (HERE / "partnership.yaml").read_text(encoding="utf-8")
    body = words[words.index("partnership:") :]
    said = re.sub(r"<([^>]+)>", lambda found: ", ".join(_codes(found[1])), body)
    files.write_bytes(to / "partnership.yaml", said.encode())
    shutil.copyfile(HERE / "saltmarsh.svg", to / "saltmarsh.svg")


def _codes(name: str) -> list[str]:
    world = geography()
    which = [night_area(world)] if name == "late bars" else world.in_ward(name)
    if not which:
        raise ValueError(f"example/partnership.yaml names “{name}”, which is no ward of Saltmarsh.")
    return [world.areas[k].code for k in which]
