"""A logo that somebody sent as SVG, made again from the few things in it that only draw."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, ParseError

MOST = 100_000  # bytes; what is left of a drawing that passes is never more
DEEPEST = 40  # groups within groups
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"

SHAPES: Final = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text"})
ELEMENTS: Final = SHAPES | {"svg", "g", "defs", "tspan", "title", "desc", "linearGradient", "radialGradient", "stop"}
WORDS: Final = frozenset({"title", "desc", "text", "tspan"})  # the elements whose text is kept
DRESS: Final = frozenset(
    {
        *("fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap"),
        *("stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "opacity", "color"),
        *("font-family", "font-size", "font-weight", "font-style", "text-anchor", "letter-spacing", "stop-color"),
        *("stop-opacity", "display", "visibility", "paint-order"),
    }
)
PLACE: Final = frozenset(
    {
        *("id", "viewBox", "preserveAspectRatio", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy"),
        *("r", "rx", "ry", "fx", "fy", "dx", "dy", "d", "points", "transform", "rotate", "offset"),
        *("gradientUnits", "gradientTransform", "spreadMethod", "pathLength", "textLength", "lengthAdjust"),
    }
)
PAINT = re.compile(r"^url\(\s*['\"]?#[\w.-]+['\"]?\s*\)(\s+(none|#[0-9a-fA-F]{3,8}|[a-zA-Z]+))?$")


class Unfit(ValueError):
    """A file that cannot be the logo; the words say why, to whoever sent it."""


def cleaned(sent: bytes) -> str:
    """
    The drawing without anything that could act: no script, no style sheet, no reference to anything outside.

    It is read as XML and written anew from a list of elements and attributes
    that only draw; what is not on the list is left out. Unfit for a file that
    is too large, is not SVG, declares entities, or has nothing left to show.
    """
    if len(sent) > MOST:
        raise Unfit(f"The file is larger than {MOST // 1000} kB. Simplify the drawing, and send it again")
    try:
        text = sent.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unfit("The file is not an SVG drawing in UTF-8") from None
    if re.search(r"<!(ENTITY|ATTLIST|DOCTYPE[^>]*\[)", text, re.IGNORECASE):
        raise Unfit("The file declares entities of its own. Save the drawing as plain SVG, and send it again")
    try:
        root = ElementTree.fromstring(text)
    except (ParseError, ValueError):
        raise Unfit("The file is not SVG that can be read: it is not well-formed XML") from None
    if root.tag != f"{SVG}svg":
        raise Unfit("The file is XML, but not an SVG drawing")
    made = _made_again(root, 0)
    if not any(element.tag in SHAPES for element in made.iter()):
        raise Unfit("Nothing of the drawing can be shown: it holds no shape of its own, only pictures or references")
    made.set("xmlns", "http://www.w3.org/2000/svg")
    return ElementTree.tostring(made, encoding="unicode")


def _made_again(element: Element, deep: int) -> Element:
    if deep > DEEPEST:
        raise Unfit(f"The drawing has more than {DEEPEST} groups within groups. Ungroup some, and send it again")
    name = str(element.tag).removeprefix(SVG)
    made = Element(name, _attributes(element))
    made.text = element.text if name in WORDS else None
    for child in element:
        kept = isinstance(child.tag, str) and child.tag.startswith(SVG) and child.tag.removeprefix(SVG) in ELEMENTS
        if kept:
            made.append(_made_again(child, deep + 1))
        if name in WORDS and child.tail and len(made):
            made[-1].tail = child.tail
    return made


def _attributes(element: Element) -> dict[str, str]:
    """What of its attributes only draws; the declarations of `style` become attributes, as they may be."""
    styled = (part.partition(":") for part in element.get("style", "").split(";"))
    given = {**element.attrib, **{name.strip(): value.strip() for name, _, value in styled if value.strip()}}
    kept = {name: value for name, value in given.items() if name in DRESS | PLACE and _harmless(value)}
    link = element.get("href") or element.get(XLINK) or ""
    if element.tag in (f"{SVG}linearGradient", f"{SVG}radialGradient") and re.fullmatch(r"#[\w.-]+", link):
        kept["href"] = link
    return kept


def _harmless(value: str) -> bool:
    """A reference only to something in the drawing itself; no escape that could hide another."""
    if "(" not in value and ":" not in value:
        return "\\" not in value
    if PAINT.match(value.strip()):
        return True
    drawn = r"(rgba?|hsla?|matrix|translate|scale|rotate|skew[XY])\([\s\d.,%eE+-]*\)"
    return re.fullmatch(rf"(\s*{drawn}[\s,]*)+", value) is not None
