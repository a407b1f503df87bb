"""The words that an assessment uses and a reader may not know."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass

from goldthread.chapters.model import Chapter
from goldthread.evidence.definitions import definition


def glossary_of(chapters: Sequence[Chapter]) -> Mapping[str, str]:
    """The terms of the glossary that these chapters use, in alphabetical order."""
    text = "\n".join(words for chapter in chapters for words in _words(chapter))
    terms: Mapping[str, str] = definition("glossary")["terms"]
    return {
        term: meaning for term, meaning in terms.items() if re.search(rf"\b{re.escape(term)}\b", text, _flags(term))
    }


def _flags(term: str) -> re.RegexFlag:
    """An abbreviation counts only in its own capitals; a word in any."""
    return re.RegexFlag(0) if term.isupper() else re.IGNORECASE


def _words(part: object) -> list[str]:
    """Every text inside a chapter, however deep."""
    if isinstance(part, str):
        return [part]
    if is_dataclass(part):
        return [w for f in fields(part) for w in _words(getattr(part, f.name))]
    if isinstance(part, tuple | list):
        return [w for each in part for w in _words(each)]
    if isinstance(part, Mapping):
        return [w for each in part.values() for w in _words(each)]
    return []
