"""Starting the site: its settings, its tables, its static files and its server."""

from __future__ import annotations

import os

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


def bring_up_to_date() -> None:
    """Make or change the tables as this version wants them, and collect the static files."""
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise CannotWrite(
            "The site's database does not answer. Is its server running, and is DATABASE_URL right?"
        ) from error
    except OSError as error:
        raise CannotWrite(f"The site's files could not be written: {error.strerror}.") from error


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
