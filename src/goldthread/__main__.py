"""`python -m goldthread` is the `goldthread` command."""

from goldthread.cli import main

main()
