"""
How much less processor time than a competent analyst's own script, for the same statistics of the same rows?

Run `python -m benchmarks.analyst` from the repository (about five minutes; `--quick` does the script's slow steps in
part and scales their time; `--wide` is on the ground of a large county; `--rows=N`). 200,000 invented rows of one
authority over 60 months, once with points moved to a street as data.police.uk publishes them and once with every
point its own. Outputs are compared first. Hot sets are not: the script's p-values are normal or sampled, ours exact;
z and I are the same.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.analyst_steps import CELL, MONTHS, Ground, write_events, write_others
from benchmarks.invented import country, write_street
from goldthread.evidence.places.projection import to_grid

ROWS, EACH = 200_000, 244
AREA = "E06000001"
MARGIN = 4 * 400.0
WIDE = 1.7  # times as far apart: some 59 by 39 km instead of 37 by 24
APART = ("imports", "reading", "counting")


def prepare(folder: Path, snapped: bool, rows: int, stretch: float = 1.0) -> None:
    """Write the files, the grid and the two small sets that both sides read."""
    places = country(areas=1, each=EACH)
    east, north = (v.mean() + stretch * (v - v.mean()) for v in (places.longitude, places.latitude))
    places = replace(places, longitude=east, latitude=north)
    write_street(folder / "files", places, rows, months=MONTHS, snapped=snapped)
    x, y = to_grid(places.longitude, places.latitude)
    west, south = (float(np.floor((v.min() - MARGIN) / CELL) * CELL) for v in (x, y))
    rows_, columns = (int(np.ceil((v.max() + MARGIN - low) / CELL)) for v, low in ((y, south), (x, west)))
    words = {"west": west, "south": south, "rows": rows_, "columns": columns}
    (folder / "ground.json").write_text(json.dumps(words), encoding="utf-8")
    write_events(folder / "events.npz")
    write_others(folder / "others.npz")


def ran(module: str, *words: str) -> None:
    """Run one side in a process of its own, which settles for itself on how many processors it multiplies matrices."""
    own = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    subprocess.run([sys.executable, "-m", f"benchmarks.{module}", *words], check=True, env=own)


def agreement(script: Any, ours: Any) -> dict[str, str]:
    """How far apart the two sides are, output by output."""
    some = script["layers"]
    which = script["which_months"]
    said = {
        "change on the year": _apart(script["change"], ours["change"]),
        "trend (STL)": _apart(script["trend"], ours["trend"]),
        "change points": _alike(script["cuts"], ours["cuts"]),
        "Gini": _apart(script["gini"][:, 0], ours["gini"][:, 0]),
        "density": _apart(script["density"], ours["density"][some], of_peak=True),
        "Gi* z": _apart(script["gi"], ours["gi"][some]),
        "local Moran I": _apart(script["moran"], ours["moran"][some]),
        "Gi* z, month by month": _apart(script["gi_months"], ours["gi_months"][which]),
        "Mann-Kendall p": _apart(script["kendall"], ours["kendall"]),
        "events in predicted cells": _apart(script["hits"], ours["hits"][script["origins"] - (MONTHS - 12)]),
        "clusters, rows in none": f"{script['clusters'].tolist()} and {ours['clusters'].tolist()}",
        "Knox: near and soon, p, near": f"{script['knox'].tolist()} and {ours['knox'].tolist()}",
        "funnel limits": _apart(script["funnel"], ours["funnel"]),
    }
    return said


def _apart(one: NDArray[Any], other: NDArray[Any], *, of_peak: bool = False) -> str:
    both = np.isfinite(one) & np.isfinite(other)
    gap = np.abs(one - other)[both].max() / (np.abs(one[both]).max() if of_peak else 1.0)
    return f"largest difference {gap:.1e}{' of the peak' if of_peak else ''}"


def _alike(one: NDArray[Any], other: NDArray[Any]) -> str:
    return f"the same {len(one)}" if one.tolist() == other.tolist() else f"{one.tolist()} and {other.tolist()}"


def compare(folder: Path, *, snapped: bool, few: bool, rows: int, stretch: float) -> None:
    """Run both sides on one set of files, and say outputs first and then times."""
    prepare(folder, snapped, rows, stretch)
    script, ours = folder / "script", folder / "ours"
    ran("analyst_ours", str(folder), str(ours), AREA)
    ran("analyst_script", str(folder), str(script), "few" if few else "every")
    ground = Ground.read(folder)
    kind = "snapped points" if snapped else "every point its own"
    print(f"\n{rows:,} rows, {MONTHS} months, {kind}, {ground.rows} by {ground.columns} cells", flush=True)
    results = [dict(np.load(side.with_suffix(".npz"))) for side in (script, ours)]
    for name, said in agreement(*results).items():
        print(f"  {name:34} {said}")
    times = [json.loads(side.with_suffix(".json").read_text(encoding="utf-8")) for side in (script, ours)]
    slow, quick = (t["seconds"] for t in times)
    print(f"  {'processor seconds':34} {'script':>9} {'Goldthread':>11} {'ratio':>7}")
    for name in slow:
        part = times[0]["part"].get(name)
        scaled = f"   done for {part[0]:,} of {part[1]:,}, scaled" if part else ""
        print(f"  {name:34} {slow[name]:9.2f} {quick[name]:11.3f} {slow[name] / max(quick[name], 1e-9):7.0f}{scaled}")
    for title, left_out in (("all", ()), ("imports and statistics", APART[1:]), ("statistics alone", APART)):
        a, b = (sum(side[n] for n in slow if n not in left_out) for side in (slow, quick))
        print(f"  {title:34} {a:9.2f} {b:11.3f} {a / b:7.0f}", flush=True)


def main() -> None:
    few = "--quick" in sys.argv
    rows = next((int(w.removeprefix("--rows=")) for w in sys.argv if w.startswith("--rows=")), ROWS)
    stretch = WIDE if "--wide" in sys.argv else 1.0
    for snapped in (True, False):
        with tempfile.TemporaryDirectory(prefix="goldthread-analyst-") as folder:
            compare(Path(folder), snapped=snapped, few=few, rows=rows, stretch=stretch)


if __name__ == "__main__":
    main()
