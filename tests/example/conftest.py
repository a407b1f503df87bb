"""Saltmarsh's files, built once for all of these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from example.build import build


@pytest.fixture(scope="session")
def saltmarsh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("saltmarsh")
    build(to)
    return to
