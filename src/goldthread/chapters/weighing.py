"""What each issue is scored on, read from what was measured, and the order that comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan, log10
from typing import Any

import numpy as np

from goldthread.analysis.prioritisation import Criterion, Override, Prioritised, Scored, prioritise
from goldthread.chapters import changes
from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.gathered import TENTH, spread_of
from goldthread.chapters.measuring.harm import MAIN, Harms
from goldthread.chapters.measuring.lines import Lines, Moved
from goldthread.chapters.measuring.peers import Peers
from goldthread.chapters.measuring.recording import recording_changes
from goldthread.chapters.measuring.returns import Returns
from goldthread.chapters.measuring.selecting import rows_of
from goldthread.chapters.measuring.small_areas import SmallAreas
from goldthread.chapters.measuring.survey import Survey
from goldthread.chapters.measuring.theme_lines import ThemeLines
from goldthread.chapters.model import Chapter, Finding
from goldthread.chapters.topics import Topic, topics
from goldthread.evidence.definitions import definition, table_of

UNDER_REPORTED = frozenset(
    {"domestic-abuse", "sexual-violence", "violence-against-women-and-girls", "hate-crime", "modern-slavery"}
)
HALF_SEEN = 0.5  # how far a count is trusted of which much is never reported
MATCHED = 0.8  # the least share of a line's offences that must have a harm weight


@dataclass(frozen=True)
class Issue:
    """
    One issue and what it is scored on; None where nothing is known.

    `line` is what is counted (None when a return's number or nothing is);
    `counted` says it in words. `quality` runs from 0 to 1: how complete the
    counts are, halved where much is never reported.
    """

    topic: Topic
    raw: Mapping[str, float | None]
    counted: str
    protected: bool
    line: Line | None
    moved: Moved | None
    verdict: str
    quality: float
    findings: tuple[Finding, ...]
    recorded_otherwise: bool = False

    @property
    def may_have_risen(self) -> bool:
        """Whether it rose, or would be called a rise if its test stood alone."""
        return self.verdict in ("rise", "perhaps") and self.moved is not None and (self.moved.percent or 0) > 0


@dataclass(frozen=True)
class Weighing:
    """
    Every issue with its inputs, the order that the score gives, and what was refused of the partnership's own ranks.

    `wanted` are the issues that most residents want to come first.
    """

    issues: Mapping[str, Issue]
    result: Prioritised
    refused: tuple[str, ...]
    least_known: float
    steady_share: float
    watch_share: float
    wanted: tuple[str, ...] = ()

    @property
    def scored_count(self) -> int:
        """How many issues have a score."""
        return sum(s.coverage > 0 for s in self.result.issues)

    def scored(self, topic: str) -> Scored:
        """The score of one issue."""
        return next(s for s in self.result.issues if s.issue == topic)

    @property
    def proposed(self) -> tuple[Scored, ...]:
        """
        The priorities that the score, or the partnership, puts first: at most as many as the definition allows.

        Of each enough is known, and under most other weights it would still be
        among the first. What the law keeps in view has a list of its own.
        """
        able = [
            s
            for s in self.result.issues
            if not s.statutory
            and s.final_rank <= self.result.top
            and (s.reason or (s.coverage >= self.least_known and s.top_share >= self.steady_share))
        ]
        return tuple(able[: self.result.top])

    @property
    def floor(self) -> tuple[Scored, ...]:
        """What the law keeps in view whatever its score, in the order of the scores."""
        return tuple(s for s in self.result.issues if s.statutory)

    @property
    def watch(self) -> tuple[Scored, ...]:
        """What other weights would put first now and then, what may have risen, and what residents put first."""
        rest = [s for s in self.result.issues if not s.statutory and s not in self.proposed]
        return tuple(
            s
            for s in rest
            if s.top_share >= self.watch_share or s.issue in self.wanted or self.issues[s.issue].may_have_risen
        )

    def confidence(self, topic: str) -> float:
        """How much is known of an issue times how well it is counted, from 0 to 1."""
        return self.scored(topic).coverage * self.issues[topic].quality


def weigh(brief: Brief, chapters: Sequence[Chapter]) -> Weighing:
    """
    Which issues come first, and does the order survive other weights?

    Worked out once for an assessment and kept, since several chapters rest on
    it. Issues of which nothing is known are not scored, unless the law keeps
    them in view.
    """
    kept = brief.measured.get(Weighing)
    if isinstance(kept, Weighing):
        return kept
    said = definition("prioritisation")
    findings = [f for c in chapters for f in c.findings]
    issues = {}
    for topic in topics().values():
        if topic.id in said["not_scored"]:
            continue
        issue = _issue(brief, topic, said, tuple(f for f in findings if f.topic == topic.id))
        if topic.statutory or any(v is not None for v in issue.raw.values()):
            issues[topic.id] = issue
    criteria = [Criterion(c["id"], float(c["weight"]), str(c["unit"])) for c in said["criteria"]]
    table = [[_scaled(issue.raw[c["id"]], c["scale"]) for c in said["criteria"]] for issue in issues.values()]
    overrides, refused = _decided(brief, list(issues))
    result = prioritise(
        list(issues),
        criteria,
        np.array(table, float).reshape(len(issues), len(criteria)),
        statutory=[t for t, i in issues.items() if i.topic.statutory],
        overrides=overrides,
        top=int(said["most"]),
    )
    known, steady, watch = (float(said[k]) for k in ("least_known", "steady_share", "watch_share"))
    first = brief.found(Survey).first if Survey in brief.measured else ()
    made = Weighing(issues, result, refused, known, steady, watch, first[0].topics if first else ())
    brief.measured[Weighing] = made
    return made


def _scaled(value: float | None, scale: Any) -> float:
    """A raw value on the scale that it is scored on; NaN when not known."""
    if value is None:
        return float("nan")
    if scale == "log":
        return log10(max(value, 1.0))
    return float(np.clip(value, -float(scale), float(scale))) if isinstance(scale, int | float) else value


def _decided(brief: Brief, known: Sequence[str]) -> tuple[list[Override], tuple[str, ...]]:
    """The ranks that the partnership set, and in a sentence each that cannot be used."""
    used: list[Override] = []
    refused = []
    for said in brief.context.decisions:
        topic, rank = str(said.get("topic", "")), said.get("rank")
        reason, by = str(said.get("reason") or "").strip(), str(said.get("by") or "").strip()
        name = topics()[topic].title if topic in topics() else topic or "an issue that is not named"
        if topic not in known or not isinstance(rank, int) or not 1 <= rank <= len(known):
            refused.append(f"{name} was given a place that does not exist, so its score stands.")
        elif not reason or not by:
            refused.append(f"{name} was given another place without a reason and who decided, so its score stands.")
        elif any(o.rank == rank or o.issue == topic for o in used):
            refused.append(f"{name} was given a place that another has, so its score stands.")
        else:
            used.append(Override(topic, rank, reason, by))
    return used, tuple(refused)


def _issue(brief: Brief, topic: Topic, said: Mapping[str, Any], findings: tuple[Finding, ...]) -> Issue:
    line, moved = lead(brief, topic, said["lines"].get(topic.id, ()))
    concern = brief.found(Survey).concern(topic.id) if Survey in brief.measured else None
    raw: dict[str, float | None] = dict.fromkeys(c["id"] for c in said["criteria"])
    raw["concern"] = 100 * concern.now.value if concern else None
    counted, protected, verdict, quality, otherwise = "nothing that came", False, "nothing", 0.0, False
    if line is not None:
        n = float(np.nansum(line.over(brief.period)))
        verdict = changes.verdict(brief, moved)
        raw["volume"] = n
        raw["harm"] = _harm(brief, topic, line, n)
        otherwise = in_recording(brief, line, moved)
        raw["trend"] = None if otherwise else _trend(moved, verdict)
        raw["peers"] = _peers(brief, line)
        raw["concentration"] = _concentration(brief, line)
        counted, protected, quality = line.title, line.feed.protected, _quality(brief, line)
    elif topic.id in said["returns"]:
        feed, measure = said["returns"][topic.id]
        n_returned = _returned(brief, feed, measure)
        if n_returned is not None:
            raw["volume"], counted, protected, quality = n_returned, measure, True, 1.0
    if topic.id in UNDER_REPORTED:
        quality *= HALF_SEEN
    return Issue(topic, raw, counted, protected, line, moved, verdict, quality, findings, otherwise)


def lead(brief: Brief, topic: Topic, preferred: Sequence[str] = ()) -> tuple[Line | None, Moved | None]:
    """The line that counts an issue in the period, and how it moved; police.uk's own, else the first that came."""
    for kind in (Lines, ThemeLines):
        found = brief.measured.get(kind)
        if not isinstance(found, Lines | ThemeLines):
            continue
        for name in tuple(preferred) if topic.statutory else (topic.id, *preferred):
            line = found.by_id.get(name)
            if line is not None and not bool(np.isnan(line.over(brief.period)).all()):
                return line, found.moved.get(name)
    return None, None


def _trend(moved: Moved | None, verdict: str) -> float | None:
    """The change in per cent where it is more than chance would give, nought where it is not, None where unknown."""
    if moved is None or verdict in ("nothing", "too-few"):
        return None
    return moved.percent if verdict in ("rise", "fall") else 0.0


def in_recording(brief: Brief, line: Line, moved: Moved | None) -> bool:
    """Whether a known change in recording lies between the two periods and was expected to move the count that way."""
    if moved is None or not moved.percent:
        return False
    told = [c for c in recording_changes(brief, line) if c.effect in ("up", "down")]
    return any(c.fits(moved.percent > 0) for c in told)


def _harm(brief: Brief, topic: Topic, line: Line, n: float) -> float | None:
    """Days of harm: by the category of police.uk, or by the offences of the force's own extract."""
    harms = brief.measured.get(Harms)
    if topic.harm and isinstance(harms, Harms) and harms.main is not None:
        return harms.main.harm.by_kind.get(topic.harm)
    if line.feed.name != "police-local-crime" or not n:
        return None
    condition, values = rows_of(line, brief.period)
    rows = brief.evidence.rows(
        f"SELECT category, count(*) FROM incidents WHERE {condition} GROUP BY 1 ORDER BY 1", values
    )
    weights = {r["code"]: float(r["weight"]) for r in table_of(f"harm/{MAIN}")}
    weighed = [(float(k), weights[c]) for c, k in rows if c in weights]
    share = sum(k for k, _ in weighed) / n
    return sum(k * w for k, w in weighed) / share if share >= MATCHED else None


def _peers(brief: Brief, line: Line) -> float | None:
    peers = brief.measured.get(Peers)
    found = peers.by_line.get(line.id) if isinstance(peers, Peers) else None
    if found is None or not isinstance(peers, Peers):
        return None
    if not brief.stands(found.test):
        return 0.0
    # As the chapters say it: beside the mean of a group, or beside the others where they are few.
    c = found.comparison
    if peers.plenty or not found.others_rate:
        return c.distance
    return 100 * (float(c.rate[c.subject]) / found.others_rate - 1)


def _concentration(brief: Brief, line: Line) -> float | None:
    """How much more of it is in the busiest tenth of small areas than chance would put there, in points."""
    areas = brief.measured.get(SmallAreas)
    if not isinstance(areas, SmallAreas) or line.id not in areas.counts:
        return None
    counts = areas.counts[line.id]
    if counts.sum() < 20 or counts.size < 20:
        return None
    top = next(t for t in spread_of(brief, areas, line.id).top if t.of_places == TENTH)
    return 100 * (top.share - top.by_chance)


def _quality(brief: Brief, line: Line) -> float:
    """The share of the period's months that came, times the share of rows with a small area where any has one."""
    counts = line.over(brief.period)
    came = float((~np.isnan(counts)).mean())
    areas = brief.measured.get(SmallAreas)
    if not isinstance(areas, SmallAreas) or line.id not in areas.counts:
        return came
    placed, lost = areas.placed(line.id), float(areas.nowhere.get(line.id, 0.0))
    return came * (placed / (placed + lost)) if placed else came


def _returned(brief: Brief, feed: str, measure: str) -> float | None:
    returns = brief.measured.get(Returns)
    if not isinstance(returns, Returns):
        return None
    added = returns.sum_of(feed, measure)
    if added is not None:
        return added.n
    latest = returns.latest(feed, measure)
    return latest.n if latest is not None and not isnan(latest.n) else None
