"""The colours of printed editions: the partnership's two, made readable, their tints, and greys."""

from __future__ import annotations

from goldthread.chapters.model.assessment import Partnership
from goldthread.editions.charts.palette import mix, readable

# Words in the partnership's colours also stand on its tints, so they must stand out more than 4.5 to 1 on white.
_ON_TINTS = 5.6


def printed_colours(partnership: Partnership) -> dict[str, str]:
    """Name the colours of headings, rules, boxes, tables and notes, as #rrggbb."""
    brand, accent = readable(partnership.colour, _ON_TINTS), readable(partnership.accent, _ON_TINTS)
    return {
        "brand": brand,
        "accent": accent,
        "wash": mix("#ffffff", brand, 0.07),
        "tint": mix("#ffffff", brand, 0.13),
        "band": mix("#ffffff", brand, 0.035),
        "warm": mix("#ffffff", accent, 0.1),
        "ink": "#1b2225",
        "soft": "#4d585c",
        "line": "#c3cbce",
        "grey": "#f2f4f5",
    }
