"""The documents as their tests see them: pages, commands with what they show, paths, pictures and abbreviations."""

from __future__ import annotations

import functools
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
DOCS = REPOSITORY / "docs"
AT_THE_TOP = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STARTS = (["python3", "run.py"], ["goldthread"])


@dataclass(frozen=True)
class Command:
    """A command as a page gives it, the lines it says will appear, and where it stands."""

    page: Path
    words: tuple[str, ...]
    shows: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[str, ...] | None:
        """What `goldthread` is asked to do; None for a command of another program."""
        return next((self.words[len(s) :] for s in STARTS if list(self.words[: len(s)]) == s), None)

    def __str__(self) -> str:
        return f"{said(self.page)}: {shlex.join(self.words)}"


@dataclass(frozen=True)
class Step:
    """One thing that a tutorial has its reader do: a command, or an edit of lines of a file."""

    command: Command | None = None
    edits: tuple[tuple[int, str, str], ...] = field(default=())


def said(path: Path) -> str:
    """A path as a person would look for it."""
    return path.relative_to(REPOSITORY).as_posix()


@functools.cache
def pages() -> tuple[Path, ...]:
    """Every page of documentation."""
    return (*(REPOSITORY / name for name in AT_THE_TOP), *sorted(DOCS.rglob("*.md")))


@functools.cache
def text_of(page: Path) -> str:
    """What a page says."""
    return page.read_text(encoding="utf-8")


def prose_of(page: Path) -> str:
    """What a page says outside code: no fenced blocks, no code words, no addresses of links."""
    text = FENCE.sub("", text_of(page))
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    return re.sub(r"\]\([^)]*\)", "]", text)


def _commands(page: Path, block: str) -> Iterator[Command]:
    words: tuple[str, ...] | None = None
    shows: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            if words is not None:
                yield Command(page, words, tuple(shows))
            words, shows = tuple(shlex.split(line[2:])), []
        elif words is None:
            raise AssertionError(f"{said(page)}: a console block begins with “{line}”, which is no command.")
        else:
            shows.append(line)
    if words is not None:
        yield Command(page, words, tuple(shows))


def commands_of(page: Path) -> list[Command]:
    """The commands in a page's console blocks, in order."""
    return [c for kind, block in FENCE.findall(text_of(page)) if kind == "console" for c in _commands(page, block)]


def _edits(table: str) -> tuple[tuple[int, str, str], ...]:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    return tuple((int(line), before, after) for line, _, before, after in rows)


def steps_of(page: Path) -> list[Step]:
    """What a tutorial has its reader do, in order: its commands, and its tables of lines to mend."""
    found: list[tuple[int, list[Step]]] = []
    text = text_of(page)
    for block in FENCE.finditer(text):
        if block[1] == "console":
            found.append((block.start(), [Step(c) for c in _commands(page, block[2])]))
    for table in re.finditer(r"^\| Line \| Column \| It says \| Make it \|\n(?:\|.*\n)+", text, re.MULTILINE):
        found.append((table.start(), [Step(edits=_edits(table[0]))]))
    return [step for _, steps in sorted(found, key=lambda f: f[0]) for step in steps]


def code_words(page: Path) -> list[str]:
    """Everything a page sets as code inside a sentence."""
    return re.findall(r"`([^`\n]+)`", FENCE.sub("", text_of(page)))


def pictures_of(page: Path) -> list[tuple[str, Path]]:
    """The pictures that a page shows: what is said for those who cannot see them, and the file."""
    return [(alt, (page.parent / to).resolve()) for alt, to in re.findall(r"!\[([^\]]*)\]\(([^)\s]+)\)", text_of(page))]
