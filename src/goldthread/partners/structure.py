"""The structure chart: groups as boxes under the group that they answer to, drawn from the data."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from textwrap import wrap

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from goldthread.partners.queries import Branch

WIDE, TALL, GAP, DROP = 168, 64, 18, 44
LETTERS, LINES = 22, 3
DRESS = (
    "text{font:14px 'Source Sans 3',arial,sans-serif;fill:#0b0c0c}rect{fill:#fff;stroke:#1d4f5c;stroke-width:2}"
    ".board{fill:#e8eff1}.tactical{stroke-dasharray:none;stroke:#505a5f}.task-and-finish{stroke-dasharray:6 4;"
    "stroke:#505a5f}path{fill:none;stroke:#505a5f;stroke-width:1.5}"
)


def width(branch: Branch) -> float:
    """How much room a group and all below it need; the lowest level stands in one column."""
    if not branch.below:
        return WIDE
    if all(not b.below for b in branch.below):
        return WIDE + GAP
    return sum(width(b) for b in branch.below) + GAP * (len(branch.below) - 1)


def drawn(branches: Sequence[Branch], *, alone: bool = False) -> SafeString:
    """
    The chart as SVG.

    With `alone` it carries its own title and style, as a file does. It is an
    image with a name; the same structure as a list stands beside it on the page.
    """
    parts: list[str] = []
    x = far = deep = 0.0
    for branch in branches:
        deep = max(deep, _place(branch, x, 0, parts))
        x += width(branch) + 2 * GAP
        far = max(far, x - 2 * GAP)
    title = escape(_("Groups of the partnership, each under the group that it answers to"))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 {far + 8:.0f} {deep + 8:.0f}" role="img"'
    size = f' width="{far + 8:.0f}" height="{deep + 8:.0f}"' + ("" if alone else ' class="gt-structure"')
    style = f"<style>{DRESS}</style>" if alone else ""
    return mark_safe(f'{head}{size} aria-label="{title}"><title>{title}</title>{style}{"".join(parts)}</svg>')


def _place(branch: Branch, x: float, y: float, parts: list[str]) -> float:
    """Draw a group in the middle of its room and those that answer to it below; returns how far down that goes."""
    room = width(branch)
    column = bool(branch.below) and all(not b.below for b in branch.below)
    left = x if column else x + (room - WIDE) / 2
    deep = y + TALL
    if column:
        for i, one in enumerate(branch.below):
            top = y + TALL + GAP + i * (TALL + GAP)
            parts.append(f'<path d="M{left + 9:.0f} {y + TALL:.0f}V{top + TALL / 2:.0f}H{left + GAP:.0f}"/>')
            deep = _place(one, left + GAP, top, parts)
    else:
        at = x
        for one in branch.below:
            middle = at + _middle(one)
            parts.append(
                f'<path d="M{left + WIDE / 2:.0f} {y + TALL:.0f}v{DROP / 2:.0f}H{middle:.0f}v{DROP / 2:.0f}"/>'
            )
            deep = max(deep, _place(one, at, y + TALL + DROP, parts))
            at += width(one) + GAP
    parts.append(_box(branch, left, y))
    return deep


def _middle(branch: Branch) -> float:
    """Where the middle of a group's box is, from the left of its room."""
    column = bool(branch.below) and all(not b.below for b in branch.below)
    return WIDE / 2 if column else width(branch) / 2


def _box(branch: Branch, x: float, y: float) -> str:
    lines = wrap(branch.group.name, LETTERS)[:LINES]
    first = y + TALL / 2 - (len(lines) - 1) * 9 + 5
    words = "".join(
        f'<text x="{x + WIDE / 2:.0f}" y="{first + 18 * i:.0f}" text-anchor="middle">{escape(line)}</text>'
        for i, line in enumerate(lines)
    )
    return f'<rect class="{branch.group.kind}" x="{x:.0f}" y="{y:.0f}" width="{WIDE}" height="{TALL}" rx="4"/>{words}'
