"""Files and functions stay small, are documented, and say what they are about."""

from __future__ import annotations

import ast
import statistics

from tests.promises.source import functions, modules, parsed, public_parts, said, tracked

MOST_LINES_OF_A_FILE = 400
MEDIAN_LINES_OF_A_FILE = 150
MOST_LINES_OF_A_FUNCTION = 60
USUAL_LINES_OF_A_FUNCTION = 35
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "misc", "services", "service", "manager", "managers"}


def lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function without its docstring, which is for the handbook and may be as long as it must."""
    first = node.body[0]
    told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    words = (first.end_lineno or first.lineno) - first.lineno + 1 if told else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - words


def test_no_file_is_too_long_to_read() -> None:
    python = [p for p in tracked() if p.suffix == ".py"]
    long = {said(p): n for p in python if (n := len(p.read_text(encoding="utf-8").splitlines())) > MOST_LINES_OF_A_FILE}
    assert not long


def test_the_usual_file_is_short() -> None:
    sizes = [len(p.read_text(encoding="utf-8").splitlines()) for p in modules()]
    assert statistics.median(sizes) <= MEDIAN_LINES_OF_A_FILE


def test_no_function_is_too_long_to_hold_in_the_head() -> None:
    long = {f"{said(p)}:{f.name}": lines(f) for p, f in functions() if lines(f) > MOST_LINES_OF_A_FUNCTION}
    assert not long


def test_nineteen_functions_in_twenty_are_short() -> None:
    sizes = sorted(lines(f) for _, f in functions())
    assert sizes[int(len(sizes) * 0.95)] <= USUAL_LINES_OF_A_FUNCTION


def test_every_module_opens_with_a_sentence() -> None:
    silent = [said(p) for p in modules() if len((ast.get_docstring(parsed(p)) or "").split()) < 3]
    assert not silent


def test_every_public_class_is_documented() -> None:
    silent = [
        f"{said(p)}:{n.name}" for p, n in public_parts() if isinstance(n, ast.ClassDef) and not ast.get_docstring(n)
    ]
    assert not silent


def test_nine_public_functions_in_ten_are_documented() -> None:
    public = [n for _, n in public_parts() if isinstance(n, ast.FunctionDef)]
    assert sum(bool(ast.get_docstring(n)) for n in public) >= 0.9 * len(public)


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = [said(p) for p in modules() if FORBIDDEN & {part.removesuffix(".py") for part in p.parts}]
    assert not drawers
