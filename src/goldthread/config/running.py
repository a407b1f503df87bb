"""Starting the site: its settings, its tables, its static files and its server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from goldthread.config.place import Missing
from goldthread.evidence.trouble import BadRequest, CannotWrite


def set_up() -> None:
    """Have Django read its settings, or say in a sentence what is missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
    import django

    try:
        django.setup()
    except Missing as error:
        raise BadRequest(str(error)) from error


@contextmanager
def answering() -> Iterator[None]:
    """Say in a sentence when the database is down, or the disk is full."""
    from django.db import DatabaseError

    try:
        yield
    except DatabaseError as error:
        raise CannotWrite(
            "The site's database does not answer, or cannot be written. Is its server running, is DATABASE_URL "
            "right, and is there room on the disk?"
        ) from error
    except OSError as error:
        raise CannotWrite(f"The site's files could not be written: {error.strerror}.") from error


def bring_up_to_date() -> None:
    """Make or change the tables as this version wants them, and collect the static files."""
    from django.core.management import call_command

    with answering():
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)


@contextmanager
def opened() -> Iterator[None]:
    """Work on a site that was started before and whose tables are as this version wants them."""
    set_up()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with answering():
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise BadRequest(
                "There is no site here, or its tables are of an earlier version. Start it once with goldthread serve, "
                "or see that GOLDTHREAD_DATA and DATABASE_URL name the one you mean."
            )
        yield


def serve(host: str, port: int, workers: int) -> None:
    """Answer requests until stopped."""
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]
        """Gunicorn with our settings in place of a file's."""

        def load_config(self) -> None:
            """Where to listen, and with how many."""
            told = {
                "bind": f"{host}:{port}",
                "workers": workers,
                "threads": 4,
                "accesslog": None,
                "loglevel": "warning",
                "worker_tmp_dir": None,
                "max_requests": 5000,
                "max_requests_jitter": 500,
            }
            for name, value in told.items():
                self.cfg.set(name, value)

        def load(self) -> object:
            """What it serves."""
            from goldthread.config.wsgi import application

            return application

    Server().run()
