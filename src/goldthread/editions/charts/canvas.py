"""A sheet to draw on: SVG elements with real text, the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, Literal

from goldthread.editions.charts.palette import Palette

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]
WIDTH: Final = 720.0
FONT: Final = "Arial, Helvetica, Liberation Sans, Source Sans Pro, sans-serif"
SIZE: Final = 13.0
# Advance widths of Arial in thousandths of the size, near enough for placing labels.
_NARROW: Final = dict.fromkeys("ijl.,:;'|!’‘ ", 278) | dict.fromkeys("ftr()[]-/\\", 330)
_WIDE: Final = dict.fromkeys("mM", 833) | dict.fromkeys("wW%", 850) | dict.fromkeys("ABCDEGHKNOPQRSUVXY&", 690)
_WIDTHS: Final = _NARROW | _WIDE


def text_width(text: str, size: float = SIZE, *, strong: bool = False) -> float:
    """Estimate how wide a text is set, in pixels; bold is a twelfth wider."""
    return sum(_WIDTHS.get(letter, 556) for letter in text) * size / 1000 * (1.08 if strong else 1.0)


def wrapped(text: str, width: float, size: float = SIZE, most: int = 2) -> list[str]:
    """Break a label into at most `most` lines that fit `width`; what does not fit ends in an ellipsis."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and text_width(longer, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [shortened(line, width, size) for line in lines]


def shortened(text: str, width: float, size: float = SIZE) -> str:
    """Cut a label to a width, ending in an ellipsis when it was cut."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def at(value: float) -> str:
    """Write a coordinate: one decimal place, without a needless zero."""
    said = f"{value:.1f}"
    return said[:-2] if said.endswith(".0") else said


class Canvas:
    """Elements in the order they are drawn. Coordinates are pixels from the top left."""

    def __init__(self, width: float, height: float, palette: Palette) -> None:
        self.width, self.height, self.palette = width, height, palette
        self._parts: list[str] = []
        self._hatched: str | None = None

    def add(self, element: str) -> None:
        """Add an element that is already SVG."""
        self._parts.append(element)

    def line(self, start: Point, end: Point, colour: str, width: float = 1.0, dash: str = "") -> None:
        """Draw a straight line."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        x1, y1, x2, y2 = at(start[0]), at(start[1]), at(end[0]), at(end[1])
        self._parts.append(
            f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}" stroke-width="{at(width)}"{dashed}/>'
        )

    def path(self, points: Sequence[Point], colour: str, width: float = 2.0, dash: str = "") -> None:
        """Draw a line through points."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<path d="M{" ".join(f"{at(x)},{at(y)}" for x, y in points)}" fill="none" stroke="{colour}" '
            f'stroke-width="{at(width)}" stroke-linejoin="round" stroke-linecap="round"{dashed}/>'
        )

    def area(self, points: Iterable[Point], colour: str, opacity: float = 1.0) -> None:
        """Fill the shape that points enclose."""
        faint = f' fill-opacity="{opacity:g}"' if opacity < 1 else ""
        self._parts.append(f'<path d="M{" ".join(f"{at(x)},{at(y)}" for x, y in points)}Z" fill="{colour}"{faint}/>')

    def rect(self, x: float, y: float, width: float, height: float, colour: str, edge: str = "") -> None:
        """Fill a rectangle, with an edge when a colour for it is given."""
        edged = f' stroke="{edge}"' if edge else ""
        self._parts.append(
            f'<rect x="{at(x)}" y="{at(y)}" width="{at(max(width, 0))}" height="{at(max(height, 0))}" '
            f'fill="{colour}"{edged}/>'
        )

    def circle(self, x: float, y: float, radius: float, colour: str, edge: str = "", width: float = 1.5) -> None:
        """Draw a dot, or a ring when the colour is `none`."""
        edged = f' stroke="{edge}" stroke-width="{at(width)}"' if edge else ""
        self._parts.append(f'<circle cx="{at(x)}" cy="{at(y)}" r="{at(radius)}" fill="{colour}"{edged}/>')

    def diamond(self, x: float, y: float, radius: float, colour: str) -> None:
        """Draw a diamond, which stands for the subject among dots."""
        self.area([(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], colour)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        anchor: Anchor = "start",
        colour: str = "",
        size: float = SIZE,
        strong: bool = False,
        halo: bool = False,
    ) -> None:
        """Write a text whose baseline is at y; a halo keeps it legible over lines."""
        styles = f' text-anchor="{anchor}"' if anchor != "start" else ""
        styles += f' font-size="{at(size)}"' if size != SIZE else ""
        styles += ' font-weight="700"' if strong else ""
        styles += ' stroke="#fff" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke"' if halo else ""
        styles += f' fill="{colour}"' if colour and colour != self.palette.ink else ""
        self._parts.append(f'<text x="{at(x)}" y="{at(y)}"{styles}>{escape(text, quote=False)}</text>')

    def hatch(self, name: str) -> str:
        """Give the paint for what is missing or withheld: thin slanting lines."""
        self._hatched = f"{name}-hatch"
        return f"url(#{self._hatched})"

    def svg(self, name: str, title: str, describes: str) -> str:
        """Write the sheet as SVG, with its title and description for those who do not see it."""
        size = f'viewBox="0 0 {at(self.width)} {at(self.height)}" width="{at(self.width)}" height="{at(self.height)}"'
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="{name}-t {name}-d" '
            f'font-family="{FONT}" font-size="{at(SIZE)}" fill="{self.palette.ink}">'
            f'<title id="{name}-t">{escape(title, quote=False)}</title>'
            f'<desc id="{name}-d">{escape(describes, quote=False)}</desc>'
        )
        return "".join((head, self._defs(), *self._parts, "</svg>"))

    def _defs(self) -> str:
        if self._hatched is None:
            return ""
        return (
            f'<defs><pattern id="{self._hatched}" width="6" height="6" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><rect width="6" height="6" fill="{self.palette.wash}"/>'
            f'<line x1="0" y1="0" x2="0" y2="6" stroke="{self.palette.line}" stroke-width="1.4"/></pattern></defs>'
        )
