"""How well two colours can be told apart, by the Web Content Accessibility Guidelines 2.2."""

from __future__ import annotations

from typing import Final

UNDER_TEXT: Final = 4.5  # success criterion 1.4.3, at level AA
OF_A_LINE: Final = 3.0  # success criterion 1.4.11


def contrast(one: str, other: str = "#ffffff") -> float:
    """
    The contrast ratio of two colours written as #rrggbb: from 1 for the same to 21 for black on white.

    Source: WCAG 2.2, definitions of contrast ratio and relative luminance.
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
