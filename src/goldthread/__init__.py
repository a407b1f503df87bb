"""Goldthread: the software on which a Community Safety Partnership does its work."""

__version__ = "0.1.0"
