"""The `goldthread` command: what it can be asked to do, and what its exit codes mean."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import traceback
from types import FrameType

import typer

from goldthread.cli import asking, assessing, checking, fetching, keeping, listing, site
from goldthread.cli.telling import say
from goldthread.evidence.trouble import CannotWrite, Trouble

EPILOGUE = """
Exit codes: 0 done · 1 a file is damaged or not fit to send · 2 the request cannot be met (a wrong name, period or
path) · 3 no table was found in what was given · 4 nothing could be kept as evidence · 5 the output could not be
written · 70 a fault in Goldthread itself · 130 stopped at the keyboard · 143 stopped by the system.
"""

FAULT = 70
WHOLE_STORY = "GOLDTHREAD_TRACEBACK"

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
app.command()(site.serve)
app.command("backup")(keeping.back_up)
app.command("restore")(keeping.put_back)
app.add_typer(site.audit, name="audit")


def main() -> None:
    """Run the command line; whatever happens is said in one sentence, and never in a traceback."""
    stopped: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopped.append(number)
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    code = _run(stopped)
    sys.exit(_flushed(code))


def _run(stopped: list[int]) -> int:
    """Do what was asked; the exit code, with what went wrong said."""
    try:
        app(prog_name="goldthread")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except Trouble as trouble:
        code = trouble.exit_code
        if not stopped:
            say(str(trouble))
    except KeyboardInterrupt:
        code = 130
    except Exception as error:  # the database calls an interruption a RuntimeError
        code = CannotWrite.exit_code if isinstance(error, OSError) else FAULT
        if not stopped:
            say(_fault(error))
    else:
        code = 0
    if stopped:
        say("Stopped. Nothing half-written was left behind.")
        return 128 + stopped[0]
    return code


def _fault(error: Exception) -> str:
    """What is said of a failure that nobody foresaw: never its own words, which may repeat a cell of a file."""
    if os.environ.get(WHOLE_STORY):
        return traceback.format_exc()
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"Something could not be read or written ({where}{error.strerror or type(error).__name__})."
    ours = [f for f in traceback.extract_tb(error.__traceback__) if "goldthread" in f.filename]
    where = f"{os.path.basename(ours[-1].filename)}, line {ours[-1].lineno}" if ours else "an unknown place"
    return (
        f"Goldthread itself failed ({type(error).__name__} in {where}), which is a fault in it and not in what you "
        f"did. Nothing half-written was left behind. {WHOLE_STORY}=1 shows more, for whoever mends it; what it shows "
        "may repeat parts of your files."
    )


def _flushed(code: int) -> int:
    """The exit code, once all that was to be read has been handed over."""
    try:
        sys.stdout.flush()
    except OSError as error:
        # Whoever read it has gone, or the disk that it was kept on is full: it must not be tried again at the end.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            say(f"The answer could not be written ({error.strerror}).")
        return code or CannotWrite.exit_code
    return code
