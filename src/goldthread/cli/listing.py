"""`goldthread feeds` and `goldthread areas`: what can be sent, and where an assessment can be of."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from goldthread.cli.options import Json, Reference
from goldthread.cli.telling import as_json, to_output
from goldthread.evidence.feeds import Feed, all_feeds, feed_named
from goldthread.evidence.places import open_reference, read_known, search_areas
from goldthread.evidence.trouble import BadRequest


def _described(feed: Feed) -> dict[str, object]:
    told = {k: getattr(feed, k) for k in ("name", "title", "kind", "owner", "why_it_matters", "agreement", "row_is")}
    told |= {k: getattr(feed, k) for k in ("covers", "disclosure", "expected", "section_17a", "traps")}
    columns = [
        {
            "name": c.name,
            "also": c.also,
            "means": c.means,
            "type": c.type,
            "becomes": c.becomes,
            "required": c.required,
        }
        for c in feed.columns
    ]
    return {**told, "resolution": dict(feed.resolution), "columns": columns}


def _show_one(feed: Feed) -> None:
    to_output.print(f"{feed.title}\n{feed.why_it_matters}\nOne row: {feed.row_is}\n", markup=False)
    table = Table("Column", "Means", "Type", "Becomes")
    for column in feed.columns:
        table.add_row(column.name, column.means, column.type, column.becomes)
    to_output.print(table)
    for trap in feed.traps:
        to_output.print(f"Beware: {trap}", markup=False)


def feeds(
    name: Annotated[str | None, typer.Argument(help="One feed, to see its columns.")] = None, json: Json = False
) -> None:
    """
    What partners can send: every feed, or the columns of one.

    Example: goldthread feeds fire-incidents
    """
    shown = [feed_named(name)] if name else list(all_feeds())
    if json:
        as_json([_described(f) for f in shown])
    elif name:
        _show_one(shown[0])
    else:
        table = Table("Feed", "What it is", "From", "One row is")
        for feed in shown:
            table.add_row(feed.name, feed.title, feed.owner, feed.row_is)
        to_output.print(table)


def areas(
    word: Annotated[str, typer.Argument(help="Part of a name, or a code.")],
    reference: Reference = None,
    json: Json = False,
) -> None:
    """
    Authorities and Community Safety Partnerships whose name has this word.

    Example: goldthread areas poole
    """
    found = search_areas(word, read_known(open_reference(reference).folder))
    if not found:
        raise BadRequest(f"No authority or Community Safety Partnership of England or Wales has “{word}” in its name.")
    if json:
        as_json([{"code": a.code, "name": a.name, "welsh": a.welsh, "kind": a.kind, "force": a.force} for a in found])
        return
    table = Table("Code", "Name", "Kind", "Police force")
    for area in found:
        name = f"{area.name} ({area.welsh})" if area.welsh and area.welsh != area.name else area.name
        table.add_row(area.code, name, {"csp": "CSP"}.get(area.kind, "authority"), area.force)
    to_output.print(table)
