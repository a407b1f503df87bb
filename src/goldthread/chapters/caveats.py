"""The caveats that insert themselves: each with its condition, put beside the figures of which that is true."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from goldthread.chapters.bearing import Facts, facts_of
from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.harm import Harms
from goldthread.chapters.measuring.lines import Lines
from goldthread.chapters.measuring.peer_tables import TABLES
from goldthread.chapters.measuring.peers import Peers
from goldthread.chapters.measuring.recording import recording_changes
from goldthread.chapters.model import Box, Chapter, Column, Figure, Map, Paragraph, Table
from goldthread.chapters.weighing import UNDER_REPORTED
from goldthread.chapters.words import in_words, plural
from goldthread.evidence.definitions import definition

ID = "caveats"
TITLE = "What to bear in mind"
BOX = "To bear in mind"
REPORTED_MORE = ("domestic-abuse", "sexual-violence", "hate-crime", "violence-against-women-and-girls")
# Said once for the whole assessment, since they hold of nearly every figure.
THROUGHOUT = frozenset({"recorded-not-all", "many-tests", "may-be-chance", "rounding", "withheld"})
SEARCHED_FOR = frozenset({"Drugs", "Possession of weapons", "Stop and search", "Police: Possession of drugs"})

Condition = Callable[[Brief, Facts, Chapter, Figure], bool]


def _compared(figure: Figure) -> bool:
    return figure.answer.get("matched_before") is not None


def _line_of(brief: Brief, figure: Figure) -> bool:
    """Whether a known change in recording lies between the two periods of a figure's line."""
    lines = brief.measured.get(Lines)
    line = lines.by_id.get(figure.id.removesuffix(".change")) if isinstance(lines, Lines) else None
    return line is not None and _compared(figure) and bool(recording_changes(brief, line))


def _rose(figure: Figure) -> bool:
    percent = figure.answer.get("percent")
    return bool(figure.answer.get("stands")) and isinstance(percent, int | float) and percent > 0


def _interval_holds_nothing(figure: Figure) -> bool:
    low, high = figure.answer.get("low"), figure.answer.get("high")
    return _compared(figure) and isinstance(low, int | float) and isinstance(high, int | float) and low <= 0 <= high


def _few(figure: Figure) -> bool:
    counts = [figure.answer.get(k) for k in ("matched_before", "matched_after")]
    return _compared(figure) and any(isinstance(n, int | float) and n < 20 for n in counts)


def _peers(brief: Brief) -> Peers | None:
    found = brief.measured.get(Peers)
    return found if isinstance(found, Peers) and found.group is not None else None


def _worked_out(brief: Brief) -> bool:
    peers = _peers(brief)
    return peers is not None and peers.group is not None and peers.group.how == "most similar"


def _of_others(figure: Figure) -> bool:
    return figure.rows.table == "comparators" or figure.rows.where.get("feed") in TABLES


def _two_sources(brief: Brief, facts: Facts) -> bool:
    found = _peers(brief)
    return "police-uk-street" in facts.came and found is not None and bool(found.group and found.group.counted)


def _dates_differ(chapter: Chapter) -> bool:
    return len({f.rows.months for f in chapter.figures if f.rows.months}) > 1


def _of_places(chapter: Chapter, figure: Figure) -> bool:
    return bool(figure.rows.places) or any(isinstance(b, Map) for b in chapter.blocks)


# Each is asked of every figure of every chapter; the words of the conditions are in definitions/caveats.yaml.
CONDITIONS: Mapping[str, Condition] = {
    "recorded-not-all": lambda b, k, c, f: bool(k.police & k.feeds(f)),
    "under-reported": lambda b, k, c, f: c.id in k.under_reported or f.id.split(".")[0] in UNDER_REPORTED,
    "reporting-may-explain-rise": lambda b, k, c, f: c.id in REPORTED_MORE and _rose(f),
    "recording-change": lambda b, k, c, f: _line_of(b, f),
    "asb-recorded-as-crime": lambda b, k, c, f: f.id == "anti-social-behaviour.change",
    "asb-not-crime": lambda b, k, c, f: f.id == "total-crime.change" and "Anti-social behaviour" in k.series,
    "pandemic-months": lambda b, k, c, f: _compared(f) and k.pandemic,
    "small-numbers": lambda b, k, c, f: _few(f),
    "withheld": lambda b, k, c, f: f.protected,
    "may-be-chance": lambda b, k, c, f: _interval_holds_nothing(f),
    "many-tests": lambda b, k, c, f: "stands" in f.answer,
    "reoffending-lag": lambda b, k, c, f: "proven-reoffending" in k.feeds(f),
    "outcomes-take-time": lambda b, k, c, f: c.id == "outcomes",
    "boundary-change": lambda b, k, c, f: _compared(f) and k.borders_changed,
    "several-partnerships": lambda b, k, c, f: _of_others(f) and k.partnerships > 1,
    "peers-worked-out": lambda b, k, c, f: c.id == "peers" and _worked_out(b),
    "approximate-places": lambda b, k, c, f: _of_places(c, f) and "police-uk-street" in k.feeds(f),
    "some-without-place": lambda b, k, c, f: _of_places(c, f) and bool(k.no_place & k.feeds(f)),
    "months-missing": lambda b, k, c, f: bool(k.missing & k.feeds(f)),
    "force-missing-nationally": lambda b, k, c, f: c.id == "peers" and k.forces_missing,
    "flags-by-hand": lambda b, k, c, f: "flag" in f.rows.where,
    "mixed-periods": lambda b, k, c, f: _dates_differ(c) and c.id in ("harm", "health", "reoffending", "young-people"),
    "rounding": lambda b, k, c, f: any("share" in key for key in f.answer),
    "not-ons": lambda b, k, c, f: c.id == "peers" and _two_sources(b, k),
    "police-activity": lambda b, k, c, f: bool(f.rows.series) and SEARCHED_FOR.issuperset(f.rows.series),
    "suspects-only": lambda b, k, c, f: "police-local-suspects" in k.feeds(f),
    "harm-band": lambda b, k, c, f: c.id == "harm" and Harms in b.measured,
    "no-weight": lambda b, k, c, f: c.id == "harm" and "Anti-social behaviour" in k.series,
    "old-population": lambda b, k, c, f: c.id in ("area", "peers", "places") and k.old_population,
    "lsoa-changed": lambda b, k, c, f: _of_places(c, f) and k.lsoa_changed,
    "model-forecast": lambda b, k, c, f: ".forecast" in f.question,
    "clock-unknown": lambda b, k, c, f: "times" in f.question and bool(k.midnight & k.feeds(f)),
}
# Known only to the function that made the figure, which therefore carries them.
CARRIED = frozenset(
    {
        *("self-selected", "survey-weighted", "few-answers", "residents-not-visitors", "sources-overlap"),
        *("resident-base", "not-causal", "peer-group-changed"),
    }
)


@cache
def sentences() -> Mapping[str, str]:
    """Each caveat's sentence by its id."""
    return {c["id"]: str(c["sentence"]).strip() for c in definition("caveats")["caveats"]}


def of_figure(brief: Brief, facts: Facts, chapter: Chapter, figure: Figure) -> list[str]:
    """The ids of the caveats that a figure carries or whose condition is true of it, in the order of the catalogue."""
    carried = set(figure.caveats)
    return [
        name
        for name in sentences()
        if name in carried or (name in CONDITIONS and CONDITIONS[name](brief, facts, chapter, figure))
    ]


@dataclass(frozen=True)
class Applying:
    """Which caveats apply to each figure, by its id, and to each chapter, by its id."""

    by_figure: Mapping[str, tuple[str, ...]]
    by_chapter: Mapping[str, tuple[str, ...]]


def applying(brief: Brief, chapters: Sequence[Chapter]) -> Applying:
    """Which caveats apply, and where?"""
    facts = facts_of(brief)
    by_figure: dict[str, tuple[str, ...]] = {}
    by_chapter: dict[str, tuple[str, ...]] = {}
    for chapter in chapters:
        found = {figure.id: of_figure(brief, facts, chapter, figure) for figure in chapter.figures}
        for name, ids in found.items():
            by_figure[name] = tuple(dict.fromkeys((*by_figure.get(name, ()), *ids)))
        mine = {i for ids in found.values() for i in ids}
        by_chapter[chapter.id] = tuple(i for i in sentences() if i in mine)
    return Applying(by_figure, by_chapter)


def inserted(chapters: Sequence[Chapter], found: Applying) -> list[Chapter]:
    """
    The chapters with what applies to them in one box, unless the chapter says it already.

    What holds of nearly every figure is said once, in the chapter of caveats.
    """
    told: set[str] = set()
    with_boxes = (_with_box(c, [i for i in found.by_chapter.get(c.id, ()) if i not in THROUGHOUT]) for c in chapters)
    return [_said_once(chapter, told) for chapter in with_boxes]


def _said_once(chapter: Chapter, told: set[str]) -> Chapter:
    """The chapter, without what holds throughout and an earlier chapter's box has said; `told` learns what it says."""
    blocks = []
    for block in chapter.blocks:
        if isinstance(block, Box) and block.title == BOX:
            text = block.text
            for name in sorted(THROUGHOUT):
                if name in told and sentences()[name] in text:
                    text = " ".join(text.replace(sentences()[name], "").split())
                elif sentences()[name] in text:
                    told.add(name)
            if not text:
                continue
            block = replace(block, text=text)
        blocks.append(block)
    return replace(chapter, blocks=tuple(blocks))


def _with_box(chapter: Chapter, ids: Sequence[str]) -> Chapter:
    said = " ".join(b.text for b in chapter.blocks if isinstance(b, Box | Paragraph))
    new = " ".join(sentences()[i] for i in ids if sentences()[i] not in said)
    if not new or chapter.missing:
        return chapter
    for at, block in enumerate(chapter.blocks):
        if isinstance(block, Box) and block.title == BOX:
            more = replace(block, text=f"{block.text} {new}")
            return replace(chapter, blocks=(*chapter.blocks[:at], more, *chapter.blocks[at + 1 :]))
    return replace(chapter, blocks=(*chapter.blocks, Box(kind="caveat", title=BOX, text=new)))


def in_words_of(figure: Figure, found: Applying) -> Figure:
    """A figure whose caveats are sentences, those that a condition brought among them."""
    own = [c for c in figure.caveats if c not in sentences()]
    ids = found.by_figure.get(figure.id, figure.caveats)
    return replace(figure, caveats=(*own, *(sentences()[i] for i in ids if i in sentences())))


def write(brief: Brief, chapters: Sequence[Chapter]) -> Chapter:
    """Every caveat of the catalogue: of how many figures it holds and in which chapters, or that it holds of none."""
    found = applying(brief, chapters)
    titles = {c.id: c.title for c in chapters}
    count: dict[str, int] = {}
    for ids in found.by_figure.values():
        for i in ids:
            count[i] = count.get(i, 0) + 1
    rows, idle = [], []
    for said in definition("caveats")["caveats"]:
        name = said["id"]
        where = [titles[c] for c, ids in found.by_chapter.items() if name in ids]
        if name in count:
            rows.append((sentences()[name], _where(name, where), count[name]))
        else:
            idle.append((sentences()[name], str(said["condition"]).strip()))
    columns = (Column("sentence", "Caveat"), Column("where", "Where"), Column("n", "Figures", "number"))
    return Chapter(
        ID,
        TITLE,
        (
            Paragraph(
                text="Each of these goes in when its condition is true of a figure, so that none is forgotten and "
                "none is there for show. Those that hold nearly throughout are said once and here; the others stand "
                "in their chapters too."
            ),
            Table(
                id="caveats.applying",
                title="Caveats that apply to this assessment",
                columns=columns,
                rows=tuple(rows),
                source="definitions/caveats.yaml, each condition asked of every figure",
            ),
            Table(
                id="caveats.not-applying",
                title="Caveats that were looked at and do not apply",
                columns=(Column("sentence", "Caveat"), Column("condition", "Would apply when")),
                rows=tuple(idle),
                source="definitions/caveats.yaml",
                note="Whether the group of similar areas is that of the last assessment was not supplied.",
            ),
        ),
    )


def _where(name: str, chapters: Sequence[str]) -> str:
    if name in THROUGHOUT or len(chapters) > 5:
        return f"Throughout ({in_words(len(chapters))} {plural(len(chapters), 'chapter', 'chapters')})"
    return "; ".join(chapters)
