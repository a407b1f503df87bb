"""A site of its own, outside the tests' database: its folder, its tables, and the command line that works on it."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

REPOSITORY = Path(__file__).parents[2]
ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")


@dataclass(frozen=True)
class Apart:
    """Where a site keeps what is its own, and the database it was told of."""

    folder: Path
    url: str = ""

    def environment(self) -> dict[str, str]:
        """What its processes are told."""
        told = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_URL", "DJANGO_", "GOLDTHREAD_"))}
        path = os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "src")])
        return {**told, "PYTHONPATH": path, "GOLDTHREAD_DATA": str(self.folder)} | (
            {"DATABASE_URL": self.url} if self.url else {}
        )

    def run(self, *words: object, most_bytes: int | None = None) -> subprocess.CompletedProcess[str]:
        """Give a command; with `most_bytes` no file can grow beyond that, as on a full disk."""

        def full() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes or 0, most_bytes or 0))

        return subprocess.run(
            [sys.executable, "-m", *map(str, words)],
            env=self.environment(),
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            preexec_fn=full if most_bytes is not None else None,
        )

    def goldthread(self, *words: object, most_bytes: int | None = None) -> subprocess.CompletedProcess[str]:
        """A command of the product."""
        return self.run("goldthread", *words, most_bytes=most_bytes)

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        """Every row of a table, as the database itself tells it."""
        ask = f'SELECT * FROM "{table}" ORDER BY 1'
        if self.url:
            import psycopg

            with psycopg.connect(self.url) as there:
                return there.execute(ask).fetchall()
        with sqlite3.connect(self.folder / "site.sqlite3") as here:
            return here.execute(ask).fetchall()


@contextmanager
def a_site(folder: Path) -> Iterator[Apart]:
    """A new site with nothing in it, on the same kind of database as the tests; it goes when it is done with."""
    if not ON_POSTGRESQL:
        yield Apart(folder)
        shutil.rmtree(folder, ignore_errors=True)
        return
    import psycopg

    told, name = os.environ["DATABASE_URL"], f"apart_{os.getpid()}_{folder.name}".lower()
    with psycopg.connect(told, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield Apart(folder, urlunsplit(urlsplit(told)._replace(path=f"/{name}")))
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
