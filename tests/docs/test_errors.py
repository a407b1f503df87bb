"""Every sentence that can stop a command is in the catalogue, with an example, a meaning and a repair."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.docs.pages import DOCS, REPOSITORY, text_of

CATALOGUE = DOCS / "reference" / "errors.md"
SOURCE = REPOSITORY / "src" / "goldthread"
# What a person sees: these, and every class made from them.
FIRST = {"Trouble"}


def _trees() -> list[tuple[Path, ast.Module]]:
    return [(p, ast.parse(p.read_text(encoding="utf-8"))) for p in sorted(SOURCE.rglob("*.py"))]


def _troubles(trees: list[tuple[Path, ast.Module]]) -> set[str]:
    bases = {
        node.name: {b.id for b in node.bases if isinstance(b, ast.Name)}
        for _, tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = set(FIRST)
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found


def _pattern(node: ast.expr) -> str | None:
    """The sentence as a pattern, with anything for what is filled in; None when it is not written there."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".*" for part in node.values)
    return None


def _named(tree: ast.Module) -> dict[str, ast.expr]:
    """Sentences that a module gives a name before they are said."""
    return {
        node.targets[0].id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant | ast.JoinedStr)
    }


def sentences() -> Iterator[tuple[str, str]]:
    """Where each sentence is said, and its pattern."""
    trees = _trees()
    troubles = _troubles(trees)
    for path, tree in trees:
        named = _named(tree)
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in troubles
                and node.args
            ):
                first = node.args[0]
                pattern = _pattern(named.get(first.id, first) if isinstance(first, ast.Name) else first)
                if pattern is not None and pattern.replace(".*", "").strip():
                    yield f"{path.relative_to(SOURCE)}:{node.lineno}", pattern


def entries() -> list[tuple[str, str]]:
    """Each entry of the catalogue: its examples, and what stands below them."""
    parts = [p[4:] for p in re.split(r"^(?=#{2,3} )", text_of(CATALOGUE), flags=re.MULTILINE) if p.startswith("### ")]
    return [("\n".join(re.findall(r"^> (.+)$", part, re.MULTILINE)), part) for part in parts]


def test_every_sentence_that_stops_a_command_is_in_the_catalogue() -> None:
    examples = [line for shown, _ in entries() for line in shown.splitlines()]
    unknown = [
        f"{where}: {pattern}" for where, pattern in sentences() if not any(re.fullmatch(pattern, e) for e in examples)
    ]
    assert not unknown, "Give each an example, a meaning and a repair in docs/reference/errors.md."


def test_every_entry_has_an_example_a_meaning_and_a_repair() -> None:
    assert len(entries()) > 20
    for shown, part in entries():
        title = part.splitlines()[0]
        assert shown, title
        assert "**Means.**" in part, title
        assert "**Mend it.**" in part, title


def test_no_entry_is_for_a_sentence_that_is_never_said() -> None:
    patterns = [pattern for _, pattern in sentences()]
    stale = [e for shown, _ in entries() for e in shown.splitlines() if not any(re.fullmatch(p, e) for p in patterns)]
    assert not stale
