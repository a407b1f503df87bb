"""How numbers, months, lists and changes are said in British English, and how figures get into sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from goldthread.chapters.model.figures import Answer, Figure

MINUS: Final = "\N{MINUS SIGN}"
EN_DASH: Final = "\N{EN DASH}"
NOT_AVAILABLE: Final = "not available"
_SMALL: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ORDINALS: Final = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_FRACTIONS: Final = (
    (50.0, "half"),
    (100 / 3, "a third"),
    (25.0, "a quarter"),
    (200 / 3, "two thirds"),
    (75.0, "three quarters"),
)


class WordsError(ValueError):
    """A sentence asked for a figure, key or format that does not exist; the message names it."""


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style; `figure` is the id of the figure that a number came from."""

    text: str
    figure: str | None = None
    strong: bool = False


def number(value: float, places: int = 0) -> str:
    """Say a number: thousands with commas, halves rounded away from zero, a true minus sign."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    said = f"{abs(rounded):,}"
    return MINUS + said if rounded < 0 else said


def signed(value: float, places: int = 0) -> str:
    """Say a difference with its sign: +12, −3, and 0 with none."""
    said = number(value, places)
    return said if said.startswith(MINUS) or not said.strip("0.,") else f"+{said}"


def percent(value: float, places: int = 0) -> str:
    """Say 12.3 as 12%, or as 12.3% to one place."""
    return f"{number(value, places)}%"


def in_words(value: float) -> str:
    """Say whole numbers up to nine as words, as prose does, and the others in figures."""
    if float(value).is_integer() and 0 <= value <= 9:
        return _SMALL[int(value)]
    return number(value, 0 if float(value).is_integer() else 1)


def ordinal(value: float) -> str:
    """Say a rank: first to ninth, then 10th, 11th, 22nd."""
    whole = int(value)
    if 1 <= whole <= 9:
        return _ORDINALS[whole]
    ending = "th" if whole % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{number(whole)}{ending}"


def plural(value: float, one: str, many: str) -> str:
    """Choose the noun that goes with a number: one burglary, 0 or 2 or 1.5 burglaries."""
    return one if value == 1 else many


def listed(items: Sequence[str], conjunction: str = "and") -> str:
    """Join words as a sentence does: a, b and c; with semicolons where a part has commas or “and” of its own."""
    if len(items) < 2:
        return "".join(items)
    if any(", " in item or f" {conjunction} " in item for item in items):
        return f"{'; '.join(items[:-1])}; {conjunction} {items[-1]}"
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def month(value: str) -> str:
    """Say 2025-01 (or 2025-01-01) as January 2025; ValueError on anything else."""
    found = re.fullmatch(r"(\d{4})-(\d{2})(?:-\d{2})?", value)
    if not found or not 1 <= int(found[2]) <= 12:
        raise ValueError(f"“{value}” is not a month, such as 2025-01")
    return f"{_MONTHS[int(found[2]) - 1]} {found[1]}"


def short_month(value: str) -> str:
    """Say 2025-01 as Jan 2025, for axes and narrow columns."""
    name, year = month(value).split()
    return f"{name[:3]} {year}"


def months(first: str, last: str) -> str:
    """Say a span of months: January to December 2025; October 2024 to September 2025; March 2025."""
    starts, ends = month(first), month(last)
    if starts == ends:
        return starts
    if starts[-4:] == ends[-4:]:
        return f"{starts[:-5]} to {ends}"
    return f"{starts} to {ends}"


def span(low: float, high: float, places: int = 0) -> str:
    """Say a range with an en dash, 5–10; with “to” when an end is negative, so that no sign is misread."""
    joint = " to " if low < 0 or high < 0 else EN_DASH
    return f"{number(low, places)}{joint}{number(high, places)}"


def change(value: float, places: int = 0) -> str:
    """Say a percentage change beside a number: up 12%, down 3%, no change."""
    said = percent(abs(value), places)
    if _nothing(said):
        return "no change"
    return f"{'up' if value > 0 else 'down'} {said}"


def rise(value: float, places: int = 0) -> str:
    """Say a percentage change as a noun: a rise of 12%, a fall of 3%, no change."""
    said = percent(abs(value), places)
    if _nothing(said):
        return "no change"
    return f"{_article(value)} of {said}"


def moved(value: float) -> str:
    """Say a percentage change as a verb: rose by 12%, fell by a third, doubled, did not change."""
    said = percent(abs(value))
    if _nothing(said):
        return "did not change"
    if said == "100%" and value > 0:
        return "doubled"
    for exact, words in _FRACTIONS:
        if abs(abs(value) - exact) < 0.5:
            said = words
    return f"{'rose' if value > 0 else 'fell'} by {said}"


def fraction(share: float) -> str:
    """Say a share between 0 and 1 as a plain fraction when it is near one, and as a percentage when not."""
    for exact, words in _FRACTIONS:
        gap = abs(share * 100 - exact)
        if gap < 1.5:
            return words if gap < 0.05 else f"about {words}"
    return percent(share * 100)


def in_ten(share: float) -> str:
    """Say a share between 0 and 1 as people: about three in ten; fewer than one in ten; nearly all."""
    tenths = int(Decimal(str(share * 10)).quantize(Decimal(1), ROUND_HALF_UP))
    if tenths < 1:
        return "fewer than one in ten"
    if tenths > 9:
        return "nearly all"
    return f"about {in_words(tenths)} in ten" if tenths != 5 else "about half"


def p_value(value: float) -> str:
    """Say a probability value: p = 0.03, p < 0.001."""
    if value < 0.001:
        return "p < 0.001"
    return f"p = {number(value, 3 if value < 0.01 else 2)}"


def _nothing(said: str) -> bool:
    return not said.strip("0.%")


def _article(value: float) -> str:
    return "a rise" if value > 0 else "a fall"


def _as_change(ratio: float) -> float:
    return (ratio - 1) * 100


# The formats of numbers: what may stand after the second colon of {{figure:key:format}}.
_NUMBERS: Final[Mapping[str, Callable[[float], str]]] = {
    "n": number,
    "n1": lambda v: number(v, 1),
    "n2": lambda v: number(v, 2),
    "word": in_words,
    "Word": lambda v: in_words(v).capitalize(),
    "ordinal": ordinal,
    "signed": signed,
    "signed1": lambda v: signed(v, 1),
    "money": lambda v: number(v).replace(MINUS, "") if v == 0 else (MINUS if v < 0 else "") + "£" + number(abs(v)),
    "p": p_value,
    # 12.3 is 12.3 %.
    "pct": percent,
    "pct1": lambda v: percent(v, 1),
    "points": lambda v: f"{number(abs(v), 1)} percentage {plural(round(abs(v), 1), 'point', 'points')}",
    "change": change,
    "change1": lambda v: change(v, 1),
    "rise": rise,
    "rise1": lambda v: rise(v, 1),
    "moved": moved,
    # 0.123 is 12.3 %.
    "share": lambda v: percent(v * 100),
    "share1": lambda v: percent(v * 100, 1),
    "fraction": fraction,
    "in_ten": in_ten,
    # 1.12 is 12 % more.
    "ratio": lambda v: f"{number(v, 1)} times",
    "ratio2": lambda v: f"{number(v, 2)} times",
    "ratio_change": lambda v: change(_as_change(v)),
    "ratio_rise": lambda v: rise(_as_change(v)),
    "ratio_moved": lambda v: moved(_as_change(v)),
}
# The formats of text.
_TEXTS: Final[Mapping[str, Callable[[str], str]]] = {"month": month, "short_month": short_month, "text": str}
# The formats that take two nouns: {{figure:key:plural|burglary|burglaries}}.
_NOUNS: Final[Mapping[str, Callable[[float, str, str], str]]] = {
    "plural": plural,
    "count": lambda v, one, many: f"{in_words(v)} {plural(v, one, many)}",
    "Count": lambda v, one, many: f"{in_words(v).capitalize()} {plural(v, one, many)}",
}

FORMATS: Final = tuple(sorted({*_NUMBERS, *_TEXTS, *_NOUNS}))


def say(value: Answer, form: str, where: str = "") -> str:
    """
    Say one answer in one of `FORMATS`; None is “not available”.

    WordsError when the format does not exist or cannot say this kind of
    answer; `where` (the placeholder) goes into its message.
    """
    name, *nouns = form.split("|")
    if name not in FORMATS:
        raise WordsError(f"{where or form}: there is no format “{name}”. Formats are {listed(FORMATS)}.")
    if (name in _NOUNS) != (len(nouns) == 2):
        raise WordsError(f"{where or form}: “{name}” takes {'two nouns' if name in _NOUNS else 'no nouns'}.")
    if value is None:
        return NOT_AVAILABLE
    if name == "text":
        return value if isinstance(value, str) else number(value, 0 if float(value).is_integer() else 1)
    if isinstance(value, str) != (name in _TEXTS):
        raise WordsError(f"{where or form}: “{name}” cannot say {value!r}.")
    if isinstance(value, str):
        return _TEXTS[name](value)
    if name in _NOUNS:
        return _NOUNS[name](value, *nouns)
    return _NUMBERS[name](value)


_PLACEHOLDER: Final = re.compile(r"\{\{([^{}:|]+):([^{}:|]+):([^{}:]+)\}\}")

# Words to print instead of a figure's value, or None to print the value.
Withhold = Callable[[Figure, str, str], str | None]


def _show_all(figure: Figure, key: str, form: str) -> str | None:
    return None


def resolve(text: str, figures: Mapping[str, Figure], withhold: Withhold = _show_all) -> tuple[Run, ...]:
    """
    Put figures into a sentence: `{{figure.id:key:format}}` becomes a run that remembers its figure.

    `**words**` are strong. `withhold(figure, key, format)` may give words to
    print in place of a value. WordsError names a figure, key or format that
    does not exist, and braces that make no placeholder.
    """
    runs: list[Run] = []
    for at, stretch in enumerate(text.split("**")):
        strong = at % 2 == 1
        done = 0
        for found in _PLACEHOLDER.finditer(stretch):
            runs.append(Run(stretch[done : found.start()], None, strong))
            runs.append(Run(_answer(found, figures, withhold), found[1].strip(), strong))
            done = found.end()
        runs.append(Run(stretch[done:], None, strong))
    if any("{{" in run.text or "}}" in run.text for run in runs if run.figure is None):
        raise WordsError(f"Braces that make no placeholder in “{text}”. Write {{{{figure.id:key:format}}}}.")
    return tuple(run for run in runs if run.text)


def _answer(found: re.Match[str], figures: Mapping[str, Figure], withhold: Withhold) -> str:
    name, key, form = (part.strip() for part in found.groups())
    if name not in figures:
        raise WordsError(f"{found[0]}: there is no figure “{name}”.")
    figure = figures[name]
    if key not in figure.answer:
        raise WordsError(f"{found[0]}: figure “{name}” has no “{key}”. It has {listed(sorted(figure.answer))}.")
    said = say(figure.answer[key], form, found[0])
    return withhold(figure, key, form) or said


def plain(runs: Sequence[Run]) -> str:
    """Give the text of runs without its styles."""
    return "".join(run.text for run in runs)


def quoted(text: str) -> tuple[str, ...]:
    """List the ids of the figures that a text quotes, in order, each once."""
    return tuple(dict.fromkeys(found[1].strip() for found in _PLACEHOLDER.finditer(text)))
