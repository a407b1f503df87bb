"""What the benchmarks ran on and how long things took: wall, processor time and the largest memory of a process."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Took:
    """Seconds of wall and of processor, and megabytes of memory at the most."""

    wall: float
    cpu: float
    megabytes: float

    def __str__(self) -> str:
        return f"{self.wall:6.2f} s, {self.cpu:6.2f} s of processor, {self.megabytes:5.0f} MB at most"


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Seconds of wall and of processor that this takes here."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def alone(module: str, *words: str) -> Took:
    """
    Run a module in a process of its own, and say what it took from start to end.

    pandas, which the tests bring and the product does not need, is hidden from it: the database would load it.
    """
    wall = time.perf_counter()
    code = (
        "import sys, runpy; sys.modules['pandas'] = None; sys.argv = sys.argv[1:]; "
        "runpy.run_module(sys.argv[0], run_name='__main__')"
    )
    child = subprocess.Popen([sys.executable, "-c", code, module, *words])
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{module} {' '.join(words)} failed.")
    return Took(time.perf_counter() - wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def memory() -> float:
    """Megabytes that this process has held at the most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def said() -> str:
    """The day, the processors and how busy they already are: a figure from a busy machine is worth less."""
    busy = os.getloadavg()[0]
    return (
        f"{date.today():%-d %B %Y}, {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, "
        f"load before it began {busy:.1f}"
    )


def tell(**facts: Any) -> None:
    """Print facts for a process that listens, on one line."""
    print(json.dumps(facts), flush=True)
