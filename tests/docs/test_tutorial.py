"""A new analyst's first quarter of an hour: each step is done in order, and what appears is what the page says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from example.truths import truths
from tests.docs.pages import DOCS, Command, Step, steps_of, text_of

TUTORIAL = DOCS / "tutorials" / "first-assessment.md"
BOX = re.compile(r"[─-╿]")


def plain(line: str) -> str:
    """A line without the lines drawn round it, its spaces made one."""
    return " ".join(BOX.sub(" ", line).split())


def pattern_of(line: str) -> str:
    """A line of the page as a pattern: “…” stands for anything."""
    return ".*".join(re.escape(plain(part)) for part in line.split("…")).replace(".*", r"\s*.*?\s*")


def done(command: Command, folder: Path) -> str:
    """Do as the page says, in this folder, and give what appears."""
    words = list(command.words)
    if words[0] == "mkdir":
        (folder / words[1]).mkdir()
        return ""
    if words[0] == "cp":
        shutil.copy(folder / words[1], folder / words[2])
        return ""
    assert command.asked is not None, f"{command} is no command that this page may have its reader give."
    wide = {**os.environ, "COLUMNS": "180", "PYTHONUTF8": "1"}
    ran = subprocess.run(
        [sys.executable, "-m", "goldthread", *command.asked], cwd=folder, env=wide, capture_output=True, text=True
    )
    assert "Traceback" not in ran.stderr, ran.stderr
    return ran.stdout + ran.stderr


def appears(shown: tuple[str, ...], output: str) -> list[str]:
    """The lines that the page shows and that did not appear, in this order."""
    lines, at, gone = [plain(line) for line in output.splitlines()], 0, []
    for line in shown:
        wanted = pattern_of(line)
        found = next((i for i in range(at, len(lines)) if re.search(wanted, lines[i])), None)
        if found is None:
            gone.append(line)
        else:
            at = found + (1 if plain(line) != "…" else 0)
    return gone


def mend(step: Step, path: Path) -> None:
    lines = path.read_text(encoding="cp1252").splitlines(keepends=True)
    for number, before, after in step.edits:
        assert before in lines[number - 1]
        lines[number - 1] = lines[number - 1].replace(before, after)
    path.write_text("".join(lines), encoding="cp1252", newline="")


def record(folder: Path, name: str) -> dict[str, Any]:
    return json.loads((folder / "practice" / name / "assessment.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_a_new_analyst_finishes_the_tutorial_and_sees_what_it_says(tmp_path: Path) -> None:
    for step in steps_of(TUTORIAL):
        if step.command is None:
            mend(step, tmp_path / "practice" / "partners" / "Noise complaints.csv")
            continue
        output = done(step.command, tmp_path)
        assert not appears(step.command.shows, output), f"{step.command}\n{output}"
    editions_are_there(tmp_path / "demo" / "assessment")
    nobody_planted_is_in_anything_written(tmp_path / "demo" / "assessment")
    the_second_assessment_says_more(tmp_path)
    the_row_that_is_walked_to_is_a_shoplifting(tmp_path / "demo" / "saltmarsh")
    nobody_who_complained_is_in_the_evidence(tmp_path / "practice")


def editions_are_there(folder: Path) -> None:
    pages = {
        e: (folder / f"{e}.html").read_text(encoding="utf-8") for e in ("analyst", "executive", "member", "public")
    }
    assert (
        "[c]" in pages["member"] + pages["public"] or "a number that is withheld" in pages["member"] + pages["public"]
    )


def nobody_planted_is_in_anything_written(folder: Path) -> None:
    """The names, postcode and numbers planted in personal columns are in no edition, no download and no evidence."""
    planted = truths()["unmistakable"]
    values = [*planted["names"], planted["postcode"], planted["telephone"], planted["health_number"]]
    for path in (p for p in folder.rglob("*") if p.is_file()):
        parts = [path.read_bytes()]
        if path.suffix in (".docx", ".odt", ".xlsx"):
            with zipfile.ZipFile(path) as packed:
                parts = [packed.read(name) for name in packed.namelist()]
        assert not [v for v in values if any(v.encode() in part for part in parts)], path.name


def the_second_assessment_says_more(folder: Path) -> None:
    """What the last step says has changed is what has changed."""
    first, second = record(folder, "first"), record(folder, "second")
    residents, law = "What residents said", "What the law asks, and where it is answered"
    missing = [{c["title"]: c["missing"] for c in r["chapters"]} for r in (first, second)]
    for title in (residents, "Do the sources agree?"):
        assert missing[0][title]
        assert not missing[1][title]
    gaps = [{g["what"] for g in r["gaps"]} for r in (first, second)]
    assert len(gaps[1]) < len(gaps[0])
    for gone in (
        "How much noise residents complained of",
        "What people who live and work here think, and what they want to come first",
    ):
        assert gone in gaps[0] - gaps[1]
    assert "shoplifting.residents-theft-from-shops" in [f["id"] for f in second["findings"][:15]]
    recorded = [r["figures"]["shoplifting.change"]["answer"]["after"] for r in (first, second)]
    assert recorded[0] == recorded[1]
    page = (folder / "practice" / "second" / "analyst.html").read_text(encoding="utf-8")
    for title in (residents, law, "Do the sources agree?"):
        assert title in text_of(TUTORIAL)
        assert title in page


def the_row_that_is_walked_to_is_a_shoplifting(saltmarsh: Path) -> None:
    path = saltmarsh / "files/police.uk-published-2026-01/2025-01/2025-01-saltmarsh-street.csv"
    row = path.read_text(encoding="utf-8").splitlines()[245]
    assert "Shoplifting" in row
    assert "On or near Pub" in row


def nobody_who_complained_is_in_the_evidence(practice: Path) -> None:
    complaints = (practice / "partners" / "Noise complaints.csv").read_text(encoding="cp1252").splitlines()
    names = {line.split(",")[9] for line in complaints[1:60]}
    assert len(names) > 20
    evidence = (practice / "second" / "evidence.duckdb").read_bytes()
    assert not [name for name in names if name.encode() in evidence]
