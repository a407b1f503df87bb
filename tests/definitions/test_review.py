"""Every definition was written by one role, checked by another, and says when it is looked at again."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from goldthread.evidence.definitions import definitions_folder
from tests.definitions.reading import every_definition, texts, words

HERE = definitions_folder()
EACH = pytest.mark.parametrize("path", every_definition(), ids=lambda p: p.relative_to(HERE).as_posix())


@EACH
def test_a_definition_has_an_author_and_another_checker(path: Path) -> None:
    said = words(path.relative_to(HERE).with_suffix("").as_posix())
    assert said["authored_by"].strip()
    assert said["checked_by"].strip()
    assert said["authored_by"] != said["checked_by"]


@EACH
def test_a_definition_is_reviewed_again_after_it_was_reviewed(path: Path) -> None:
    said = words(path.relative_to(HERE).with_suffix("").as_posix())
    assert isinstance(said["reviewed_on"], date) and isinstance(said["review_on"], date)
    assert said["reviewed_on"] < said["review_on"]


@EACH
def test_a_definition_leaves_nothing_unsaid(path: Path) -> None:
    said = words(path.relative_to(HERE).with_suffix("").as_posix())
    unsaid = re.compile(r"^\s*(n/?a|tbc|tbd|todo|none|unknown|\?+|-)?\s*$", re.IGNORECASE)
    allowed = frozenset({"values", "also", "place", "person", "per", "harm", "counts", "last", "force", "resolution"})
    assert [t for t in texts(said, allowed) if unsaid.match(t)] == []


@EACH
def test_a_definition_is_short_enough_to_be_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
