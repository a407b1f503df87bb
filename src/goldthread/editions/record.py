"""assessment.json: every figure and finding of an assessment, for programs and for the thread."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from goldthread.chapters.model import Assessment, Chapter, Finding
from goldthread.chapters.words import plain, resolve
from goldthread.evidence.trouble import CannotWrite


def _chapter(chapter: Chapter) -> dict[str, Any]:
    return {
        "id": chapter.id,
        "title": chapter.title,
        "missing": chapter.missing,
        "figures": [f.id for f in chapter.figures],
        "findings": [f.id for f in chapter.findings],
    }


def _finding(finding: Finding, assessment: Assessment) -> dict[str, Any]:
    said = {
        f"{part}_said": plain(resolve(getattr(finding, part), assessment.figures))
        for part in ("title", "statement", "so_what", "recommendation")
    }
    return {**asdict(finding), **said, "rank": finding.rank}


def record_of(assessment: Assessment) -> dict[str, Any]:
    """The assessment as plain data: what `goldthread thread` walks. For the analyst: nothing is withheld."""
    return {
        "title": assessment.title,
        "area": {"code": assessment.area_code, "name": assessment.area},
        "period": f"{assessment.period[0]}..{assessment.period[1]}",
        "fingerprint": assessment.fingerprint,
        "marking": assessment.partnership.marking,
        "chapters": [_chapter(c) for c in assessment.chapters],
        "figures": {name: asdict(f) for name, f in sorted(assessment.figures.items())},
        "findings": [_finding(f, assessment) for f in assessment.findings],
        "recommendations": [asdict(r) for r in assessment.recommendations],
        "gaps": [asdict(g) for g in assessment.gaps],
        "sources": [dict(s) for s in assessment.sources],
    }


def write_record(assessment: Assessment, to: Path) -> Path:
    """Write assessment.json into the folder, whole or not at all."""
    path = to / "assessment.json"
    part = to / f".assessment.json.{os.getpid()}.part"
    try:
        part.write_text(json.dumps(record_of(assessment), ensure_ascii=False, indent=1, default=str), encoding="utf-8")
        os.replace(part, path)
    except OSError as error:
        raise CannotWrite(f"{path} could not be written ({error.strerror}). Nothing was left there.") from error
    finally:
        part.unlink(missing_ok=True)
    return path
