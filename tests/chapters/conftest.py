"""Saltmarsh assessed once for all of these tests, from its files to its chapters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from example.build import build as build_files
from goldthread.chapters.assembling import assess
from goldthread.chapters.context import Context, read_context
from goldthread.chapters.model import Assessment, Chapter, Figure, Finding
from goldthread.evidence.building import Wanted, build
from goldthread.evidence.store import Evidence


@dataclass(frozen=True)
class Assessed:
    """Saltmarsh's evidence, what its partnership says, and the assessment that came of them."""

    evidence: Evidence
    context: Context
    assessment: Assessment

    def chapter(self, name: str) -> Chapter:
        return next(c for c in self.assessment.chapters if c.id == name)

    def figure(self, name: str) -> Figure:
        return self.assessment.figures[name]

    def number(self, name: str, key: str) -> float:
        value = self.figure(name).answer[key]
        assert isinstance(value, int | float)
        return float(value)

    def finding(self, name: str) -> Finding:
        return next(f for f in self.assessment.findings if f.id == name)


@pytest.fixture(scope="session")
def assessed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assessed]:
    """The whole of Saltmarsh: every feed, three years, and the partnership file."""
    to: Path = tmp_path_factory.mktemp("saltmarsh-assessed")
    build_files(to)
    build(Wanted([to / "files"], "Saltmarsh", None, to / "reference"), to / "evidence.duckdb")
    with Evidence(to / "evidence.duckdb") as evidence:
        context = read_context(to / "files" / "partnership.yaml", "Saltmarsh")
        yield Assessed(evidence, context, assess(evidence, context))
