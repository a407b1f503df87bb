"""What can go wrong for a person, said so that they can mend it."""

from __future__ import annotations


class Trouble(Exception):
    """
    Something the person at the keyboard can act on, in one or two sentences.

    Never holds a personal value. The command line prints it without a
    traceback and ends with `exit_code`.
    """

    exit_code = 1


class BadRequest(Trouble):
    """What was asked for cannot be: a wrong name, a wrong period, a target that is a file."""

    exit_code = 2


class NothingToRead(Trouble):
    """No file that was given holds a table that a feed describes."""

    exit_code = 3


class NothingKept(Trouble):
    """Files were read, but no row of them is evidence for this area and period."""

    exit_code = 4


class CannotWrite(Trouble):
    """The output could not be written; nothing half-written was left behind."""

    exit_code = 5
