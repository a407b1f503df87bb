"""`goldthread feeds` and `goldthread areas`: what can be sent, and where an assessment can be of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from goldthread.cli.options import Json, Reference
from goldthread.cli.telling import as_json, show_table, tell
from goldthread.evidence.trouble import BadRequest

if TYPE_CHECKING:
    from goldthread.evidence.feeds import Feed
    from goldthread.evidence.places import Area


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
    tell(f"{feed.title}\n{feed.why_it_matters}\nOne row: {feed.row_is}\n")
    show_table(
        ("Column", "Means", "Type", "Becomes", "Must be there"),
        [(c.name, c.means, c.type, c.becomes, "yes" if c.required else "no") for c in feed.columns],
    )
    for trap in feed.traps:
        tell(f"Beware: {trap}")


def feeds(
    name: Annotated[str | None, typer.Argument(help="One feed, to see its columns.")] = None, json: Json = False
) -> None:
    """
    What partners can send: every feed, or the columns of one.

    Example: goldthread feeds fire-incidents
    """
    from goldthread.evidence.feeds import all_feeds, feed_named

    shown = [feed_named(name)] if name else list(all_feeds())
    if json:
        as_json([_described(f) for f in shown])
    elif name:
        _show_one(shown[0])
    else:
        show_table(("Feed", "What it is", "From", "One row is"), [(f.name, f.title, f.owner, f.row_is) for f in shown])


def areas(
    word: Annotated[str, typer.Argument(help="Part of a name, or a code.")],
    reference: Reference = None,
    json: Json = False,
) -> None:
    """
    Authorities and Community Safety Partnerships whose name has this word.

    Example: goldthread areas poole
    """
    from goldthread.evidence.places import open_reference, read_known, search_areas, unknown_area

    known = read_known(open_reference(reference).folder)
    found = search_areas(word, known)
    if not found:
        raise BadRequest(str(unknown_area(word, known)))
    if json:
        as_json([{"code": a.code, "name": a.name, "welsh": a.welsh, "kind": a.kind, "force": a.force} for a in found])
        return
    show_table(
        ("Code", "Name", "Kind", "Police force"),
        [(a.code, _both_names(a), {"csp": "CSP"}.get(a.kind, "authority"), a.force) for a in found],
    )


def _both_names(area: Area) -> str:
    return f"{area.name} ({area.welsh})" if area.welsh and area.welsh != area.name else area.name
