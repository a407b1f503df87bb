"""The articles of a constitution as one text, in which lines such as “1. Membership” part them."""

from __future__ import annotations

import re
from collections.abc import Iterable

TITLE = re.compile(r"^\s*(\d+)\.\s+(\S.*?)\s*$")
LONGEST = 200  # letters of a title


class Unreadable(ValueError):
    """A text that cannot be parted into articles; the words say which line, and why."""


def parted(text: str) -> list[tuple[str, str]]:
    """
    The title and text of each article, in order.

    Every line that begins with a number, a point and a space opens an article,
    and the numbers run from 1 without a gap; Unreadable otherwise, so that a
    numbered list inside an article never becomes articles unseen.
    """
    found: list[tuple[str, list[str]]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        title = TITLE.match(line)
        if title:
            _next(int(title[1]), len(found) + 1, number, title[2])
            found.append((title[2], []))
        elif found:
            found[-1][1].append(line.rstrip())
        elif line.strip():
            raise Unreadable(f"Line {number} stands before the first title. Begin with a line such as “1. Membership”")
    if not found:
        raise Unreadable("Write at least one article, under a line such as “1. Membership”")
    articles = [(title, "\n".join(lines).strip()) for title, lines in found]
    for i, (name, said) in enumerate(articles, start=1):
        if not said:
            raise Unreadable(f"Article {i}, {name}, has a title and no text")
    return articles


def joined(articles: Iterable[tuple[str, str]]) -> str:
    """The text that `parted` would part into these."""
    return "\n\n".join(f"{i}. {title}\n{text}" for i, (title, text) in enumerate(articles, start=1))


def _next(number: int, expected: int, line: int, title: str) -> None:
    if number != expected:
        raise Unreadable(
            f"Line {line} begins with {number}., where article {expected} would come. "
            "Number lists inside an article as 1.1 or (a)"
        )
    if len(title) > LONGEST:
        raise Unreadable(f"The title in line {line} is longer than {LONGEST} letters")
