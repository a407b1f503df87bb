"""Where the site keeps what is its own, and what it was told by the machine it runs on."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


class Missing(Exception):
    """A setting is missing or wrong; the words say which and what to write."""


def data_folder() -> Path:
    """The folder of the site's database, uploads and secret: GOLDTHREAD_DATA, or `data` where the command is run."""
    folder = Path(os.environ.get("GOLDTHREAD_DATA") or "data").resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Missing(f"The folder {folder} (GOLDTHREAD_DATA) cannot be made: {error.strerror}.") from error
    return folder


def secret_key(folder: Path) -> str:
    """GOLDTHREAD_SECRET, or one that is made once and kept in the data folder, readable by its owner alone."""
    if told := os.environ.get("GOLDTHREAD_SECRET"):
        if len(told) < 40:
            raise Missing("GOLDTHREAD_SECRET is too short to be safe: write at least 40 random characters.")
        return told
    path = folder / "secret"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(60))
    except FileExistsError:
        pass
    except OSError as error:
        raise Missing(f"The site's secret cannot be kept in {folder}: {error.strerror}.") from error
    return path.read_text(encoding="ascii")


def hosts() -> list[str]:
    """The names that the site answers to: GOLDTHREAD_HOSTS, with commas; by itself only this machine."""
    told = [name.strip() for name in os.environ.get("GOLDTHREAD_HOSTS", "").split(",") if name.strip()]
    return told or ["localhost", "127.0.0.1", "[::1]"]


def yes(name: str) -> bool:
    """Whether a setting says yes."""
    told = os.environ.get(name, "").strip().lower()
    if told not in ("", "0", "1", "no", "yes", "false", "true"):
        raise Missing(f"{name} is “{told}”; write yes or no.")
    return told in ("1", "yes", "true")


def single_sign_on() -> list[dict[str, object]]:
    """The OpenID Connect provider through which people may sign in; none unless all four settings are there."""
    names = ("GOLDTHREAD_OIDC_NAME", "GOLDTHREAD_OIDC_SERVER", "GOLDTHREAD_OIDC_CLIENT", "GOLDTHREAD_OIDC_SECRET")
    told = {name: os.environ.get(name, "").strip() for name in names}
    if not any(told.values()):
        return []
    if lacking := [name for name in names if not told[name]]:
        raise Missing(f"Single sign-on needs {', '.join(lacking)} as well; or leave out all four.")
    name, server, client, secret = told.values()
    how = {"server_url": server, "oauth_pkce_enabled": True}
    return [{"provider_id": "sso", "name": name, "client_id": client, "secret": secret, "settings": how}]
