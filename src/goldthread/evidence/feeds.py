"""A partner's file described in words, and how a file is recognised by its columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Any

from goldthread.evidence.definitions import definitions_folder, read_yaml
from goldthread.evidence.trouble import BadRequest

WORDS = (
    *("title", "kind", "owner", "whose", "why_it_matters", "agreement", "authored_by", "checked_by"),
    *("row_is", "covers", "disclosure", "expected", "reviewed_on", "review_on"),
)
# Not the calendar's own, which speak the machine's language.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# Where the fault of a file without its title lies, what was found, and what was expected.
UNTITLED = ("(above the heading)", "no title that says it", "a title of numbers, such as “… year ending June 2025”")
KINDS = ("incident", "outcome", "measure", "survey", "population")


def plain(heading: str) -> str:
    """A heading without what senders vary: case, spaces, punctuation, a byte-order mark and "[note 4]"."""
    unnoted = re.sub(r"\[notes? [^\]]*\]", "", heading.lower()) if "[" in heading else heading.lower()
    return re.sub(r"[^a-z0-9£%]+", "", unnoted.lstrip("\ufeff"))


@dataclass(frozen=True)
class FeedColumn:
    """A column of a feed: the names it goes by, what it must look like, and what it becomes."""

    name: str
    becomes: str
    type: str = "text"
    means: str = ""
    also: tuple[str, ...] = ()
    pattern: str = ""
    described_as: str = ""
    least: float | None = None
    most: float | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    other_values: str = "refuse"
    required: bool = True
    filled: bool = False
    recognises: bool = False
    personal: bool = False
    nothing: tuple[str, ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every heading it goes by, in plain form."""
        return tuple(plain(n) for n in (self.name, *self.also))


@dataclass(frozen=True)
class Feed:
    """
    What a partner sends, in words: `definitions/feeds/NAME.yaml`, read.

    The format, key by key, is docs/reference/feed-format.md.
    """

    name: str
    title: str
    kind: str
    owner: str
    whose: str
    why_it_matters: str
    agreement: str
    authored_by: str
    checked_by: str
    row_is: str
    covers: str
    disclosure: str
    expected: str
    resolution: Mapping[str, str]
    columns: tuple[FeedColumn, ...]
    series_fixed: str = ""
    series_column: str = ""
    series_prefix: str = ""
    section_17a: tuple[int, ...] = ()
    traps: tuple[str, ...] = ()
    title_says: str = ""
    reviewed_on: str = ""
    review_on: str = ""

    @property
    def protected(self) -> bool:
        """Whether small counts of it are withheld outside the analyst's edition."""
        return self.disclosure == "protected"

    @cached_property
    def by_heading(self) -> Mapping[str, FeedColumn]:
        """Its columns by every heading they go by, in plain form."""
        return {name: column for column in reversed(self.columns) for name in column.names}

    def column_for(self, heading: str) -> FeedColumn | None:
        """The column that a heading of a file is, or None when the feed does not name it."""
        return self.by_heading.get(plain(heading))

    def fits(self, headings: Iterable[str]) -> bool:
        """Whether a file with these headings has every column that recognises this feed."""
        there = {plain(h) for h in headings}
        telling = [c for c in self.columns if c.recognises]
        return bool(telling) and all(there.intersection(c.names) for c in telling)

    def year_told(self, above: Iterable[str]) -> date | None:
        """
        The first month of the twelve that a title above the heading names.

        "Year ending June 2025" began in July 2024. None where no line above
        says what the feed's titles say; only to be asked of feeds that have any.
        """
        for line in above:
            told = re.search(self.title_says, line, re.IGNORECASE)
            if told and told["month"].capitalize() in MONTHS:
                ends, year = MONTHS.index(told["month"].capitalize()), int(told["year"])
                return date(year, 1, 1) if ends == len(MONTHS) - 1 else date(year - 1, ends + 2, 1)
        return None

    def missing_from(self, headings: Iterable[str]) -> list[str]:
        """Required columns that a file with these headings lacks."""
        there = {plain(h) for h in headings}
        return [c.name for c in self.columns if c.required and not there.intersection(c.names)]


def _values(said: Any) -> dict[str, str]:
    if not said:
        return {}
    if isinstance(said, Mapping):
        return {str(k): str(v) for k, v in said.items()}
    return {str(v): str(v) for v in said}


def _column(said: Mapping[str, Any], nothing: Sequence[str]) -> FeedColumn:
    kept = {k: v for k, v in said.items() if k in FeedColumn.__dataclass_fields__ and k not in {"values", "also"}}
    return FeedColumn(
        **kept, also=tuple(said.get("also") or ()), values=_values(said.get("values")), nothing=tuple(nothing)
    )


def feed_from(name: str, said: Mapping[str, Any]) -> Feed:
    """A feed from its YAML, already parsed."""
    series = said.get("series") or {}
    return Feed(
        name=name,
        **{w: str(said.get(w, "")).strip() for w in WORDS},
        resolution=dict(said.get("resolution") or {}),
        columns=tuple(_column(c, said.get("nothing") or ()) for c in said["columns"]),
        series_fixed=str(series.get("fixed", "")),
        series_column=str(series.get("column", "")),
        series_prefix=str(series.get("prefix", "")),
        section_17a=tuple(said.get("section_17a") or ()),
        traps=tuple(said.get("traps") or ()),
        title_says=str(said.get("title_says", "")),
    )


@cache
def all_feeds() -> tuple[Feed, ...]:
    """Every feed there is, by name."""
    return tuple(
        feed_from(path.stem, read_yaml(path)) for path in sorted((definitions_folder() / "feeds").glob("*.yaml"))
    )


def feed_named(name: str) -> Feed:
    """The feed of this name; an unknown one is refused with the names there are."""
    for feed in all_feeds():
        if feed.name == name:
            return feed
    raise BadRequest(f"There is no feed called “{name}”. The feeds are: {', '.join(f.name for f in all_feeds())}.")


def recognised(headings: Sequence[str]) -> Feed | None:
    """Which feed is a file with these headings? See `_recognised`; files of a feed have the same headings."""
    return _recognised(tuple(headings))


@lru_cache(maxsize=512)
def _recognised(headings: tuple[str, ...]) -> Feed | None:
    """
    The feed that fits, or None when none does.

    It is the one whose recognising columns are all there; if several, the one that
    knows the most of the headings.
    """
    fitting = [feed for feed in all_feeds() if feed.fits(headings)]
    if not fitting:
        return None
    return max(fitting, key=lambda f: (sum(f.column_for(h) is not None for h in headings), f.name))
