"""`goldthread check`: is this file fit to send?"""

from __future__ import annotations

import contextlib
import csv
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goldthread.cli.options import Json, Quiet
from goldthread.cli.telling import as_json, show_table, tell
from goldthread.evidence.trouble import CannotWrite, NothingToRead

if TYPE_CHECKING:
    from goldthread.evidence.reading import Opened

SHOWN = 20
KEYS = ("file", "line", "column", "found", "expected", "whose")
Problem = tuple[str, int, str, str, str, str]


def _problems(opened: Opened, scratch: Path) -> tuple[int, int, list[Problem]]:
    """Rows, rows refused, and every problem, of one file."""
    import duckdb

    from goldthread.evidence.checking import hold_to_feed, note_problems
    from goldthread.evidence.feeds import UNTITLED
    from goldthread.evidence.reading import load_rows
    from goldthread.evidence.schema import TABLES

    assert opened.feed is not None
    lacking = [(n, "no such column", f"a column called “{n}”") for n in opened.feed.missing_from(opened.headings)]
    if opened.feed.title_says and opened.feed.year_told(opened.above()) is None:
        lacking.append(UNTITLED)
    if lacking:
        rows = sum(1 for _ in opened.records())
        name, whose = opened.found.name, opened.feed.whose
        return rows, max(rows, 1), [(name, max(opened.heading_line, 1), *each, whose) for each in lacking]
    # Rows that do not fit in memory go to the scratch folder, which is thrown away, never to where the person works.
    con = duckdb.connect(config={"temp_directory": str(scratch), "autoinstall_known_extensions": "false"})
    con.execute("SET enable_progress_bar = false")
    con.execute(f"CREATE TEMP TABLE problems ({TABLES['problems']})")
    loaded = load_rows(con, "raw", [(0, opened)], scratch)
    checks = hold_to_feed(con, loaded, opened.feed, opened.headings, "checked")
    note_problems(con, loaded, "checked", opened.feed, checks, len(opened.headings))
    found = con.execute(
        "SELECT line, column_name, found, expected, whose FROM problems ORDER BY line, column_name"
    ).fetchall()
    refused = len({line for line, *_ in found})
    con.close()
    return loaded.rows[0], refused, [(opened.found.name, *problem) for problem in found]


def _write(problems: list[Problem], to: Path) -> None:
    """The problems as a CSV that a spreadsheet opens, whole or not at all."""
    part = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8-sig", newline="", errors="replace") as out:
            write = csv.writer(out)
            write.writerow([*KEYS[:-1], "whose job"])
            write.writerows((name, line, *map(_harmless, rest)) for name, line, *rest in problems)
        os.replace(part, to)
    except OSError as error:
        raise CannotWrite(f"The problems could not be written to {to} ({error.strerror}).") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    formula = cell.startswith(("=", "@", "\t", "\r")) or (cell.startswith(("+", "-")) and not cell[1:2].isdigit())
    return f"'{cell}" if formula else cell


def check(
    file: Annotated[Path, typer.Argument(help="The file to check.")],
    feed: Annotated[str | None, typer.Option(help="The feed it is said to be; otherwise it is recognised.")] = None,
    problems: Annotated[Path | None, typer.Option(help="Write every problem to this CSV.")] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """
    Is this file fit to send? Says each problem by line; exit status 0 only when nothing is refused.

    Examples:

      goldthread check fire-2025.xlsx

      goldthread check crimes.csv --feed police-local-crime --problems problems.csv
    """
    from goldthread.evidence.feeds import feed_named
    from goldthread.evidence.reading import find_files, open_table

    wanted = feed_named(feed) if feed else None
    found, _ = find_files([file])
    total, refused_in_all = 0, 0
    every: list[Problem] = []
    names: list[str] = []
    with tempfile.TemporaryDirectory(prefix="goldthread-") as scratch:
        for each in found:
            opened = open_table(each, Path(scratch), wanted)
            if opened.feed is None:
                raise NothingToRead(
                    f"{each.name} has columns that no feed describes. `goldthread feeds` lists the feeds; "
                    "--feed NAME says which one it should be."
                )
            rows, refused, said = _problems(opened, Path(scratch))
            total, refused_in_all, every = total + rows, refused_in_all + refused, every + said
            names.append(opened.feed.name)
    if problems is not None:
        _write(every, problems)
    if json:
        answer = {"feed": names[0] if len(set(names)) == 1 else names, "rows": total, "kept": total - refused_in_all}
        as_json({**answer, "refused": refused_in_all, "problems": [dict(zip(KEYS, p, strict=True)) for p in every]})
    elif not quiet:
        _show(file, names, total, refused_in_all, every)
    if refused_in_all or not total:
        raise typer.Exit(1)


def _show(file: Path, names: list[str], rows: int, refused: int, problems: list[Problem]) -> None:
    tell(f"{file.name}: {', '.join(dict.fromkeys(names))}. {rows:,} rows, {refused:,} refused.")
    if not rows:
        tell("There are no rows below the heading, so there is nothing to send.")
    if problems:
        several = len(set(names)) > 1 or len({name for name, *_ in problems}) > 1
        headings = ("File", "Line", "Column", "Found", "Expected", "Whose job")[not several :]
        show_table(headings, [problem[not several :] for problem in problems[:SHOWN]])
    if len(problems) > SHOWN:
        tell(f"… and {len(problems) - SHOWN:,} more. --problems FILE.csv writes them all.")
    if rows and not problems:
        tell("Nothing is wrong with it. It is fit to send.")
