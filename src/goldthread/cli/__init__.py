"""The bench from a terminal: the same verbs as the site, for an analyst with files and no server."""

from goldthread.cli.commands import main

__all__ = ["main"]
