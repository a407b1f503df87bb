"""All of a run's outputs take their places together, or none does and what was there before stays."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from goldthread.evidence.trouble import BadRequest, CannotWrite, Trouble

OURS = "datapackage.json"  # what says that a folder called data was made by an earlier run


@contextmanager
def whole(to: Path) -> Iterator[Path]:
    """
    Give a hidden folder inside `to`, whose contents are moved into `to` when all went well.

    When anything fails or the person stops it, the hidden folder goes, what
    was moved is moved back, and a folder that had to be made for it goes too.
    Raises BadRequest for a target that is a file, or whose `data` folder is
    somebody else's, and CannotWrite when it cannot be written to.
    """
    if to.exists() and not to.is_dir():
        raise BadRequest(f"{to} is a file. Name a folder to write to with --to.")
    if (to / "data").exists() and not (to / "data" / OURS).is_file():
        raise BadRequest(
            f"{to} holds a folder called data that Goldthread did not write, which would be lost. "
            "Name another folder with --to."
        )
    made = _made(to)
    hidden: Path | None = None
    try:
        try:
            to.mkdir(parents=True, exist_ok=True)
            hidden = Path(tempfile.mkdtemp(prefix=".assessing-", dir=to))
        except OSError as error:
            raise CannotWrite(f"{to} cannot be written to ({error.strerror}). Choose another with --to.") from error
        try:
            yield hidden
            _move(hidden, to)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise CannotWrite(f"{to} could not be written to ({reason}). Nothing new was left there.") from error
        except Trouble as trouble:  # to whoever reads it, the hidden folder is the one that was named
            trouble.args = (str(trouble).replace(str(hidden), str(to)),)
            raise
    finally:
        if hidden is not None:
            shutil.rmtree(hidden, ignore_errors=True)
        for folder in made:
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


def _made(to: Path) -> list[Path]:
    """The folders that will have to be made, the innermost first."""
    return [folder for folder in (to, *to.parents) if not folder.exists()]


def _move(hidden: Path, to: Path) -> None:
    """Move everything into place; when that fails or is stopped, put back what was there."""
    set_aside = Path(tempfile.mkdtemp(prefix="before-", dir=hidden))
    undo: list[tuple[Path, Path]] = []
    try:
        for source in sorted(path for path in hidden.iterdir() if path != set_aside):
            target = to / source.name
            if target.exists():
                undo.append((set_aside / source.name, target))
                os.replace(target, set_aside / source.name)
            undo.append((target, source))
            os.replace(source, target)
    except BaseException:
        for there, back in reversed(undo):
            if there.exists() and not back.exists():
                os.replace(there, back)
        raise
