"""The finding that a few lasting hotspots hold much of a line."""

from __future__ import annotations

import numpy as np

from goldthread.chapters.draft import Draft, said
from goldthread.chapters.findings import COUNTED, finding
from goldthread.chapters.hotspots.figured import NAMED, Figures
from goldthread.chapters.measuring.hot_found import HotLine
from goldthread.chapters.measuring.small_areas import VIOLENCE
from goldthread.chapters.model import Finding
from goldthread.chapters.topics import topics

ENOUGH = 0.03  # of a line in its hotspots, below which they are no finding


def finding_of(draft: Draft, line: HotLine, figures: Figures) -> Finding | None:
    """A finding where lasting hotspots of a topic hold enough of it; None otherwise."""
    figure = figures.lasting
    if line.line not in topics() or figure is None or not line.n or line.in_hotspots / line.n < ENOUGH:
        return None
    topic = topics()[line.line]
    names = "; ".join(said(figure, f"name{at}", "text") for at in range(1, min(len(line.hotspots), NAMED) + 1))
    one = len(line.hotspots) == 1
    places = "One lasting hotspot holds" if one else "A few lasting hotspots hold"
    return finding(
        draft.brief,
        topic,
        "hotspots",
        title=f"{places} much of the {topic.subject} for {'its' if one else 'their'} size",
        statement=f"{said(figure, 'spots', 'Count|hotspot holds|hotspots hold')} {said(figure, 'share', 'share')} of "
        f"{topic.many} on {said(figure, 'area_share', 'share1')} of the area, and {'was' if one else 'were'} among the "
        f"busiest places in at least {said(figure, 'least', 'n')} of the last {said(figure, 'periods', 'n')} "
        f"{line.step}s: {names}.",
        so_what=_so_what(line),
        figures=[figure.id],
        states=("concentrated",),
        harm=0.8 if line.line == VIOLENCE else 0.4,
        size=float(np.log10(max(line.in_hotspots, 1)) / 4),
        certainty=COUNTED,
        public=f"The same few places keep having this problem: {topic.public}.",
    )


def _so_what(line: HotLine) -> str:
    words = (
        "Places that are busiest again and again are where work is least likely to be wasted. Each needs a named lead, "
        "and an answer to who is harmed there, by whom, when, and what about the place allows it."
    )
    kinds = dict.fromkeys(spot.named.institution for spot in line.hotspots if spot.named.institution)
    if kinds:
        return f"{words} First ask whether what is recorded at the {' and the '.join(kinds)} happened there."
    return words
