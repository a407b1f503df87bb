"""A whole assessment: chapters, findings, gaps, recommendations and what they all rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from goldthread.chapters.model.blocks import Block
from goldthread.chapters.model.figures import Figure, Finding

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Gap:
    """Something the assessment could not say, why that matters, and who could mend it."""

    what: str
    why_it_matters: str
    owner: str
    feed: str = ""


@dataclass(frozen=True)
class Recommendation:
    """What the partnership is asked to do: verb first, owned, dated, and tied to its findings."""

    number: int
    text: str
    owner: str
    by_when: str
    measure: str
    findings: tuple[str, ...]
    kind: str = "prevention"


@dataclass(frozen=True)
class Chapter:
    """
    One chapter: its title, its blocks, and the figures and findings it puts forward.

    A chapter whose data did not come has `missing`, one line that says so; its
    gap is in `gaps` and it is never left out silently.
    """

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    figures: tuple[Figure, ...] = ()
    findings: tuple[Finding, ...] = ()
    gaps: tuple[Gap, ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class Geography:
    """
    Shapes for maps, in British National Grid metres.

    `small_areas` maps an LSOA code to its outer rings and `names` to its name;
    `outline` is the edge of the whole area, `land` the neighbouring land, and
    `labels` are place names to print, with where. All may be empty, when no
    boundaries were supplied; maps then give way to their tables.
    """

    small_areas: Mapping[str, tuple[Ring, ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    outline: tuple[Ring, ...] = ()
    land: tuple[Ring, ...] = ()
    labels: tuple[tuple[str, float, float], ...] = ()
    credit: str = ""


@dataclass(frozen=True)
class Partnership:
    """Whose assessment this is, from one file: name, colours, logo, members and marking."""

    name: str
    colour: str = "#1d4f5c"
    accent: str = "#8a5a00"
    logo_svg: str = ""
    author: str = ""
    version: str = "1.0"
    status: str = "Draft for the Executive Board"
    marking: str = "OFFICIAL"
    authorities: tuple[str, ...] = ()
    welsh: bool = False


@dataclass(frozen=True)
class Assessment:
    """
    Everything an edition is written from; nothing else reaches a page.

    `area` and `period` are printed as words; `fingerprint` is that of the
    evidence. `made_on` is the last month of data, not the clock, so that the
    same evidence gives the same document.
    """

    title: str
    area: str
    area_code: str
    area_welsh: str
    period: tuple[str, str]
    compared_with: tuple[str, str] | None
    fingerprint: str
    partnership: Partnership
    chapters: tuple[Chapter, ...]
    figures: Mapping[str, Figure]
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    recommendations: tuple[Recommendation, ...]
    geography: Geography = field(default_factory=Geography)
    glossary: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[Mapping[str, str], ...] = ()
