"""The `goldthread` command: what it can be asked to do, and what its exit codes mean."""

from __future__ import annotations

import sys

import typer

from goldthread.cli import asking, assessing, checking, fetching, listing
from goldthread.cli.telling import to_person
from goldthread.evidence.trouble import Trouble

EPILOGUE = """
Exit codes: 0 done · 1 a file is damaged or not fit to send · 2 the request cannot be met (a wrong name, period or
path) · 3 no table was found in what was given · 4 nothing could be kept as evidence · 5 the output could not be
written · 130 stopped at the keyboard.
"""

app = typer.Typer(
    name="goldthread",
    help="From partners' files to a strategic assessment. Start with: goldthread demo",
    epilog=EPILOGUE,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command()(assessing.assess)
app.command()(assessing.demo)
app.command()(checking.check)
app.command()(asking.evidence)
app.command()(asking.thread)
app.command()(listing.feeds)
app.command()(listing.areas)
app.command("fetch")(fetching.fetch_files)


def main() -> None:
    """Run the command line; every failure a person can mend is one sentence, without a traceback."""
    try:
        app()
    except Trouble as trouble:
        to_person.print(str(trouble), markup=False)
        sys.exit(trouble.exit_code)
    except KeyboardInterrupt:
        to_person.print("Stopped. Nothing half-written was left behind.")
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(1)
