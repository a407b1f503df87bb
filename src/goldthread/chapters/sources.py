"""What the assessment was made from: each data set, what it covers, what was refused, and what is missing from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from goldthread.chapters.brief import Brief
from goldthread.chapters.model import (
    Block,
    Box,
    Bullets,
    Chapter,
    Column,
    Figure,
    Gap,
    Heading,
    Paragraph,
    Rows,
    Table,
)
from goldthread.chapters.words import listed, month, months, number, percent, plural, short_month
from goldthread.evidence.definitions import definition
from goldthread.evidence.feeds import all_feeds
from goldthread.evidence.periods import Month

ID = "sources"
TITLE = "Where the figures come from, and how good they are"
PLACED = frozenset({"lsoa", "snapped point", "point", "address"})  # resolutions of feeds whose rows have a small area
BLANK_ALARM = 5.0  # per cent of rows without a place, from which maps and rates of small areas may mislead


def write(brief: Brief) -> Chapter:
    """Every data set with its owner, months, rows and quality; refusals, missing months and revisions."""
    figures = [_received(brief)]
    blocks: list[Block] = [
        Paragraph(
            text="This assessment was made from {{sources.received:files:count|file|files}} and "
            "{{sources.received:rows:n}} rows. Of those, {{sources.received:kept:n}} were kept as evidence, "
            "{{sources.received:refused:n}} were refused because something in them was wrong, and "
            "{{sources.received:other:n}} are about other areas. Kept, refused and other-area rows add up to the rows "
            "received, in every file."
        ),
        _register(brief),
        *_refusals(brief),
        *_missing(brief),
        *_revisions(brief),
        *_places(brief),
        *_lacking(brief),
    ]
    return Chapter(ID, TITLE, tuple(blocks), tuple(figures), gaps=tuple(_gaps(brief)))


def _received(brief: Brief) -> Figure:
    [(files, rows, kept, refused, other)] = brief.evidence.rows(
        "SELECT count(*), sum(rows), sum(kept), sum(refused), sum(other_area) FROM files"
    )
    return Figure(
        id="sources.received",
        asks="How many rows were received, and what became of them?",
        question="goldthread.evidence.building.build",
        answer={
            "files": int(files),
            "rows": int(rows),
            "kept": int(kept),
            "refused": int(refused),
            "other": int(other),
        },
        rows=Rows("files"),
        source="The evidence file's own record",
    )


def _by_feed(brief: Brief) -> list[dict[str, Any]]:
    found = brief.evidence.rows(
        """
        SELECT f.feed, sum(f.rows), sum(f.kept), sum(f.refused), sum(f.other_area), min(i.first), max(i.last),
               any_value(p.placed), any_value(p.held)
        FROM files f
        LEFT JOIN (SELECT file, min(coalesce(first_month, s)) AS first, max(coalesce(last_month, e)) AS last FROM files
                   LEFT JOIN (SELECT file, min(starts) AS s, max(starts) AS e FROM measures GROUP BY 1) USING (file)
                   GROUP BY 1) i ON i.file = f.file
        LEFT JOIN (SELECT feed, count(lsoa) AS placed, count(*) AS held FROM incidents GROUP BY 1) p ON p.feed = f.feed
        WHERE f.feed IS NOT NULL GROUP BY 1 ORDER BY sum(f.kept) DESC, 1
        """
    )
    keys = ("feed", "rows", "kept", "refused", "other", "first", "last", "placed", "held")
    return [dict(zip(keys, row, strict=True)) for row in found]


def _span(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return "–"
    return f"{short_month(str(Month.of(first)))} to {short_month(str(Month.of(last)))}"


def _register(brief: Brief) -> Table:
    feeds = {f.name: f for f in all_feeds()}
    rows = []
    for each in _by_feed(brief):
        feed = feeds[each["feed"]]
        placed = f"{percent(100 * each['placed'] / each['held'], 1)}" if each["held"] else "–"
        resolution = f"{feed.resolution.get('time', '–')}, {feed.resolution.get('place', '–')}"
        rows.append(
            (
                feed.title,
                feed.owner,
                _span(each["first"], each["last"]),
                int(each["rows"]),
                int(each["kept"]),
                int(each["refused"]),
                int(each["other"]),
                placed,
                resolution,
            )
        )
    return Table(
        id="sources.register",
        title="The data sets, and what was kept of each",
        columns=(
            Column("title", "Data set"),
            Column("owner", "From"),
            Column("span", "Months"),
            Column("rows", "Rows", "count"),
            Column("kept", "Kept", "count"),
            Column("refused", "Refused", "count"),
            Column("other", "Other areas", "count"),
            Column("placed", "With a small area"),
            Column("resolution", "Finest time and place"),
        ),
        rows=tuple(rows),
        source="The evidence file's own record of what it received",
        note="A method that needs a finer time or place than a data set has is not used on it.",
        figures=("sources.received",),
    )


def _refusals(brief: Brief) -> list[Block]:
    found = brief.evidence.rows(
        "SELECT f.name, p.column_name, p.expected, p.whose, count(*) AS n, min(p.line) FROM problems p "
        "JOIN files f ON f.file = p.file GROUP BY 1, 2, 3, 4 ORDER BY n DESC, 1, 2 LIMIT 25"
    )
    if not found:
        return [Paragraph(text="No row of any file was refused.")]
    return [
        Heading(text="What was refused, and whose it is to mend"),
        Table(
            id="sources.refused",
            title="Rows refused, by file and reason (the 25 commonest)",
            columns=(
                Column("file", "File"),
                Column("column", "Column"),
                Column("expected", "Expected"),
                Column("whose", "To be mended by"),
                Column("n", "Cells", "count"),
                Column("line", "First line", "number"),
            ),
            rows=tuple((f, c, e, w, int(n), int(line)) for f, c, e, w, n, line in found),
            source="The evidence file's own record of problems",
            note="One row may have several faults. “goldthread check FILE” lists every one by line.",
        ),
    ]


def _missing(brief: Brief) -> list[Block]:
    by_feed: dict[str, list[Month]] = {}
    for feed, _, when in brief.evidence.missing():
        by_feed.setdefault(feed, []).append(Month.of(when))
    blocks: list[Block] = []
    if by_feed:
        titles = {f.name: f.title for f in all_feeds()}
        items = tuple(f"{titles[feed]}: {listed([month(str(m)) for m in gone])}." for feed, gone in by_feed.items())
        blocks += [
            Heading(text="Months that did not come"),
            Paragraph(text="A month that did not come is missing, and is never counted as zero. No trend crosses it."),
            Bullets(items=items),
        ]
    known = _known_gaps(brief)
    if known:
        blocks.append(Box(kind="caveat", title="Known gaps in the national files", text=" ".join(known)))
    return blocks


def _known_gaps(brief: Brief) -> list[str]:
    """Gaps of data.police.uk that everyone who uses it has, for the forces that reported in this area."""
    reporters = {
        r for (r,) in brief.evidence.rows("SELECT DISTINCT reporter FROM incidents WHERE reporter IS NOT NULL")
    }
    first, last = str(brief.before.first), str(brief.period.last)
    said = []
    for gap in definition("coverage-gaps")["gaps"]:
        reaches = str(gap["first"]) <= last and (not gap["last"] or str(gap["last"]) >= first)
        if gap["name"] in reporters and reaches:
            until = f" to {month(str(gap['last']))}" if gap["last"] else " on"
            said.append(f"{gap['name']}, {month(str(gap['first']))}{until}: {gap['what']}")
    return said


def _revisions(brief: Brief) -> list[Block]:
    found = brief.evidence.rows(
        "SELECT feed, month, sum(n) FILTER (kind = 'outcome'), sum(n) FILTER (kind = 'rows'), "
        "sum(n) FILTER (kind = 'references gone'), sum(n) FILTER (kind = 'references new') "
        "FROM revisions GROUP BY 1, 2 ORDER BY 1, 2"
    )
    if not found:
        return []
    titles = {f.name: f.title for f in all_feeds()}
    return [
        Heading(text="Months that were released more than once"),
        Paragraph(text="The later release is used, and what it changed is set out here."),
        Table(
            id="sources.revisions",
            title="What later releases changed",
            columns=(
                Column("feed", "Data set"),
                Column("month", "Month", "month"),
                Column("outcomes", "Outcomes changed", "count"),
                Column("rows", "Rows more or fewer", "number"),
                Column("gone", "References gone", "count"),
                Column("new", "References new", "count"),
            ),
            rows=tuple(
                (titles[f], str(Month.of(m)), int(o or 0), int(r or 0), int(g or 0), int(n or 0))
                for f, m, o, r, g, n in found
            ),
            source="The evidence file's own record of releases",
        ),
    ]


def _places(brief: Brief) -> list[Block]:
    """How rows got their small area, and what was not placed at all."""
    hows = brief.evidence.rows(
        "SELECT place_how, count(*) FROM incidents WHERE NOT superseded GROUP BY 1 ORDER BY 2 DESC"
    )
    [(nowhere, repeated)] = brief.evidence.rows(
        "SELECT sum(no_place) FILTER (note = ''), sum(repeated_references) FROM files"
    )
    pointed = brief.evidence.rows("SELECT note FROM files WHERE no_place > 0 AND note <> '' ORDER BY file")
    blocks: list[Block] = [
        Heading(text="Where rows were placed"),
        Table(
            id="sources.placed",
            title="How each row got its small area",
            columns=(Column("how", "How"), Column("n", "Rows", "count")),
            rows=tuple((str(how), int(n)) for how, n in hows),
            source="The evidence file's own record of places",
            note="Police.uk points are the nearest of a fixed list of map points, not where it happened; nothing is "
            "claimed of less than a small area or 250 metres.",
        ),
    ]
    said = []
    if nowhere:
        word = plural(int(nowhere), "row of a wider extract says", "rows of wider extracts say")
        said.append(
            f"{number(int(nowhere))} {word} no place, so nothing shows that they are of this area; they are not in it."
        )
    said += [note for (note,) in pointed]
    if repeated:
        word = plural(
            int(repeated), "row shares its reference with another row", "rows share their reference with another row"
        )
        said.append(
            f"{number(int(repeated))} {word}; one crime may have several offences or places, so none was dropped."
        )
    if said:
        blocks.append(Box(kind="caveat", title="Rows without a place, and references that repeat", text=" ".join(said)))
    return blocks


def _lacking(brief: Brief) -> list[Block]:
    lacking = json.loads(brief.evidence.provenance.get("lacking", "[]"))
    people = brief.evidence.provenance.get("people", "")
    blocks: list[Block] = [Paragraph(text=people)] if people else []
    if lacking:
        blocks += [
            Heading(text="Reference tables that were not supplied"),
            Bullets(items=tuple(lacking)),
            Paragraph(text="“goldthread fetch reference” brings them once, from their publishers."),
        ]
    return blocks


def _gaps(brief: Brief) -> list[Gap]:
    """Data sets that come by small area and of which many rows had none."""
    feeds = {f.name: f for f in all_feeds()}
    gaps = []
    for each in _by_feed(brief):
        feed = feeds[each["feed"]]
        if not each["held"] or feed.resolution.get("place") not in PLACED:
            continue
        lost = 100 * (1 - each["placed"] / each["held"])
        if lost > BLANK_ALARM:
            what = f"Where {percent(lost)} of the rows of “{feed.title}” happened"
            whose = feed.whose[:1].upper() + feed.whose[1:]
            gaps.append(Gap(what, "Maps and rates of small areas leave them out.", whose, feed.name))
    return gaps


def register(brief: Brief) -> tuple[Mapping[str, str], ...]:
    """Each data set as the editions list it: title, owner, licence, months and rows."""
    feeds = {f.name: f for f in all_feeds()}
    return tuple(
        {
            "feed": each["feed"],
            "title": feeds[each["feed"]].title,
            "owner": feeds[each["feed"]].owner,
            "licence": feeds[each["feed"]].agreement,
            "months": months(str(Month.of(each["first"])), str(Month.of(each["last"]))) if each["first"] else "",
            "rows": number(int(each["kept"])),
        }
        for each in _by_feed(brief)
    )
