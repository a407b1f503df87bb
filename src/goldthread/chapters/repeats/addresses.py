"""Repeat addresses: how much happens where it had happened in the year before; no address is named."""

from __future__ import annotations

from goldthread.chapters.draft import Draft, first_capital, said
from goldthread.chapters.measuring.again import Again, RepeatPlaces
from goldthread.chapters.model import Column, Figure, Rows, Table
from goldthread.chapters.model.blocks import Cell

ONE_IN_FIVE, ONE_IN_TWENTY = 0.2, 0.05


def addresses(draft: Draft, found: Again) -> None:
    """This will say what share of each kind was at an address that had one in the year before."""
    if not found.places:
        return
    draft.head("The same addresses")
    for one in found.places:
        draft.say(_sentence(_figure(draft, one), one))
    if not all(one.year_seen for one in found.places):
        draft.say(
            "Not every month of the year before came, so some first times may have been second ones, and these shares "
            "are low."
        )
    draft.show(_table(found))


def _figure(draft: Draft, one: RepeatPlaces) -> Figure:
    period = draft.brief.period
    return draft.figure(
        Figure(
            id=f"repeats.{one.kind.id}.addresses",
            asks=f"What share was at an address that had one in the year before ({one.kind.title.lower()})?",
            question="goldthread.analysis.repeats.repeat_share",
            answer={
                "repeats": one.repeats,
                "events": one.events,
                "share": one.share,
                "addresses": one.addresses,
                "again": one.again,
                "again_share": one.again / one.addresses if one.addresses else 0.0,
                "unplaced": one.unplaced,
            },
            rows=Rows(
                "incidents",
                one.kind.series,
                (str(period.first), str(period.last)),
                where={"feed": one.feed.name} | ({"flag": one.kind.flag} if one.kind.flag else {}),
            ),
            parameters={"period": str(period), "within_days": 365, "year_before_seen": one.year_seen},
            protected=one.feed.protected,
            count_keys=("repeats", "events", "addresses", "again", "unplaced"),
            source=one.feed.title,
        )
    )


def _sentence(figure: Figure, one: RepeatPlaces) -> str:
    name = first_capital(one.kind.many)
    if one.repeats == 0:
        return f"{name}: none of {said(figure, 'events', 'n')} was at an address that had one in the year before."
    how = "Many" if one.share >= ONE_IN_FIVE else "Few" if one.share < ONE_IN_TWENTY else "Some"
    return (
        f"{name}: {how.lower()} were at an address that had one in the year before, {said(figure, 'repeats', 'n')} of "
        f"{said(figure, 'events', 'n')} ({said(figure, 'share', 'share1')}). {said(figure, 'again', 'n')} of "
        f"{said(figure, 'addresses', 'n')} addresses had more than one."
    )


def _table(found: Again) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            *(one.kind.title, one.events, one.repeats, 100 * one.share),
            *(one.addresses, one.again, one.unplaced),
        )
        for one in found.places
    ]
    return Table(
        id="repeats.addresses-table",
        title="Repeats at the same address within a year",
        columns=(
            Column("kind", "Kind"),
            Column("events", "With an address key", "count"),
            Column("repeats", "At an address that had one in the year before", "count"),
            Column("share", "Share", "percent", ("events", "repeats")),
            Column("addresses", "Addresses", "count"),
            Column("again", "Addresses with more than one", "count"),
            Column("unplaced", "Without an address key", "count"),
        ),
        rows=tuple(rows),
        source="; ".join(dict.fromkeys(one.feed.title for one in found.places)),
        note="A block of flats may have one key or many, as the force sends it.",
        protected=any(one.feed.protected for one in found.places),
        figures=tuple(f"repeats.{one.kind.id}.addresses" for one in found.places),
    )
