"""Nothing is committed that does not belong: no addresses of a machine, no unfinished words, no stale page."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from tests.promises.source import REPOSITORY, said, tracked

TEXT = {".py", ".md", ".yaml", ".yml", ".toml", ".txt", ".html", ".css", ".js", ".typ", ".cfg", ".json", ".csv", ""}
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b|raise NotImpl" r"ementedError")
ADDRESS = re.compile(r"index-url|https?://[^\s\"']*/simple(/|\b)|/work/(main|shared)|/root/")


def texts() -> list[tuple[Path, str]]:
    kept = [p for p in tracked() if p.suffix in TEXT and p != Path(__file__)]
    return [(p, p.read_text(encoding="utf-8", errors="replace")) for p in kept]


def test_no_address_of_a_registry_or_path_of_a_machine_is_kept() -> None:
    allowed = {"requirements/README.md"}  # says how a lock is made without an address
    assert not [said(p) for p, text in texts() if ADDRESS.search(text) and said(p) not in allowed]


def test_nothing_is_left_unfinished() -> None:
    assert not [f"{said(p)}: {m[0]}" for p, text in texts() if p.suffix != ".csv" and (m := UNFINISHED.search(text))]


def test_no_file_is_large() -> None:
    assert not [said(p) for p in tracked() if p.stat().st_size > 1_000_000]


def test_every_locked_requirement_has_hashes() -> None:
    for name in ("installer", "run", "test", "scale"):
        lines = (REPOSITORY / "requirements" / f"{name}.txt").read_text(encoding="utf-8").split("\n")
        pinned = [i for i, line in enumerate(lines) if re.match(r"[\w.-]+(\[.*\])?==", line)]
        assert pinned
        assert all("--hash=" in lines[i + 1] for i in pinned), name


def test_every_dependency_says_why_it_is_here() -> None:
    text = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    wanted = re.findall(r'^    "([\w.\[\]-]+)[^"]*",(.*)$', text.split("[project.scripts]")[0], re.MULTILINE)
    assert len(wanted) > 20
    assert not [name for name, why in wanted if not why.strip().startswith("#")]


@pytest.mark.parametrize("page", ["feeds", "evidence-file", "methods", "commands", "glossary", "caveats"])
def test_generated_documentation_is_current(page: str) -> None:
    spec = importlib.util.spec_from_file_location("generate", REPOSITORY / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    assert generate.path_of(page).read_text(encoding="utf-8") == generate.made(page), "Run: python docs/generate.py"


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    for path in [p for p in tracked() if p.suffix == ".md"]:
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (path.parent / target).exists():
                broken.append(f"{said(path)} -> {target}")
    assert not broken


def test_nothing_that_a_site_keeps_is_committed() -> None:
    """A database, a secret or letters of somebody's site would be in every copy for ever."""
    kept = re.compile(r"^(data|demo)/|\.(sqlite3|duckdb)(-\w+)?$|(^|/)(secret|published\.json)$")
    assert [said(path) for path in tracked() if kept.search(said(path))] == []
