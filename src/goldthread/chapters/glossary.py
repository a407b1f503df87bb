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
    small = text.lower()
    return {term: meaning for term, meaning in terms.items() if _used(term, text, small)}


def _used(term: str, text: str, small: str) -> bool:
    """Whether a term stands in the text as words of its own; an abbreviation only in its own capitals."""
    word, within = (term, text) if term.isupper() else (term.lower(), small)
    # Most terms are found or missed by a plain search at once, and it is many times quicker than a pattern.
    return word in within and re.search(rf"\b{re.escape(word)}\b", within) is not None


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
