"""The `goldthread` command run as a person runs it: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE = 240  # seconds: far more than anything takes


@dataclass(frozen=True)
class Told:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


def goldthread(
    *words: object,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    before: Callable[[], None] | None = None,
    module: Sequence[str] = ("goldthread",),
) -> Told:
    """Run `goldthread` (or a module that runs it) with these words; `before` is done in its process beforehand."""
    done = subprocess.run(
        [sys.executable, "-m", *module, *map(str, words)],
        cwd=cwd,
        env={**os.environ, "COLUMNS": "80", "PYTHONPATH": str(REPOSITORY), **(env or {})},
        preexec_fn=before,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        text=True,
        encoding="utf-8",
    )
    return Told(done.returncode, done.stdout, done.stderr)


def refused(told: Told, code: int, *words: str) -> None:
    """Hold a refusal to its form: this exit code, one clear sentence (or two) on stderr with these words, no trace."""
    assert told.code == code, (told.code, told.err)
    assert "Traceback" not in told.err + told.out
    assert told.out == ""
    said = told.err.strip()
    assert said and "\n" not in said, said
    assert said[-1] in ".?" and len(said) < 500
    for word in words:
        assert word in said, said


def left_in(folder: Path) -> list[str]:
    """Every file in a folder, hidden ones too: nothing half-written may be among them."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*")) if folder.exists() else []
