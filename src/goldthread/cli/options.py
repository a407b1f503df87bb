"""The words every command shares: quiet, JSON, the reference folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing unless something is wrong.")]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, for a program.")]
Reference = Annotated[
    Path | None,
    typer.Option(
        help="A folder of published tables (boundaries, lookups, populations, deprivation). "
        "Otherwise GOLDTHREAD_REFERENCE, or what `goldthread fetch reference` brought.",
    ),
]
