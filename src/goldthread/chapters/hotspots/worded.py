"""What is said of a line's hotspots: which last, which are new, and what they foretold."""

from __future__ import annotations

from goldthread.analysis.hotspots import Kind
from goldthread.chapters.brief import Brief
from goldthread.chapters.draft import first_capital, many, said, subject
from goldthread.chapters.hotspots.figured import NAMED, Figures
from goldthread.chapters.measuring.hot_found import HotLine
from goldthread.chapters.model import Figure
from goldthread.chapters.words import listed

DRAWN_BY_FEW = 0.15  # the share at the busiest hundredth of map points from which a map is drawn by a few points
WATCHED = {
    Kind.NEW: "hot in the last {step} for the first time",
    Kind.CONSECUTIVE: "hot for the last few {step}s and never before",
    Kind.INTENSIFYING: "hot nearly all the time and getting hotter",
}


def lasting(line: HotLine, figures: Figures) -> str:
    """Which hotspots last, what they hold and where they are; or that none does, or that too few months came."""
    found = figures.lasting
    if found is None:
        return "Too few months came to say which hotspots last."
    often = f"in at least {said(found, 'least', 'n')} of the last {said(found, 'periods', 'n')} {line.step}s"
    if not line.hotspots:
        return (
            f"No square was among the busiest {said(found, 'top_places', 'n')} of {said(found, 'cells', 'n')} {often}: "
            f"what hotspots there are for {subject(line.line)} move about."
        )
    hold = "holds" if len(line.hotspots) == 1 else "hold"
    first = (
        f"{said(found, 'spots', 'Count|lasting hotspot|lasting hotspots')} {hold} {said(found, 'share', 'share')} of "
        f"{many(line.line)} with a map point ({said(found, 'n', 'n')} of {said(found, 'all', 'n')}) on "
        f"{said(found, 'area_share', 'share1')} of the area: {said(found, 'squares', 'count|square|squares')} that "
        f"{'was' if line.squares == 1 else 'were'} among the busiest one in a hundred {often}. By chance there would "
        f"be {_by_chance(line, found)}."
    )
    named = [
        f"{said(found, f'name{at}', 'text')} ({said(found, f'n{at}', 'n')}, {said(found, f'share{at}', 'share1')})"
        for at in range(1, min(len(line.hotspots), NAMED) + 1)
    ]
    start = "It is" if len(named) == 1 else "They are" if len(named) == len(line.hotspots) else "The largest are"
    return f"{first} {start} {'; '.join(named)}."


def _by_chance(line: HotLine, found: Figure) -> str:
    if line.persistence is None or line.persistence.by_chance < 0.5:
        return "next to none"
    return f"about {said(found, 'by_chance', 'n')}"


def institutions(line: HotLine) -> str:
    """Which hotspots are by a hospital, a police station or a prison, and what that may mean; empty when none is."""
    found = [(spot.named.ward or "One", spot.named.institution) for spot in line.hotspots if spot.named.institution]
    if not found:
        return ""
    where = listed([f"a {kind} ({ward})" for ward, kind in dict.fromkeys(found)])
    return (
        f"Much of this is mapped to {where}. What is recorded there may have happened elsewhere, or to people who were "
        "there because of it, so ask the police before planning work in the street."
    )


def beyond_chance(line: HotLine, figures: Figures) -> str:
    """How many squares have more than chance would put there, and what they hold."""
    found = figures.hot
    if not line.hot.any():
        return (
            "No square has, with its neighbours, more than chance would put there once all squares are corrected for."
        )
    one = int(line.hot.sum()) == 1
    return (
        f"{said(found, 'hot', 'Count|square has|squares have')}, with {'its' if one else 'their'} neighbours, more "
        f"than chance would put there once all {said(found, 'cells', 'n')} squares are corrected for (Gi*); on "
        f"{said(found, 'area_share', 'share1')} of the area {'it holds' if one else 'they hold'} "
        f"{said(found, 'share', 'share')}."
    )


def points(line: HotLine, figures: Figures) -> str:
    """A word of warning when a few map points draw the map; empty when they do not."""
    if line.at_busiest_points < DRAWN_BY_FEW:
        return ""
    return (
        f"The busiest one in a hundred map points hold {said(figures.points, 'share', 'share')}: a few large sites, "
        "such as a shopping centre or a hospital, draw much of this map."
    )


def emerging(line: HotLine, figures: Figures) -> str:
    """Which hot squares are new or growing, and how many last or fade; empty when two years did not come."""
    found = figures.emerging
    if found is None:
        return ""
    looked = f"Looked at {line.emerging_step} by {line.emerging_step} ({said(found, 'steps', 'n')} of them)"
    if not int(found.answer["hot_now"] or 0):
        return f"{looked}, no square is hot beyond chance now."
    steady = f"{said(found, 'hot_now', 'count|square is|squares are')} hot beyond chance now"
    less = ""
    if found.answer["diminishing"]:
        less += f" {said(found, 'diminishing', 'Count|is|are')} cooling."
    if found.answer["historical"]:
        less += f" {said(found, 'historical', 'Count|was|were')} hot nearly all the time before, but not now."
    if not line.watched:
        return f"{looked}, {steady}; none is new and none is getting hotter.{less}"
    told = []
    for kind, words in WATCHED.items():
        mine = [at for at, (k, _, _) in enumerate(line.watched, start=1) if k is kind]
        if mine:
            names = "; ".join(said(found, f"watched{at}", "text") for at in mine[:NAMED])
            told.append(f"{words.format(step=line.emerging_step)}: {names}")
    return (
        f"{looked}, {steady}. To watch: {'. '.join(first_capital(t) for t in told)}.{less} Of many squares followed, "
        "some are called growing or cooling by chance."
    )


def foretold(brief: Brief, line: HotLine, figures: Figures) -> str:
    """What the year's busiest squares say of the next month, and whether a smoothed map does better than counts."""
    found = figures.foretold
    if found is None:
        return ""
    start = (
        f"Over the last {said(found, 'months', 'n')} months, the one in a hundred squares with most in the year before "
        f"held {said(found, 'counts', 'share')} of the next month’s, and a smoothed (kernel density) map’s "
        f"{said(found, 'density', 'share')}; the best possible choice would have held {said(found, 'best', 'share')}."
    )
    if not brief.stands(line.test):
        return f"{start} Neither is clearly better, so a plain list of last year’s busiest squares is enough."
    if float(found.answer["density"] or 0) > float(found.answer["counts"] or 0):
        return f"{start} The smoothed map is the better guide to where to go next."
    return f"{start} The plain list is the better guide to where to go next; the smoothed map is for the eye."
