"""The colours of charts and maps: a partnership's own, made readable, with companions that nobody confuses."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Final

# Okabe and Ito, Color Universal Design (2008): told apart with every common kind of colour vision.
# Their yellow is left out: a yellow line cannot be seen on white.
OKABE_ITO: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
# Dashes and markers repeat what colour says, so that a chart reads in grey.
DASHES: Final = ("", "7 4", "2 3", "10 3 2 3", "5 2", "1 2", "12 4")
_DEFAULT: Final = "#1d4f5c"

Rgb = tuple[int, int, int]


@dataclass(frozen=True)
class Palette:
    """Colours by what they are for."""

    main: str
    accent: str
    ink: str = "#1b2227"
    quiet: str = "#4f5b63"
    line: str = "#98a4ab"
    grid: str = "#e4e8ea"
    wash: str = "#f3f5f6"
    paper: str = "#ffffff"

    @property
    def series(self) -> tuple[str, ...]:
        """Colours for parts of equal standing: the partnership's first."""
        return (self.main, *(colour for colour in OKABE_ITO if _distance(colour, self.main) > 90))

    def steps(self, count: int) -> tuple[str, ...]:
        """Give shades of the main colour for ordered classes, lightest first; lightness tells them apart."""
        if count == 1:
            return (self.main,)
        return tuple(mix("#ffffff", self.main, 0.15 + 0.85 * (at / (count - 1)) ** 1.15) for at in range(count))

    def shade(self, share: float) -> str:
        """Give the shade of the main colour for a share from 0 (nearly white) to 1."""
        return mix("#ffffff", self.main, round(0.06 + 0.94 * min(1.0, max(0.0, share)), 2))

    def on(self, background: str) -> str:
        """Choose ink or white for words on a colour, whichever stands out more."""
        return self.paper if contrast(background, self.paper) > contrast(background, self.ink) else self.ink


@cache
def palette(colour: str = _DEFAULT, accent: str = "#8a5a00") -> Palette:
    """Make a partnership’s palette: its two colours, darkened until they stand out on white."""
    return Palette(main=readable(colour), accent=readable(accent))


def readable(colour: str, ratio: float = 4.5) -> str:
    """Darken a colour until it stands out on white (WCAG 2.2, 1.4.3); the default when it is no colour."""
    try:
        _rgb(colour)
    except ValueError:
        colour = _DEFAULT
    for _ in range(40):
        if contrast(colour, "#ffffff") >= ratio:
            break
        colour = mix(colour, "#000000", 0.06)
    return colour


@cache
def mix(first: str, second: str, share: float) -> str:
    """Mix two colours: `share` of the second."""
    pairs = zip(_rgb(first), _rgb(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@cache
def contrast(first: str, second: str) -> float:
    """Return the WCAG contrast ratio of two colours, from 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (value / 255 for value in _rgb(colour))
    r, g, b = (part / 12.92 if part <= 0.04045 else math.pow((part + 0.055) / 1.055, 2.4) for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _distance(first: str, second: str) -> float:
    return math.dist(_rgb(first), _rgb(second))


def _rgb(colour: str) -> Rgb:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) != 6:
        raise ValueError(f"“{colour}” is not a colour, such as #1d4f5c")
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
